"""What the tests hear with: measures that share nothing with the composer."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.compose.brief import Genre, MusicBrief
from engines.generate.procedural.compose.score import Score, compose

RATE = 48000
SECONDS = 13
Samples = NDArray[np.float32]


@cache
def piece(mood: str, genre: Genre = Genre.NONE, bpm: float = 0.0) -> Score:
    """Some seconds of music, made once."""
    return compose(MusicBrief(mood=mood, genre=genre, bpm=bpm, seed=1), float(SECONDS))


def true_peak(samples: Samples) -> float:
    """Highest absolute value after fourfold oversampling."""
    spectrum = np.fft.rfft(samples, axis=0)
    size = samples.shape[0]
    padded = np.zeros((2 * size + 1, samples.shape[1]), np.complex64)
    padded[: spectrum.shape[0]] = spectrum
    return float(np.abs(np.fft.irfft(padded, 4 * size, axis=0)).max() * 4)


def onsets(samples: Samples, rate: int = RATE, size: int = 1024, hop: int = 256) -> NDArray[np.float64]:
    """How much sound begins, every `hop` samples: rising magnitudes on a logarithmic scale, without their slow part.

    Low, middle and high count alike, or hats would drown the bass drum.
    """
    window = np.hanning(size).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples.mean(axis=1), size)[::hop] * window
    loud = np.log1p(1000 * np.abs(np.fft.rfft(frames, axis=1)))
    rising = np.maximum(0, np.diff(loud, axis=0))
    total = np.zeros(rising.shape[0])
    for low, high in ((0, 150), (150, 2000), (2000, rate // 2)):
        flux = rising[:, low * size // rate : max(1, high * size // rate)].sum(axis=1)
        flux = np.maximum(0, flux - np.convolve(flux, np.ones(81) / 81, "same"))
        total += flux / (flux.std() + 1e-9)
    return total


def heard_tempo(samples: Samples, rate: int = RATE, hop: int = 256) -> float:
    """Beats a minute by the autocorrelation of onsets, summed over one, two, four and eight beats."""
    flux = onsets(samples, rate, hop=hop)
    size = 1 << (2 * flux.size - 1).bit_length()
    again = np.fft.irfft(np.abs(np.fft.rfft(flux, size)) ** 2)[: flux.size]
    again /= np.arange(flux.size, 0, -1)  # long lags have less to compare
    tempos = np.arange(52, 205, 0.1)
    score = np.zeros(tempos.size)
    for beats in (1, 2, 4, 8):
        lag = rate / hop * 60 / tempos * beats
        score += np.where(lag < 0.8 * flux.size, np.interp(lag, np.arange(flux.size), again), 0)
    return float(tempos[np.argmax(score)])


def tempo_error(heard: float, told: float) -> float:
    """Relative difference, whichever of the beat's halves and doubles was heard."""
    return min(abs(heard / (told * times) - 1) for times in (0.5, 1, 2))


def chroma(samples: Samples, rate: int = RATE) -> NDArray[np.float64]:
    """Energy of the twelve pitch classes between 60 and 2000 Hz, C first."""
    power = np.abs(np.fft.rfft(samples.mean(axis=1))) ** 2
    hertz = np.fft.rfftfreq(samples.shape[0], 1 / rate)
    near = (hertz > 60) & (hertz < 2000)
    return np.bincount(np.round(69 + 12 * np.log2(hertz[near] / 440)).astype(int) % 12, power[near], 12)


def brightness(samples: Samples, rate: int = RATE) -> float:
    """Share of the energy above 1 kHz, in decibels."""
    power = np.abs(np.fft.rfft(samples.mean(axis=1))) ** 2
    hertz = np.fft.rfftfreq(samples.shape[0], 1 / rate)
    return float(10 * np.log10(power[hertz > 1000].sum() / power.sum()))
