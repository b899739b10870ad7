"""Any frame of a file, exactly, by time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from typing import Protocol

import av.error
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from effects.frame import Frame
from engines.errors import MediaError
from engines.media.conversion import Converter
from engines.media.opening import open_input, picture_decoder, picture_stream, reading
from engines.media.still_reader import SequenceReader, StillReader
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

_THREADS = min(4, os.cpu_count() or 1)


class PictureReader(Protocol):
    """Random access to the pictures of one file. Belongs to one thread."""

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        """The frame shown at `time` (0 is the first frame; before it the first, after the end the last), `size` pixels."""

    def close(self) -> None:
        """Let go of the file."""


def open_video(media: Media) -> PictureReader:
    """The reader for the pictures of a file, a still or an image sequence. Raises MediaError."""
    if media.kind is MediaKind.IMAGE:
        return StillReader(media)
    if media.kind is MediaKind.IMAGE_SEQUENCE:
        return SequenceReader(media)
    return VideoReader(media)


class VideoReader:
    """Random access to a film: one open frame-threaded decoder, which goes forward inside a group of pictures, else seeks.

    The frame shown at a time is the last one whose timestamp is not later. Timestamps rounded by a coarse clock (WebM's
    milliseconds) count as not later within one tick.
    """

    def __init__(self, media: Media) -> None:
        self.media = media
        self._container = open_input(media.path)
        stream = picture_stream(self._container)
        if stream is None:
            self._container.close()
            raise MediaError(f"“{media.name}” has no picture.", media.path)
        self._stream: VideoStream = stream
        self._tick = Fraction(stream.time_base or Fraction(1, 1000))
        self._decoder = picture_decoder(stream, _THREADS)
        self._converter = Converter(alpha=media.has_alpha)
        self._tolerance = self._clock_tolerance()
        self._packets: Iterator[Packet[VideoStream]] = iter(())
        self._waiting: list[VideoFrame] = []
        self._current: VideoFrame | None = None
        self._next: VideoFrame | None = None
        self._ended = False
        self._shown: tuple[int, tuple[int, int], Frame] | None = None
        self._restart(None)
        if self._next is None:
            self.close()
            raise MediaError(f"“{media.name}” holds no picture that can be decoded.", media.path)
        self._first = self._pts(self._next)

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        """The frame shown at `time`, BT.709 limited YUV 4:2:0 of `size` pixels (None: the display size)."""
        wanted = size or (self.media.width, self.media.height)
        picture = self._picture(max(self._first, self._target(time)))
        pts = self._pts(picture)
        if self._shown is None or self._shown[:2] != (pts, wanted):
            with reading(self.media.path):
                self._shown = (pts, wanted, self._converter.frame(picture, wanted))
        return self._shown[2]

    def close(self) -> None:
        """Let go of the file and its decoder."""
        self._container.close()

    def _target(self, time: RationalTime) -> int:
        """The latest timestamp that counts as shown at `time`."""
        return int(time.fraction / self._tick // 1) + self._first + self._tolerance

    def _clock_tolerance(self) -> int:
        """One tick where the frame rate does not fit the clock, else none."""
        rate = self.media.rate
        if rate is None or self.media.variable_rate:
            return 1 if self._tick >= Fraction(1, 1000) else 0
        return 0 if (1 / rate / self._tick).denominator == 1 else 1

    def _picture(self, target: int) -> VideoFrame:
        if not self._is_ahead(target):
            self._seek(target)
        while self._next is not None and self._pts(self._next) <= target:
            self._current, self._next = self._next, self._decode()
        picture = self._current or self._next
        if picture is None:
            raise MediaError(f"“{self.media.name}” cannot be decoded at this place.", self.media.path)
        return picture

    def _is_ahead(self, target: int) -> bool:
        """Whether going forward from here reaches the target sooner than a seek."""
        if self._current is None:
            return self._next is not None and self._pts(self._next) == self._first
        here = self._pts(self._current)
        if target < here:
            return False
        if self._next is None or target < self._pts(self._next):
            return True
        return self._keyframe_before(target) <= here

    def _keyframe_before(self, target: int) -> int:
        """Timestamp of the key frame a seek to `target` would start from, as far as the file's index says."""
        entries = self._stream.index_entries
        if len(entries) == 0:
            return target - int(2 / self._tick)
        found = entries.search_timestamp(target)
        return entries[found].timestamp if found >= 0 else target

    def _seek(self, target: int) -> None:
        """Stand before the frame of `target`, so that decoding forward passes it."""
        back = 0
        step = int(1 / self._tick) or 1
        while True:
            start = target - back
            self._restart(start if start > self._first else None)
            if start <= self._first or (self._next is not None and self._pts(self._next) <= target):
                return
            back = back * 2 + step

    def _restart(self, start: int | None) -> None:
        offset = start if start is not None else min(0, self._stream.start_time or 0)
        with reading(self.media.path):
            self._container.seek(offset, stream=self._stream, backward=True)
            self._decoder.flush_buffers()
            self._packets = self._container.demux(self._stream)
            self._waiting, self._current, self._ended = [], None, False
        self._next = self._decode()

    def _decode(self) -> VideoFrame | None:
        """The next frame in order of showing, or None at the end."""
        while not self._waiting and not self._ended:
            try:
                packet = next(self._packets, None)
            except av.error.FFmpegError:
                packet = None
            if packet is None or packet.size == 0:
                self._ended = True
            try:
                frames = self._decoder.decode(None if self._ended else packet)
            except av.error.FFmpegError:
                continue  # a damaged packet: the frames around it are still good
            self._waiting = [frame for frame in frames if frame.pts is not None]
        return self._waiting.pop(0) if self._waiting else None

    @staticmethod
    def _pts(frame: VideoFrame) -> int:
        return int(frame.pts or 0)
