"""The ten pure noises: one texture each, as long as asked, at a level of its own."""

from __future__ import annotations

import numpy as np

from engines.errors import EngineError
from engines.generate.procedural.compose.bed import ambiences
from engines.generate.procedural.compose.effect import effect_sound
from engines.generate.procedural.compose.paper import seeded
from engines.generate.procedural.compose.textures import hum, unit
from engines.generate.procedural.compose.waves import Sound, envelope

LEVEL = 10 ** (-24 / 20)
"""Root mean square of a steady noise."""
NOISES = ("silence", "rumble", "hum", "tone", "hiss", "rustle", "thump", "click", "whoosh", "drip")
_STEADY = ("rumble", "hum", "tone", "hiss")
_TONE_HZ = 440.0
_LONGEST_SECONDS = 600


def noise_of(name: str, seconds: float, seed: int = 0, sample_rate: int = 48000) -> Sound:
    """A pure noise, (n, 2) float32, silent at both ends: a steady one throughout, a short one from the start, then silence.

    Raises EngineError for an unknown name or an impossible length.
    """
    if name not in NOISES:
        raise EngineError(f'There is no noise "{name}"; choose {", ".join(NOISES)}.')
    if not 0 < seconds <= _LONGEST_SECONDS:
        raise EngineError(f"A noise can be up to {_LONGEST_SECONDS // 60} minutes long, not {seconds:g} seconds.")
    count = max(1, round(seconds * sample_rate))
    made = np.zeros((count, 2), np.float32)
    if name in _STEADY:
        made += _steady(name, count, sample_rate, seed) * np.float32(LEVEL)
    elif name != "silence":
        heard = effect_sound(name, sample_rate, seed % 4)[:count]
        made[: len(heard)] = heard * np.float32(0.5)
    edge = min(count // 3, round(0.02 * sample_rate))
    return made * envelope(count, edge if name in _STEADY else 0, edge)[:, None]


def _steady(name: str, count: int, rate: int, seed: int) -> Sound:
    if name == "tone":
        return unit(np.repeat(hum(count, rate, _TONE_HZ)[:, None], 2, 1))
    return ambiences()[name].make(count, rate, seeded("noise", name, seed))
