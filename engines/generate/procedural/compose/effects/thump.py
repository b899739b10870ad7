"""Thump: a soft, dull blow."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.effect import Effect
from engines.generate.procedural.compose.waves import SINE, Sound, bent, burst, decay, envelope


def _make(rate: int, rng: np.random.Generator) -> Sound:
    count = int(0.3 * rate)
    time = np.arange(count) / rate
    low = float(rng.uniform(58, 74))
    body = bent(SINE, low * time + 30 * 0.04 * (1 - np.exp(-time / 0.04))) * decay(count, rate, 15.0)
    made = np.repeat((body * envelope(count, int(0.004 * rate), count // 3))[:, None], 2, 1)
    skin = burst(rate, 0.08, 90, 700, 95)
    size = len(skin)
    made[:size] += (
        skin * (decay(size, rate, 45.0) * envelope(size, int(0.003 * rate), size // 3))[:, None] * np.float32(0.15)
    )
    return made


EFFECT = Effect(_make, ("thump", "thud", "knock"))
