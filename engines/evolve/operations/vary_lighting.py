"""Another light."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar

import cv2
import numpy as np

from effects.frame import Frame
from effects.params import param
from effects.seeds import stream
from engines.evolve.bars import within_bars
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.camera_way import CameraWay
from engines.evolve.clip_maps import ClipMaps, spread
from engines.evolve.deep import (
    GAMMA,
    Deep,
    Field,
    Rgb,
    coloured,
    deep_of,
    enlarged,
    frame_of,
    lit,
    s_curve,
    shone,
    toned,
)
from engines.evolve.rays import RaysOfLight
from engines.evolve.shading import facing, facing_full, rim_of
from engines.evolve.told import exposure, percent, signed
from timeline.time import ZERO

_WARM: Rgb = (1.0, 0.86, 0.64)
_COOL: Rgb = (0.78, 0.88, 1.0)


class Lighting(StrEnum):
    """Ways to light."""

    DRAMATIC = "dramatic"
    SOFT = "soft"
    HARSH = "harsh"
    RIM = "rim"
    VOLUMETRIC = "volumetric"


class Side(StrEnum):
    """Where the light comes from."""

    AUTO = "auto"
    LEFT = "left"
    RIGHT = "right"


_STOPS: Mapping[Lighting, float] = {
    Lighting.DRAMATIC: -0.5,
    Lighting.SOFT: 0.15,
    Lighting.HARSH: 0.1,
    Lighting.RIM: -1.0,
    Lighting.VOLUMETRIC: -0.45,
}
_CONTRAST: Mapping[Lighting, float] = {
    Lighting.DRAMATIC: 0.42,
    Lighting.SOFT: -0.3,
    Lighting.HARSH: 0.62,
    Lighting.RIM: 0.18,
    Lighting.VOLUMETRIC: 0.05,
}
_SATURATION: Mapping[Lighting, float] = {
    Lighting.DRAMATIC: 0.9,
    Lighting.SOFT: 0.96,
    Lighting.HARSH: 1.06,
    Lighting.RIM: 0.82,
    Lighting.VOLUMETRIC: 0.94,
}


class LightingChange(Operation):
    """Lights the shot anew, by its own light and dark and by estimated depth: a key from one side, softer or harder light, a rim, rays.

    Shadows that are in the picture stay where they fall, and no new ones are cast; where depth is misjudged the light is too.
    An engine that makes films from films can move the shadows.
    """

    title = "Lighting"
    aliases: ClassVar[Mapping[str, str]] = {"intensity": "strength", "lighting_style": "lighting"}
    restyle: ClassVar[str] = "The same shot in {lighting} light, all else unchanged."

    lighting: Lighting = param(Lighting.DRAMATIC, animatable=False, help="How it is lit.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Intensity", help="0 gives your take back unchanged."
    )
    side: Side = param(
        Side.AUTO, animatable=False, label="Light from", help="Auto is the side that is brighter already."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The clip in that light; length and sound as they were."""
        clip = sources[0]
        look = _Look(self, clip, how)
        return Film(
            clip.count, within_bars(clip, look.maps, look.frame), clip.size, clip.rate, clip.samples(), look.told()
        )


