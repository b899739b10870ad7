"""The hum of a transformer; one of the pure noises."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import hum, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    made = hum(count, rate, 100.0, (1.0, 0.5, 0.33, 0.2, 0.12))[:, None]
    left, right = (made * swell(count, rate, 1.7, rng, 0.15) for _ in range(2))
    return unit(np.concatenate([left, right], axis=1))


AMBIENCE = Ambience(_make, features=("hum",), level=0.5, words=("hum", "buzz"))
