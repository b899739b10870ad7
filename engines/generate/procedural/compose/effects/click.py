"""Click: short, dry and bright."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.effect import Effect
from engines.generate.procedural.compose.waves import SINE, Sound, burst, decay, envelope, tone


def _make(rate: int, rng: np.random.Generator) -> Sound:
    count = int(0.04 * rate)
    ring = tone(SINE, min(float(rng.uniform(2100, 2700)), 0.4 * rate), count, rate) * decay(count, rate, 150.0)
    hiss = burst(rate, 0.04, 1800, min(9000, 0.45 * rate), 97)[:count] * decay(count, rate, 320.0)[:, None]
    return (ring[:, None] * np.float32(0.7) + hiss * np.float32(0.25)) * envelope(
        count, int(0.0007 * rate), count // 3
    )[:, None]


EFFECT = Effect(_make, ("click", "switch", "tick"), send=0.08)