class _Look:
    def __init__(self, wanted: LightingChange, clip: SourceClip, how: Making) -> None:
        self._clip, self._kind, self._amount = clip, wanted.lighting, wanted.strength
        self.maps = ClipMaps(clip, draft=how.draft)
        self._x = _side_of(wanted.side, self.maps, clip)
        self._stops = _STOPS[self._kind] * self._amount
        self._subject = _subject_of(self.maps)
        self._rays: RaysOfLight | None = None
        if self._kind is Lighting.VOLUMETRIC:
            turn = float(stream(how.seed, "rays", ZERO).random())
            self._rays = RaysOfLight(clip, self.maps, CameraWay(clip, still=how.draft), self._x, turn)

    def told(self) -> tuple[tuple[str, str], ...]:
        rows = [exposure(self._stops)]
        rows.append(("Contrast", f"{signed(_CONTRAST[self._kind] * self._amount * 100, 0)} %"))
        side = "right" if self._x > 0 else "left"
        light = {
            Lighting.DRAMATIC: f"a key from the {side}, the rest falls off",
            Lighting.SOFT: f"wide, into the shade on the {'left' if self._x > 0 else 'right'}",
            Lighting.HARSH: f"small and hard, from the {side}",
            Lighting.RIM: f"behind the subject, from the {side}",
            Lighting.VOLUMETRIC: f"rays from the {side}, {percent(self._amount)}",
        }
        return (*rows, ("Light", light[self._kind]), ("Length and sound", "unchanged"))

    def frame(self, index: int) -> Frame:
        """The picture in that light."""
        deep = deep_of(self._clip.frame(index))
        ways: Mapping[Lighting, Callable[[Deep, int], Deep]] = {
            Lighting.DRAMATIC: self._dramatic,
            Lighting.SOFT: self._soft,
            Lighting.HARSH: self._harsh,
            Lighting.RIM: self._rim,
            Lighting.VOLUMETRIC: self._volumetric,
        }
        deep = ways[self._kind](deep, index)
        deep = coloured(deep, float(1 + (_SATURATION[self._kind] - 1) * self._amount))
        return frame_of(toned(deep, _curve(round(_CONTRAST[self._kind] * self._amount, 3))), index)

    def _shade(self, index: int) -> Field:
        return facing(self.maps, index, self._x * 0.82, -0.57)

    def _gained(self, deep: Deep, small: Field) -> Deep:
        """Exposure and a small map of gains, soft enough to need no edges of its own."""
        gain = small * np.float32(2 ** (self._stops / GAMMA))
        return lit(deep, enlarged(np.asarray(gain, np.float32), deep.y.shape))

    def _keyed(self, deep: Deep, index: int, amount: float, pool: Field | None = None) -> tuple[Deep, Field]:
        """The key light by what faces it, and how each place does, at full size."""
        shade = facing_full(self.maps, index, self._x * 0.82, -0.57)
        gain = cv2.addWeighted(shade, amount, shade, 0, 1)
        gain = cv2.multiply(gain, 1.0, scale=2 ** (self._stops / GAMMA))  # type: ignore[call-overload]
        if pool is not None:
            gain = cv2.multiply(gain, enlarged(pool, shade.shape))
        return lit(deep, np.asarray(gain, np.float32)), shade

    def _dramatic(self, deep: Deep, index: int) -> Deep:
        a = self._amount
        pool = _pool(self.maps.small(index)[0].shape, self._subject, self._x)
        deep, shade = self._keyed(deep, index, 0.36 * a, np.asarray(1 + np.float32(a) * (pool - 1), np.float32))
        return shone(deep, _WARM, np.asarray(cv2.max(shade, 0.0) * np.float32(0.2 * a), np.float32))  # type: ignore[call-overload]

    def _soft(self, deep: Deep, index: int) -> Deep:
        a = np.float32(self._amount)
        deep = self._gained(deep, 1 - a * np.float32(0.22) * self._shade(index))
        return _bloomed(self._evened(deep, index, -0.35 * float(a)), 0.3 * float(a))

    def _harsh(self, deep: Deep, index: int) -> Deep:
        deep, _ = self._keyed(deep, index, 0.34 * self._amount)
        return self._evened(deep, index, 0.22 * self._amount)

    def _rim(self, deep: Deep, index: int) -> Deep:
        a = np.float32(self._amount)
        near = self.maps.near(index)
        deep = self._gained(deep, np.asarray(1 - a * np.float32(0.22) * (1 - near), np.float32))
        # On what is bright already no rim is seen.
        dark = np.clip((np.float32(0.7) - self.maps.small(index)[0]) / np.float32(0.3), 0, 1)
        rim = rim_of(self.maps, index, self._x) * enlarged(np.asarray(dark, np.float32), deep.y.shape)
        return shone(deep, _COOL, np.asarray(cv2.min(rim * a * np.float32(1.5), 0.85), np.float32))  # type: ignore[call-overload]

    def _volumetric(self, deep: Deep, index: int) -> Deep:
        assert self._rays is not None  # noqa: S101 - for the type checker
        a = np.float32(self._amount)
        deep = self._gained(deep, np.ones((8, 8), np.float32))
        rays = self._rays.at(index)
        return shone(deep, _WARM, enlarged(np.clip(rays * a, 0, 0.9).astype(np.float32), deep.y.shape))

    def _evened(self, deep: Deep, index: int, share: float) -> Deep:
        """Broad light and dark spread about the mean (above 0) or drawn together; fine detail stays, edges get no halo."""
        y = self.maps.small(index)[0]
        broad = cv2.GaussianBlur(y, (0, 0), y.shape[1] * 0.02)
        mean = self._mean
        base = self.maps.full(index, np.asarray(np.clip(broad, 0, 1), np.float32))
        moved = cv2.scaleAdd(cv2.subtract(base, mean), share, deep.y)  # type: ignore[call-overload]
        return Deep(np.asarray(cv2.max(moved, 0.0), np.float32), deep.u, deep.v)  # type: ignore[call-overload]

    @property
    def _mean(self) -> float:
        return float(np.mean([self.maps.small(index)[0].mean() for index in spread(self._clip.count, 3)]))


