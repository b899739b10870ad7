"""Palettes, look and lighting, by the words."""

from __future__ import annotations

from dataclasses import fields, replace

from engines.generate.procedural.create.genres import GENRES
from engines.generate.procedural.create.heard import Heard
from engines.generate.procedural.draw.setting import Setting
from engines.generate.procedural.palette import PALETTES
from engines.generate.procedural.scene.light import LIGHTINGS
from engines.generate.procedural.scene.looks import LOOKS
from engines.generate.procedural.scene.parts import Lighting, PaletteUse

_STYLE_LIGHT = ("golden_hour", "moody")
"""Styles that are lightings, and no looks."""
_WARM = {"warm": 0.7, "cool": -0.7}
_THEME_LOOK = {"history": "vintage"}
_THEME_WARMTH = {"food": 0.35, "family": 0.3, "science": -0.3, "technology": -0.35, "business": -0.2, "health": -0.1}
_HINTED = 0.35
_MOST = 6


def palettes_of(said: Heard, place: Setting) -> tuple[PaletteUse, ...]:
    """The palettes that were said, with their weights; a place without colours of its own takes those that are hinted at."""
    uses = [PaletteUse(name, max(0.05, min(4.0, w))) for name, w in said.all("palette") if name in PALETTES]
    if not uses and place.always_alive and place.keeps_time:
        uses = [PaletteUse(name, _HINTED * max(0.1, w)) for name, w in said.hints if name in PALETTES]
    return tuple(uses[:_MOST])


def look_of(said: Heard) -> tuple[str, float]:
    """The look and how much of it."""
    for value, weight in said.all("style"):
        if value in LOOKS:
            return value, max(0.3, min(1.5, weight))
    return _THEME_LOOK.get(said.first("theme"), "natural"), 1.0


def lighting_of(said: Heard) -> Lighting:
    """As said, else the genre's; weaker words take a part of it. Words of temperature turn it."""
    named = next((one for one in said.all("lighting") if one[0] in LIGHTINGS), None)
    named = named or next((one for one in said.all("style") if one[0] in _STYLE_LIGHT), None)
    genre = GENRES.get(said.first("genre"))
    tone = "moody" if said.first("tone") == "moody" else ""
    name, weight = named or (tone or (genre.lighting if genre else "neutral"), 1.0)
    light = _part(LIGHTINGS[name], max(0.2, min(1.4, weight)))
    warmth = _WARM.get(said.first("temperature"), 0.0) * said.weight("temperature")
    warmth = warmth or _THEME_WARMTH.get(said.first("theme"), 0.0)
    return replace(light, temperature=max(-1.0, min(1.0, light.temperature + warmth)))


def _part(light: Lighting, amount: float) -> Lighting:
    plain = Lighting()
    numbers = {one.name: getattr(light, one.name) for one in fields(light) if one.name != "name"}
    changed = {k: getattr(plain, k) + (v - getattr(plain, k)) * amount for k, v in numbers.items()}
    return replace(light, **changed) if amount != 1 else light
