"""The instruments: pads from wave tables, plucked and sung tones, bass, drums, and the room around them. numpy only.

Every instrument gives float32 arrays, (n,) mono or (n, 2) stereo, that begin and end at zero.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]

_TABLE_BITS = 15
_SHIFT = np.uint32(32 - _TABLE_BITS)


def pitch(note: float) -> float:
    """Frequency in Hz of a MIDI note."""
    return float(440.0 * 2.0 ** ((note - 69.0) / 12.0))


def envelope(count: int, attack: int, release: int) -> Sound:
    """A rise and a fall, both half cosines, over `count` samples."""
    shape = np.ones(count, np.float32)
    attack, release = min(attack, count // 2), min(release, count - min(attack, count // 2))
    if attack:
        shape[:attack] *= _ramp(attack)
    if release:
        shape[count - release :] *= _ramp(release)[::-1]
    return shape


def _ramp(count: int) -> Sound:
    ramp: Sound = (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / count)).astype(np.float32)
    return ramp


@lru_cache(maxsize=64)
def _table(first: int, last: int, roll: float) -> Sound:
    """One period of the harmonics `first` to `last`, each weaker by `roll`."""
    phase = np.arange(1 << _TABLE_BITS) * (2 * np.pi / (1 << _TABLE_BITS))
    wave = np.zeros(phase.size)
    for k in range(first, last + 1):
        wave += k**-1.1 * np.exp(-(k - 1) * roll) * np.sin(k * phase)
    return wave.astype(np.float32)


def _voice(table: Sound, frequency: float, count: int, rate: int, start: float) -> Sound:
    """`count` samples of a table at a frequency; `start` 0-1 is the phase."""
    step = np.uint32(round(frequency / rate * 2**32) & 0xFFFFFFFF)
    phase = np.arange(count, dtype=np.uint32) * step + np.uint32(int(start * 2**32) & 0xFFFFFFFF)
    heard: Sound = table[phase >> _SHIFT]
    return heard


def pad(
    notes: tuple[int, ...], count: int, brightness: float, rate: int, attack: int, release: int
) -> tuple[Sound, Sound]:
    """A chord of detuned voices spread from left to right: its soft part and its bright part, both (count, 2)."""
    soft, bright = np.zeros((count, 2), np.float32), np.zeros((count, 2), np.float32)
    shape = envelope(count, attack, release)
    sway = np.arange(count, dtype=np.float32) * np.float32(2 * np.pi * 0.17 / rate)
    for index, note in enumerate(notes):
        frequency = pitch(note)
        top = max(3, min(20, int(0.4 * rate / frequency)))
        low, high = _table(1, 2, 0.3), _table(3, top, 0.5 - 0.45 * brightness)
        moving = (0.7 + 0.3 * np.sin(sway + 1.7 * index)).astype(np.float32)
        for cents, left, right, phase in ((-6, 0.74, 0.47, 0.13), (0.7, 0.62, 0.62, 0.51), (6.5, 0.47, 0.74, 0.77)):
            detuned = frequency * 2 ** (cents / 1200)
            start = (phase + 0.37 * index) % 1.0
            one = _voice(low, detuned, count, rate, start)
            two = _voice(high, detuned, count, rate, start) * moving
            soft[:, 0] += one * np.float32(left)
            soft[:, 1] += one * np.float32(right)
            bright[:, 0] += two * np.float32(left)
            bright[:, 1] += two * np.float32(right)
    scale = shape[:, None] / np.float32(1.8 * len(notes))
    return soft * scale, bright * scale


@lru_cache(maxsize=128)
def pluck(note: int, brightness: float, rate: int) -> Sound:
    """A struck string or key, about a second and a half, mono."""
    frequency = pitch(note)
    count = int(1.5 * rate)
    time = np.arange(count) / rate
    wave = np.zeros(count)
    for k in range(1, 9):
        if k * frequency < 0.4 * rate:
            stretched = k * frequency * (1 + 0.0004 * k * k)
            decay = 2.6 + 1.6 * k * (1.4 - brightness)
            wave += k ** -(1.8 - brightness) * np.exp(-decay * time) * np.sin(2 * np.pi * stretched * time)
    return (wave * envelope(count, int(0.004 * rate), int(0.3 * rate))).astype(np.float32)


@lru_cache(maxsize=64)
def lead(note: int, count: int, rate: int) -> Sound:
    """A soft sung tone with a little late vibrato, mono."""
    time = np.arange(count) / rate
    vibrato = 0.0035 * np.clip(time - 0.35, 0, 0.6) * np.sin(2 * np.pi * 5.1 * time)
    phase = 2 * np.pi * pitch(note) * (time + vibrato / 5.1)
    wave = np.sin(phase) + 0.22 * np.sin(2 * phase) + 0.08 * np.sin(3 * phase)
    return (wave * envelope(count, int(0.09 * rate), int(0.3 * rate))).astype(np.float32)


@lru_cache(maxsize=64)
def bass(note: int, count: int, rate: int, bite: float) -> Sound:
    """A round bass; `bite` 0-1 adds harmonics that small loudspeakers can play."""
    phase = 2 * np.pi * pitch(note) * np.arange(count) / rate
    wave = np.sin(phase) + (0.25 + 0.3 * bite) * np.sin(2 * phase) + 0.3 * bite * np.sin(3 * phase)
    fall = np.exp(-np.arange(count) / rate * (0.35 + 1.2 * bite))
    return (wave * fall * envelope(count, int(0.02 * rate), int(0.12 * rate))).astype(np.float32)


@lru_cache(maxsize=4)
def kick(rate: int) -> Sound:
    """A soft bass drum."""
    time = np.arange(int(0.32 * rate)) / rate
    sweep = 46 * time + (120 - 46) * 0.035 * (1 - np.exp(-time / 0.035))
    body = np.sin(2 * np.pi * sweep) * np.exp(-time * 11)
    return (body * envelope(time.size, int(0.002 * rate), int(0.05 * rate))).astype(np.float32)


@lru_cache(maxsize=8)
def brush(rate: int, seconds: float, low: float, high: float, seed: int) -> Sound:
    """A short noise between two frequencies, dying away: hat, clap, brush; (n, 2)."""
    count = int(seconds * rate)
    noise = shaped_noise(count, low, high, rate, seed)
    fall = np.exp(-np.arange(count) / rate * 5.5 / seconds).astype(np.float32)
    return noise * (fall * envelope(count, int(0.0015 * rate), int(0.2 * count)))[:, None]


def shaped_noise(count: int, low: float, high: float, rate: int, seed: int) -> Sound:
    """Stereo noise between two frequencies with soft borders, (count, 2), rms 1 before any envelope."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft(rng.standard_normal((count, 2)), axis=0)
    frequency = np.fft.rfftfreq(count, 1 / rate)[:, None]
    with np.errstate(divide="ignore"):
        gain = 1 / (1 + (low / np.maximum(frequency, 1e-9)) ** 4) / (1 + (frequency / high) ** 4)
    noise = np.fft.irfft(spectrum * gain, count, axis=0)
    loud = max(float(np.sqrt(np.mean(noise**2))), 1e-9)
    return np.asarray(noise / loud, np.float32)


