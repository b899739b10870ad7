"""Lost key frames: what a decoder shows when it goes on with the motion of one part of a clip on the pixels of another.

For each frame the motion from the frame before is measured, rounded to blocks as codecs do, and applied to what is shown; what the
prediction missed (the residue) is added on top, coarsely, as codecs send it. Begun on the right picture that gives the clip again;
begun on another one it smears that picture along, until the motion's own edges have painted over it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame, Plane
from effects.seeds import stream
from engines.evolve.base import SourceClip
from engines.evolve.motion import MotionAlong, sized_flow, warped
from timeline.time import ZERO

_BLOCKS = 80
"""Across the picture: 16 pixels each at 720p."""
_LENGTHS = (0.7, 1.8)
"""Seconds without a key frame."""
_CALM = (0.08, 0.35)
"""Seconds of healthy pictures between."""
_RESIDUE = 0.55
_COARSE = 7
"""Residues smaller than this many levels are not sent."""
_BLOOM = 1.6
"""How much further than measured things are dragged at full strength."""
_KEPT = 3


class Mosh:
    """A clip with lost key frames. Frames are right in any order, and cheap going forward. Belongs to one thread."""

    def __init__(self, source: SourceClip, seed: int, strength: float, *, draft: bool = False) -> None:
        self._source, self._strength = source, strength
        self._motion = MotionAlong(source.frame, draft=draft)
        self._stretches = _stretches(source, seed)
        draw = stream(seed, "healed blocks", ZERO)
        across = min(_BLOCKS, source.size[0] // 4)
        down = max(1, round(across * source.size[1] / source.size[0]))
        rough = draw.random((down, across))
        patches = cv2.resize(draw.random((max(2, down // 5), max(2, across // 5))), (across, down))
        order = (0.35 * rough + 0.65 * patches).ravel().argsort().argsort()
        self._order = (order.reshape(down, across) / order.size).astype(np.float32)
        """0..1: which blocks stay broken longest, the lowest; whole patches rather than single ones."""
        self._shown: OrderedDict[int, Frame] = OrderedDict()

    @property
    def stretches(self) -> int:
        """How many key frames were lost."""
        return len(self._stretches)

    def frame(self, index: int) -> Frame:
        """What the decoder shows."""
        stretch = next((one for one in self._stretches if one[0] <= index < one[1]), None)
        given = self._source.frame(index)
        if stretch is None:
            return given
        return self._healed(given, self._dragged(index, *stretch), (index - stretch[0]) / (stretch[1] - stretch[0]))

    def _dragged(self, index: int, first: int, end: int, other: int) -> Frame:
        """The wrong picture, dragged from `first` on to `index`."""
        known = max((one for one in self._shown if first <= one <= index), default=None)
        at, shown = (first, self._source.frame(other)) if known is None else (known, self._shown[known])
        while at < index:
            at += 1
            shown = self._next(shown, at)
            self._shown[at] = shown
        while len(self._shown) > _KEPT:
            self._shown.popitem(last=False)
        return shown

    def _next(self, shown: Frame, index: int) -> Frame:
        flow = self._motion.between(index, index - 1).forward
        rows, columns = self._order.shape
        small = cv2.resize(flow, (columns, rows), interpolation=cv2.INTER_AREA)
        blocks = sized_flow(np.asarray(small, np.float32), small.shape, columns)
        blocks = np.asarray(
            cv2.resize(blocks, (flow.shape[1], flow.shape[0]), interpolation=cv2.INTER_NEAREST), np.float32
        )
        further = 1 + (_BLOOM - 1) * self._strength
        moved = warped(shown, blocks, further)
        predicted, given = warped(self._source.frame(index - 1), blocks), self._source.frame(index)
        planes = zip(moved.planes[:3], given.planes[:3], predicted.planes[:3], strict=True)
        return replace(given, planes=tuple(_with_residue(*one) for one in planes))

    def _healed(self, given: Frame, broken: Frame, way: float) -> Frame:
        """Blocks that were sent anew show the right picture: more of them with less strength, and towards the end."""
        left = min(1.0, self._strength * 1.5) * (1 - 0.75 * max(0.0, way - 0.45) / 0.55)
        mask = (self._order < left).astype(np.uint8)
        planes = []
        for good, bad in zip(given.planes[:3], broken.planes[:3], strict=True):
            own = cv2.resize(mask, (good.shape[1], good.shape[0]), interpolation=cv2.INTER_NEAREST)
            planes.append(np.where(own, bad, good))
        return replace(given, planes=tuple(planes))


def _with_residue(moved: Plane, given: Plane, predicted: Plane) -> Plane:
    residue: NDArray[np.int16] = given.astype(np.int16) - predicted
    residue[np.abs(residue) < _COARSE] = 0
    return np.asarray(np.clip(moved + residue * _RESIDUE, 0, 255), np.uint8)


def _stretches(source: SourceClip, seed: int) -> tuple[tuple[int, int, int], ...]:
    """First frame, one past the last, and the frame whose pixels are dragged: from another part of the clip."""
    draw = stream(seed, "lost key frames", ZERO)
    rate, found = float(source.rate), []
    at = min(round(draw.uniform(*_CALM) * rate), source.count // 6)
    while at < source.count - 1:
        end = min(source.count, at + max(2, round(draw.uniform(*_LENGTHS) * rate)))
        away = round(draw.uniform(0.3, 0.7) * source.count)
        found.append((at, end, (at + away) % source.count))
        at = end + max(1, round(draw.uniform(*_CALM) * rate))
    return tuple(found)
