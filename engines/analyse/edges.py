"""The first and the last picture of a stretch of film: colours, where the eye rests, which way it moves. For cuts between clips."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from engines.analyse.analyser import small_size
from engines.analyse.base import Picture, Progress
from engines.analyse.flow import FlowReader
from engines.media.reader import PictureReader, open_video
from timeline.media import Media
from timeline.time import ZERO, RationalTime, TimeRange

GRID = (4, 3)
_EMPTY = 1e-6


@dataclass(frozen=True)
class Edge:
    """One picture at an end of a stretch. Speeds are in picture widths a second (x right, y down).

    `cells`: (3, 4, 3) OKLab means of a coarse grid; `focus`: where the weight's middle lies, 0 left or top to 1; `moves`: the
    way the picture goes, and how fast all of it moves on the mean; None where nothing can be told (stills, flat pictures).
    """

    cells: NDArray[np.float64]
    focus: tuple[float, float]
    moves: tuple[float, float] | None = None
    speed: float = 0.0


def edges_of(media: Media, part: TimeRange | None = None, job: Progress | None = None) -> tuple[Edge, Edge]:
    """The first and the last picture of a stretch of a film (None: of all of it); of a still twice the same.

    Decodes four small pictures. Raises MediaError, and Cancelled when the job is.
    """
    size = small_size(media)
    with closing(open_video(media)) as reader:
        if media.is_endless:
            still = _edge(reader.frame_at(ZERO, size), None, 0.0)
            return still, still
        rate = media.rate or Fraction(25)
        whole = part or TimeRange(ZERO, media.duration)
        frame = RationalTime.from_frames(1, rate)
        last = max(whole.start, whole.end - frame)
        found = []
        for at, other in ((whole.start, min(whole.start + frame, last)), (last, max(last - frame, whole.start))):
            if job is not None:
                job.check()
            found.append(_looked_at(reader, at, other, size))
        return found[0], found[1]


def _looked_at(reader: PictureReader, at: RationalTime, other: RationalTime, size: tuple[int, int]) -> Edge:
    earlier, later = min(at, other), max(at, other)
    first = reader.frame_at(earlier, size)
    if earlier == later:
        return _edge(first, None, 0.0)
    second = reader.frame_at(later, size)
    seconds = (later - earlier).to_seconds()
    return _edge(first, second, seconds) if at == earlier else _edge(second, first, -seconds)


def _edge(frame: Frame, neighbour: Frame | None, seconds: float) -> Edge:
    """`seconds` until the neighbour; negative: it lies before."""
    picture = Picture(frame, 0, 0.0)
    lab = picture.lab
    cells = cv2.resize(lab, GRID, interpolation=cv2.INTER_AREA)
    moves, speed = None, 0.0
    if neighbour is not None:
        before, after = (frame, neighbour) if seconds > 0 else (neighbour, frame)
        move = FlowReader().move(before.planes[0], after.planes[0])
        if move.sure:
            scale = 1 / (frame.size[0] * abs(seconds))
            moves, speed = (move.x * scale, move.y * scale), move.speed * scale
    return Edge(np.asarray(cells, np.float64), _focus(lab), moves, speed)


def _focus(lab: NDArray[np.float64]) -> tuple[float, float]:
    """Where what stands out from the picture's middle colour has its own middle."""
    off = np.linalg.norm(lab - np.median(lab.reshape(-1, 3), axis=0), axis=2) ** 2
    total = float(off.sum())
    if total < _EMPTY * off.size:
        return 0.5, 0.5
    height, width = off.shape
    x, y = (np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height
    return float(off.sum(axis=0) @ x) / total, float(off.sum(axis=1) @ y) / total


class KnownEdges:
    """Edges that were looked at, by file content and place; bounded. Any thread, one at a time."""

    def __init__(self, most: int = 2000) -> None:
        self._known: OrderedDict[tuple[str, TimeRange | None], tuple[Edge, Edge]] = OrderedDict()
        self._most = most

    def get(self, media: Media, part: TimeRange | None, job: Progress | None = None) -> tuple[Edge, Edge]:
        """As `edges_of`, once for each stretch."""
        key = (media.content_hash or media.path, part)
        if key not in self._known:
            self._known[key] = edges_of(media, part, job)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return self._known[key]
