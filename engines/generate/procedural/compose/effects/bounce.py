"""Bounce: a rubber ball touches the ground; its tone bends up as it lets go."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.effect import Effect
from engines.generate.procedural.compose.waves import SINE, Sound, bent, decay, envelope


def _make(rate: int, rng: np.random.Generator) -> Sound:
    count = int(0.22 * rate)
    time = np.arange(count) / rate
    base = float(rng.uniform(120, 160))
    cycles = base * time + 0.5 * base * 4.5 * time**2
    tone = bent((1.0, 0.35, 0.12), cycles) * decay(count, rate, 20.0)
    knock = bent(SINE, 900 * time) * decay(count, rate, 160.0) * np.float32(0.2)
    return np.repeat(((tone + knock) * envelope(count, int(0.002 * rate), count // 3))[:, None], 2, 1)


EFFECT = Effect(_make, ("bounce", "boing", "ball"))
