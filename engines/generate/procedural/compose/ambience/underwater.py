"""Under water: everything muffled, slow pressure, bubbles that rise."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, drop, scatter, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    deep = blown(count, rate, 30, 260, rng, -0.6) * swell(count, rate, 8.0, rng, 0.5)
    bubbles = [drop(rate, hertz, 30.0) for hertz in (190, 250, 320, 410, 520)]
    trains = np.concatenate(
        [start + np.cumsum(rng.uniform(0.001, 0.006, 7)) for start in rng.random(max(1, round(0.5 * count / rate)))]
    )
    return unit(deep + unit(scatter(count, bubbles, (trains % 1).tolist(), rng)) * np.float32(0.35))


AMBIENCE = Ambience(_make, ("underwater",), words=("underwater", "diving"))
