"""Another time of day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import ClassVar

import cv2
import numpy as np

from effects.frame import Frame
from effects.params import param
from effects.seeds import stream
from engines.evolve.bars import within_bars
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.camera_way import CameraWay
from engines.evolve.clip_maps import ClipMaps
from engines.evolve.deep import (
    GAMMA,
    Deep,
    Field,
    Rgb,
    cast,
    coloured,
    deep_of,
    enlarged,
    frame_of,
    lit,
    mixed,
    powered,
    s_curve,
    seen_stops,
    shone,
    toned,
)
from engines.evolve.shading import facing_full
from engines.evolve.skies import PaintedSky, ground_luma, horizon_of, scene_for
from engines.evolve.told import exposure, percent, white_balance
from timeline.time import ZERO

_SKIN_KEPT = 0.45
"""Of the change, what protected skin is spared."""
_LAMP: Rgb = (1.0, 0.74, 0.42)


class Time(StrEnum):
    """Times of day."""

    SUNRISE = "sunrise"
    MORNING = "morning"
    NOON = "noon"
    GOLDEN_HOUR = "golden_hour"
    DUSK = "dusk"
    NIGHT = "night"


@dataclass(frozen=True)
class _Hour:
    """`stops` of exposure, `gains` of linear light, colourfulness, contrast (see `s_curve`), the engine's own sky, how strongly
    a low light models shapes, and its colour; `lamps` burn."""

    stops: float
    gains: Rgb
    saturation: float
    contrast: float
    sky: str
    side: float = 0.0
    light: Rgb = (1.0, 1.0, 1.0)
    lamps: float = 0.0
    bounds: tuple[float, float] = (0.1, 0.62)


_HOURS: Mapping[Time, _Hour] = MappingProxyType(
    {
        Time.SUNRISE: _Hour(-0.45, (1.16, 0.96, 0.86), 0.92, -0.14, "dawn", 0.2, (1.0, 0.72, 0.55), 0.15),
        Time.MORNING: _Hour(0.2, (1.05, 1.0, 0.93), 1.02, -0.05, "morning", 0.12, (1.0, 0.93, 0.78)),
        Time.NOON: _Hour(0.5, (0.97, 1.0, 1.04), 1.08, 0.16, "day"),
        Time.GOLDEN_HOUR: _Hour(-0.2, (1.24, 1.0, 0.68), 1.08, 0.1, "golden_hour", 0.26, (1.0, 0.74, 0.42), 0.1),
        Time.DUSK: _Hour(-1.2, (0.98, 0.84, 1.16), 0.84, 0.0, "dusk", 0.12, (1.0, 0.6, 0.5), 0.75),
        Time.NIGHT: _Hour(-2.3, (0.52, 0.78, 1.3), 0.5, 0.06, "night", 0.1, (0.62, 0.74, 1.0), 1.0, (0.09, 0.62)),
    }
)


class TimeOfDay(Operation):
    """Grades the picture, tints the sky above the estimated skyline and lights the lamps.

    It knows light and colour, not what stands in the picture: shadows stay where they fall, and a bright wall at the upper border
    may be taken for sky (turn Sky tint down then). An engine that makes films from films can move the shadows too.
    """

    title = "Time of day"
    aliases: ClassVar[Mapping[str, str]] = {"intensity": "strength", "target_time": "time", "time_of_day": "time"}
    restyle = "The same shot at {time}: light, shadows and sky as they are then, all else unchanged."

    time: Time = param(Time.GOLDEN_HOUR, animatable=False, help="What time it becomes.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Intensity", help="0 gives your take back unchanged."
    )
    sky_tint: float = param(0.6, ge=0, le=1, step=0.01, widget="slider", help="How much of the sky is painted anew.")
    stars: float = param(0.5, ge=0, le=1, step=0.01, widget="slider", help="How many stars, where it is dark enough.")
    lamp_glow: float = param(
        0.6, ge=0, le=1, step=0.01, widget="slider", help="How small bright lights shine at night."
    )
    protect: bool = param(
        True, animatable=False, unit="Faces and skin", help="Spare faces and skin a part of the change."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The clip at another hour; length and sound as they were."""
        clip = sources[0]
        look = _Look(self, clip, how)
        changes = look.told()
        return Film(clip.count, within_bars(clip, look.maps, look.frame), clip.size, clip.rate, clip.samples(), changes)


