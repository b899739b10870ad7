"""Rhythm of a sound: where something begins, and how fast it goes, by spectral flux. Nothing is known of how it was made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

HOP = 512
"""Samples between two looks: 94 looks a second at 48 kHz."""
SIZE = 2048
_BANDS = 40
_LOWEST, _HIGHEST = 30.0, 16000.0
_SLOWEST, _FASTEST = 50.0, 220.0
_USUAL, _OCTAVES = 120.0, 0.9
"""Tempo is a matter of taste by factors of two: the one that most people would tap is near 120."""
_LEAST_SECONDS = 4.0
_SURE = 0.2
_NEAR = 0.06
_APART = 0.05
"""Seconds between two onsets at least."""


def bands(rate: int) -> NDArray[np.float32]:
    """(bands, bins) weights that gather a spectrum into bands as wide as the ear hears them."""
    mel = np.linspace(_mel(_LOWEST), _mel(min(_HIGHEST, rate / 2)), _BANDS + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    bins = np.fft.rfftfreq(SIZE, 1 / rate)
    rows = []
    for low, middle, high in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
        row = np.clip(np.minimum((bins - low) / (middle - low), (high - bins) / (high - middle)), 0, None)
        if not row.any():
            row[int(np.argmin(np.abs(bins - middle)))] = 1.0  # narrower than a bin
        rows.append(row / row.sum())
    return np.array(rows, np.float32)


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def onsets(flux: NDArray[np.float64], rate: float) -> list[float]:
    """Seconds at which something begins: peaks of the flux well above what lies about them."""
    if len(flux) < 3:
        return []
    size = min(_odd(rate), (len(flux) - 1) // 2 * 2 + 1)  # a sound may be shorter than the look round
    about = np.convolve(flux, np.ones(size) / size, "same")
    strong = flux > np.maximum(about * 1.6 + 0.05, 0.12 * np.percentile(flux, 99.5) + 0.02)
    peak = np.r_[True, flux[1:] > flux[:-1]] & np.r_[flux[:-1] >= flux[1:], True]
    found: list[float] = []
    for place in np.flatnonzero(strong & peak):
        seconds = float(place / rate)
        if not found or seconds - found[-1] >= _APART:
            found.append(seconds)
    return found


def _odd(rate: float) -> int:
    return int(rate * 0.4) // 2 * 2 + 1


def tempo(flux: NDArray[np.float64], rate: float) -> tuple[float | None, float]:
    """Beats a minute and how sure that is, 0..1; None where there is no steady pulse.

    Autocorrelation of the flux, at each lag together with its multiples, weighed by how usual the tempo is; the best one
    is refined between lags, and by the longest multiple that still fits.
    """
    if len(flux) < _LEAST_SECONDS * rate or not flux.any():
        return None, 0.0
    row = flux - np.convolve(flux, np.ones(_odd(rate)) / _odd(rate), "same")
    row = np.maximum(row, 0)
    row -= row.mean()
    size = 1 << (2 * len(row) - 1).bit_length()
    spectrum = np.fft.rfft(row, size)
    together = np.fft.irfft(spectrum * np.conj(spectrum))[: len(row)]
    together /= max(together[0], 1e-12)
    together *= len(row) / np.maximum(len(row) - np.arange(len(row)), len(row) * 0.25)
    tempi = np.geomspace(_SLOWEST, _FASTEST, 900)
    scores = np.zeros_like(tempi)
    for multiple, weight in ((1, 1.0), (2, 0.7), (3, 0.4), (4, 0.5)):
        lags = 60 * rate / tempi * multiple
        scores += weight * np.interp(lags, np.arange(len(together)), together, right=0.0) / 2.6
    usual = np.exp(-0.5 * (np.log2(tempi / _USUAL) / _OCTAVES) ** 2)
    best = int(np.argmax(scores * usual))
    sure = float(np.clip(scores[best], 0, 1))
    if sure < _SURE:
        return None, sure
    rough = float(tempi[best])
    fine = _refined(together, 60 * rate / rough, rate)
    return (fine if abs(fine / rough - 1) < _NEAR else rough), sure


def _refined(together: NDArray[np.float64], lag: float, rate: float) -> float:
    """Follow the peak through its multiples: each tells the lag more finely."""
    multiple = 1
    while True:
        middle = lag * multiple
        reach = max(2.0, lag * 0.06)
        first, last = int(middle - reach), int(middle + reach) + 2
        if first < 1 or last >= len(together) * 0.6 or multiple > 32:
            break
        place = first + int(np.argmax(together[first:last]))
        a, b, c = together[place - 1 : place + 2]
        if b < 0.05 or b < a or b < c:
            break
        bend = a - 2 * b + c
        lag = (place + (0.5 * (a - c) / bend if bend < 0 else 0.0)) / multiple
        multiple *= 2
    return 60 * rate / lag
