"""One moving picture becoming another: both are bent along the flow between them while one fades into the other."""

from __future__ import annotations

import cv2
import numpy as np

from effects.frame import Frame
from effects.planes import eased, mixed
from engines.evolve.base import SourceClip
from engines.evolve.motion import Flow, Motion, MotionReader, Weight, in_between, warped

_EVERY = 4
"""Frames between two measurements: flow between different shots trembles, and what lies between is drawn from both."""
_SPREAD = 0.03
"""How far trusted flow is carried into its neighbourhood, as share of the width."""
_ALIKE = 0.6
"""Trust from which two shots are taken for views of the same thing."""


class Morphing:
    """The last `count` frames of one clip becoming the first `count` of another. Belongs to one thread."""

    def __init__(self, left: SourceClip, right: SourceClip, count: int, *, draft: bool = False) -> None:
        self._left, self._right, self.count = left, right, count
        self._first = left.count - count
        self._reader = MotionReader(draft=draft)
        self._known: dict[int, Motion] = {}

    def frame(self, index: int) -> Frame:
        """Picture `index` of the morph, 0..count-1."""
        way = eased((index + 1) / (self.count + 1))
        left, right = self._left.frame(self._first + index), self._right.frame(index)
        motion = self._motion(index)
        if motion.trust >= _ALIKE:
            return in_between(left, right, motion, way)
        bent = warped(left, motion.backward, way), warped(right, motion.forward, 1 - way)
        return mixed(*bent, way)

    def _motion(self, index: int) -> Motion:
        """The flow from left to right at this moment, between what was measured before and behind it."""
        low = index // _EVERY * _EVERY
        high = min(low + _EVERY, self.count - 1)
        first = self._measured(low)
        if index == low or high <= low:
            return first
        second, part = self._measured(high), np.float32((index - low) / (high - low))
        rows = zip(
            (first.forward, first.backward, first.seen, first.seen_back),
            (second.forward, second.backward, second.seen, second.seen_back),
            strict=True,
        )
        return Motion(*(np.asarray(a * (1 - part) + b * part, np.float32) for a, b in rows))

    def _measured(self, index: int) -> Motion:
        known = self._known.get(index)
        if known is None:
            found = self._reader.between(self._left.frame(self._first + index), self._right.frame(index))
            if found.trust < _ALIKE:
                found = Motion(
                    _calm(found.forward, found.seen),
                    _calm(found.backward, found.seen_back),
                    found.seen,
                    found.seen_back,
                )
            known = self._known[index] = found
        return known


def _calm(flow: Flow, seen: Weight) -> Flow:
    """The flow of what can be followed, carried smoothly over what cannot."""
    sigma = _SPREAD * flow.shape[1]
    weight = seen + np.float32(0.02)
    total = cv2.GaussianBlur(weight, (0, 0), sigma)
    sums = cv2.GaussianBlur(flow * weight[..., None], (0, 0), sigma)
    return np.asarray(sums / total[..., None], np.float32)
