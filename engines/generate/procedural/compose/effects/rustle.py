"""Rustle: leaves or cloth, a handful of small rubbing noises."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.effect import Effect
from engines.generate.procedural.compose.waves import Sound, burst, envelope


def _make(rate: int, rng: np.random.Generator) -> Sound:
    count = int(0.6 * rate)
    hiss = burst(rate, 0.6, 1500, min(8500, 0.45 * rate), int(rng.integers(100, 104)))
    shape = np.zeros(count, np.float32)
    for _ in range(9):
        size = int(rng.uniform(0.04, 0.14) * rate)
        start = int(rng.uniform(0, count - size))
        shape[start : start + size] += envelope(size, size // 3, size // 2) * np.float32(rng.uniform(0.3, 1.0))
    return hiss * (shape * envelope(count, count // 10, count // 4))[:, None] * np.float32(0.25)


EFFECT = Effect(_make, ("rustle", "leaves", "cloth"))
