"""Footstep: heel, then sole, on firm ground."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.effect import Effect
from engines.generate.procedural.compose.waves import SINE, Sound, burst, decay, envelope, tone


def _make(rate: int, rng: np.random.Generator) -> Sound:
    count = int(0.26 * rate)
    made = np.zeros((count, 2), np.float32)
    for start, low, high, loud in ((0.0, 150, 1300, 0.5), (0.055, 400, 3200, 0.22)):
        grit = burst(rate, 0.12, low, high, int(rng.integers(110, 114)))
        size = len(grit)
        first = int(start * rate)
        made[first : first + size] += (
            grit * (decay(size, rate, 42.0) * envelope(size, int(0.003 * rate), size // 3))[:, None] * np.float32(loud)
        )
    body = (
        tone(SINE, float(rng.uniform(78, 96)), count, rate)
        * decay(count, rate, 32.0)
        * envelope(count, int(0.004 * rate), count // 3)
    )
    return made + body[:, None] * np.float32(0.5)


EFFECT = Effect(_make, ("footstep", "step", "steps"), send=0.12)
