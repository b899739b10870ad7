"""Thunder: a tearing crack, then a roll that wanders and dies away over some seconds."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.effect import Effect
from engines.generate.procedural.compose.textures import swell
from engines.generate.procedural.compose.waves import Sound, decay, envelope, fast_size, noise


def _make(rate: int, rng: np.random.Generator) -> Sound:
    count = int(4.5 * rate)
    size = fast_size(count)
    roll = noise(size, 28, 150, rate, rng, -0.3)[:count] * swell(count, rate, 0.7, rng, 0.7)
    made = roll * (decay(count, rate, 0.9) * envelope(count, int(0.09 * rate), count // 3))[:, None] * np.float32(0.32)
    short = int(0.9 * rate)
    crack = noise(fast_size(short), 120, 2600, rate, rng, -0.4)[:short] * swell(short, rate, 0.12, rng, 0.8, 1.5)
    made[:short] += (
        crack * (decay(short, rate, 5.0) * envelope(short, int(0.012 * rate), short // 3))[:, None] * np.float32(0.3)
    )
    return made


EFFECT = Effect(_make, ("thunder", "lightning"), send=0.35)
