"""Parents as operations see them: files, frames in memory, films not yet written, and any of these made to fit another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Sequence
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import rgb_of
from effects.frame import Canvas, Frame, black
from effects.place import Placement, placed
from effects.see_through import stacked
from engines.errors import EngineError
from engines.evolve.base import SAMPLE_RATE, Film, Sound
from engines.media.audio_reader import AudioReader
from engines.media.reader import PictureReader, open_video
from timeline.media import Media
from timeline.time import FrameRate, RationalTime, TimeRange

STILL_SECONDS = 5
"""How long a still is as a parent."""
STILL_RATE = Fraction(24)
KEPT_BYTES = 96 << 20
"""Decoded frames of one parent that are kept: operations look at neighbours, and some go backwards."""
_STRETCH = 24
"""Going backwards, so many frames are decoded forwards at once."""
_SMALL_KEPT = 4096


class Kept(ABC):
    """A parent whose frames are made once and kept within a bound; subclasses fill in `_made`."""

    name: str = ""
    words: str = ""
    filled: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)

    def __init__(self, size: tuple[int, int], rate: FrameRate, count: int, kept: int = KEPT_BYTES) -> None:
        self.size, self.rate, self.count = size, rate, count
        bytes_each = size[0] * size[1] * 3 // 2
        self._most = max(8, kept // max(1, bytes_each))
        self._frames: OrderedDict[int, Frame] = OrderedDict()
        self._smalls: OrderedDict[tuple[int, int], NDArray[np.uint8]] = OrderedDict()

    @property
    def seconds(self) -> Fraction:
        """Length."""
        return self.count / self.rate

    def frame(self, index: int) -> Frame:
        """See SourceClip."""
        index = min(max(index, 0), self.count - 1)
        known = self._frames.get(index)
        if known is None:
            known = self._made(index)
            self._keep(index, known)
        else:
            self._frames.move_to_end(index)
        return known

    def small(self, index: int, width: int = 320) -> NDArray[np.uint8]:
        """See SourceClip."""
        index = min(max(index, 0), self.count - 1)
        key = (index, width)
        known = self._smalls.get(key)
        if known is None:
            luma = self.frame(index).planes[0]
            if self.size[0] > width:
                height = max(2, round(width * self.size[1] / self.size[0]))
                luma = np.asarray(cv2.resize(luma, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
            known = self._smalls[key] = luma
            while len(self._smalls) > _SMALL_KEPT:
                self._smalls.popitem(last=False)
        return known

    def rgb(self, index: int) -> NDArray[np.uint8]:
        """See SourceClip."""
        return rgb_of(self.frame(index))

    def _keep(self, index: int, frame: Frame) -> None:
        self._frames[index] = frame
        while len(self._frames) > self._most:
            self._frames.popitem(last=False)

    @abstractmethod
    def _made(self, index: int) -> Frame: ...

    @abstractmethod
    def samples(self) -> Sound | None:
        """See SourceClip."""

    def close(self) -> None:
        """Let go of what was opened and kept."""
        self._frames.clear()

    @property
    def is_whole(self) -> bool:
        """Whether it is all of one file, frame for frame."""
        return False


class FileClip(Kept):
    """A film, a still or an image sequence, wholly or a `part` of it (source range). Belongs to one thread; close it.

    An odd side is rounded down to even. Raises MediaError for what cannot be read, EngineError for what has no picture.
    """

    def __init__(self, media: Media, part: TimeRange | None = None, words: str = "") -> None:
        if not media.has_video:
            raise EngineError(f"“{media.name}” has no picture; choose a film or a picture.")
        self.media, self.name, self.words = media, media.name, words
        rate = media.rate or STILL_RATE
        length = media.duration if media.duration else RationalTime(STILL_SECONDS)
        whole = max(1, length.nearest_frame(rate))
        first = 0 if part is None else min(max(0, part.start.nearest_frame(rate)), whole - 1)
        last = whole if part is None else min(whole, max(first + 1, part.end.nearest_frame(rate)))
        if media.is_endless and part is not None:
            first, last = 0, max(1, part.duration.nearest_frame(rate))
        self.first = first
        """The frame of the file that frame 0 is."""
        super().__init__((max(2, media.width // 2 * 2), max(2, media.height // 2 * 2)), rate, last - first)
        self._reader: PictureReader = open_video(media)
        self._sound: Sound | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the file, which is a film."""
        length = self.media.duration
        return self.first == 0 and bool(length) and self.count == max(1, length.nearest_frame(self.rate))

    def _made(self, index: int) -> Frame:
        if index + 1 in self._frames and index - 1 not in self._frames:  # backwards
            for before in range(max(0, index - _STRETCH + 1), index):
                if before not in self._frames:
                    self._keep(before, self._read(before))
        return self._read(index)

    def _read(self, index: int) -> Frame:
        frame = self._reader.frame_at(RationalTime.from_frames(self.first + index, self.rate), self.size)
        return frame if frame.alpha is None else stacked(black(*self.size), frame)

    def samples(self) -> Sound | None:
        """See SourceClip; decoded whole at the first call."""
        if self._sound is None and self.media.has_audio and not self.media.is_endless:
            reader = AudioReader(self.media, SAMPLE_RATE)
            try:
                start = round(self.first * SAMPLE_RATE / self.rate)
                self._sound = reader.read(start, round(self.count * SAMPLE_RATE / self.rate))
            finally:
                reader.close()
        return self._sound

    def close(self) -> None:
        """Let go of the file."""
        super().close()
        self._reader.close()


