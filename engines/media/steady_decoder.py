"""Decoding on a device, from which software takes over in the middle of a film: no picture lost, repeated or misplaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import av.error
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engines.media.hardware import DeviceFault, PictureDecoder
from engines.media.opening import picture_decoder

_MOST_BYTES = 64 << 20
"""Of packets kept; more lie between two key pictures only in strange files, which software decodes from there on."""
_LEFT_OUT = "it left out pictures"
_SOFTWARE_FORMS = {"nv12": "yuv420p", "nv21": "yuv420p"}
_Coded: TypeAlias = "Packet[VideoStream]"


class SteadyDecoder:
    """Keeps the packets of the pictures that may still be wanted. When the device fails, software decodes them again from
    their key picture and gives those that were not given yet.

    `failed` is told why, once, unless the film itself is damaged there.
    """

    def __init__(
        self, stream: VideoStream, threads: int, device: PictureDecoder, failed: Callable[[str], None]
    ) -> None:
        self._stream, self._threads = stream, threads
        self._failed = failed
        self._decoder = device
        self._is_soft = False
        self._size = (stream.codec_context.width, stream.codec_context.height)
        self._skips: Any = "DEFAULT"
        self._sent: list[_Coded] = []
        self._keys: list[int] = []
        """Places in `_sent` of the key pictures."""
        self._bytes = 0
        self._open: set[int] = set()
        """Timestamps of packets sent whose pictures did not come yet."""
        self._given: set[int] = set()
        self._doubted: set[int] = set()
        """Timestamps of pictures the device left out: as software may, too."""
        self._from: int | None = None
        """Timestamp at which decoding began: what is shown before builds on pictures that were not sent."""

    @property
    def skip_frame(self) -> Any:
        """Which pictures are left out, in the words of the codec library."""
        return self._skips

    @skip_frame.setter
    def skip_frame(self, what: Any) -> None:
        self._skips = what
        self._decoder.skip_frame = what

    @property
    def reorder_depth(self) -> int:
        """How many pictures come out of order."""
        return self._decoder.reorder_depth

    @reorder_depth.setter
    def reorder_depth(self, depth: int) -> None:
        self._decoder.reorder_depth = depth

    def flush_buffers(self) -> None:
        """Forget everything; packets from another place follow."""
        self._forget()
        self._doubted.clear()
        try:
            self._decoder.flush_buffers()
        except av.error.FFmpegError as error:
            if self._is_soft:
                raise
            self._take_over(None, str(error))

    def decode(self, packet: _Coded | None = None) -> list[VideoFrame]:
        """The pictures that come out when a packet goes in."""
        if self._is_soft:
            return self._settled(self._decoder.decode(packet))
        if packet is not None:
            self._keep(packet)
            if packet.pts is None or self._bytes > _MOST_BYTES:  # what was given could not be told, or not be kept
                return self._take_over(packet, "")
        frames: list[VideoFrame] = []
        try:
            for frame in self._decoder.decode(packet):
                frames.append(self._checked(frame))  # noqa: PERF401 - what came before a fault is good
        except (av.error.FFmpegError, DeviceFault) as error:
            return [*frames, *self._take_over(packet, str(error) or type(error).__name__)]
        if packet is None and self._open:
            frames += self._take_over(None, _LEFT_OUT)
        return frames

    def _keep(self, packet: _Coded) -> None:
        if packet.is_keyframe:
            self._drop_settled()
            self._keys.append(len(self._sent))
        if not self._sent and not self._given:
            self._from = packet.pts
        self._sent.append(packet)
        self._bytes += packet.size
        if packet.pts is not None and self._skips == "DEFAULT" and packet.pts >= (self._from or packet.pts):
            self._open.add(packet.pts)

    def _drop_settled(self) -> None:
        """Let go of what lies before the last key picture but one of which everything before is given.

        But one: pictures shown before a key picture may follow it in the file, and build on what came before.
        """
        settled = 0
        for key in self._keys:
            if any(one.pts in self._open for one in self._sent[:key]):
                break
            settled += 1
        if settled < 2:
            return
        first = self._keys[settled - 2]
        for packet in self._sent[:first]:
            self._bytes -= packet.size
            if packet.pts is not None:
                self._given.discard(packet.pts)
        del self._sent[:first]
        self._keys = [key - first for key in self._keys[settled - 2 :]]

    def _checked(self, frame: VideoFrame) -> VideoFrame:
        """The picture as software would give it. Raises DeviceFault for one that cannot be right."""
        pts = frame.pts
        if (frame.width, frame.height) != self._size or pts is None or frame.is_corrupt:
            raise DeviceFault("it gave a damaged picture")
        if pts in self._given:
            raise DeviceFault("it gave a picture twice")
        if any(due < pts for due in self._open):
            raise DeviceFault(_LEFT_OUT)
        self._given.add(pts)
        self._open.discard(pts)
        form = _SOFTWARE_FORMS.get(frame.format.name)
        if form is None:
            return frame
        plain = frame.reformat(format=form)
        plain.color_range, plain.colorspace = frame.color_range, frame.colorspace
        plain.color_primaries, plain.color_trc = frame.color_primaries, frame.color_trc
        return plain

    def _take_over(self, packet: _Coded | None, why: str) -> list[VideoFrame]:
        """Go on in software from here; the pictures that are due now."""
        self._is_soft = True
        self._decoder = picture_decoder(self._stream, self._threads)
        is_damaged = False
        frames: list[VideoFrame] = []
        due: list[_Coded | None] = [*self._sent, *([None] if packet is None and self._sent else [])]
        for one in due:
            try:
                found = self._decoder.decode(one)
            except av.error.FFmpegError:
                is_damaged = True
                continue
            is_damaged = is_damaged or any(frame.is_corrupt for frame in found)
            frames += [frame for frame in found if frame.pts not in self._given]
        self._decoder.skip_frame = self._skips
        missing = set(self._open)
        self._forget()
        if why == _LEFT_OUT:
            self._doubted = missing
        elif why and not is_damaged:
            self._failed(why)
        return self._settled(frames)

    def _settled(self, frames: list[VideoFrame]) -> list[VideoFrame]:
        """Pictures of software. One that the device left out shows that it was not the film's fault."""
        if self._doubted and any(frame.pts in self._doubted for frame in frames):
            self._doubted = set()
            self._failed(_LEFT_OUT)
        return frames

    def _forget(self) -> None:
        self._sent.clear()
        self._keys.clear()
        self._open.clear()
        self._given.clear()
        self._bytes = 0