def _side_of(side: Side, maps: ClipMaps, clip: SourceClip) -> float:
    """1: the light comes from the right."""
    if side is not Side.AUTO:
        return 1.0 if side is Side.RIGHT else -1.0
    mean = np.mean([maps.small(index)[0] for index in spread(clip.count, 3)], axis=0)
    half = mean.shape[1] // 2
    return 1.0 if float(mean[:, -half:].mean()) > float(mean[:, :half].mean()) else -1.0


def _subject_of(maps: ClipMaps) -> tuple[float, float]:
    """Where the subject is over the clip, as shares of the picture."""
    weight = maps.still("drawing") ** 2 + 1e-3
    height, width = weight.shape
    total = float(weight.sum())
    x = float((weight * ((np.arange(width) + 0.5) / width)[None]).sum()) / total
    y = float((weight * ((np.arange(height) + 0.5) / height)[:, None]).sum()) / total
    return (x, y)


def _pool(shape: tuple[int, ...], middle: tuple[float, float], side: float) -> Field:
    """A pool of light about the subject, reaching up to the side it comes from: 0.55 outside, about 1.15 within."""
    xs = (np.arange(shape[1], dtype=np.float32) + np.float32(0.5)) / np.float32(shape[1]) - np.float32(middle[0])
    ys = (np.arange(shape[0], dtype=np.float32) + np.float32(0.5)) / np.float32(shape[0]) - np.float32(middle[1])
    along = xs[None, :] * np.float32(0.86 * side) - ys[:, None] * np.float32(0.5)
    across = xs[None, :] * np.float32(0.5) + ys[:, None] * np.float32(0.86 * side)
    reach = np.where(along > 0, np.float32(0.62), np.float32(0.4))
    return np.asarray(0.55 + 0.6 * np.exp(-((along / reach) ** 2) - (across / 0.42) ** 2), np.float32)


def _bloomed(deep: Deep, amount: float) -> Deep:
    """Bright parts spread as through a mist filter."""
    width = deep.y.shape[1]
    size = (max(8, width // 4), max(8, deep.y.shape[0] // 4))
    small = cv2.resize(deep.y, size, interpolation=cv2.INTER_AREA)
    bright = np.clip((np.asarray(small, np.float32) - np.float32(0.5)) / np.float32(0.5), 0, 1)
    halo = cv2.GaussianBlur(bright, (0, 0), size[0] * 0.018)
    return shone(deep, (1.0, 1.0, 1.0), enlarged(np.asarray(halo * amount, np.float32), deep.y.shape))


@lru_cache(maxsize=32)
def _curve(contrast: float) -> np.ndarray:
    return s_curve(contrast, 0.42, 0.02 if contrast < 0 else 0.0)
