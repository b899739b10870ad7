"""A room: hardly anything, a soft air and the faint hum of the mains."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, hum, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    air = blown(count, rate, 60, 900, rng, -0.9)
    mains = hum(count, rate, 100.0, (1.0, 0.4, 0.2, 0.1))
    return unit(air + mains[:, None] * np.float32(0.12))


AMBIENCE = Ambience(
    _make,
    ("room", "office", "collage", "blueprint", "studio", "interior", "bedroom", "apartment", "kitchen", "stage"),
    level=0.45,
    words=("room", "indoors"),
)
