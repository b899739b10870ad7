"""Machines: a motor's hum, and a rhythm of presses far away."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, hum, scatter, swell, unit
from engines.generate.procedural.compose.waves import SINE, Sound, decay, envelope, tone


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    motor = hum(count, rate, 58.0, (1.0, 0.5, 0.4, 0.2, 0.15))[:, None] * swell(count, rate, 2.0, rng, 0.2)
    air = blown(count, rate, 200, 2500, rng, -0.4)
    size = int(0.4 * rate)
    clank = tone(SINE, 612, size, rate) + tone(SINE, 1377, size, rate) * np.float32(0.6)
    clank = clank * decay(size, rate, 12.0) * envelope(size, int(0.002 * rate), size // 3)
    beats = max(1, round(0.8 * count / rate))
    pressed = scatter(count, [clank], (np.arange(beats) / beats).tolist(), rng, 0.5)
    return unit(motor * np.float32(0.9) + air * np.float32(0.5) + pressed * np.float32(2.6))


AMBIENCE = Ambience(_make, ("factory",), features=("machines",), level=0.7, words=("machine", "factory", "engine"))