class FramesClip(Kept):
    """Frames that are in memory: previews and tests."""

    def __init__(
        self, frames: Sequence[Frame], rate: FrameRate, sound: Sound | None = None, name: str = "", words: str = ""
    ) -> None:
        super().__init__(frames[0].size, rate, len(frames))
        self._all, self._sound = tuple(frames), sound
        self.name, self.words = name, words

    def _made(self, index: int) -> Frame:
        return self._all[index]

    def samples(self) -> Sound | None:
        """The sound that was given."""
        return self._sound


class FilmClip(Kept):
    """A film of one operation as the parent of the next: nothing is encoded in between."""

    def __init__(self, film: Film, name: str = "", words: str = "") -> None:
        super().__init__(film.size, film.rate, film.count)
        self._film, self.name, self.words = film, name, words

    def _made(self, index: int) -> Frame:
        return self._film.frame(index)

    def samples(self) -> Sound | None:
        """The film's sound."""
        return self._film.samples


class FittedClip(Kept):
    """A parent in the size and at the rate of another: scaled to fit with black beside it, the nearest earlier frame shown.

    Its sound and its length in seconds stay as they are.
    """

    def __init__(self, source: Kept, size: tuple[int, int], rate: FrameRate) -> None:
        super().__init__(size, rate, max(1, round(source.seconds * rate)), kept=KEPT_BYTES // 4)
        self._source, self.name, self.words = source, source.name, source.words
        factor = min(size[0] / source.size[0], size[1] / source.size[1])
        wide, high = (own * factor / length for own, length in zip(source.size, size, strict=True))
        self.filled = ((1 - wide) / 2, (1 - high) / 2, (1 + wide) / 2, (1 + high) / 2)

    def _made(self, index: int) -> Frame:
        given = self._source.frame(int((index + Fraction(1, 2)) * self._source.rate / self.rate))
        return given if given.size == self.size else fitted(given, self.size)

    def samples(self) -> Sound | None:
        """The source's."""
        return self._source.samples()

    def close(self) -> None:
        """Let go of the source."""
        super().close()
        self._source.close()


def fitted(frame: Frame, size: tuple[int, int]) -> Frame:
    """The picture as large as fits in `size`, in its middle, over black; its shape is kept."""
    factor = min(size[0] / frame.width, size[1] / frame.height)
    shown = (frame.width * factor, frame.height * factor)
    canvas = Canvas(*size)
    there = placed(frame, canvas, Placement(frame.size, shown, (size[0] / 2, size[1] / 2)))
    return stacked(black(*size), there)


def alike(sources: Sequence[Kept]) -> tuple[Kept, ...]:
    """The parents, the others made to fit the first."""
    lead = sources[0]
    same = (lead.size, lead.rate)
    return (lead, *(one if (one.size, one.rate) == same else FittedClip(one, *same) for one in sources[1:]))
