"""From a scene's fields to its light and grade: time, weather, palettes, lighting and sky, then look, lighting, mood and finish."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from engines.generate.procedural.palette import LIGHTS, Colour, Grade, Light, lift, painted, shifted, weathered
from engines.generate.procedural.palette import WEATHERS as WEATHER_TABLE
from engines.generate.procedural.scene.looks import LOOKS
from engines.generate.procedural.scene.parts import Lighting

if TYPE_CHECKING:
    from engines.generate.procedural.scene.spec import SceneSpec

TIMES = tuple(LIGHTS)
WEATHERS = tuple(WEATHER_TABLE)
LIGHTINGS = MappingProxyType(
    {
        "neutral": Lighting("neutral"),
        "noir": Lighting("noir", 0.9, 0.2, 0.1, 0.2, -0.1, 1.3, 0.6, -0.1, 1.1, 0.9),
        "golden_hour": Lighting("golden_hour", 1.0, 0.6, 0.5, 0.4, 0.6, 1.1, 1.2, 0.02, 0.95, 1.1),
        "neon": Lighting("neon", 1.0, 0.4, 0.8, 0.25, -0.35, 1.2, 1.4, 0.0, 1.0, 1.15),
        "documentary": Lighting("documentary", 1.0, 0.6, 0.15, 0.35, 0.05, 1.05, 0.95, 0.0, 1.0, 1.0),
        "moody": Lighting("moody", 0.85, 0.3, 0.25, 0.25, -0.25, 1.25, 0.8, -0.05, 1.15, 0.95),
    }
)
"""The six lightings; a scene starts from one and may change every number of it."""
_GRAIN = MappingProxyType(
    {"neutral": 0.0, "noir": 0.014, "golden_hour": 0.002, "neon": 0.0, "documentary": 0.006, "moody": 0.01}
)
"""What a lighting adds to the grain."""
_MOOD = MappingProxyType(
    {
        "happy": (1.02, 1.14, 0.02), "calm": (0.96, 0.96, 0.015), "melancholic": (1.0, 0.74, -0.02),
        "mysterious": (1.1, 0.84, -0.04), "tense": (1.18, 0.84, -0.03), "energetic": (1.1, 1.22, 0.01),
        "romantic": (0.98, 1.06, 0.015), "hopeful": (1.0, 1.06, 0.03),
    }
)  # fmt: skip
"""Contrast, saturation and brightness of a mood."""
_USUAL = Lighting()


def light_of(spec: SceneSpec) -> Light:
    """The light of a scene. Every layer and subject reads this one record."""
    light = weathered(LIGHTS[spec.time], spec.weather, spec.weather_amount)
    if spec.palettes:
        light = painted(light, spec.palettes)
    light = _lit(light, spec.lighting)
    sky = spec.sky
    return replace(
        light,
        cover=min(1.0, light.cover * sky.clouds),
        stars=min(1.0, light.stars * sky.stars),
        glow=light.glow * sky.glow,
        sun_height=light.sun_height + sky.sun_lift,
        haze=min(0.97, light.haze * spec.haze),
        disc_size=light.disc_size * sky.sun_size,
    )


def _lit(light: Light, lighting: Lighting) -> Light:
    """The four lights and the temperature, relative to neutral, which changes nothing."""
    if replace(lighting, name="neutral", contrast=1, saturation=1, lift=0, gamma=1, gain=1) == _USUAL:
        return light
    # What is dark already would only be lost.
    share = 0.4 if light.is_night else 1.0
    soft = (lighting.fill + lighting.ambient) / (_USUAL.fill + _USUAL.ambient)

    def turned(value: Colour, share: float, lighter: float = 0.0) -> Colour:
        return shifted(lift(value, lighter), lighting.temperature * share)

    return replace(
        light,
        sky=tuple(turned(stop, 0.5) for stop in light.sky),
        fog=turned(light.fog, 0.7),
        key=turned(light.key, 1.0, 0.12 * share * (lighting.key - _USUAL.key)),
        ambient=turned(light.ambient, 0.8, 0.16 * share * (soft - 1)),
        sun=turned(light.sun, 0.5),
        cloud_light=turned(light.cloud_light, 0.8, 0.05 * (lighting.key - _USUAL.key)),
        cloud_shade=turned(light.cloud_shade, 0.6, 0.1 * (soft - 1)),
        glow=light.glow * (0.75 + 0.25 * min(4.0, lighting.rim / _USUAL.rim)),
    )


def grade_of(spec: SceneSpec) -> Grade:
    """The grading of a scene; grain and vignette in it are final. Many words for one thing add up only so far."""
    look, amount = LOOKS[spec.look].grade, spec.look_amount
    plain = LOOKS["natural"].grade
    grade = look if amount == 1 else between(plain, look, amount)
    if spec.palette == "mono" and spec.look != "noir":
        grade = replace(grade, saturation=grade.saturation * 0.12)
    mood = _MOOD.get(spec.mood, (1.0, 1.0, 0.0))
    lighting, finish, is_night = spec.lighting, spec.finish, spec.light.is_night
    contrast = grade.contrast * mood[0] * lighting.contrast
    if is_night:
        # At night contrast about middle grey would only darken.
        contrast = 1 + (contrast - 1) * 0.35
    contrast *= finish.contrast * (0.5 + 0.5 * lighting.gain)
    saturation = grade.saturation * mood[1] * lighting.saturation * finish.saturation
    brightness = grade.brightness + mood[2] + lighting.lift * 0.5 + (1 - lighting.gamma) * 0.25
    brightness += (lighting.gain - 1) * 0.15 + finish.brightness
    if brightness < 0:
        brightness *= 0.3 if is_night else 1.0
    return replace(
        grade,
        contrast=_no_more(contrast, 1.3, 1.7),
        saturation=_no_more(saturation, 1.4, 1.75),
        brightness=_no_more(brightness, 0.05, 0.14) if brightness > 0 else -_no_more(-brightness, 0.1, 0.2),
        grain=(grade.grain + _GRAIN.get(lighting.name, 0.0)) * finish.grain,
        vignette=min(0.9, grade.vignette * finish.vignette),
    )


def _no_more(value: float, free: float, most: float) -> float:
    """A value as it is up to `free`, beyond that ever less of it, and never `most`."""
    over = value - free
    return value if over <= 0 else free + (most - free) * over / (over + most - free)


def between(a: Grade, b: Grade, amount: float) -> Grade:
    """A grade on the way from `a` to `b`; beyond 1 it goes past."""

    def on_the_way(x: float, y: float) -> float:
        return x + (y - x) * amount

    red, green, blue = (on_the_way(x, y) for x, y in zip(a.tint, b.tint, strict=True))
    return Grade(
        on_the_way(a.contrast, b.contrast),
        max(0.0, on_the_way(a.saturation, b.saturation)),
        on_the_way(a.brightness, b.brightness),
        (red, green, blue),
        max(0.0, on_the_way(a.grain, b.grain)),
        min(0.9, max(0.0, on_the_way(a.vignette, b.vignette))),
        b.bars if amount >= 0.5 else a.bars,
    )
