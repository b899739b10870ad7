"""How well two clips match where they join: how far the pictures on both sides of a cut are apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.colour import rgb_of
from effects.frame import Frame

FINE, VISIBLE = 6.0, 14.0
"""Levels of 255 beyond what moves anyway: below the first a cut is not seen, above the second it is."""
_SIZE = (160, 90)


@dataclass(frozen=True)
class Join:
    """`levels`: mean difference of luma of the frames on both sides (0 to 255). `motion`: the same one frame earlier, before the cut."""

    levels: float
    motion: float

    @property
    def excess(self) -> float:
        """What the cut adds to what moves anyway."""
        return max(0.0, self.levels - self.motion)

    @property
    def is_fine(self) -> bool:
        """Whether nobody will see it."""
        return self.excess <= FINE

    @property
    def words(self) -> str:
        """`3 levels: fine`."""
        verdict = "fine" if self.is_fine else "slight" if self.excess <= VISIBLE else "look at it"
        return f"{round(self.levels)} {'level' if round(self.levels) == 1 else 'levels'}: {verdict}"


def join_at(frame: Callable[[int], Frame], cut: int) -> Join:
    """The join at a cut. `frame(n)` gives the film's frames; the cut lies before frame `cut`."""
    before, left, right = (_luma(frame(max(0, cut - back))) for back in (2, 1, 0))
    return Join(_apart(left, right), _apart(before, left))


def _luma(frame: Frame) -> NDArray[np.float32]:
    grey = cv2.cvtColor(rgb_of(frame), cv2.COLOR_RGB2GRAY)
    return cv2.resize(grey, _SIZE, interpolation=cv2.INTER_AREA).astype(np.float32)


def _apart(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.abs(one - other).mean())
