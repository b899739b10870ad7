"""Crickets on a warm night: several, each with a pulse and a pitch of its own."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, hum, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    made = blown(count, rate, 150, 900, rng, -0.5) * np.float32(0.06)
    time = np.arange(count) / count
    for number in range(5):
        pitch = float(rng.uniform(3700, 4900)) if rate >= 16000 else float(rng.uniform(2200, 2900))
        pulses = max(1, round(float(rng.uniform(26, 34)) * count / rate))
        phrases = max(1, round(float(rng.uniform(0.9, 1.7)) * count / rate))
        trill = np.clip(np.sin(2 * np.pi * pulses * time), 0, 1)
        phrase = np.clip(1.6 * np.sin(2 * np.pi * (phrases * time + rng.random())), 0, 1)
        side = 0.15 + 0.7 * number / 4
        voice = hum(count, rate, pitch) * (trill * phrase).astype(np.float32)
        made += voice[:, None] * np.array([1 - side, side], np.float32) * np.float32(rng.uniform(0.3, 1.0))
    return unit(made * swell(count, rate, 12.0, rng, 0.2))


AMBIENCE = Ambience(
    _make,
    ("meadow", "forest", "village", "night_sky", "jungle", "lake", "river", "road", "park", "desert"),
    times=("night", "dusk"),
    level=0.5,
    words=("crickets", "cicadas"),
)
