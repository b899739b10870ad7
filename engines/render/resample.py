"""Sound at another speed: band-limited interpolation at exact rational positions, the same for any block size."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""(n, 2), full scale ±1."""

_LOBES = 8
_MOST_TAPS = 128


def at_speed(
    read: Callable[[int, int], Sound], origin: int | Fraction, speed: Fraction, first: int, count: int
) -> Sound:
    """`count` samples of a sound played at `speed`, from output sample `first` on (which may be negative).

    Output sample n lies at source position `origin + n * speed`; `read(start, count)` gives source samples. `origin` is a
    multiple of `1 / speed.denominator` (else it is rounded to one). With a negative speed the sound runs backwards. Above
    speed 1 what would fold back is filtered out (windowed sinc, Hann, cutoff 1/speed).
    """
    if count <= 0:
        return np.zeros((0, 2), np.float32)
    shift = round(origin * speed.denominator)
    if speed == 1:
        return read(shift + first, count)
    if speed == -1:
        return np.ascontiguousarray(read(shift - first - count + 1, count)[::-1])
    steps = np.arange(first, first + count, dtype=np.int64) * speed.numerator + shift
    whole, rest = np.divmod(steps, speed.denominator)
    fraction = rest / speed.denominator
    stretch = float(max(Fraction(1), abs(speed)))
    reach = min(ceil(_LOBES * stretch), _MOST_TAPS // 2)
    low = int(min(whole[0], whole[-1])) - reach + 1
    high = int(max(whole[0], whole[-1])) + reach + 1
    source = read(low, high - low)
    taps = np.arange(1 - reach, reach + 1)
    weights = _kernel(taps[None, :] - fraction[:, None], stretch, reach)
    windows = np.lib.stride_tricks.sliding_window_view(source, 2 * reach, axis=0)[whole - low - reach + 1]
    mixed = np.einsum("nk,nck->nc", weights, windows)
    return np.asarray(mixed, np.float32)


def _kernel(distance: NDArray[np.float64], stretch: float, reach: int) -> NDArray[np.float64]:
    window = np.cos(np.clip(distance / reach, -1, 1) * (np.pi / 2)) ** 2
    weights: NDArray[np.float64] = np.sinc(distance / stretch) * window
    weights /= weights.sum(axis=1, keepdims=True)
    return weights
