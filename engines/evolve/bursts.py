"""When something breaks: stretches of a clip, each with its own chance, so that more strength breaks more of them and never less."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from effects.seeds import stream
from engines.evolve.base import SAMPLE_RATE, Sound
from engines.evolve.sounding import limited
from timeline.time import ZERO, FrameRate

_SHORTEST, _LONGEST = 0.12, 0.7
"""Seconds of a stretch."""
_CALM = 0.85
"""The chance that a stretch stays calm at hardly any strength."""
_SLICE = (0.035, 0.11)
_FIRM = 0.45
"""Level from which sound hangs."""


@dataclass(frozen=True)
class Burst:
    """Frames `first`..`end` (half-open), and how broken they are (0..1)."""

    first: int
    end: int
    level: float


def bursts(count: int, rate: FrameRate, seed: int, strength: float) -> tuple[Burst, ...]:
    """All stretches of the clip, calm ones too (level 0). A stretch that is broken at some strength is no less so at more."""
    draw = stream(seed, "bursts", ZERO)
    spans, first = [], 0
    while first < count:
        length = max(2, round(draw.uniform(_SHORTEST, _LONGEST) * float(rate)))
        spans.append((first, min(count, first + length), float(draw.random()), float(draw.uniform(0.55, 1.0))))
        first += length
    least = min(chance for _, _, chance, _ in spans)
    found = []
    for first, end, chance, depth in spans:
        calm = _CALM * (chance - least)  # one breaks at any strength
        level = max(0.0, (strength - calm) / (1 - calm)) ** 0.75 * depth * 1.25  # what breaks is seen to break
        found.append(Burst(first, end, min(1.0, level)))
    return tuple(found)


def burst_at(row: tuple[Burst, ...], index: int) -> Burst:
    """The stretch that a frame lies in."""
    return next((one for one in row if one.first <= index < one.end), row[-1])


def stuttered(samples: Sound, row: tuple[Burst, ...], rate: FrameRate, seed: int, crushed: float = 0.0) -> Sound:
    """In broken stretches the sound hangs: a short slice of it again and again; `crushed` 0..1 also coarsens it there."""
    result = samples.copy()
    draw = stream(seed, "stutter", ZERO)
    for one in row:
        slice_length = round(draw.uniform(*_SLICE) * SAMPLE_RATE)
        first, end = (round(edge * SAMPLE_RATE / rate) for edge in (one.first, one.end))
        end = min(end, len(result))
        if one.level < _FIRM or end - first < 2 * slice_length:
            continue
        piece = _looped(result[first : first + slice_length], end - first)
        if crushed:
            piece = _coarse(piece, crushed * one.level)
        result[first:end] = piece
    return limited(result)


def _looped(piece: Sound, length: int) -> Sound:
    ramp = min(144, len(piece) // 4)
    soft = np.ones((len(piece), 1), np.float32)
    soft[:ramp, 0] = np.linspace(0, 1, ramp)
    soft[len(piece) - ramp :, 0] = np.linspace(1, 0, ramp)
    return np.tile(piece * soft, (length // len(piece) + 1, 1))[:length]


def _coarse(piece: Sound, amount: float) -> Sound:
    """Fewer samples and fewer steps."""
    step, levels = 1 + round(7 * amount), 2 ** (12 - round(7 * amount))
    held = np.repeat(piece[::step], step, axis=0)[: len(piece)]
    return np.asarray(np.round(held * levels) / levels, np.float32)


def worn(samples: Sound, amount: float, seed: int) -> Sound:
    """A worn tape: it wows and flutters, hisses, and loses its treble."""
    draw = stream(seed, "tape", ZERO)
    at = np.arange(len(samples))
    seconds = at / SAMPLE_RATE
    sway = sum(
        depth * np.sin(2 * np.pi * hertz * seconds + draw.uniform(0, 6.28))
        for hertz, depth in ((0.6, 90.0), (2.1, 26.0), (8.3, 5.0))
    )
    places: NDArray[np.float64] = np.clip(at + amount * sway, 0, max(0, len(samples) - 1))
    kernel = np.hanning(2 + 2 * round(1 + 5 * amount) + 1)
    kernel /= kernel.sum()
    rows = [np.convolve(np.interp(places, at, samples[:, side]), kernel, "same") for side in (0, 1)]
    hiss = draw.standard_normal((len(samples), 2)) * 0.012 * amount
    return limited(np.asarray(np.stack(rows, axis=1) + hiss, np.float32))
