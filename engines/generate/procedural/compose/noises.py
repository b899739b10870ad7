"""The ten pure noises: one texture each, as long as asked, at a level of its own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engines.errors import EngineError
from engines.generate.procedural.compose.effect import effect_sound
from engines.generate.procedural.compose.paper import seeded
from engines.generate.procedural.compose.textures import blown, hum, swell, unit
from engines.generate.procedural.compose.waves import Sound, envelope

LEVEL = 10 ** (-24 / 20)
"""Root mean square of a steady noise."""

_Steady = Callable[[int, int, np.random.Generator], Sound]


def _rumble(count: int, rate: int, rng: np.random.Generator) -> Sound:
    return blown(count, rate, 25, 95, rng, -0.5) * swell(count, rate, 3.0, rng, 0.3)


def _hum(count: int, rate: int, rng: np.random.Generator) -> Sound:
    return np.repeat(hum(count, rate, 100.0, (1.0, 0.5, 0.33, 0.2, 0.12))[:, None], 2, 1)


def _tone(count: int, rate: int, rng: np.random.Generator) -> Sound:
    return np.repeat(hum(count, rate, 440.0)[:, None], 2, 1)


def _hiss(count: int, rate: int, rng: np.random.Generator) -> Sound:
    return blown(count, rate, 3000, 12000, rng)


_STEADY: dict[str, _Steady] = {"rumble": _rumble, "hum": _hum, "tone": _tone, "hiss": _hiss}
_STRUCK = ("rustle", "thump", "click", "whoosh", "drip")
NOISES = ("silence", *_STEADY, *_STRUCK)


def noise_of(name: str, seconds: float, seed: int = 0, sample_rate: int = 48000) -> Sound:
    """A pure noise, (n, 2) float32, silent at both ends: a steady one throughout, a short one from the start, then silence.

    Raises EngineError for an unknown name or an impossible length.
    """
    if name not in NOISES:
        raise EngineError(f'There is no noise "{name}"; choose {", ".join(NOISES)}.')
    if not 0 < seconds <= 600:
        raise EngineError(f"A noise can be up to 10 minutes long, not {seconds:g} seconds.")
    count = max(1, round(seconds * sample_rate))
    made = np.zeros((count, 2), np.float32)
    if name in _STRUCK:
        heard = effect_sound(name, sample_rate, seed % 4)[:count]
        made[: len(heard)] = heard * np.float32(0.5)
    elif name in _STEADY:
        made += unit(_STEADY[name](count, sample_rate, seeded("noise", name, seed))) * np.float32(LEVEL)
    edge = min(count // 3, round(0.02 * sample_rate))
    return made * envelope(count, edge if name in _STEADY else 0, edge)[:, None]
