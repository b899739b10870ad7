"""The last stage: loudness, a true-peak limiter that turns down without bending the wave, and ends without a click."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.compose.waves import Sound
from engines.media.loudness import BLOCK_SECONDS, integrated

CEILING = 10 ** (-1.3 / 20)
"""Highest inter-sample peak: a little below -1 dBFS, since ours is an estimate."""
CHUNK = 64
_REACH = 5
_RELEASE_SECONDS = 0.12
BEFORE, AHEAD = 2 * _REACH + 1, 2 * _REACH + 2
"""Chunks of context that the smoothing needs on either side."""
_TAPS = 12


@lru_cache(maxsize=1)
def _between() -> NDArray[np.float32]:
    """Weights of a sample's neighbours for the wave at a quarter, half and three quarters of the way to the next."""
    places = np.arange(_TAPS) - (_TAPS // 2 - 1)
    rows = []
    for part in (0.25, 0.5, 0.75):
        away = places - part
        rows.append(np.sinc(away) * np.cos(np.pi * away / (_TAPS + 1)) ** 2)
    return np.array(rows, np.float32)


def chunk_peaks(samples: Sound) -> Sound:
    """Highest absolute value, between samples too, in each chunk of (n, 2) samples; n is a multiple of CHUNK."""
    peaks: Sound = np.abs(samples).reshape(-1, CHUNK * 2).max(axis=1)
    top = float(peaks.max(initial=0.0))
    loud = np.flatnonzero(peaks > 0.5 * top) if top > 0 else np.zeros(0, np.int64)
    if not loud.size:
        return peaks
    half = _TAPS // 2
    padded = np.pad(samples, ((half - 1, half), (0, 0)))
    index = loud[:, None] * CHUNK + np.arange(CHUNK + _TAPS - 1)
    near = padded[index]  # (loud chunks, CHUNK + taps - 1, 2)
    for weights in _between():
        wave = np.zeros((loud.size, CHUNK, 2), np.float32)
        for tap, weight in enumerate(weights):
            wave += near[:, tap : tap + CHUNK] * weight
        peaks[loud] = np.maximum(peaks[loud], np.abs(wave).max(axis=(1, 2)))
    return peaks


class Limiter:
    """Turns peaks down to the ceiling: 7 ms ahead of them, back over a tenth of a second. One gain for both sides."""

    def __init__(self, rate: int) -> None:
        self._back = 1 - math.exp(-CHUNK / (rate * _RELEASE_SECONDS))
        self._last = 1.0
        self._before = np.ones(BEFORE, np.float32)

    def knots(self, peaks: Sound, count: int) -> Sound:
        """Gains at the `count` + 1 borders of `count` chunks; `peaks` (already amplified) has AHEAD more of what follows."""
        needed = np.minimum(1.0, CEILING / np.maximum(peaks, 1e-9))
        gains = np.empty(needed.size, np.float32)
        last = self._last
        for index, need in enumerate(needed.tolist()):
            last = min(need, last + (1.0 - last) * self._back)
            gains[index] = last
        self._last = float(gains[count - 1])
        context = np.concatenate([self._before, gains])
        self._before = context[count : count + BEFORE]
        windows = np.lib.stride_tricks.sliding_window_view(context, 2 * (_REACH + 1) + 1)
        lowest = windows.min(axis=1)
        smooth = np.lib.stride_tricks.sliding_window_view(lowest, 2 * _REACH + 1).mean(axis=1)
        return np.asarray(smooth[: count + 1], np.float32)


def sample_gains(knots: Sound) -> Sound:
    """Knots drawn out to samples, straight lines between them: (chunks * CHUNK, 1)."""
    part = np.arange(CHUNK, dtype=np.float32) / np.float32(CHUNK)
    return (knots[:-1, None] + (knots[1:] - knots[:-1])[:, None] * part).reshape(-1, 1)


def whole_gains(peaks: Sound, rate: int, loops: bool) -> Sound:
    """Knots for a whole piece from its amplified peaks; in a loop the end prepares for the start."""
    follows = peaks[:AHEAD] if loops and peaks.size >= AHEAD else np.zeros(AHEAD, np.float32)
    limiter = Limiter(rate)
    padded = np.concatenate([peaks, follows])
    if loops:
        limiter.knots(padded, peaks.size)
    return limiter.knots(padded, peaks.size)


def gain_to(powers: NDArray[np.float64], target: float) -> float:
    """What brings block powers to a loudness in LUFS; silence stays as it is, whispers are not blown up by over 36 dB."""
    level = integrated(powers)
    return float(10 ** (min(36.0, target - level) / 20)) if math.isfinite(level) else 1.0


def limited_powers(powers: NDArray[np.float64], knots: Sound, rate: int) -> NDArray[np.float64]:
    """The block powers after the limiter, from its gains: as if each block had been as loud throughout."""
    size = BLOCK_SECONDS * rate / CHUNK
    total = np.concatenate([[0.0], np.cumsum(np.asarray(knots[:-1], np.float64) ** 2)])
    starts = np.minimum(np.arange(powers.size) * size / 4, total.size - 1)
    ends = np.minimum(starts + size, total.size - 1)
    places = np.arange(total.size)
    mean = (np.interp(ends, places, total) - np.interp(starts, places, total)) / np.maximum(ends - starts, 1e-9)
    return powers * np.where(ends > starts, mean, 1.0)


def faded(block: Sound, at: int, count: int, rise: int, fall: int) -> Sound:
    """The block that begins at sample `at` of `count`, eased in over `rise` and out over `fall` samples; changed in place."""
    places = np.arange(at, at + block.shape[0])
    if at < rise:
        block *= _eased(places / max(1, rise))
    if at + block.shape[0] > count - fall:
        block *= _eased((count - 1 - places) / max(1, fall))
    return block


def _eased(place: NDArray[np.float64]) -> Sound:
    return (0.5 - 0.5 * np.cos(np.pi * np.clip(place, 0, 1))).astype(np.float32)[:, None]
