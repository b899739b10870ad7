"""A city: the far hum of engines, cars that pass, now and then a horn a long way off."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, scatter, swell, unit
from engines.generate.procedural.compose.waves import Sound, envelope, tone


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    hum = blown(count, rate, 45, 260, rng, -0.6) * swell(count, rate, 10.0, rng, 0.3)
    passing = [_pass(count, rate, rng) for _ in range(max(1, round(count / rate / 5)))]
    length = int(0.5 * rate)
    horns = [
        tone((1.0, 0.5, 0.3, 0.15), hertz, length, rate) * envelope(length, int(0.05 * rate), int(0.2 * rate))
        for hertz in (349.0, 415.0)
    ]
    honked = scatter(count, horns, rng.random(max(1, round(count / rate / 11))).tolist(), rng, 0.5)
    return unit(hum + sum(passing, np.zeros((count, 2), np.float32)) + honked * np.float32(0.12))


def _pass(count: int, rate: int, rng: np.random.Generator) -> Sound:
    """Tyres, from one side to the other."""
    size = min(count, int((2.5 + 2 * rng.random()) * rate))
    place = np.linspace(-1, 1, size, dtype=np.float32)
    if rng.random() < 0.5:
        place = -place
    near = np.exp(-(place**2) * 5) * envelope(size, size // 8, size // 8)
    sides = np.stack([1 - 0.8 * place, 1 + 0.8 * place], 1) * 0.5
    made = np.zeros((count, 2), np.float32)
    made[:size] = blown(size, rate, 180, 1900, rng, -0.4) * near[:, None] * sides
    return np.roll(made, int(rng.integers(count)), axis=0)


AMBIENCE = Ambience(
    _make,
    ("city", "street", "skyline", "road", "subway"),
    features=("traffic", "neon"),
    words=("city", "traffic", "street"),
)
