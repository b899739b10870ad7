"""A river or brook: a soft rush full of small bubbles."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, drop, scatter, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    rush = blown(count, rate, 350, 3800, rng, -0.4) * swell(count, rate, 3.0, rng, 0.25)
    bubbles = [drop(rate, hertz, 45.0) for hertz in (420, 520, 640, 790, 950, 1150)]
    places = rng.random(max(4, round(22 * count / rate)))
    return unit(rush + unit(scatter(count, bubbles, places.tolist(), rng)) * np.float32(0.5))


AMBIENCE = Ambience(
    _make,
    ("river", "lake", "harbour", "jungle"),
    features=("river", "brook", "waterfall", "lake"),
    level=0.7,
    words=("river", "brook", "stream"),
)
