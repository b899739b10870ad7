"""Whoosh: air that is torn past the ear; loudest half a second in, which is when its cut comes."""

from __future__ import annotations

import numpy as np

from engines.generate.procedural.compose.effect import Effect
from engines.generate.procedural.compose.waves import Sound, fast_size, noise

_PEAK = 0.5


def _make(rate: int, rng: np.random.Generator) -> Sound:
    count = int(0.95 * rate)
    size = fast_size(count)
    time = np.arange(count, dtype=np.float32) / np.float32(rate)
    made = np.zeros((count, 2), np.float32)
    for number, centre in enumerate((350, 700, 1400, 2800, 5600)):
        if centre * 1.5 < 0.45 * rate:
            at = _PEAK - 0.16 + 0.055 * number  # low first, bright last
            made += (
                noise(size, centre * 0.65, centre * 1.5, rate, rng)[:count]
                * np.exp(-(((time - at) / 0.13) ** 2))[:, None]
                * np.float32(0.8**number)
            )
    fall = np.where(time < _PEAK, np.exp(-(((_PEAK - time) / 0.2) ** 2)), np.exp(-(((time - _PEAK) / 0.12) ** 2)))
    ends = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.05 * rate))
    turn = np.clip((time - _PEAK) * 3, -0.6, 0.6)
    made *= (fall * ends).astype(np.float32)[:, None] * np.stack([1 - turn, 1 + turn], 1)
    return np.asarray(made / max(1e-9, float(np.abs(made).max())), np.float32)


EFFECT = Effect(_make, ("whoosh", "swoosh", "swish"), leads=_PEAK, send=0.2)
