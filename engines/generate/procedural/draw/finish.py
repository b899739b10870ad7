"""The last step of a frame: 4:2:0 planes, and what is done on the luma plane alone (rain, snow, vignette, grain)."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from engines.generate.procedural.draw.layers import Bytes, Canvas
from engines.generate.procedural.draw.window import hash01, pick

_TILE = 256


@dataclass(frozen=True, eq=False)
class Falling:
    """A picture as high as wide that falls past again and again: `speed` in its own heights a second, `slant` sideways per fall."""

    tile: Bytes
    speed: float
    slant: float
    offset: float
    wobble: float = 0.0

    def add_to(self, luma: Bytes, seconds: float) -> None:
        """Lighten the picture by what falls at this moment."""
        height, width = luma.shape
        size = self.tile.shape[0]
        fallen = (self.offset + seconds * self.speed) * size
        sideways = fallen * self.slant + self.wobble * size * float(np.sin(seconds * 0.9 + self.offset * 7))
        dy, dx = int(fallen) % size, int(sideways) % size
        rolled = np.roll(self.tile, (dy, dx), (0, 1))
        for y in range(0, height, size):
            for x in range(0, width, size):
                part = luma[y : y + size, x : x + size]
                part[:] = cv2.add(part, rolled[: part.shape[0], : part.shape[1]])


class Finish:
    """Turns a canvas into a Frame."""

    def __init__(
        self, width: int, height: int, seed: int, grain: float, vignette: float, falling: tuple[Falling, ...] = ()
    ) -> None:
        self.falling, self._seed = falling, seed
        self._vignette = _vignette(width, height, vignette) if vignette else None
        self._grain = _grain(seed, grain * min(1.0, height / 480)) if grain else None

    def frame(self, canvas: Canvas, index: int, seconds: float, flash: float = 0.0) -> Frame:
        """The finished picture number `index`."""
        width, height = canvas.size
        luma: Bytes = np.asarray(cv2.extractChannel(canvas.data, 0), np.uint8)
        small = cv2.resize(canvas.data, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        u, v = cv2.extractChannel(small, 1), cv2.extractChannel(small, 2)
        for fall in self.falling:
            fall.add_to(luma, seconds)
        if flash > 0:
            luma = np.asarray(cv2.addWeighted(luma, 1 - flash * 0.4, luma, 0, flash * 90), np.uint8)
        if self._vignette is not None:
            luma = np.asarray(cv2.multiply(luma, self._vignette, scale=1 / 255), np.uint8)
        if self._grain is not None:
            self._add_grain(luma, index)
        luma = np.clip(luma, 16, 235)
        return Frame((luma, np.asarray(u, np.uint8), np.asarray(v, np.uint8)))

    def _add_grain(self, luma: NDArray[np.uint8], index: int) -> None:
        assert self._grain is not None  # noqa: S101 - for the type checker
        height, width = luma.shape
        dy, dx = int(pick(self._seed, index, 1) * _TILE), int(pick(self._seed, index, 2) * _TILE)
        light, dark = self._grain
        for y in range(-dy, height, _TILE):
            for x in range(-dx, width, _TILE):
                part = luma[max(0, y) : y + _TILE, max(0, x) : x + _TILE]
                cut = (slice(max(0, -y), max(0, -y) + part.shape[0]), slice(max(0, -x), max(0, -x) + part.shape[1]))
                part[:] = cv2.subtract(cv2.add(part, light[cut]), dark[cut])


def _vignette(width: int, height: int, amount: float) -> Bytes:
    xs = (np.arange(width) + 0.5) / width * 2 - 1
    ys = (np.arange(height) + 0.5) / height * 2 - 1
    away = (xs[None, :] ** 2 * 0.9 + ys[:, None] ** 2 * 0.8) / 1.7
    return np.rint(255 * (1 - amount * np.clip(away, 0, 1) ** 1.4)).astype(np.uint8)


def _grain(seed: int, amount: float) -> tuple[Bytes, Bytes]:
    at = np.arange(_TILE)
    white = hash01(at[None, :], at[:, None], seed + 5) + hash01(at[None, :], at[:, None], seed + 6) - 1.0
    # Taking the blur away leaves blue noise: fine grain without clouds.
    soft = cv2.GaussianBlur(white.astype(np.float32), (0, 0), 1.2, borderType=cv2.BORDER_REFLECT)
    value = (white - soft) * amount * 219 * 1.6
    value = np.rint(value)
    return np.clip(value, 0, 255).astype(np.uint8), np.clip(-value, 0, 255).astype(np.uint8)
