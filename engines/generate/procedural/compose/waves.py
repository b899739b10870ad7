"""What sounds are made of: wave tables, envelopes, coloured noise, and the room. Everything float32, numpy only."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]

_TABLE_BITS = 14
_SHIFT = np.uint32(32 - _TABLE_BITS)


def pitch(note: float) -> float:
    """Frequency in Hz of a MIDI note."""
    return float(440.0 * 2.0 ** ((note - 69.0) / 12.0))


@lru_cache(maxsize=256)
def table(weights: tuple[float, ...]) -> Sound:
    """One period of a wave whose k-th partial (from 1) weighs `weights[k - 1]`."""
    phase = np.arange(1 << _TABLE_BITS) * (2 * np.pi / (1 << _TABLE_BITS))
    wave = np.zeros(phase.size)
    for k, weight in enumerate(weights, 1):
        if weight:
            wave += weight * np.sin(k * phase)
    return wave.astype(np.float32)


SINE = (1.0,)


def tone(weights: tuple[float, ...], frequency: float, count: int, rate: int, start: float = 0.0) -> Sound:
    """`count` samples of a wave of partials; `start` 0-1 is its phase. Partials must lie below half the rate."""
    step = np.uint32(round(frequency / rate * 2**32) & 0xFFFFFFFF)
    phase = np.arange(count, dtype=np.uint32) * step + np.uint32(int(start % 1.0 * 2**32) & 0xFFFFFFFF)
    heard: Sound = table(weights)[phase >> _SHIFT]
    return heard


def bent(weights: tuple[float, ...], cycles: NDArray[np.floating]) -> Sound:
    """A wave along a phase of its own, given in cycles: for vibrato, sweeps and frequency modulation."""
    size = 1 << _TABLE_BITS
    heard: Sound = table(weights)[(cycles * size).astype(np.int64) & (size - 1)]
    return heard


def saw(frequency: float, rate: int, roll: float, top: float = 12000.0, high_pass: float = 0.0) -> tuple[float, ...]:
    """Partials of a saw whose k-th is weaker by exp(-(k-1) roll), none above `top` Hz, those below `high_pass` Hz thinned."""
    count = max(1, min(40, int(min(0.42 * rate, top) / frequency)))
    return tuple(
        round(float(k**-1.05 * np.exp(-(k - 1) * roll) / (1 + (high_pass / (k * frequency)) ** 4)), 6)
        for k in range(1, count + 1)
    )


@lru_cache(maxsize=512)
def ramp(count: int) -> Sound:
    """From 0 up to 1 along half a cosine."""
    rising: Sound = (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(1, count))).astype(np.float32)
    rising.setflags(write=False)
    return rising


def envelope(count: int, attack: int, release: int) -> Sound:
    """A rise and a fall, both half cosines, over `count` samples; begins and ends at 0."""
    shape = np.ones(count, np.float32)
    attack = min(attack, count // 2)
    release = min(release, count - attack)
    if attack:
        shape[:attack] *= ramp(attack)
    if release:
        shape[count - release :] *= ramp(release)[::-1]
    return shape


@lru_cache(maxsize=256)
def decay(count: int, rate: int, speed: float) -> Sound:
    """exp(-speed t)."""
    falling: Sound = np.exp(np.arange(count, dtype=np.float32) * np.float32(-speed / rate))
    falling.setflags(write=False)
    return falling


def noise(count: int, low: float, high: float, rate: int, rng: np.random.Generator, tilt: float = 0.0) -> Sound:
    """Stereo noise between two frequencies with soft borders, (count, 2), rms 1, the end joining the start.

    `tilt` is the exponent of frequency in its amplitude: -0.5 is pink, -1 brown.
    """
    bins = count // 2 + 1
    frequency = np.arange(bins) * (rate / count)
    with np.errstate(divide="ignore", over="ignore"):
        gain = 1 / (1 + (low / np.maximum(frequency, 1e-9)) ** 4) / (1 + (frequency / high) ** 4)
    if tilt:
        gain *= np.maximum(frequency, 10.0) ** tilt
    end = max(2, min(bins, int(5 * high * count / rate) + 2))  # what lies far above is nothing
    spectrum = np.zeros((2, bins), np.complex64)
    raw = rng.standard_normal((2, end, 2), np.float32)
    spectrum[:, :end] = (raw[..., 0] + 1j * raw[..., 1]) * gain[:end].astype(np.float32)
    spectrum[:, 0] = 0
    made = np.fft.irfft(spectrum, count, axis=1).T
    loud = max(float(np.sqrt(np.mean(made**2))), 1e-12)
    return np.ascontiguousarray(made / loud, np.float32)


@lru_cache(maxsize=64)
def burst(rate: int, seconds: float, low: float, high: float, seed: int) -> Sound:
    """A piece of noise that is always the same one, (n, 2), rms 1."""
    made = noise(int(seconds * rate), low, high, rate, np.random.default_rng(seed))
    made.setflags(write=False)
    return made


def fast_size(least: int) -> int:
    """The next number of the form 2^a 3^b 5^c (b up to 3, c up to 1), which FFTs like."""
    best = 1 << max(0, least - 1).bit_length()
    for odd in (3, 9, 27, 5, 15, 45):
        size = odd
        while size < least:
            size *= 2
        best = min(best, size)
    return best


@lru_cache(maxsize=4)
def room(rate: int, seconds: float) -> Sound:
    """The answer of a room, (n, 2): noise that dies away, darker and later than the sound, without bass, energy 1."""
    count = int(seconds * rate)
    bright = burst(rate, seconds, 260, 5200, 11) * decay(count, rate, 9.0 / seconds)[:, None]
    dark = burst(rate, seconds, 220, 1600, 12) * decay(count, rate, 5.5 / seconds)[:, None]
    answer = (bright + 0.8 * dark) * envelope(count, int(0.018 * rate), int(0.2 * count))[:, None]
    return np.asarray(answer / np.sqrt(np.sum(answer**2, axis=0)), np.float32)


class Reverb:
    """Convolution with a room, block after block; what rings on is carried into the next block."""

    def __init__(self, rate: int, seconds: float, longest: int) -> None:
        answer = room(rate, seconds)
        self._rest = np.zeros((answer.shape[0], 2), np.float32)
        self._size = fast_size(longest + answer.shape[0])
        self._spectrum = np.fft.rfft(answer, self._size, axis=0)

    def process(self, block: Sound) -> Sound:
        """The room's answer over the time of `block` (n, 2), n at most `longest`."""
        count = block.shape[0]
        wet = np.fft.irfft(np.fft.rfft(block, self._size, axis=0) * self._spectrum, self._size, axis=0)
        heard: Sound = wet[: count + self._rest.shape[0]].astype(np.float32)
        heard[: self._rest.shape[0]] += self._rest
        self._rest = heard[count:].copy()
        return heard[:count]
