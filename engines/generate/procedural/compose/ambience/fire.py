"""A fire: a low flutter, and wood that cracks."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.bed import Ambience
from engines.generate.procedural.compose.textures import blown, scatter, swell, unit
from engines.generate.procedural.compose.waves import Sound, burst, decay, envelope


def _make(count: int, rate: int, rng: np.random.Generator) -> Sound:
    flutter = blown(count, rate, 60, 500, rng, -0.5) * swell(count, rate, 0.45, rng, 0.6)
    cracks = []
    for number in range(5):
        one = burst(rate, 0.03, 900 + 500 * number, 0.42 * rate, 80 + number)[:, 0]
        cracks.append(
            one * decay(one.size, rate, 220.0 + 60 * number) * envelope(one.size, int(0.0006 * rate), one.size // 3)
        )
    places = np.concatenate(
        [centre + rng.normal(0, 0.006, 4) for centre in rng.random(max(1, round(1.3 * count / rate)))]
    )
    return unit(flutter + scatter(count, cracks, (places % 1).tolist(), rng, 0.15) * np.float32(2.0))


AMBIENCE = Ambience(
    _make, ("campfire",), features=("fire", "campfire", "fireplace"), level=0.8, words=("fire", "fireplace", "campfire")
)
