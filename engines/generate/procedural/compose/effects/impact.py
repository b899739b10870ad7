"""Impact: something heavy lands; low, with a short crack and a long shadow."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.drums import drum
from engines.generate.procedural.compose.effect import Effect
from engines.generate.procedural.compose.waves import Sound, burst, decay, envelope


def _make(rate: int, rng: np.random.Generator) -> Sound:
    made = drum("boom", rate).copy()
    crack = burst(rate, 0.5, 150, 3500, int(rng.integers(90, 94)))
    size = len(crack)
    made[:size] += (
        crack * (decay(size, rate, 16.0) * envelope(size, int(0.002 * rate), size // 3))[:, None] * np.float32(0.2)
    )
    return made


EFFECT = Effect(_make, ("impact", "hit", "boom", "crash"), send=0.4)
