"""Drip: a drop falls into water; a short tone that rises as the bubble closes."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.effect import Effect
from engines.generate.procedural.compose.textures import drop
from engines.generate.procedural.compose.waves import Sound


def _make(rate: int, rng: np.random.Generator) -> Sound:
    first = drop(rate, float(rng.uniform(850, 1150)), 34.0)
    return np.repeat(first[:, None], 2, 1) * np.float32(0.7)


EFFECT = Effect(_make, ("drip", "drop", "droplet"), send=0.6)
