"""The pictures of a file one after another, from any place on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av.error
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engines.errors import MediaError
from engines.media.opening import open_input, picture_decoder, picture_stream

_FROM_START_ONLY = frozenset({"gif", "apng", "webp"})
"""Codecs whose pictures build on all before them, though their files do not say so."""
_GUESSED_CLOCKS = frozenset({"mpeg"})
"""Formats that state few timestamps: after a jump they are guessed wrong until the first key picture has gone by."""
_SHORT_JUMP_SECONDS = Fraction(1, 3)
_LONG_JUMP_SECONDS = 6


class FrameStream:
    """Decodes in order of showing. Timestamps are whole `tick`s (seconds) of the file's own clock.

    A raw stream without timestamps is counted from its start at `rate`.
    """

    def __init__(self, path: str, threads: int = 1, rate: Fraction | None = None) -> None:
        self.path = path
        self._threads = threads
        self._rate = rate
        self._container: InputContainer | None = None
        self._packets: Iterator[Packet[VideoStream]] = iter(())
        self._ready: deque[tuple[int, VideoFrame]] = deque()
        self._ended = False
        self._origin: int | None = None
        self._trusted_from: int | None = None
        self._counted = 0
        self._open()

    def close(self) -> None:
        """Let go of the file."""
        if self._container is not None:
            self._container.close()
            self._container = None

    def next(self) -> tuple[int, VideoFrame] | None:
        """The next picture and its timestamp, or None at the end. Damaged pictures are passed over."""
        while not self._ready and not self._ended:
            self._decode(self._read())
        return self._ready.popleft() if self._ready else None

    def from_start(self) -> None:
        """Stand before the first picture."""
        if self._origin is None or not self._seek(self._origin):
            self._open()
            return
        packet = self._read()
        if packet is None or _clock(packet) != self._origin:
            self._open()
            return
        self._decode(packet)

    def from_keyframe(self, before: int) -> bool:
        """Stand at a key picture shown at or before `before`, so that all pictures given from it on are whole.

        False where there is none, or the file cannot tell: then only the start is left.
        """
        start, step = before, max(1, int(Fraction(1, 4) / self.tick))
        while self._origin is not None and start > self._origin and self._seek(start):
            packet = self._keyframe(before)
            if packet is not None and packet.pts is not None and packet.pts <= before:
                self._trusted_from = packet.pts
                self._decode(packet)
                return True
            landed = _clock(packet) if packet is not None else None
            start = min(before - step, before if landed is None else landed - 1)
            step *= 4
        return False

    def is_nearer_forward(self, here: int, target: int) -> bool:
        """Whether decoding on from `here` reaches `target` sooner than going to a key picture before it."""
        distance = (target - here) * self.tick
        if distance <= _SHORT_JUMP_SECONDS or self._stream.codec_context.name in _FROM_START_ONLY:
            return True
        entries = self._stream.index_entries
        found = entries.search_timestamp(target) if len(entries) else -1
        if found >= 0 and entries[found].timestamp > here:
            return False
        is_complete = found + 1 < len(entries) or found < 0 < len(entries)
        return is_complete or distance < _LONG_JUMP_SECONDS

    def _open(self) -> None:
        """(Re)open at the start."""
        self.close()
        self._container = open_input(self.path)
        stream = picture_stream(self._container)
        if stream is None:
            self.close()
            raise MediaError(f"“{Path(self.path).name}” has no picture.", self.path)
        self._stream = stream
        self.tick = Fraction(stream.time_base or Fraction(1, 1000))
        for other in self._container.streams:
            other.discard = Discard.default if other.index == stream.index else Discard.all
        self._decoder = picture_decoder(stream, self._threads)
        self._begin()
        packet = self._read()
        if packet is not None:
            is_seekable = self._stream.codec_context.name not in _FROM_START_ONLY
            self._origin = _clock(packet) if is_seekable else None
        self._decode(packet)

    def _seek(self, start: int) -> bool:
        assert self._container is not None  # noqa: S101  # closed readers are not asked
        try:
            self._container.seek(start, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return False
        self._decoder.flush_buffers()
        self._begin()
        return True

    def _begin(self) -> None:
        assert self._container is not None  # noqa: S101
        self._packets = self._container.demux(self._stream)
        self._ready.clear()
        self._ended, self._trusted_from, self._counted = False, None, 0

    def _read(self) -> Packet[VideoStream] | None:
        """The next packet that holds something, or None at the end."""
        try:
            packet = next(self._packets, None)
        except av.error.FFmpegError:
            return None
        return packet if packet is not None and packet.size else None

    def _keyframe(self, before: int) -> Packet[VideoStream] | None:
        """The first key packet from here, or the packet at which it is clear that none comes in time."""
        assert self._container is not None  # noqa: S101
        untrusted = 1 if self._container.format.name in _GUESSED_CLOCKS else 0
        packet = self._read()
        while packet is not None and (untrusted or not packet.is_keyframe):
            if packet.dts is not None and packet.dts > before:
                return packet
            untrusted -= 1 if untrusted and packet.is_keyframe else 0
            packet = self._read()
        return packet

    def _decode(self, packet: Packet[VideoStream] | None) -> None:
        """Decode one packet, or at the end what the decoder still holds."""
        self._ended = packet is None
        try:
            frames = self._decoder.decode(packet)
        except av.error.FFmpegError:
            return  # a damaged picture; those around it are still good
        for frame in frames:
            pts = self._timestamp(frame)
            if self._trusted_from is None or pts >= self._trusted_from:
                self._ready.append((pts, frame))

    def _timestamp(self, frame: VideoFrame) -> int:
        pts = frame.pts if frame.pts is not None else frame.dts
        if pts is None:
            rate = self._rate or self._stream.guessed_rate or Fraction(25)
            pts = round(self._counted / rate / self.tick)
        self._counted += 1
        return pts


def _clock(packet: Packet[VideoStream]) -> int | None:
    """Where a packet stands in its file."""
    return packet.dts if packet.dts is not None else packet.pts


def first_picture_time(path: str) -> Fraction | None:
    """When the first picture of a file is shown, in seconds of the file's own clock; None without a picture."""
    try:
        stream = FrameStream(path)
    except MediaError:
        return None
    first = stream.next()
    stream.close()
    return None if first is None else first[0] * stream.tick
