"""Space: no air, so no sound but a deep, slowly turning drone that stands for the vastness."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, hum, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    made = blown(count, rate, 30, 160, rng, -0.5) * swell(count, rate, 9.0, rng, 0.5)
    for number, hertz in enumerate((55.0, 82.6, 110.3, 164.2)):
        side = 0.25 + 0.5 * (number % 2)
        voice = hum(count, rate, hertz, (1.0, 0.2, 0.05))[:, None] * swell(count, rate, 7.0 + number, rng, 0.9)
        made += voice * np.array([1 - side, side], np.float32) * np.float32(0.8)
    return unit(made)


AMBIENCE = Ambience(_make, ("space", "planet", "abstract", "geometric"), level=0.6, words=("space", "drone"))
