"""A rumble: very low, swelling a little; one of the pure noises."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    return unit(blown(count, rate, 25, 95, rng, -0.5) * swell(count, rate, 3.0, rng, 0.3))


AMBIENCE = Ambience(_make, features=("rumble",), words=("rumble",))
