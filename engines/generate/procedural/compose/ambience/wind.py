"""Wind: a broad rush that comes and goes, with a whistle in the gusts."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    rush = blown(count, rate, 90, 700, rng, -0.5) * swell(count, rate, 7.0, rng, 0.75, 1.4)
    whistle = blown(count, rate, 750, 1250, rng) * swell(count, rate, 4.5, rng, 0.97, 3.0)
    return unit(rush + whistle * np.float32(0.22))


AMBIENCE = Ambience(
    _make,
    ("mountains", "desert", "snow", "skyline", "planet", "clouds", "village", "night_sky"),
    ("wind", "windy", "snow", "storm"),
    level=0.8,
    words=("wind", "breeze", "gust"),
)
