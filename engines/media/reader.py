"""Any frame of a file, exactly, by time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Protocol

from av.video.frame import VideoFrame

from effects.frame import Frame
from engines.errors import MediaError
from engines.media.conversion import Converter
from engines.media.frame_stream import FrameStream
from engines.media.hardware import Decoding
from engines.media.opening import picture_decoder, reading
from engines.media.still_reader import SequenceReader, StillReader
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

_THREADS = min(4, max(2, os.cpu_count() or 1))
"""Each keeps a few pictures of its own: one more than cores took 15 MB a film and was not seen to be quicker."""


class PictureReader(Protocol):
    """Random access to the pictures of one file. Belongs to one thread."""

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        """The frame shown at `time`, `size` (width, height) pixels; None: the display size. Raises MediaError.

        Time 0 is the first picture; before it the first is given, after the end the last.
        """

    def stand_at(self, time: RationalTime) -> None:
        """Go to the picture at `time`, so that the next `frame_at` has little to do. Raises MediaError."""

    def shown(self, time: RationalTime) -> tuple[Fraction, Fraction | None]:
        """From when until when (source seconds) the picture is shown that was asked for last, at `time`; None: to the end."""

    def group_start(self, time: RationalTime) -> Fraction | None:
        """About where (source seconds) the group of pictures begins that holds the one at `time`; None: not known."""

    def close(self) -> None:
        """Let go of the file."""


OpenReader = Callable[[Media], "PictureReader"]
"""Opens the pictures of a medium, as `open_video` does."""


def open_video(media: Media, decoding: Decoding = picture_decoder) -> PictureReader:
    """The reader for the pictures of a film (decoded by `decoding`), a still or an image sequence. Raises MediaError."""
    if media.kind is MediaKind.IMAGE:
        return StillReader(media)
    if media.kind is MediaKind.IMAGE_SEQUENCE:
        return SequenceReader(media)
    return VideoReader(media, decoding)


class VideoReader:
    """Random access to a film: one open frame-threaded decoder that goes forward inside a group of pictures, else seeks.

    The frame shown at a time is the last one whose timestamp is not later. Where the frame rate does not fit the file's
    clock (WebM counts milliseconds) timestamps are rounded, and one tick later still counts as not later.
    Nothing is kept for going backwards: who does so (engines.render.footage) reads short stretches forwards.
    Decoding may raise GivenUp (engines.media.patience); what was decoded until then is of use to the next request.
    """

    def __init__(self, media: Media, decoding: Decoding = picture_decoder) -> None:
        self.media = media
        if not media.has_video:
            raise MediaError(f"“{media.name}” has no picture.", media.path)
        self._stream = FrameStream(media.path, _THREADS, media.rate, decoding)
        self._converter = Converter(alpha=media.has_alpha)
        self._tolerance = _clock_tolerance(media, self._stream.tick)
        self._current: tuple[int, VideoFrame] | None = None
        self._way_to: int | None = None
        """The target of a way that was given up; pictures before it may have been left out."""
        try:
            self._next = self._stream.next()
        except BaseException:  # given up, say: nobody else could close it
            self.close()
            raise
        if self._next is None:
            self.close()
            raise MediaError(f"No picture of “{media.name}” can be decoded: it is damaged or cut off.", media.path)
        self._first = self._next[0]
        self._shown: tuple[int, tuple[int, int], Frame] | None = None

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        """The frame shown at `time`: BT.709 limited YUV 4:2:0, upright, `size` pixels. See PictureReader."""
        wanted = size or (self.media.width, self.media.height)
        pts, picture = self._picture(self._target(time))
        if self._shown is None or self._shown[:2] != (pts, wanted):
            with reading(self.media.path):
                self._shown = (pts, wanted, self._converter.frame(picture, wanted))
        return self._shown[2]

    def stand_at(self, time: RationalTime) -> None:
        """Decode the picture at `time`."""
        self._picture(self._target(time))

    def shown(self, time: RationalTime) -> tuple[Fraction, Fraction | None]:
        """From when until when the picture is shown that was given for `time`: by the timestamps, as `frame_at` does."""
        rate = self.media.rate
        if self._tolerance and rate is not None and not self.media.variable_rate:
            index = time.frames(rate)
            return index / rate, (index + 1) / rate
        if self._next is None:
            self._next = self._stream.next()
        zero, tick = self._first + self._tolerance, self._stream.tick
        start = (self._current or (self._first,))[0]
        return (start - zero) * tick, None if self._next is None else (self._next[0] - zero) * tick

    def group_start(self, time: RationalTime) -> Fraction | None:
        """About where the group of pictures begins that holds the one at `time`, by the file's index."""
        found = self._stream.group_start(self._target(time))
        return None if found is None else (found - self._first) * self._stream.tick

    @property
    def damage(self) -> str:
        """A sentence about what could not be decoded so far, or nothing."""
        at = self._stream.damaged_at
        if at is None:
            return ""
        seconds = float(max(0, at - self._first) * self._stream.tick)
        return f"“{self.media.name}” is damaged around {seconds:.1f} s: pictures there are missing or not as they were."

    def close(self) -> None:
        """Let go of the file and its decoder."""
        self._stream.close()

    def _target(self, time: RationalTime) -> int:
        """The latest timestamp that counts as shown at `time`."""
        if self._tolerance and self.media.rate is not None and not self.media.variable_rate:
            time = RationalTime.from_frames(
                time.frames(self.media.rate), self.media.rate
            )  # what is rounded begins there
        ticks = time.fraction / self._stream.tick
        return max(self._first, self._first + ticks.__floor__() + self._tolerance)

    def _picture(self, target: int) -> tuple[int, VideoFrame]:
        """The last picture whose timestamp is not beyond `target`."""
        shown = self._found(target)
        skipped = self._stream.skipped
        if skipped is not None and shown is not None and shown[0] < skipped <= target:
            self._stream.leave_nothing_out()  # the picture that was to be shown is damaged: an earlier one serves
            self._current = self._next = None
            shown = self._found(target)
        if shown is None:
            raise MediaError(f"“{self.media.name}” cannot be decoded here any more: it was changed or is damaged.")
        return shown

    def _found(self, target: int) -> tuple[int, VideoFrame] | None:
        if not self._can_go_forward(target):
            self._start_before(target)
        self._way_to = target
        while True:
            if self._next is None:
                if self._current is not None and self._stream.is_last(self._current[0], target):
                    break
                self._next = self._stream.next(target)
            if self._next is None or self._next[0] > target:
                break
            self._current, self._next = self._next, None
        self._way_to = None
        return self._current or self._next

    def _can_go_forward(self, target: int) -> bool:
        if self._way_to is not None and not self._can_go_on(self._way_to, target):
            return False
        if self._way_to is not None and self._current is None:
            begun_at = self._stream.begun_at
            return self._stream.is_nearer_forward(self._first if begun_at is None else begun_at, target)
        if self._current is None:
            here = self._next[0] if self._next is not None else None
            return here == self._first and self._stream.is_nearer_forward(self._first, target)
        if target < self._current[0]:
            return False
        if self._next is not None and target < self._next[0]:
            return True
        return self._stream.is_nearer_forward(self._current[0], target)

    def _can_go_on(self, way_to: int, target: int) -> bool:
        """Whether nothing that leads to `target` was left out on the way that was given up."""
        if target >= way_to:
            return True
        skipped = self._stream.skipped
        return self._current is not None and (skipped is None or skipped <= self._current[0])

    def _start_before(self, target: int) -> None:
        """Stand before the picture of `target`, so that going forward passes it."""
        self._current = self._next = self._way_to = None
        if not self._stream.from_keyframe(target):
            self._stream.from_start()


def _clock_tolerance(media: Media, tick: Fraction) -> int:
    """Ticks by which a timestamp may be rounded upwards."""
    if media.rate is None or tick * media.rate * 2 > 1:
        return 0  # ticks as long as frames are not roundings
    return 0 if (1 / media.rate / tick).denominator == 1 and not media.variable_rate else 1


def strip(
    reader: PictureReader, media: Media, start: Fraction, end: Fraction, size: tuple[int, int]
) -> Iterator[tuple[Fraction, Fraction, Frame]]:
    """The pictures of a film shown from `start` until `end` (source seconds), each with its own start and end.

    Raises MediaError.
    """
    at = max(start, Fraction(0))
    while at < end:
        time = RationalTime(at)
        frame = reader.frame_at(time, size)
        begins, ends = reader.shown(time)
        if ends is None or ends <= at:
            return
        yield begins, ends, frame
        at = ends
