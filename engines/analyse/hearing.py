"""Speech, music, noise or silence: a judgement by what each does over a second or two, no model.

Speech is broken: syllables four times a second, gaps between words, now a tone and now a hiss. Music holds: its level dips
less, its tones go on, it may pulse. Noise has no tones at all. The judgement is coarse; speech over music counts as one of both.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["speech", "music", "noise", "silence"]

_WINDOW, _STEP = 2.0, 0.5
_SILENT = 10 ** (-60 / 20)
_HISS = 0.46
"""Flatness from which there are no tones: rain 0.54, speech 0.35-0.4, music 0.25-0.35."""
_DIP = 0.35
"""Of the mean level: a look below it lies in a gap."""


def flatness(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) 0 a tone .. 0.56 noise, of (n, bins) power: in bands of 16 bins each, so that dull noise is noise too."""
    parts = power.reshape(len(power), -1, 16) + 1e-14
    mean = parts.mean(axis=2)
    flat = np.exp(np.log(parts).mean(axis=2)) / mean
    weights = mean**0.25
    return np.asarray((flat * weights).sum(axis=1) / weights.sum(axis=1), np.float32)


def kinds_of(
    level: NDArray[np.float64], flat: NDArray[np.float64], flux: NDArray[np.float64], rate: float, pulse: float
) -> dict[Kind, float]:
    """Shares of the time, which sum to 1. `level` is RMS, `flat` spectral flatness, `flux` what begins; `pulse` 0..1."""
    shares: dict[Kind, float] = {"speech": 0.0, "music": 0.0, "noise": 0.0, "silence": 0.0}
    size, step = max(1, int(_WINDOW * rate)), max(1, int(_STEP * rate))
    starts = range(0, max(1, len(level) - size // 2), step)
    for start in starts:
        part = slice(start, start + size)
        shares[_kind(level[part], flat[part], rate, pulse)] += 1 / len(starts)
    return shares


def _kind(level: NDArray[np.float64], flat: NDArray[np.float64], rate: float, pulse: float) -> Kind:
    mean = float(level.mean())
    if mean < _SILENT:
        return "silence"
    loud = level > mean * _DIP
    tonal = float(np.mean(flat[loud])) if loud.any() else 1.0
    if tonal > _HISS:
        return "noise" if pulse < 0.5 else "music"
    gaps = 1 - float(np.mean(loud))
    syllables = _modulation(level, rate)
    # A hiss between tones ("s", "t"): the flatness of what is loud jumps.
    hisses = float(np.std(np.log10(flat[loud] + 1e-9))) if loud.sum() > 4 else 0.0
    speaks = 1.6 * gaps + 1.4 * syllables + 0.35 * hisses - 0.6 * pulse
    return "speech" if speaks > 1.0 else "music"


def _modulation(level: NDArray[np.float64], rate: float) -> float:
    """Share of the level's changes that lies between 2.5 and 8 a second, times how deep they are."""
    if len(level) < rate:
        return 0.0
    row = level / level.mean() - 1
    power = np.abs(np.fft.rfft(row * np.hanning(len(row)))) ** 2
    bins = np.fft.rfftfreq(len(row), 1 / rate)
    total = float(power[bins > 0.3].sum())
    if total <= 0:
        return 0.0
    share = float(power[(bins >= 2.5) & (bins <= 8)].sum()) / total
    return share * min(1.0, float(row.std()))
