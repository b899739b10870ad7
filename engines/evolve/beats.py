"""The beats of a clip's sound, measured: where something begins, on a steady pulse where there is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.analyse.rhythm import HOP, SIZE, bands, onsets, tempo
from engines.evolve.base import SAMPLE_RATE, Sound

_FINE = 96
"""Samples of one look at the level, 2 ms: an onset is found again in it more exactly than in a spectrum."""
_BEFORE = 10
_ABOUT = 0.05
_STRONG = 0.35
"""Of the strongest: weaker onsets are no beats where there is no pulse to say so."""
_APART = 0.2
_ON_PULSE = 0.12
"""Of a beat's length: an onset so near to the pulse is that beat."""


def beats_of(samples: Sound | None) -> tuple[float, ...]:
    """Seconds of the beats, in order; empty for silence and for sound in which nothing begins."""
    if samples is None or len(samples) < SIZE:
        return ()
    flux = _flux(samples)
    rate = SAMPLE_RATE / HOP
    rises = _rises(samples)
    heard = [_exact(rises, one) for one in onsets(flux, rate)]
    loud = np.array([_strength(flux, one * rate) for one in heard])
    if not heard:
        return ()
    bpm, _ = tempo(flux, rate)
    if bpm is not None:
        return _on_pulse(np.array(heard), loud, 60 / bpm, len(samples) / SAMPLE_RATE)
    return _loudest(heard, loud)


def _flux(samples: Sound) -> NDArray[np.float64]:
    """How much begins at each look, as `engines.analyse.measures.sound` has it."""
    mono = np.concatenate((np.zeros(SIZE // 2, np.float32), samples.mean(axis=1)))
    looks = np.lib.stride_tricks.sliding_window_view(mono, SIZE)[::HOP]
    window, weights = np.hanning(SIZE).astype(np.float32), bands(SAMPLE_RATE).T
    gathered = np.concatenate(
        [
            np.log10(1 + 1e5 * (np.abs(np.fft.rfft(part * window, axis=1)) ** 2 / (SIZE * SIZE / 16)) @ weights)
            for part in np.array_split(looks, max(1, len(looks) // 500))
        ]
    )
    rise = np.maximum(np.diff(np.concatenate((gathered[:1], gathered)), axis=0), 0).mean(axis=1)
    return np.asarray(rise, np.float64)


def _rises(samples: Sound) -> NDArray[np.float64]:
    """How much louder each 2 ms are than all of the 20 ms before: a low tone's own waves are none."""
    count = len(samples) // _FINE
    level = np.abs(samples[: count * _FINE].mean(axis=1)).reshape(count, _FINE).max(axis=1)
    padded = np.concatenate([np.zeros(_BEFORE), level])
    before = np.lib.stride_tricks.sliding_window_view(padded, _BEFORE)[:count].max(axis=1)
    return np.asarray(np.maximum(np.log10(level + 1e-3) - np.log10(before + 1e-3), 0), np.float64)


def _exact(rises: NDArray[np.float64], seconds: float) -> float:
    unit = _FINE / SAMPLE_RATE
    first = max(0, int((seconds - _ABOUT) / unit))
    near = rises[first : int((seconds + _ABOUT) / unit) + 1]
    return (first + int(np.argmax(near))) * unit if near.any() else seconds


def _strength(flux: NDArray[np.float64], place: float) -> float:
    middle = int(place)
    return float(flux[max(0, middle - 4) : middle + 5].max(initial=0.0))


def _loudest(heard: list[float], loud: NDArray[np.float64]) -> tuple[float, ...]:
    kept: list[float] = []
    for index in np.argsort(-loud, kind="stable"):
        one = heard[int(index)]
        if loud[index] >= _STRONG * loud.max() and all(abs(one - other) >= _APART for other in kept):
            kept.append(one)
    return tuple(sorted(kept))


def _on_pulse(heard: NDArray[np.float64], loud: NDArray[np.float64], beat: float, seconds: float) -> tuple[float, ...]:
    """A beat every `beat` seconds, from where most of what is loud lies on it; each at the onset that it is."""
    phases = np.arange(0, 1, 0.02)
    off = (heard[:, None] / beat - phases) % 1
    near = np.exp(-((np.minimum(off, 1 - off) / 0.06) ** 2))
    start = float(phases[int(np.argmax(loud @ near))]) * beat
    found: list[float] = []
    at = start
    while at < seconds:
        close = np.abs(heard - at)
        nearest = int(np.argmin(close))
        found.append(float(heard[nearest]) if close[nearest] <= _ON_PULSE * beat else at)
        at = found[-1] + beat  # a pulse that drifts is followed
    return tuple(float(one) for one in found)
