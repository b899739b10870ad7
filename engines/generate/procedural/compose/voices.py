"""The instruments with a pitch. Each is a function of a note, kept once made: (n,) or (n, 2) float32, zero at both ends.

`count` are the samples the note is held; the sound may ring on. `layer` 0-3 is how hard it is struck: harder is brighter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from engines.generate.procedural.compose.waves import SINE, Sound, bent, burst, decay, envelope, pitch, saw, tone

Voice = Callable[[int, int, int, int], Sound]


@lru_cache(maxsize=12)
def pad(notes: tuple[int, ...], count: int, brightness: int, layer: int, rate: int, strings: bool = False) -> Sound:
    """A chord of detuned voices spread from left to right, opening as it swells; `brightness` in hundredths."""
    release = int((1.1 if strings else 0.9) * rate)
    attack = min(int((0.28 if strings else 0.55) * rate), count // 3)
    total = count + release
    soft, bright = np.zeros((2, total), np.float32), np.zeros((2, total), np.float32)
    for index, note in enumerate(notes):
        frequency = pitch(note)
        low = saw(frequency, rate, 0.55, 3 * frequency, 170.0)
        high = (
            0.0,
            0.0,
            *saw(frequency, rate, (0.2 if strings else 0.5) - (0.12 if strings else 0.42) * brightness / 100, 9000.0)[
                2:
            ],
        )
        for cents, left, right, phase in ((-6.5, 0.78, 0.38, 0.13), (0.7, 0.58, 0.58, 0.51), (7.1, 0.38, 0.78, 0.77)):
            detuned = frequency * 2 ** (cents / 1200)
            start = (phase + 0.37 * index) % 1.0
            for bus, weights in ((soft, low), (bright, high)):
                if len(weights) > 1:
                    one = tone(weights, detuned, total, rate, start)
                    bus[0] += one * np.float32(left)
                    bus[1] += one * np.float32(right)
    open_ = np.float32(0.08 + 0.02 * brightness) * np.float32((0.45, 0.65, 0.85, 1.0)[layer])
    time = np.arange(total, dtype=np.float32) / np.float32(rate)
    sway = 0.75 + 0.25 * np.sin(2 * np.pi * 0.17 * time + notes[0])
    soft += bright * (open_ * sway * envelope(total, min(2 * attack, total // 3), release))
    return np.ascontiguousarray((soft * (envelope(total, attack, release) / np.float32(1.6 * len(notes) ** 0.75))).T)


@lru_cache(maxsize=128)
def pluck(note: int, count: int, layer: int, rate: int) -> Sound:
    """A plucked string, a second and a half."""
    return _struck(note, rate, 1.5, 8, 0.0004, 2.6, (2.2, 1.7, 1.4, 1.15)[layer], 0.85)


@lru_cache(maxsize=128)
def piano(note: int, count: int, layer: int, rate: int) -> Sound:
    """A felt piano: slightly stretched partials, a soft hammer, two and a half seconds at most."""
    seconds = min(2.5, max(0.9, count / rate + 0.7))
    sound = _struck(note, rate, seconds, 10, 0.00035, 1.3, (2.7, 2.3, 1.95, 1.65)[layer], 0.32)
    hammer = burst(rate, 0.03, 300, 2200, 31)[:, 0]
    sound = sound.copy()
    sound[: hammer.size] += hammer * envelope(hammer.size, int(0.002 * rate), int(0.024 * rate)) * np.float32(0.035)
    return sound


def _struck(
    note: int, rate: int, seconds: float, partials: int, stretch: float, fall: float, roll: float, damping: float
) -> Sound:
    frequency = pitch(note)
    count = int(seconds * rate)
    wave = np.zeros(count, np.float32)
    for k in range(1, partials + 1):
        own = k * frequency * float(np.sqrt(1 + stretch * k * k))
        if own < 0.4 * rate:
            heard = int(count * min(1.0, 3.0 / (1 + damping * (k - 1))))  # high partials are gone before the end
            part = tone(SINE, own, heard, rate) * decay(heard, rate, round(fall + damping * fall * (k - 1), 3))
            wave[:heard] += part * np.float32(k**-roll) * envelope(heard, 0, heard // 8)
    return wave * envelope(count, int(0.004 * rate), int(0.3 * rate))


@lru_cache(maxsize=128)
def keys(note: int, count: int, layer: int, rate: int) -> Sound:
    """An electric piano: one sine bending another, glassy at first, round after."""
    total = min(int(2.4 * rate), count + int(0.5 * rate))
    cycles = np.arange(total) * (pitch(note) / rate)
    index = decay(total, rate, 3.2) * np.float32((0.10, 0.15, 0.21, 0.28)[layer])
    body = bent(SINE, cycles + tone(SINE, pitch(note), total, rate) * index)
    tine = (
        tone(SINE, min(pitch(note) * 7, 0.4 * rate), total, rate)
        * decay(total, rate, 22.0)
        * np.float32(0.05 + 0.03 * layer)
    )
    return (body * decay(total, rate, 1.4) + tine) * envelope(
        total, int(0.003 * rate), min(int(0.4 * rate), total // 2)
    )


@lru_cache(maxsize=128)
def bell(note: int, count: int, layer: int, rate: int) -> Sound:
    """A music box or celesta: clear, with partials that are no harmonics."""
    total = int(1.8 * rate)
    wave = np.zeros(total, np.float32)
    for ratio, loud, fall in (
        (1.0, 1.0, 2.6),
        (2.0, 0.28, 4.0),
        (3.01, 0.16, 6.5),
        (5.4, 0.1 + 0.03 * layer, 10.0),
        (8.9, 0.03 + 0.02 * layer, 18.0),
    ):
        if ratio * pitch(note) < 0.42 * rate:
            wave += tone(SINE, ratio * pitch(note), total, rate) * decay(total, rate, fall) * np.float32(loud)
    return wave * envelope(total, int(0.002 * rate), int(0.5 * rate)) * np.float32(0.8)


@lru_cache(maxsize=128)
def marimba(note: int, count: int, layer: int, rate: int) -> Sound:
    """A wooden bar: dry, with the fourth partial knocking."""
    total = int(0.7 * rate)
    wave = tone(SINE, pitch(note), total, rate) * decay(total, rate, 7.0)
    if 4 * pitch(note) < 0.42 * rate:
        wave = wave + tone(SINE, 4 * pitch(note), total, rate) * decay(total, rate, 26.0) * np.float32(
            0.2 + 0.06 * layer
        )
    return wave * envelope(total, int(0.002 * rate), int(0.2 * rate))


@lru_cache(maxsize=128)
def acid(note: int, count: int, layer: int, rate: int) -> Sound:
    """A short synthetic note whose brightness falls."""
    total = min(int(0.35 * rate), count + int(0.12 * rate))
    frequency = pitch(note)
    dark, open_ = saw(frequency, rate, 0.7), saw(frequency, rate, 0.12, 7000.0)
    falling = decay(total, rate, 14.0) * np.float32((0.3, 0.45, 0.6, 0.8)[layer])
    wave = tone(dark, frequency, total, rate) * (1 - falling) + tone(open_, frequency, total, rate) * falling
    return wave * decay(total, rate, 4.0) * envelope(total, int(0.003 * rate), total // 3) * np.float32(0.9)


@lru_cache(maxsize=96)
def strings_short(note: int, count: int, layer: int, rate: int) -> Sound:
    """A section of strings, bow off the string at once."""
    total = int(0.42 * rate)
    wave = np.zeros(total, np.float32)
    for number, cents in enumerate((-8, 0, 9)):
        frequency = pitch(note) * 2 ** (cents / 1200)
        wave += tone(
            saw(pitch(note), rate, (0.5, 0.36, 0.26, 0.2)[layer], 8000.0, 120.0), frequency, total, rate, 0.31 * number
        )
    return wave * decay(total, rate, 6.5) * envelope(total, int(0.012 * rate), int(0.22 * rate)) * np.float32(0.55)


def _sung(
    note: int, count: int, rate: int, weights: tuple[float, ...], attack: float, release: float, depth: float
) -> Sound:
    """A held tone with a vibrato that comes late."""
    total = count + int(release * rate)
    time = np.arange(total) / rate
    swing = depth * np.clip(time - 0.35, 0, 0.6) * np.sin(2 * np.pi * 5.1 * time) / (2 * np.pi * 5.1)
    wave = bent(weights, pitch(note) * (time + swing))
    return wave * envelope(total, min(int(attack * rate), total // 3), int(release * rate) + count // 8)


@lru_cache(maxsize=96)
def flute(note: int, count: int, layer: int, rate: int) -> Sound:
    """A soft pipe with a little breath."""
    wave = _sung(note, count, rate, (1.0, 0.14 + 0.05 * layer, 0.06 + 0.03 * layer, 0.02), 0.07, 0.25, 0.02)
    breath = burst(rate, 1.0, 900, 5000, 41)[:, 0]
    size = min(breath.size, wave.size)
    wave[:size] += breath[:size] * envelope(size, int(0.02 * rate), size // 2) * np.float32(0.012)
    return wave


@lru_cache(maxsize=96)
def low(note: int, count: int, layer: int, rate: int) -> Sound:
    """A dark cello-like tone."""
    return _sung(
        note, count, rate, saw(pitch(note), rate, 0.42 - 0.05 * layer, 3500.0), 0.16, 0.45, 0.022
    ) * np.float32(0.75)


@lru_cache(maxsize=96)
def horn(note: int, count: int, layer: int, rate: int) -> Sound:
    """A warm brass that opens as it is blown."""
    dull = _sung(note, count, rate, saw(pitch(note), rate, 0.75, 2500.0), 0.09, 0.3, 0.012)
    clear = _sung(note, count, rate, saw(pitch(note), rate, 0.3, 6000.0), 0.22, 0.22, 0.012)
    dull[: clear.size] += (clear - dull[: clear.size]) * np.float32(0.15 + 0.15 * layer)
    return dull * np.float32(0.8)


@lru_cache(maxsize=96)
def saw_lead(note: int, count: int, layer: int, rate: int) -> Sound:
    """Two saws, a little apart, stereo."""
    sides = []
    for cents in (-7, 7):
        weights = saw(pitch(note), rate, 0.16 - 0.03 * layer, 8500.0)
        sides.append(
            _sung(note, count, rate, weights, 0.012, 0.14, 0.012)
            if cents < 0
            else _detuned(note, cents, count, rate, weights)
        )
    return np.stack(sides, 1) * np.float32(0.6)


def _detuned(note: int, cents: int, count: int, rate: int, weights: tuple[float, ...]) -> Sound:
    total = count + int(0.14 * rate)
    wave = tone(weights, pitch(note) * 2 ** (cents / 1200), total, rate, 0.4)
    return wave * envelope(total, min(int(0.012 * rate), total // 3), int(0.14 * rate) + count // 8)


@lru_cache(maxsize=64)
def bass(note: int, count: int, layer: int, rate: int) -> Sound:
    """A round, held bass with harmonics that small loudspeakers can play."""
    total = count + int(0.12 * rate)
    wave = tone((1.0, 0.34, 0.14 + 0.05 * layer, 0.05), pitch(note), total, rate)
    return wave * (0.25 + 0.75 * decay(total, rate, 0.7)) * envelope(total, int(0.02 * rate), int(0.14 * rate))


@lru_cache(maxsize=64)
def bass_pluck(note: int, count: int, layer: int, rate: int) -> Sound:
    """A fingered bass: bright where it is plucked, round after."""
    total = count + int(0.08 * rate)
    frequency = pitch(note)
    body = tone((1.0, 0.3, 0.1), frequency, total, rate)
    snap = (
        tone(saw(frequency, rate, 0.22, 3000.0), frequency, total, rate)
        * decay(total, rate, 12.0)
        * np.float32(0.25 + 0.12 * layer)
    )
    return (
        (body * decay(total, rate, 1.6) + snap) * envelope(total, int(0.005 * rate), int(0.07 * rate)) * np.float32(0.9)
    )


@lru_cache(maxsize=64)
def bass_saw(note: int, count: int, layer: int, rate: int) -> Sound:
    """A dark synthetic bass, short."""
    total = count + int(0.04 * rate)
    frequency = pitch(note)
    dark, open_ = saw(frequency, rate, 0.5, 1200.0), saw(frequency, rate, 0.2, 4000.0)
    falling = decay(total, rate, 16.0) * np.float32(0.3 + 0.15 * layer)
    wave = tone(dark, frequency, total, rate) * (1 - falling) + tone(open_, frequency, total, rate) * falling
    return wave * envelope(total, int(0.004 * rate), int(0.05 * rate)) * np.float32(0.85)


VOICES: dict[str, Voice] = {
    "pluck": pluck, "piano": piano, "keys": keys, "bell": bell, "marimba": marimba, "acid": acid, "strings_short": strings_short,
    "flute": flute, "low": low, "horn": horn, "saw": saw_lead, "bass": bass, "bass_pluck": bass_pluck, "bass_saw": bass_saw,
}  # fmt: skip
"""By the name a note uses; `pad` and `strings` take whole chords and are asked for directly."""
