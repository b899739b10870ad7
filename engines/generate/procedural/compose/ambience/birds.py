"""Birds of a forest by day: a few singers with phrases of their own, over leaves that move."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, chirp, scatter, swell, unit
from engines.generate.procedural.compose.waves import Sound


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    leaves = blown(count, rate, 1500, 7000, rng, -0.4) * swell(count, rate, 5.0, rng, 0.8, 1.5)
    songs = [_song(rate, rng) for _ in range(5)]
    places = rng.random(max(2, round(0.85 * count / rate)))
    sung = scatter(count, songs, places.tolist(), rng, 0.2)
    echo = np.roll(sung[:, ::-1], int(0.11 * rate), axis=0) * np.float32(0.25)
    return unit(leaves * np.float32(0.16) + sung + echo)


def _song(rate: int, rng: np.random.Generator) -> Sound:
    base = float(rng.uniform(2300, 4300)) * min(1.0, rate / 24000)
    parts = []
    for _ in range(int(rng.integers(2, 6))):
        low, high = base * float(rng.uniform(0.85, 1.1)), base * float(rng.uniform(0.9, 1.35))
        parts.append(chirp(rate, float(rng.uniform(0.05, 0.16)), low, high, base * 0.04, float(rng.uniform(0, 40))))
        parts.append(np.zeros(int(rng.uniform(0.02, 0.09) * rate), np.float32))
    return np.concatenate(parts)


AMBIENCE = Ambience(
    _make,
    ("forest", "meadow", "jungle", "park", "lake", "river", "mountains", "village"),
    times=("dawn", "morning", "day", "noon", "golden_hour", "sunrise"),
    level=0.55,
    words=("birds", "birdsong"),
)