class _Look:
    def __init__(self, wanted: TimeOfDay, clip: SourceClip, how: Making) -> None:
        self._wanted, self._clip = wanted, clip
        self._hour, self._amount = _HOURS[wanted.time], wanted.strength
        self.maps = ClipMaps(clip, draft=how.draft)
        self._way = CameraWay(clip, still=how.draft)
        choice = stream(how.seed, "time of day", ZERO)
        self._sun_x = float(choice.choice([-1, 1]) * choice.uniform(0.16, 0.36))
        horizon = horizon_of(self.maps)
        spec = scene_for(
            clip.size,
            time=self._hour.sky,
            weather="clear",
            seed=int(choice.integers(1 << 31)),
            horizon=horizon,
            sun_x=self._sun_x,
            stars=2 * wanted.stars,
            disc=1.0 if wanted.time is Time.NIGHT else 0.0,
        )
        self._sky = PaintedSky(clip, self.maps, self._way, spec)
        self._horizon = horizon + 0.5
        self._stops = self._amount * _within(self._hour, ground_luma(self.maps, clip))
        self._gains: Rgb = powered(self._hour.gains, self._amount)
        self._share = min(1.0, wanted.sky_tint * self._amount * 1.6)

    def told(self) -> tuple[tuple[str, str], ...]:
        rows = [exposure(self._stops), white_balance(self._gains)]
        if self._sky.share > 0.01 and self._share:
            rows.append(("Sky", f"replaced above the horizon, {percent(self._share)}"))
        elif self._share:
            rows.append(("Sky", "none found"))
        lamps = self._hour.lamps * self._wanted.lamp_glow * self._amount
        if lamps >= 0.05:
            rows.append(("Lamps", f"glow, {percent(lamps)}"))
        if self._wanted.protect:
            rows.append(("Faces and skin", f"spared {percent(_SKIN_KEPT)} of it"))
        return (*rows, ("Length and sound", "unchanged"))

    def frame(self, index: int) -> Frame:
        """The picture at that hour."""
        given = deep_of(self._clip.frame(index))
        deep = self._graded(given, self._stops, self._gains, index)
        deep = self._sky.over(deep, index, self._share)
        lamps = self._hour.lamps * self._wanted.lamp_glow * self._amount
        if lamps:
            deep = self._with_lamps(given, deep, index, lamps)
        if self._wanted.protect:
            deep = self._spared(given, deep, index)
        return frame_of(deep, index)

    def _graded(self, deep: Deep, stops: float, gains: Rgb, index: int) -> Deep:
        hour, amount = self._hour, self._amount
        deep = coloured(deep, float(1 + (hour.saturation - 1) * amount))
        deep = cast(deep, powered(gains, 1 / GAMMA))
        gain = np.float32(2 ** (stops / GAMMA))
        if hour.side:
            shade = facing_full(self.maps, index, float(np.sign(self._sun_x)) * 0.9, -0.42)
            slope = enlarged(self._slope((16, 28)) * gain, shade.shape)
            by_side = cv2.multiply(cv2.addWeighted(shade, hour.side * amount, shade, 0, 1), slope)
            deep = lit(deep, np.asarray(by_side, np.float32))
            light = cv2.max(shade, 0.0)  # type: ignore[call-overload]
            deep = shone(deep, hour.light, np.asarray(light * np.float32(0.16 * amount), np.float32))
        else:
            deep = lit(deep, float(gain))
        return toned(deep, _curve(round(hour.contrast * amount, 3)))

    def _slope(self, shape: tuple[int, int]) -> Field:
        """A low light is stronger on its own side."""
        across = np.broadcast_to(np.linspace(-1, 1, shape[1], dtype=np.float32), shape) * np.float32(
            np.sign(self._sun_x)
        )
        return np.asarray(1 + across * np.float32(self._hour.side * 0.45 * self._amount), np.float32)

    def _with_lamps(self, given: Deep, deep: Deep, index: int, amount: float) -> Deep:
        """Small lights keep burning while all else darkens, and shine about them."""
        small = self.maps.small(index)
        sky = self.maps.sky(index)
        # A gap through which the sky is seen is small and bright as well.
        lamps = _lamps(small) * np.clip(1 - 1.4 * cv2.GaussianBlur(sky, (0, 0), sky.shape[1] * 0.02), 0, 1)
        if float(lamps.max()) < 0.05:
            return deep
        core = enlarged(np.asarray(lamps, np.float32), deep.y.shape)
        deep = mixed(deep, given, np.clip(core * np.float32(amount), 0, 1).astype(np.float32))
        width = lamps.shape[1]
        halo = (
            cv2.GaussianBlur(lamps, (0, 0), width * 0.012) * 0.7 + cv2.GaussianBlur(lamps, (0, 0), width * 0.05) * 1.3
        )
        return shone(deep, _LAMP, enlarged(np.clip(halo * amount, 0, 0.9).astype(np.float32), deep.y.shape))

    def _spared(self, given: Deep, deep: Deep, index: int) -> Deep:
        skin = self.maps.skin(index) * (1 - self.maps.sky(index))
        if float(skin.max()) < 0.05:
            return deep
        gentle = lit(given, float(2 ** (self._stops / GAMMA * 0.72)))
        share = enlarged(np.asarray(skin * np.float32(_SKIN_KEPT), np.float32), deep.y.shape)
        return mixed(deep, gentle, share)


def _within(hour: _Hour, ground: float) -> float:
    """The hour's exposure as far as the clip is to be seen; daylight brings a dark one up to a bright day's middle."""
    lift = min(GAMMA * float(np.log2(0.45 / max(ground, 0.02))), 1.6)
    stops = hour.stops if hour.stops < 0 else max(hour.stops, lift)
    return seen_stops(stops, ground, *hour.bounds)


@lru_cache(maxsize=32)
def _curve(contrast: float) -> np.ndarray:
    return s_curve(contrast, 0.4)


def _lamps(small: tuple[Field, Field, Field]) -> Field:
    """Small, bright, warm: 0..1."""
    y, u, v = small
    side = max(3, y.shape[1] // 18) | 1
    floor = cv2.morphologyEx(y, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    stands = np.clip((y - floor - 0.1) / 0.22, 0, 1) * np.clip((y - 0.66) / 0.2, 0, 1)
    warm = np.clip((v - 0.02) / 0.05, 0, 1) * np.clip((v - u) / 0.08, 0, 1)  # sunlit leaves are no lamps
    return np.asarray(cv2.GaussianBlur(np.asarray(stands * warm, np.float32), (0, 0), 0.8), np.float32)
