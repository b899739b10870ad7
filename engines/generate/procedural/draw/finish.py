"""The last step of a frame: 4:2:0 planes, and what is done on the luma plane alone (weather, steps, glow, texture, grain)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from engines.generate.procedural.draw.texture import Texture
from engines.generate.procedural.draw.treat import step_table
from engines.generate.procedural.draw.window import hash01, pick
from engines.generate.procedural.palette import Grade
from engines.generate.procedural.scene.looks import Look

Bytes = NDArray[np.uint8]
_TILE = 256
_BRIGHT = 168
_GLOW_SHRINK = 8


@dataclass(frozen=True, eq=False)
class Falling:
    """A picture as high as wide that falls past again and again: `speed` in its own heights a second, `slant` sideways per fall."""

    tile: Bytes
    speed: float
    slant: float
    offset: float
    wobble: float = 0.0
    wobble_rate: float = 0.9

    def add_to(self, luma: Bytes, seconds: float, amount: float = 1.0) -> None:
        """Lighten the picture by what falls at this moment."""
        height, width = luma.shape
        size = self.tile.shape[0]
        fallen = (self.offset + seconds * self.speed) * size
        turn = seconds * self.wobble_rate + self.offset * 7
        sideways = fallen * self.slant + self.wobble * size * math.sin(turn)
        rolled = np.roll(self.tile, (int(fallen) % size, int(sideways) % size), (0, 1))
        if amount < 1:
            rolled = cv2.convertScaleAbs(rolled, alpha=amount)  # type: ignore[assignment]
        for y in range(0, height, size):
            for x in range(0, width, size):
                part = luma[y : y + size, x : x + size]
                part[:] = cv2.add(part, rolled[: part.shape[0], : part.shape[1]])

    def looped(self, seconds: float) -> Falling:
        """The same, so that after `seconds` it is where it was."""
        falls = max(1, round(self.speed * seconds))
        turns = max(1, round(self.wobble_rate * seconds / math.tau))
        slant = round(self.slant * falls) / falls
        return replace(self, speed=falls / seconds, slant=slant, wobble_rate=turns * math.tau / seconds)


class Finish:
    """Turns a drawn picture (h, w, 4) YUVA into a Frame of its size."""

    def __init__(
        self,
        width: int,
        height: int,
        seed: int,
        grade: Grade,
        look: Look,
        amount: float = 1.0,
        falling: tuple[Falling, ...] = (),
    ) -> None:
        self.falling, self._seed = falling, seed
        self._vignette = _vignette(width, height, grade.vignette) if grade.vignette else None
        grain = grade.grain * min(1.0, height / 480)
        self._grain = _grain(seed, grain) if grain >= 0.002 else None
        self._steps = step_table(look.posterise) if look.posterise and amount > 0 else None
        self._glow = min(1.0, look.glow * amount)
        self._weave = look.weave * amount * height
        self._texture = Texture.of(look.texture, look.texture_amount * amount, width, height, seed)

    def frame(
        self,
        picture: Bytes,
        index: int,
        seconds: float,
        flash: float = 0.0,
        weather: float = 1.0,
        drawn: int | None = None,
    ) -> Frame:
        """The finished picture number `index`; `drawn` numbers the drawings where one is held for several frames."""
        drawn = index if drawn is None else drawn
        luma = np.asarray(cv2.extractChannel(picture, 0), np.uint8)
        u, v = (_halved(np.asarray(cv2.extractChannel(picture, channel), np.uint8)) for channel in (1, 2))
        if self._steps is not None:
            luma = np.asarray(cv2.LUT(luma, self._steps), np.uint8)
        if self._glow:
            luma = self._shining(luma)
        for fall in self.falling:
            fall.add_to(luma, seconds, weather)
        if flash > 0:
            luma = np.asarray(cv2.addWeighted(luma, 1 - flash * 0.4, luma, 0, flash * 90), np.uint8)
        if self._vignette is not None:
            luma = np.asarray(cv2.multiply(luma, self._vignette, scale=1 / 255), np.uint8)
        if self._weave:
            luma = self._wandering(luma, drawn)
        if self._texture is not None:
            self._texture.lay(luma, drawn)
        if self._grain is not None:
            self._add_grain(luma, index)
        np.clip(luma, 16, 235, out=luma)
        return Frame((luma, u, v))

    def _shining(self, luma: Bytes) -> Bytes:
        """What is bright shines over its borders."""
        height, width = luma.shape
        size = (max(1, width // _GLOW_SHRINK), max(1, height // _GLOW_SHRINK))
        small = cv2.subtract(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), _BRIGHT)  # type: ignore[call-overload]
        soft = cv2.GaussianBlur(small, (0, 0), max(1.0, size[1] * 0.035))
        halo = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
        return np.asarray(cv2.addWeighted(luma, 1.0, halo, 1.1 * self._glow, 0), np.uint8)

    def _wandering(self, luma: Bytes, drawn: int) -> Bytes:
        """The gate of a projector: a part of a pixel this way and that."""
        dx, dy = ((pick(self._seed, drawn, part) - 0.5) * 2 * self._weave for part in (7, 8))
        move = np.array([[1, 0, dx * 0.6], [0, 1, dy]])
        size = (luma.shape[1], luma.shape[0])
        return np.asarray(
            cv2.warpAffine(luma, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
        )

    def _add_grain(self, luma: Bytes, index: int) -> None:
        assert self._grain is not None  # noqa: S101 - for the type checker
        height, width = luma.shape
        dy, dx = int(pick(self._seed, index, 1) * _TILE), int(pick(self._seed, index, 2) * _TILE)
        light, dark = self._grain
        for y in range(-dy, height, _TILE):
            for x in range(-dx, width, _TILE):
                part = luma[max(0, y) : y + _TILE, max(0, x) : x + _TILE]
                cut = (slice(max(0, -y), max(0, -y) + part.shape[0]), slice(max(0, -x), max(0, -x) + part.shape[1]))
                part[:] = cv2.subtract(cv2.add(part, light[cut]), dark[cut])


def _halved(plane: Bytes) -> Bytes:
    height, width = plane.shape
    return np.asarray(cv2.resize(plane, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8)


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
