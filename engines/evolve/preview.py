"""Operations seen before they are made: a few small frames of a clip, decoded once, from which all previews are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame, black
from effects.see_through import stacked
from engines.analyse.analyser import NoProgress
from engines.evolve.base import Film, Making, Operation, Sound
from engines.evolve.run import film_of
from engines.evolve.source import STILL_RATE, STILL_SECONDS, FramesClip, Kept, alike
from engines.generate.base import JobLike
from engines.media.reader import OpenReader, PictureReader, open_video
from engines.render.to_rgb import bgra
from timeline.media import Media
from timeline.time import FrameRate, RationalTime

BOX = (192, 108)
"""Previews fit into this."""
COUNT = 12
"""Frames of a preview, about a second of the clip."""
_SPAN_SECONDS = 1.0
Picture = NDArray[np.uint8]
"""(h, w, 4) uint8 B, G, R, 255."""


@dataclass(frozen=True, eq=False)
class Strip:
    """A few frames of a clip at low size, evenly spread about one place."""

    frames: tuple[Frame, ...]
    rate: FrameRate
    name: str
    words: str = ""
    middle: int = 0
    """Which of them is the place itself."""

    def clip(self) -> FramesClip:
        """As an operation takes it; each call gives one of its own, for one thread."""
        return FramesClip(self.frames, self.rate, None, self.name, self.words)


def box_of(media: Media, box: tuple[int, int]) -> tuple[int, int]:
    """The largest even size of the picture's shape inside `box`, never larger than the picture."""
    width, height = max(2, media.width), max(2, media.height)
    scale = min(Fraction(1), Fraction(box[0], width), Fraction(box[1], height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def length_of(media: Media) -> tuple[int, FrameRate]:
    """Frames and rate of a parent as operations count them."""
    rate = media.rate or STILL_RATE
    length = media.duration if media.duration else RationalTime(STILL_SECONDS)
    return max(1, length.nearest_frame(rate)), rate


def strip_of(
    media: Media,
    at: int,
    *,
    box: tuple[int, int] = BOX,
    count: int = COUNT,
    words: str = "",
    open_reader: OpenReader = open_video,
) -> Strip:
    """Decode `count` frames about frame `at` of the clip, a second in all where the clip is that long. Raises MediaError."""
    whole, rate = length_of(media)
    stride = max(1, min(round(rate * _SPAN_SECONDS / count), whole // count or 1))
    span = min(whole, count * stride)
    first = min(max(0, at - span // 2), whole - span)
    indexes = range(first, first + span, stride)
    size = box_of(media, box)
    reader = open_reader(media)
    try:
        frames = tuple(_opaque(reader, RationalTime.from_frames(one, rate), size) for one in indexes)
    finally:
        reader.close()
    middle = min(len(frames) - 1, max(0, round((at - first) / stride)))
    return Strip(frames, rate / stride, media.name, words, middle)


class ScaledClip(Kept):
    """A parent decoded at another size: for the compare viewer, where full size would be too slow. One thread; close it.

    `first` and `count`: a stretch of the clip's frames.
    """

    def __init__(self, media: Media, size: tuple[int, int], first: int, count: int, words: str = "") -> None:
        super().__init__(size, length_of(media)[1], max(1, count))
        self.name, self.words = media.name, words
        self._first = first
        self._reader: PictureReader = open_video(media)

    def _made(self, index: int) -> Frame:
        return _opaque(self._reader, RationalTime.from_frames(self._first + index, self.rate), self.size)

    def samples(self) -> Sound | None:
        """Not heard here."""
        return None

    def close(self) -> None:
        """Let go of the file."""
        super().close()
        self._reader.close()


def draft_of(wanted: Sequence[Operation], sources: Sequence[Kept], seed: int, job: JobLike | None = None) -> Film:
    """The film of operations in a row, the quick way. Raises EngineError."""
    busy = [one for one in wanted if not one.changes_nothing]
    return film_of(busy, alike(sources), Making(seed, job or NoProgress(), draft=True))


def still(wanted: Sequence[Operation], strips: Sequence[Strip], seed: int, job: JobLike | None = None) -> Picture:
    """The frame that the operations make of the middle of the first strip. Raises EngineError."""
    film = draft_of(wanted, [one.clip() for one in strips], seed, job)
    lead = strips[0]
    share = lead.middle / max(1, len(lead.frames) - 1) if len(strips) == 1 else 0.5
    return bgra(film.frame(min(film.count - 1, round(share * (film.count - 1)))))


def moving(
    wanted: Sequence[Operation], strips: Sequence[Strip], seed: int, job: JobLike | None = None
) -> tuple[tuple[Picture, ...], FrameRate]:
    """The whole small film, at most two rounds of the strip, and its rate. Raises EngineError."""
    film = draft_of(wanted, [one.clip() for one in strips], seed, job)
    pictures = []
    for index in range(min(film.count, 2 * COUNT * len(strips))):
        if job is not None:
            job.check()
        pictures.append(bgra(film.frame(index)))
    return tuple(pictures), film.rate


def picture_of(frame: Frame) -> Picture:
    """A frame as the screen shows it."""
    return bgra(frame)


def _opaque(reader: PictureReader, at: RationalTime, size: tuple[int, int]) -> Frame:
    frame = reader.frame_at(at, size)
    return frame if frame.alpha is None else stacked(black(*size), frame)
