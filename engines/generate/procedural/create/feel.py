"""How a scene feels: mood, theme, tone and intensity as numbers, and how fast what is in it lives."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from engines.generate.procedural.create.heard import Heard

THEME_MOODS = MappingProxyType(
    {
        "love": "romantic", "adventure": "hopeful", "journey": "hopeful", "mystery": "mysterious", "freedom": "hopeful",
        "loss": "melancholic", "hope": "hopeful", "childhood": "happy", "family": "happy", "celebration": "happy",
        "sport": "energetic", "health": "calm", "nature": "calm", "fantasy": "mysterious", "war": "tense",
        "history": "melancholic", "food": "happy",
    }
)  # fmt: skip
"""The mood of a theme, where no mood is said."""
TONE_MOODS = MappingProxyType({"calm": "calm", "energetic": "energetic", "dreamy": "romantic"})
_LIFE = MappingProxyType(
    {
        "none": 0.25, "slow": 0.6, "medium": 1.0, "fast": 1.8, "walk": 1.0, "run": 1.5, "fly": 1.2, "spin": 1.0, "grow": 1.0,
        "shrink": 1.0,
    }
)  # fmt: skip
_MOTION_LIFE = MappingProxyType({"slow": 0.55, "wave": 0.9, "flow": 1.0, "fast": 1.75, "pulse": 1.25})
_PACING = MappingProxyType(
    {"slower": 0.5, "slow": 0.6, "relaxed": 0.7, "lively": 1.2, "quick": 1.3, "fast": 1.4, "faster": 1.5}
)
_MOOD_LIFE = MappingProxyType({"calm": 0.75, "melancholic": 0.7, "energetic": 1.5, "tense": 1.25})
_INTENSITY = MappingProxyType(
    {"calm": 0.2, "subtle": 0.25, "gentle": 0.3, "soft": 0.3, "strong": 0.8, "vivid": 0.85, "intense": 0.9}
)
USUAL_INTENSITY = 0.5
_TONES = MappingProxyType(
    {
        "dark": (1.06, 0.92, -0.11), "bright": (0.97, 1.06, 0.08), "dreamy": (0.88, 1.0, 0.045), "calm": (0.95, 0.94, 0.015),
        "energetic": (1.08, 1.16, 0.01), "moody": (1.1, 0.84, -0.05),
    }
)  # fmt: skip
"""Contrast, saturation and brightness of a tone."""
_CONTRAST = MappingProxyType({"flat": 0.78, "normal": 1.0, "high": 1.22, "chiaroscuro": 1.45})
_SATURATION = MappingProxyType({"none": 0.0, "muted": 0.58, "rich": 1.35})
_SAID_TWICE = 0.3
_LIVELY = 1.6
_HOLD = MappingProxyType({"jerky": 6, "rough": 12})


@dataclass(frozen=True)
class Feel:
    """Contrast and saturation as factors, brightness to be added."""

    contrast: float = 1.0
    saturation: float = 1.0
    brightness: float = 0.0


def mood_of(said: Heard) -> str:
    """The mood: as said, else the theme's, else the tone's."""
    return said.first("mood") or THEME_MOODS.get(said.first("theme"), "") or TONE_MOODS.get(said.first("tone"), "")


def intensity_of(said: Heard) -> float:
    """How strong everything shall be, 0..1; the words of degree count."""
    value = _INTENSITY.get(said.first("intensity"), USUAL_INTENSITY)
    return min(1.0, max(0.05, USUAL_INTENSITY + (value - USUAL_INTENSITY) * said.weight("intensity")))


def pace_of(said: Heard) -> float:
    """Times the usual pace of cuts and camera."""
    pace = _PACING.get(said.first("pacing"), said.pace)
    return min(2.2, max(0.35, 1 + (pace - 1) * max(said.weight("pacing"), 0.3)))


def life_of(said: Heard, mood: str) -> float:
    """Times the usual speed of all that moves by itself: by the strongest word for it, mood and intensity."""
    subject, motion = said.first("subject_motion"), said.first("motion")
    if subject:
        life = _scaled(_LIFE.get(subject, 1.0), said.weight("subject_motion"))
    elif motion:
        life = _scaled(_MOTION_LIFE.get(motion, 1.0), said.weight("motion"))
    else:
        life = pace_of(said)
    life *= _scaled(_MOOD_LIFE.get(mood, 1.0), said.weight("mood") if said.first("mood") else 1.0)
    life *= 0.7 + 0.6 * intensity_of(said)
    # Who is not told to hurry stays in the picture, however lively it is.
    return min(4.0 if subject or motion else _LIVELY, max(0.0, life))


def feel_of(said: Heard) -> Feel:
    """What tone, intensity, contrast and saturation do to the picture."""
    tone = _TONES.get(said.first("tone"), (1.0, 1.0, 0.0))
    amount = said.weight("tone")
    if said.first("tone") in (said.first("style"), said.first("lighting")):
        amount *= _SAID_TWICE  # the look or the lighting of that name does it already
    strong = intensity_of(said) - USUAL_INTENSITY
    contrast = _scaled(_CONTRAST.get(said.first("contrast"), 1.0), said.weight("contrast"))
    saturation = _scaled(_SATURATION.get(said.first("saturation"), 1.0), said.weight("saturation"))
    return Feel(
        min(2.4, contrast * _scaled(tone[0], amount) * (1 + 0.24 * strong)),
        min(2.8, max(0.0, saturation * _scaled(tone[1], amount) * (1 + 0.6 * strong))),
        max(-0.35, min(0.35, tone[2] * amount)),
    )


def hold_of(said: Heard) -> int:
    """Pictures a second where motion shall be jerky; 0 where it flows."""
    return _HOLD.get(said.first("smoothness"), 0)


def _scaled(value: float, weight: float) -> float:
    """A factor said more or less strongly."""
    return max(0.0, 1 + (value - 1) * weight)
