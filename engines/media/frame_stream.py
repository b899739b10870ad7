"""The pictures of a file one after another, from any place on."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from pathlib import Path

import av.error
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engines.errors import MediaError
from engines.media.hardware import Decoding
from engines.media.opening import close_input, open_input, picture_decoder, picture_stream
from engines.media.packets import Packets, clock
from engines.media.patience import check
from engines.media.trial import make_sure

_FROM_START_ONLY = frozenset({"gif", "apng", "webp"})
"""Codecs whose pictures build on all before them, though their files do not say so."""
_SHORT_JUMP_SECONDS = Fraction(1, 3)
_LONG_JUMP_SECONDS = 6
_SEEK_COSTS_PICTURES = 4
"""Pictures that could be decoded while a decoder whose threads start anew gives its first one."""


class FrameStream:
    """Decodes in order of showing. Timestamps are whole `tick`s (seconds) of the file's own clock.

    A raw stream without timestamps is counted from its start at `rate`. On the way to a far picture those that no other
    is built on are left out; `skipped` is the latest of them. `damaged_at` is the first timestamp found damaged.
    """

    def __init__(
        self, path: str, threads: int = 1, rate: Fraction | None = None, decoding: Decoding = picture_decoder
    ) -> None:
        self.path = path
        self._threads = threads
        self._rate = rate
        self._decoding = decoding
        self._container: InputContainer | None = None
        self._ready: deque[tuple[int, VideoFrame]] = deque()
        self._origin: int | None = None
        self._lead = 0
        self._leaves_out = True
        self._trusted_from: int | None = None
        self.skipped: int | None = None
        self.damaged_at: int | None = None
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        if self._container is not None:
            close_input(self._container)
            self._container = None

    def next(self, wanted: int | None = None) -> tuple[int, VideoFrame] | None:
        """The next picture and its timestamp, or None at the end. Damaged pictures are passed over.

        Those before the one shown at `wanted` may be left out. Raises GivenUp between packets; calling again goes on.
        """
        while not self._ready and not self._ended:
            check()
            packet = self._packets.next()
            if packet is None or wanted is None or not self._leaves_out:
                self._decode(packet)
            elif not self._packets.is_passed(packet, wanted):
                self._decode(packet)
                self._finish_early(packet, wanted)
            elif not self._packets.is_intra:
                self._decode(packet, skip=True)
        return self._ready.popleft() if self._ready else None

    def is_last(self, pts: int, wanted: int) -> bool:
        """Whether the picture just given, at `pts`, is surely the one shown at `wanted`. Nothing is decoded for it."""
        if self._ready:
            return self._ready[0][0] > wanted
        return self._leaves_out and self._packets.is_last(pts, wanted)

    def leave_nothing_out(self) -> None:
        """Decode every picture from here on: what this file says of its pictures is not so."""
        self._leaves_out = False

    def from_start(self) -> None:
        """Stand before the first picture."""
        if self._origin is None or not self._seek(self._origin):
            self._open()
            return
        packet = self._packets.next()
        if packet is None or clock(packet) != self._origin:
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
                self._finish_early(packet, before)
                return True
            landed = clock(packet) if packet is not None else None
            start = min(before - step, before if landed is None else landed - 1)
            step *= 4
        return False

    def is_nearer_forward(self, here: int, target: int) -> bool:
        """Whether decoding on from `here` reaches `target` sooner than going to a key picture before it."""
        distance = (target - here) * self.tick
        if distance <= 0 or self._stream.codec_context.name in _FROM_START_ONLY:
            return True
        entries = self._stream.index_entries
        found = entries.search_timestamp(target - self._lead) if len(entries) else -1
        if found >= 0:
            key = entries[found].timestamp + self._lead
            if key > here:
                return (key - here) * self.tick * self._pace <= _SEEK_COSTS_PICTURES
        is_complete = found + 1 < len(entries) or found < 0 < len(entries)
        return is_complete or distance < (_SHORT_JUMP_SECONDS if found >= 0 else _LONG_JUMP_SECONDS)

    @property
    def begun_at(self) -> int | None:
        """Timestamp of the key picture that decoding began at; None after the start of the file."""
        return self._trusted_from

    def group_start(self, pts: int) -> int | None:
        """About where the group of pictures that holds `pts` begins, by the file's index; None where it has none."""
        entries = self._stream.index_entries
        found = entries.search_timestamp(pts - self._lead) if len(entries) else -1
        return entries[found].timestamp + self._lead if found >= 0 else None

    def _open(self) -> None:
        """(Re)open at the start."""
        self.close()
        make_sure(self.path)
        self._container = open_input(self.path)
        stream = picture_stream(self._container)
        if stream is None:
            self.close()
            raise MediaError(f"“{Path(self.path).name}” has no picture.", self.path)
        self._stream = stream
        self.tick = Fraction(stream.time_base or Fraction(1, 1000))
        self._pace = stream.average_rate or stream.guessed_rate or Fraction(25)
        for other in self._container.streams:
            other.discard = Discard.default if other.index == stream.index else Discard.all
        self._decoder = self._decoding(stream, self._threads)
        self._is_skipping = False
        self._packets = Packets(self._container, stream)
        self._begin()
        packet = self._packets.next()
        if packet is not None:
            is_seekable = self._stream.codec_context.name not in _FROM_START_ONLY
            self._origin = clock(packet) if is_seekable else None
            if packet.pts is not None and packet.dts is not None:
                self._lead = max(0, packet.pts - packet.dts)
        self._decode(packet)

    def _seek(self, start: int) -> bool:
        if self._container is None:  # it could not be opened again the last time
            self._open()
        assert self._container is not None  # noqa: S101  # `_open` raised
        try:
            self._container.seek(start, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return False
        self._flush()
        self._packets.restart()
        self._begin()
        return True

    def _begin(self) -> None:
        self._ready.clear()
        self._ended = False
        self._trusted_from = None
        self._counted = 0
        self._given = 0
        self.skipped = None

    def _keyframe(self, before: int) -> Packet[VideoStream] | None:
        """The first key packet from here, or the packet at which it is clear that none comes in time."""
        untrusted = 1 if self._packets.clock_is_guessed else 0
        packet = self._packets.next()
        while packet is not None and (untrusted or not packet.is_keyframe):
            if packet.dts is not None and packet.dts > before:
                return packet
            untrusted -= 1 if untrusted and packet.is_keyframe else 0
            packet = self._packets.next()
        return packet

    def _decode(self, packet: Packet[VideoStream] | None, *, skip: bool = False) -> None:
        """Decode one packet, or at the end what the decoder still holds. `skip`: only if others are built on it."""
        self._ended = packet is None
        if skip != self._is_skipping:
            self._decoder.skip_frame = "NONREF" if skip else "DEFAULT"
            self._is_skipping = skip
        if skip and packet is not None and packet.pts is not None:
            self.skipped = max(packet.pts, self.skipped if self.skipped is not None else packet.pts)
        if packet is not None and packet.is_corrupt and packet.pts is not None:
            self._found_damage(packet.pts)
        try:
            frames = self._decoder.decode(packet)
        except av.error.FFmpegError:
            if packet is not None and packet.pts is not None:
                self._found_damage(packet.pts)
            return  # a damaged picture; those around it are still good
        for frame in frames:
            pts = self._timestamp(frame)
            if self._trusted_from is None or pts >= self._trusted_from:
                if frame.is_corrupt:
                    self._found_damage(pts)
                self._ready.append((pts, frame))
                self._given += 1

    def _found_damage(self, pts: int) -> None:
        self.damaged_at = pts if self.damaged_at is None else min(pts, self.damaged_at)

    def _finish_early(self, packet: Packet[VideoStream], wanted: int) -> None:
        """After a jump to a picture that stands alone, do not wait until the decoder's threads are filled."""
        if self._given or packet.pts is None or not self._packets.is_last(packet.pts, wanted):
            return
        if self._packets.is_intra or (self._decoder.reorder_depth == 0 and self._packets.next_is_key):
            self._decode(None)
            self._ended = False
            self._flush()

    def _flush(self) -> None:
        """Forget what the decoder holds, but for how far pictures come out of order: that it may have learnt from them."""
        depth = self._decoder.reorder_depth
        self._decoder.flush_buffers()
        if self._decoder.reorder_depth < depth:
            self._decoder.reorder_depth = depth

    def _timestamp(self, frame: VideoFrame) -> int:
        pts = frame.pts if frame.pts is not None else frame.dts
        if pts is None:
            rate = self._rate or self._stream.guessed_rate or Fraction(25)
            pts = round(self._counted / rate / self.tick)
        self._counted += 1
        return pts


def first_picture_time(path: str) -> Fraction | None:
    """When the first picture of a file is shown, in seconds of the file's own clock; None without a picture."""
    try:
        stream = FrameStream(path)
    except MediaError:
        return None
    first = stream.next()
    stream.close()
    return None if first is None else first[0] * stream.tick
