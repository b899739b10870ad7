"""The sound of weather under a clip's own: the embedded engine's ambiences and its thunder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from effects.seeds import stream
from engines.evolve.base import SAMPLE_RATE, Sound
from engines.evolve.sounding import cut_to, limited
from engines.generate.procedural.compose.bed import ambiences
from engines.generate.procedural.compose.effect import effect_sound
from engines.generate.procedural.compose.waves import fast_size
from timeline.time import ZERO

_LEVEL = 0.09
"""Root mean square of an ambience at full strength: about -21 dBFS."""
_LONGEST = 12.0
"""Seconds after which an ambience begins again; its end joins its start."""


def with_weather(
    samples: Sound | None,
    length: int,
    wanted: Mapping[str, float],
    strength: float,
    seed: int,
    thunder: Sequence[tuple[float, float]] = (),
    dull: float = 0.0,
) -> Sound | None:
    """The clip's sound with ambiences (id: how loud) under it, `length` samples; alone where the clip has none.

    `thunder`: seconds and loudness. `dull` 0..1 takes from the clip's own heights, as fog and snow do.
    """
    if not wanted and not thunder and not dull:
        return samples
    total = np.zeros((length, 2), np.float32) if samples is None else cut_to(samples, length).copy()
    if samples is not None and dull * strength > 0.01:
        total += (_dulled(total) - total) * np.float32(dull * strength)
    total *= np.float32(1 - 0.2 * strength * bool(wanted))
    for name, level in wanted.items():
        period = fast_size(max(SAMPLE_RATE // 2, min(length, round(_LONGEST * SAMPLE_RATE))))
        made = ambiences()[name].make(period, SAMPLE_RATE, stream(seed, f"ambience {name}", ZERO))
        total += np.resize(made, (length, 2)) * np.float32(_LEVEL * level * strength)
    for seconds, loud in thunder:
        start = round(seconds * SAMPLE_RATE)
        crack = effect_sound("thunder", SAMPLE_RATE, round(seconds * 10) % 4)[: max(0, length - start)]
        total[start : start + len(crack)] += crack * np.float32(0.5 * loud * strength)
    # What begins with the film comes in within some milliseconds.
    rise = min(length, SAMPLE_RATE // 50)
    if samples is None:
        total[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)[:, None]
    return limited(total)


def _dulled(samples: Sound) -> Sound:
    """Without its heights: a Gaussian low pass, 6 dB down near 2.5 kHz."""
    spread = SAMPLE_RATE / (2 * np.pi * 2100)
    reach = round(3 * spread)
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2).astype(np.float32)
    taps /= taps.sum()
    return np.stack([np.convolve(samples[:, side], taps, "same") for side in range(2)], axis=1).astype(np.float32)
