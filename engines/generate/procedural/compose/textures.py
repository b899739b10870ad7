"""What ambience is woven from: noise, slow swells and scattered small sounds, all of them joining their own start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engines.generate.procedural.compose.waves import SINE, Sound, decay, envelope, noise, tone

_COARSE = 256


def unit(sound: Sound) -> Sound:
    """The sound with a root mean square of 1."""
    return np.asarray(sound / max(float(np.sqrt(np.mean(sound**2))), 1e-9), np.float32)


def swell(
    count: int, rate: int, seconds: float, rng: np.random.Generator, depth: float = 1.0, sharp: float = 1.0
) -> Sound:
    """A slow rise and fall about every `seconds`, from 1 - depth to 1, (count, 1); `sharp` above 1 makes crests shorter."""
    turns = max(1, round(count / rate / seconds))
    coarse = np.linspace(0, 1, max(8, count // _COARSE), endpoint=False)
    height = np.zeros(coarse.size)
    for number, harmonic in enumerate((turns, turns + 1, max(1, turns // 2), 2 * turns + 1)):
        height += (1.0, 0.7, 0.5, 0.35)[number] * np.sin(2 * np.pi * (harmonic * coarse + rng.random()))
    height = (height - height.min()) / max(1e-9, float(np.ptp(height)))
    shape = 1 - depth + depth * height**sharp
    places = np.arange(count) / count * coarse.size
    around = np.append(shape, shape[0])
    risen: Sound = np.interp(places, np.arange(around.size), around).astype(np.float32)[:, None]
    return risen


def blown(count: int, rate: int, low: float, high: float, rng: np.random.Generator, tilt: float = 0.0) -> Sound:
    """Noise of a band, rms 1, (count, 2)."""
    return noise(count, low, min(high, 0.45 * rate), rate, rng, tilt)


def scatter(
    count: int, sounds: Sequence[Sound], places: Sequence[float], rng: np.random.Generator, near: float = 0.3
) -> Sound:
    """Mono sounds laid at places 0-1, each louder or softer (down to `near`) and somewhere between left and right."""
    made = np.zeros((count, 2), np.float32)
    for place in places:
        one = sounds[int(rng.integers(len(sounds)))][:count]
        angle = (0.15 + 0.7 * rng.random()) * np.pi / 2
        sides = np.array([np.cos(angle), np.sin(angle)], np.float32) * np.float32(near + (1 - near) * rng.random() ** 2)
        start = int(place * count) % count
        first = min(len(one), count - start)
        made[start : start + first] += one[:first, None] * sides
        if first < len(one):
            made[: len(one) - first] += one[first:, None] * sides
    return made


def chirp(rate: int, seconds: float, low: float, high: float, wobble: float = 0.0, speed: float = 0.0) -> Sound:
    """A whistle that goes from `low` to `high` Hz, trembling by `wobble` Hz `speed` times a second."""
    count = int(seconds * rate)
    time = np.arange(count) / rate
    hertz = low + (high - low) * time / seconds + wobble * np.sin(2 * np.pi * speed * time)
    wave = np.sin(2 * np.pi * np.cumsum(hertz) / rate).astype(np.float32)
    return wave * envelope(count, count // 5, count // 3)


def drop(rate: int, hertz: float, fall: float = 60.0) -> Sound:
    """A drop: a short tone that rises as its bubble closes."""
    count = int(5.5 / fall * rate)
    time = np.arange(count) / rate
    wave = np.sin(2 * np.pi * (hertz * time + 0.9 * hertz * time**2 * fall / 10)).astype(np.float32)
    return wave * decay(count, rate, fall) * envelope(count, int(0.001 * rate), count // 4)


def hum(count: int, rate: int, hertz: float, weights: tuple[float, ...] = SINE) -> Sound:
    """A steady tone of whole periods, so that it joins its start; mono."""
    turns = max(1, round(hertz * count / rate))
    return tone(weights, turns * rate / count, count, rate)
