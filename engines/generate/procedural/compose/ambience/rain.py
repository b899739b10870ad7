"""Rain: a wide hiss and the nearest drops one by one."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, drop, scatter, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    far = blown(count, rate, 600, 9000, rng, -0.25) * swell(count, rate, 8.0, rng, 0.2)
    drops = [drop(rate, hertz, 140.0) for hertz in (1300, 1800, 2500, 3300, 4200)]
    places = rng.random(max(8, round(38 * count / rate)))
    return unit(far + unit(scatter(count, drops, places.tolist(), rng, 0.1)) * np.float32(0.42))


AMBIENCE = Ambience(_make, (), ("rain", "storm", "drizzle"), level=1.1, words=("rain", "downpour"))