@lru_cache(maxsize=4)
def room(rate: int, seconds: float) -> Sound:
    """The answer of a room, (n, 2): noise that dies away, darker and later than the sound, energy 1."""
    count = int(seconds * rate)
    time = np.arange(count) / rate
    bright = shaped_noise(count, 220, 5200, rate, 11) * np.exp(-time * 9.0 / seconds)[:, None]
    dark = shaped_noise(count, 180, 1600, rate, 12) * np.exp(-time * 5.5 / seconds)[:, None]
    answer = (bright + 0.8 * dark) * envelope(count, int(0.018 * rate), int(0.2 * count))[:, None]
    return np.asarray(answer / np.sqrt(np.sum(answer**2, axis=0)), np.float32)


class Reverb:
    """Convolution with a room, block after block; what rings on is carried into the next block."""

    def __init__(self, rate: int, seconds: float, longest: int) -> None:
        answer = room(rate, seconds)
        self._rest = np.zeros((answer.shape[0], 2), np.float32)
        self._size = _fast_size(longest + answer.shape[0])
        self._spectrum = np.fft.rfft(answer, self._size, axis=0).astype(np.complex64)

    def process(self, block: Sound) -> Sound:
        """The room's answer over the time of `block` (n, 2), n at most `longest`."""
        count = block.shape[0]
        wet = np.fft.irfft(np.fft.rfft(block, self._size, axis=0) * self._spectrum, self._size, axis=0)
        heard: Sound = wet[: count + self._rest.shape[0]].astype(np.float32)
        heard[: self._rest.shape[0]] += self._rest
        self._rest = heard[count:].copy()
        return heard[:count]


def _fast_size(least: int) -> int:
    """The next number of the form 2^a 3^b, which FFTs like."""
    best = 1 << (least - 1).bit_length()
    for threes in (3, 9, 27):
        size = threes
        while size < least:
            size *= 2
        best = min(best, size)
    return best
