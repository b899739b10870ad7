"""Light from a side: how each place faces it, told from estimated depth and from light and dark in the picture itself."""

from __future__ import annotations

import cv2
import numpy as np

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
    across, down = (one - cv2.GaussianBlur(one, (0, 0), width * 0.12) for one in (across, down))
    slope = -(across * np.float32(x) + down * np.float32(y)) * np.float32(width / 256 * 3.2)
    return np.asarray(np.tanh(slope * 1.4) * (1 - maps.sky(index)), np.float32)


def rim_of(maps: ClipMaps, index: int, side: float) -> Field:
    """The edges of near things that a light behind them grazes, 0..1, (h, w) small; `side` 1: it stands to the right.

    A rim lies on the thing, not on what is behind it: it is looked for where nearness falls toward the light.
    """
    near = maps.near(index)
    width = near.shape[1]
    found = np.zeros_like(near)
    for sigma, weight in ((0.006, 0.65), (0.014, 0.45)):
        soft = cv2.GaussianBlur(near, (0, 0), width * sigma)
        across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
        falls = -(across * np.float32(side * 0.8) - down * np.float32(0.6)) * np.float32(width / 256)
        found += np.float32(weight) * np.clip(falls * np.float32(3.2) - np.float32(0.06), 0, 1)
    return np.asarray(np.clip(found, 0, 1) * np.clip(near * 1.6, 0, 1), np.float32)
