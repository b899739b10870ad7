"""Film grain."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.base import VideoEffect
from effects.filtering import in_yuv, is_empty
from effects.frame import Frame, Plane
from effects.params import param
from effects.seeds import stream
from timeline.time import RationalTime

_TILE = 2048
"""Side of the grain that is drawn once; each frame shows another part of it, turned another way."""


class FilmGrain(VideoEffect):
    """Lay the living grain of film over the picture, most of it in the middle tones."""

    title = "Film grain"
    group = "Stylise"

    strength: float = param(0.35, ge=0, le=1, step=0.01, widget="slider", help="How much; 0 changes nothing.")
    size: float = param(1.6, ge=1, le=12, unit="px", step=0.1, help="Size of a grain.")
    shadows: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", help="How much of it dark and light parts have."
    )
    seed: int = param(1, ge=0, le=999_999, animatable=False, help="Another number is another roll of film.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """Grain in luma only, new for each instant of the source and the same whenever that instant is shown."""
        if self.strength == 0 or is_empty(frame):
            return frame

        def grained(yuv: Frame) -> Frame:
            y = yuv.planes[0]
            grain = self._grain(y.shape[1], y.shape[0], yuv.scale, at)
            share = cv2.LUT(y, _shares(self.strength, self.shadows))
            moved = cv2.multiply(grain, share, scale=1 / 255, dtype=cv2.CV_16S)
            return replace(yuv, planes=(np.asarray(cv2.add(y, moved, dtype=cv2.CV_8U), np.uint8), *yuv.planes[1:]))

        return in_yuv(frame, grained)

    def _grain(self, width: int, height: int, scale: float, at: RationalTime) -> NDArray[np.int16]:
        """Grain for a picture, standard deviation 32; drawn at the grain's own size in full-size pixels."""
        side = self.size * scale
        columns, rows = min(ceil(width / side) + 1, _TILE), min(ceil(height / side) + 1, _TILE)
        draw = stream(self.seed, "grain", at)
        x, y = draw.integers(0, _TILE - columns + 1), draw.integers(0, _TILE - rows + 1)
        part = _tile()[y : y + rows, x : x + columns]
        turned = part[:: 1 - 2 * int(draw.integers(2)), :: 1 - 2 * int(draw.integers(2))]
        if side == 1:
            return np.ascontiguousarray(turned[:height, :width])
        size = (round(columns * side), round(rows * side))
        way = cv2.INTER_AREA if side < 1 else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(np.ascontiguousarray(turned), size, interpolation=way)[:height, :width], np.int16)


@cache
def _tile() -> NDArray[np.int16]:
    drawn = np.random.default_rng(20).normal(0, 32, (_TILE, _TILE)).clip(-110, 110)
    return drawn.astype(np.int16)


@lru_cache(maxsize=32)
def _shares(strength: float, shadows: float) -> Plane:
    """How much grain a luma level has, 255 is all."""
    level = np.clip((np.arange(256) - 16) / 219, 0, 1)
    middle = np.sqrt(4 * level * (1 - level))
    return np.asarray(
        np.rint(255 * strength * (shadows + (1 - shadows) * middle) * np.minimum(middle * 4, 1)), np.uint8
    )
