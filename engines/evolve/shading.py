"""Light from a side: how each place faces it, told from estimated depth and from light and dark in the picture itself."""

from __future__ import annotations

import cv2
import numpy as np

from effects.filtering import gaussian
from engines.evolve.clip_maps import ClipMaps
from engines.evolve.deep import Field

_ROUND = 0.018
"""How far shapes are rounded, in picture widths: finer ones would look embossed."""


def facing(maps: ClipMaps, index: int, x: float, y: float) -> Field:
    """-1 turned away from the light to 1 facing it, (h, w) small, smooth; the light comes from (x, y), right and down, length 1.

    Things bulge where they are near and, a little, where they are bright; flat ground faces neither way.
    """
    luma = maps.small(index)[0]
    width = luma.shape[1]
    near = cv2.GaussianBlur(maps.near(index), (0, 0), width * _ROUND)
    bulge = cv2.GaussianBlur(luma, (0, 0), width * _ROUND * 0.7)
    height = near * np.float32(1.0) + bulge * np.float32(0.45)
    across, down = cv2.Sobel(height, cv2.CV_32F, 1, 0), cv2.Sobel(height, cv2.CV_32F, 0, 1)
    # The ground rises evenly toward the viewer: that slope is no shape.
    across, down = (one - gaussian(np.asarray(one, np.float32), width * 0.12) for one in (across, down))
    slope = -(across * np.float32(x) + down * np.float32(y)) * np.float32(width / 256 * 3.2)
    return np.asarray(np.tanh(slope * 1.4) * (1 - maps.sky(index)), np.float32)


def facing_full(maps: ClipMaps, index: int, x: float, y: float) -> Field:
    """`facing` at the picture's size, its edges on the picture's own: light does not spill over an outline."""
    shade = facing(maps, index, x, y)
    made = maps.full(index, np.asarray(shade * np.float32(0.5) + np.float32(0.5), np.float32))
    return np.asarray(cv2.addWeighted(made, 2, made, 0, -1), np.float32)


def rim_of(maps: ClipMaps, index: int, side: float) -> Field:
    """The edges of near things that a light behind them grazes, 0..1, at the picture's size; `side` 1: it stands to the right.

    A rim lies on the thing, not on what is behind it: where a step toward the light leads from near to far.
    """
    near = maps.full(index, maps.near(index))
    if float(maps.sky(index).max()) > 0.05:
        near = np.asarray(cv2.multiply(near, cv2.subtract(1.0, maps.sky_matte(index))), np.float32)  # type: ignore[call-overload]
    width = near.shape[1]
    total: Field | None = None
    for reach, weight in ((0.003, 1.3), (0.008, 1.1)):
        soft = cv2.blur(near, (3, 3))
        step = np.array([[1, 0, side * 0.8 * reach * width], [0, 1, -0.6 * reach * width]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        there = cv2.warpAffine(soft, step, (width, near.shape[0]), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        falls = cv2.max(cv2.subtract(cv2.subtract(soft, there), 0.035), 0.0)  # type: ignore[call-overload]
        total = np.asarray(falls * weight if total is None else total + falls * weight, np.float32)
    assert total is not None  # noqa: S101 - for the type checker
    return np.asarray(cv2.min(cv2.GaussianBlur(total, (0, 0), max(0.6, width * 0.0006)), 1.0), np.float32)  # type: ignore[call-overload]
