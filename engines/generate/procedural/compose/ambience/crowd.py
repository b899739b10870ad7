"""People: many voices at once, none of them to be understood."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    made = np.zeros((count, 2), np.float32)
    for number in range(6):  # each a group with formants and syllables of its own
        first, second = float(rng.uniform(300, 700)), float(rng.uniform(1000, 2100))
        voice = blown(count, rate, first * 0.8, first * 1.25, rng) + blown(
            count, rate, second * 0.85, second * 1.2, rng
        ) * np.float32(0.4)
        side = 0.15 + 0.7 * number / 5
        talk = swell(count, rate, 0.3, rng, 0.85, 1.6) * swell(count, rate, 3.0, rng, 0.6)
        made += voice * talk * np.array([1 - side, side], np.float32)
    return unit(made)


AMBIENCE = Ambience(
    _make,
    ("stage", "cafe", "market", "station"),
    features=("crowd", "market"),
    level=0.6,
    words=("crowd", "people", "chatter"),
)
