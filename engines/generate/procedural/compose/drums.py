"""The instruments without a pitch: drums, cymbals, sweeps. Each is kept once made; zero at both ends."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from engines.generate.procedural.compose.waves import SINE, Sound, bent, burst, decay, envelope, fast_size, noise, tone


def _membrane(
    rate: int, seconds: float, low: float, high: float, sweep: float, fall: float, attack: float = 0.0015
) -> Sound:
    """A skin: a sine that falls from `high` to `low` Hz within about `sweep` seconds and dies away."""
    count = int(seconds * rate)
    time = np.arange(count) / rate
    cycles = low * time + (high - low) * sweep * (1 - np.exp(-time / sweep))
    return bent(SINE, cycles) * decay(count, rate, fall) * envelope(count, int(attack * rate), int(0.2 * count))


def _hiss(
    rate: int, seconds: float, low: float, high: float, seed: int, attack: float = 0.0012, speed: float = 5.5
) -> Sound:
    """A short noise between two frequencies, dying away; stereo."""
    heard = burst(rate, seconds, low, min(high, 0.45 * rate), seed)
    count = heard.shape[0]
    return (
        heard * (decay(count, rate, speed / seconds) * envelope(count, int(attack * rate), int(0.25 * count)))[:, None]
    )


def _wide(mono: Sound) -> Sound:
    return np.repeat(mono[:, None], 2, 1)


def _with(stereo: Sound, other: Sound, gain: float) -> Sound:
    """The two together; the longer one decides."""
    long, short, own = (stereo, other, 1.0) if len(stereo) >= len(other) else (other, stereo, gain)
    made = long * np.float32(own)
    made[: len(short)] += short * np.float32(gain if own == 1.0 else 1.0)
    return made


def _kick(rate: int) -> Sound:
    return _with(_wide(_membrane(rate, 0.34, 47, 150, 0.03, 10)), _hiss(rate, 0.02, 1500, 5000, 51), 0.05)


def _punch(rate: int) -> Sound:
    body = np.tanh(_membrane(rate, 0.36, 45, 190, 0.026, 8) * 1.8).astype(np.float32)
    return _with(_wide(body), _hiss(rate, 0.015, 2500, 8000, 52), 0.06)


def _heart(rate: int) -> Sound:
    return _wide(_membrane(rate, 0.45, 42, 68, 0.05, 8, 0.006))


def _boom(rate: int) -> Sound:
    return _with(_wide(_membrane(rate, 1.8, 36, 62, 0.12, 2.2, 0.006)), _hiss(rate, 0.5, 60, 400, 53, 0.004), 0.12)


def _taiko(rate: int) -> Sound:
    return _with(_wide(_membrane(rate, 0.9, 66, 105, 0.05, 4.2, 0.002)), _hiss(rate, 0.12, 200, 1800, 54), 0.16)


def _tom(rate: int) -> Sound:
    return _with(_wide(_membrane(rate, 0.4, 105, 165, 0.05, 7.5)), _hiss(rate, 0.06, 400, 3000, 55), 0.08)


def _snare(rate: int) -> Sound:
    body = _wide(_membrane(rate, 0.16, 182, 260, 0.02, 22))
    return _with(_hiss(rate, 0.22, 900, 9000, 56, speed=6.0) * np.float32(0.5), body, 0.7)


def _clap(rate: int) -> Sound:
    made = np.zeros((int(0.3 * rate), 2), np.float32)
    for number, start in enumerate((0.0, 0.011, 0.023)):
        one = _hiss(rate, 0.2 if number == 2 else 0.03, 900, 5500, 57 + number, speed=5.0)
        first = int(start * rate)
        made[first : first + len(one)] += one * np.float32(0.42)
    return made


def _rim(rate: int) -> Sound:
    count = int(0.07 * rate)
    ring = tone(SINE, 1720, count, rate) + tone(SINE, 540, count, rate) * np.float32(0.6)
    return _wide(ring * decay(count, rate, 70.0) * envelope(count, int(0.0008 * rate), count // 4))


def _tick(rate: int) -> Sound:
    count = int(0.05 * rate)
    ring = tone(SINE, 2900, count, rate) * decay(count, rate, 110.0) * envelope(count, int(0.0008 * rate), count // 4)
    return _with(_wide(ring), _hiss(rate, 0.03, 3000, 9000, 61), 0.25)


def _ride(rate: int) -> Sound:
    count = int(0.9 * rate)
    ring = sum(
        (tone(SINE, hertz, count, rate, hertz / 977) for hertz in (3170, 4350, 5480, 6840)), np.zeros(count, np.float32)
    )
    shimmer = _wide(ring * decay(count, rate, 5.0) * envelope(count, int(0.001 * rate), count // 3)) * np.float32(0.12)
    return _with(shimmer, _hiss(rate, 0.5, 5000, 12000, 62), 0.3)


def _riser_of(rate: int, seconds: float) -> Sound:
    """Noise that opens upwards and grows until it is cut off by what follows."""
    count = int(seconds * rate)
    size = fast_size(count)
    place = np.arange(count, dtype=np.float32) / np.float32(count)
    made = np.zeros((count, 2), np.float32)
    for number, centre in enumerate((400, 800, 1600, 3200, 6400)):
        band = noise(size, centre * 0.7, centre * 1.4, rate, np.random.default_rng(70 + number))[:count]
        made += band * np.exp(-((place - 0.12 - 0.19 * number) ** 2) / np.float32(0.03))[:, None] * np.float32(0.6)
    return made * (place**1.5 * envelope(count, count // 8, min(int(0.02 * rate), count // 8)))[:, None]


_MAKERS: dict[str, Callable[[int], Sound]] = {
    "kick": _kick, "punch": _punch, "heart": _heart, "boom": _boom, "taiko": _taiko, "tom": _tom, "snare": _snare, "clap": _clap,
    "rim": _rim, "tick": _tick, "ride": _ride,
    "hat": lambda rate: _hiss(rate, 0.06, 6500, 14000, 21), "open": lambda rate: _hiss(rate, 0.26, 6000, 13000, 22, speed=4.0),
    "shaker": lambda rate: _hiss(rate, 0.09, 4500, 11000, 23, 0.02), "brush": lambda rate: _hiss(rate, 0.2, 1800, 8000, 24, 0.025),
    "snap": lambda rate: _hiss(rate, 0.11, 1400, 4200, 25), "crash": lambda rate: _hiss(rate, 2.4, 3200, 12000, 26, 0.002, 6.0),
}  # fmt: skip
DRUMS = (*_MAKERS, "riser")


@lru_cache(maxsize=64)
def drum(name: str, rate: int, count: int = 0) -> Sound:
    """A stroke, (n, 2); a `riser` lasts `count` samples."""
    made = _riser_of(rate, max(0.25, count / rate)) if name == "riser" else _MAKERS[name](rate)
    made.setflags(write=False)
    return made
