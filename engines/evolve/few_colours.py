"""A clip in few colours: those that suit it best, by distances as the eye has them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Plane
from effects.oklab import from_oklab, to_oklab

_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16 - 0.47
"""Ordered dither, B. Bayer 1973: a weave that stays where it is while the picture moves."""
_SIDE = 64
_VIVID = (1.0, 1.5, 1.5)
"""Hues weigh more than light when colours are chosen: a small red thing is worth more than one more grey."""
_RICHER = 1.12
_TRUE = (1.0, 1.6, 1.6)
"""Where colours are looked up: a wrong hue is worse than a wrong light."""
_BITS = 5
"""Colours are looked up in a cube of 2^5 steps a side."""


class FewColours:
    """A palette, (n, 3) uint8 sRGB, and the way of any picture into it."""

    def __init__(self, colours: Plane) -> None:
        self.colours = colours
        lab = to_oklab(colours / 255.0) * _TRUE
        steps = np.linspace(0, 1, 1 << _BITS)
        grid = to_oklab(np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)).reshape(-1, 3) * _TRUE
        away = ((grid[:, None] - lab[None]) ** 2).sum(axis=-1)
        self._nearest = np.argmin(away, axis=1)
        apart = np.sqrt(((lab[:, None] - lab[None]) ** 2).sum(axis=-1)) + np.eye(len(lab)) * 9
        self._weave = float(np.median(apart.min(axis=1))) * 255 * 0.6
        """How far the dither reaches: about to the next colour."""

    @classmethod
    def of(cls, pictures: Sequence[Plane], count: int) -> FewColours:
        """The `count` colours that suit `pictures` best; the same for the same pictures."""
        small = [cv2.resize(one, (_SIDE, _SIDE * 9 // 16), interpolation=cv2.INTER_AREA) for one in pictures]
        lab = to_oklab(np.concatenate([one.reshape(-1, 3) for one in small]) / 255.0) * _VIVID
        means = _means(lab.astype(np.float32), count) / _VIVID * (1.0, _RICHER, _RICHER)
        return cls(np.rint(from_oklab(means) * 255).astype(np.uint8))

    def dithered(self, rgb: Plane) -> Plane:
        """(h, w, 3) in the palette's colours alone."""
        height, width = rgb.shape[:2]
        weave = np.tile(_BAYER, (height // 4 + 1, width // 4 + 1))[:height, :width, None] * np.float32(self._weave)
        shifted = np.clip(rgb + weave, 0, 255).astype(np.int32) >> (8 - _BITS)
        cell = (shifted[..., 0] << (2 * _BITS)) + (shifted[..., 1] << _BITS) + shifted[..., 2]
        return np.asarray(self.colours[self._nearest[cell]], np.uint8)


def _means(lab: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """k-means (Lloyd), begun at colours as far from each other as can be found: small bright things keep theirs."""
    chosen = [lab[int(np.argmin(lab[:, 0]))], lab[int(np.argmax(lab[:, 0]))]]
    away = np.minimum(*(((lab - one) ** 2).sum(axis=1) for one in chosen))
    while len(chosen) < count:
        chosen.append(lab[int(np.argmax(away))])
        away = np.minimum(away, ((lab - chosen[-1]) ** 2).sum(axis=1))
    means = np.array(chosen, np.float32)
    for _ in range(8):
        nearest = np.argmin(((lab[:, None] - means[None]) ** 2).sum(axis=-1), axis=1)
        for number in range(count):
            own = lab[nearest == number]
            if len(own):
                means[number] = own.mean(axis=0)
    return means
