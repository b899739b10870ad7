"""Another weather."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from math import floor
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
from engines.evolve.clip_maps import ClipMaps, spread
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
    powered,
    s_curve,
    seen_stops,
    shone,
    toned,
    veiled,
)
from engines.evolve.skies import PaintedSky, ground_luma, horizon_of, scene_for
from engines.evolve.sounding import sound_length
from engines.evolve.told import exposure, percent, white_balance
from engines.evolve.weather_layers import FallingOver, FogBanks
from engines.evolve.weather_sound import with_weather
from engines.generate.procedural.draw.weather import FLASH_PERIOD, flash_at
from timeline.time import ZERO


class Weather(StrEnum):
    """Weathers."""

    SUNNY = "sunny"
    RAINY = "rainy"
    STORMY = "stormy"
    FOGGY = "foggy"
    SNOWY = "snowy"


@dataclass(frozen=True)
class _Kind:
    """`stops`, `gains` of linear light, colourfulness, contrast; `sky` (the engine's weather) and how much of it; `haze` by depth
    and its colour; what is heard, and how much the clip's own heights are dulled."""

    stops: float
    gains: Rgb
    saturation: float
    contrast: float
    sky: str
    sky_share: float
    haze: float
    haze_colour: Rgb
    sounds: Mapping[str, float] = field(default_factory=dict)
    dull: float = 0.0


_KINDS: Mapping[Weather, _Kind] = MappingProxyType(
    {
        Weather.SUNNY: _Kind(0.35, (1.06, 1.0, 0.92), 1.14, 0.16, "clear", 0.75, 0.0, (1, 1, 1), {"birds": 0.5}),
        Weather.RAINY: _Kind(
            -0.55, (0.93, 1.0, 1.08), 0.62, -0.1, "rain", 0.95, 0.55, (0.62, 0.66, 0.7), {"rain": 1.0}, 0.2
        ),
        Weather.STORMY: _Kind(
            -1.25, (0.88, 1.0, 1.12), 0.5, 0.06, "storm", 1.0, 0.5, (0.36, 0.4, 0.45), {"rain": 1.3, "wind": 0.8}, 0.25
        ),
        Weather.FOGGY: _Kind(
            0.1, (0.98, 1.0, 1.02), 0.6, -0.22, "fog", 0.9, 2.6, (0.8, 0.82, 0.84), {"wind": 0.25}, 0.7
        ),
        Weather.SNOWY: _Kind(
            0.12, (0.96, 1.0, 1.06), 0.55, -0.08, "snow", 0.95, 0.6, (0.84, 0.86, 0.9), {"wind": 0.4}, 0.6
        ),
    }
)


class WeatherChange(Operation):
    """Grades the picture, paints another sky above the estimated skyline, and lays rain, snow or fog over it by estimated depth.

    The sound of the weather lies under the clip's own. It does not wet or bury what stands there, and hard shadows of a sunny
    shot stay; an engine that makes films from films can do both.
    """

    title = "Weather"
    aliases: ClassVar[Mapping[str, str]] = {"intensity": "strength"}
    restyle = "The same shot in {weather} weather, with the light, the ground and the sky of it, all else unchanged."

    weather: Weather = param(Weather.RAINY, animatable=False, help="Which weather it becomes.")
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Intensity", help="0 gives your take back unchanged."
    )
    ambience: bool = param(True, animatable=False, label="Its sound", help="Rain, wind or thunder to be heard.")

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The clip in that weather; its length as it was."""
        clip = sources[0]
        look = _Look(self, clip, how)
        length = sound_length(clip.count, clip.rate)
        heard = None if how.draft else clip.samples()
        if self.ambience and not how.draft:
            kind = _KINDS[self.weather]
            heard = with_weather(heard, length, kind.sounds, self.strength, how.seed, look.thunder(), kind.dull)
        return Film(
            clip.count,
            within_bars(clip, look.maps, look.frame),
            clip.size,
            clip.rate,
            heard,
            look.told(bool(self.ambience)),
        )


class _Look:
    def __init__(self, wanted: WeatherChange, clip: SourceClip, how: Making) -> None:
        self._clip, self._amount, self._weather = clip, wanted.strength, wanted.weather
        kind = self._kind = _KINDS[wanted.weather]
        self.maps = ClipMaps(clip, draft=how.draft)
        self._way = CameraWay(clip, still=how.draft)
        choice = stream(how.seed, "weather", ZERO)
        light = _own_light(self.maps, clip)
        self._haze: Rgb = kind.haze_colour
        self._snow: Rgb = (0.86, 0.89, 0.94)
        if self._weather is not Weather.SUNNY:
            dim = min(1.0, max(0.22, light / 0.55))
            self._snow = (0.86 * dim, 0.89 * dim, 0.94 * dim)
            self._haze = (kind.haze_colour[0] * dim, kind.haze_colour[1] * dim, kind.haze_colour[2] * dim)
        self.spec = scene_for(
            clip.size,
            time="day" if light > 0.38 or self._weather is Weather.SUNNY else "dusk" if light > 0.2 else "night",
            weather=kind.sky,
            seed=int(choice.integers(1 << 31)),
            horizon=horizon_of(self.maps),
            sun_x=float(choice.uniform(-0.3, 0.3)),
            seconds=float(clip.seconds),
            amount=0.55 + 0.45 * self._amount,
            disc=0.0,
        )
        self._sky = PaintedSky(clip, self.maps, self._way, self.spec)
        self._falling = FallingOver(clip, self.maps, self._way, self.spec, self._amount)
        self._banks = FogBanks(how.seed, self._way, clip)
        self._share = min(1.0, kind.sky_share * self._amount * 1.4)
        self._stops = self._amount * seen_stops(kind.stops, ground_luma(self.maps, clip), 0.12, 0.66)
        self._gains: Rgb = powered(kind.gains, self._amount)

    def thunder(self) -> list[tuple[float, float]]:
        """When it is heard, a little after it is seen, and how loud."""
        if self._weather is not Weather.STORMY:
            return []
        found = []
        for cell in range(floor(self.spec.seconds / FLASH_PERIOD) + 1):
            times = np.arange(cell * FLASH_PERIOD, min((cell + 1) * FLASH_PERIOD, self.spec.seconds), 0.04)
            lights = [flash_at(self.spec, float(one)) for one in times]
            if lights and max(lights) > 0.2:
                found.append((float(times[int(np.argmax(lights))]) + 0.35, max(lights)))
        return [(at, loud) for at, loud in found if at < self.spec.seconds]

    def told(self, heard: bool) -> tuple[tuple[str, str], ...]:
        kind = self._kind
        rows = [exposure(self._stops), white_balance(self._gains)]
        if self._sky.share > 0.01:
            rows.append(("Sky", f"replaced above the horizon, {percent(self._share)}"))
        else:
            rows.append(("Sky", "none found"))
        falls = {Weather.RAINY: "rain", Weather.STORMY: "rain and lightning", Weather.SNOWY: "snow"}.get(self._weather)
        if falls:
            rows.append(("Over the picture", f"{falls}, behind what is near, {percent(self._amount)}"))
        if kind.haze:
            rows.append(
                ("Depth", f"fades into haze, {percent(1 - float(np.exp(-kind.haze * self._amount)))} at the far end")
            )
        sounds = ", ".join([*kind.sounds, *(["thunder"] if self.thunder() else [])])
        rows.append(("Sound", f"{sounds} under it" if heard else "unchanged"))
        return (*rows, ("Length", "unchanged"))

    def frame(self, index: int) -> Frame:
        """The picture in that weather."""
        kind, amount = self._kind, self._amount
        deep = coloured(deep_of(self._clip.frame(index)), float(1 + (kind.saturation - 1) * amount))
        deep = cast(deep, powered(self._gains, 1 / GAMMA))
        flash = flash_at(self.spec, float(index / self._clip.rate)) * amount
        deep = lit(deep, float(2 ** ((self._stops + 1.3 * flash) / GAMMA)))
        deep = toned(deep, _curve(round(kind.contrast * amount, 3)))
        if self._weather is Weather.SNOWY:
            deep = self._settled(deep, index)
        deep = self._sky.over(deep, index, self._share, 1 + 0.5 * flash)
        if kind.haze:
            deep = self._hazy(deep, index)
        if self._weather is Weather.SUNNY:
            deep = self._sunlit(deep, index)
        return frame_of(self._falling.over(deep, index), index)

    def _hazy(self, deep: Deep, index: int) -> Deep:
        """Light of the haze in front of what is far, thickest low at the horizon, in drifting banks."""
        kind = self._kind
        near = self.maps.near(index)
        banks = self._banks.at(index, near.shape)
        thick = np.float32(kind.haze * self._amount) * (1 - near) ** 1.5 * banks
        veil = 1 - np.exp(-thick)
        if self._weather is not Weather.FOGGY:
            veil = veil * (1 - 0.75 * self.maps.sky(index))  # the painted sky has its own
        return veiled(deep, self._haze, self._full(index, np.asarray(veil, np.float32)))

    def _full(self, index: int, small: Field) -> Field:
        return self.maps.full(index, small)

    def _settled(self, deep: Deep, index: int) -> Deep:
        """A little white on what faces up: ground, and upper edges of things."""
        y = self.maps.small(index)[0]
        width = y.shape[1]
        soft = cv2.GaussianBlur(y, (0, 0), width * 0.006)
        up = cv2.Sobel(soft, cv2.CV_32F, 0, 1)
        rows = np.linspace(0, 1, y.shape[0], dtype=np.float32)[:, None]
        ground = np.clip((rows - 0.45) / 0.5, 0, 1) * np.clip((y - 0.12) / 0.4, 0, 1)
        share = (0.55 * ground + np.clip(-up * 1.6, 0, 0.35)) * (1 - self.maps.sky(index))
        share = share * (1 - 0.9 * self.maps.skin(index)) * np.float32(self._amount)
        full = self._full(index, np.asarray(np.clip(share, 0, 0.8), np.float32))
        # Its own light and shade stay: snow lies on it as a tone, not as a lid.
        return veiled(deep, self._snow, np.asarray(cv2.multiply(full, cv2.add(deep.y, 0.35)), np.float32))  # type: ignore[call-overload]

    def _sunlit(self, deep: Deep, index: int) -> Deep:
        """Warm light in what is bright already."""
        y = self.maps.small(index)[0]
        bright = np.clip((y - 0.45) / 0.4, 0, 1) * (1 - self.maps.sky(index)) * np.float32(0.12 * self._amount)
        return shone(deep, (1.0, 0.86, 0.6), enlarged(np.asarray(bright, np.float32), deep.y.shape))


def _own_light(maps: ClipMaps, clip: SourceClip) -> float:
    """How light it is in the clip, 0..1: its sky where it has one, else all of it."""
    levels = []
    for index in spread(clip.count, 3):
        y, sky = maps.small(index)[0], maps.sky(index)
        levels.append(float((y * sky).sum() / sky.sum()) if float(sky.mean()) > 0.03 else float(y.mean()) * 1.3)
    return float(np.mean(levels))


@lru_cache(maxsize=32)
def _curve(contrast: float) -> np.ndarray:
    return s_curve(contrast, 0.45)
