"""A steady hiss, as of an empty tape; one of the pure noises."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    return unit(blown(count, rate, 3000, 12000, rng))


AMBIENCE = Ambience(_make, features=("hiss",), level=0.5, words=("hiss", "static"))
