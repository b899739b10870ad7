"""The sea: waves that gather, break and run out over the beach, over a far low roar."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    roar = blown(count, rate, 75, 380, rng, -0.5) * swell(count, rate, 9.0, rng, 0.5)
    breaking = swell(count, rate, 6.5, rng, 0.95, 2.2)
    body = blown(count, rate, 250, 2200, rng, -0.3) * breaking
    foam = blown(count, rate, 2500, 9000, rng) * np.roll(breaking, rate // 2, axis=0) ** 2
    return unit(roar * np.float32(0.8) + body + foam * np.float32(0.28))


AMBIENCE = Ambience(
    _make, ("sea", "beach"), features=("beach", "cliff", "island", "big waves"), words=("sea", "surf", "waves", "ocean")
)
