"""Tension over a film: four courses of it, the beats they give, and the world's clock that runs faster where it is high."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType

from engines.generate.procedural.scene.parts import Beat

_NAMES = ("setup", "development", "climax", "resolution", "end")
_COURSES = MappingProxyType(
    {
        "flat": ((0.0, 0.55), (0.25, 0.55), (0.6, 0.55), (0.85, 0.55), (1.0, 0.55)),
        "slow_build": ((0.0, 0.2), (0.25, 0.4), (0.6, 0.75), (0.8, 1.0), (1.0, 0.5)),
        "standard": ((0.0, 0.3), (0.25, 0.7), (0.6, 0.9), (0.85, 1.0), (1.0, 0.3)),
        "immediate": ((0.0, 0.8), (0.15, 1.0), (0.6, 0.8), (0.85, 0.6), (1.0, 0.4)),
    }
)
"""Share of the film and tension at each of the five points."""
_SWING = 0.9
_BEAT, _PULSE = 0.5, 0.9
"""Seconds of a pulse, and how much of the speed it takes and gives."""
_SWELL, _SURGE = 4.0, 0.75
_STEPS = 240


def beats_for(tension: str) -> tuple[Beat, ...]:
    """Setup, development, climax, resolution and the end of a course of tension; none for an empty word."""
    course = _COURSES.get(tension, ())
    return tuple(Beat(name, at, value) for name, (at, value) in zip(_NAMES, course, strict=False))


def intensity_at(beats: Sequence[Beat], u: float) -> float:
    """Tension at the share `u` of the film, 0..1: it goes smoothly from beat to beat; 0.5 without beats."""
    if not beats:
        return 0.5
    u = min(1.0, max(0.0, u))
    row = sorted(beats, key=lambda beat: beat.at)
    before = max((beat for beat in row if beat.at <= u), key=lambda beat: beat.at, default=row[0])
    after = next((beat for beat in row if beat.at > u), before)
    span = after.at - before.at
    part = min(1.0, max(0.0, (u - before.at) / span)) if span > 0 else 0.0
    return before.intensity + (after.intensity - before.intensity) * part * part * (3 - 2 * part)


def clock_of(beats: Sequence[Beat], u: float) -> float:
    """The world's share of its time at the film's share `u`; 0 and 1 stay where they are, and it never runs back."""
    u = min(1.0, max(0.0, u)) * _STEPS
    passed = _passed(tuple(beats))
    full = min(int(u), _STEPS - 1)
    return (passed[full] + (passed[full + 1] - passed[full]) * (u - full)) / passed[-1]


@lru_cache(maxsize=64)
def _passed(beats: tuple[Beat, ...]) -> tuple[float, ...]:
    """What has passed of the world's time after each step of the film: more in a tense step than in a quiet one."""
    rates = (1.0 + _SWING * (intensity_at(beats, (i + 0.5) / _STEPS) - 0.5) for i in range(_STEPS))
    return (0.0, *accumulate(rates))


def in_rhythm(rhythm: str, seconds: float, seed: int) -> float:
    """The world's time in a rhythm: it hurries and lingers, and never runs back."""
    if rhythm == "pulsing":
        return seconds - _PULSE * math.sin(math.tau * seconds / _BEAT) * _BEAT / math.tau
    if rhythm == "wave":
        return seconds - _SURGE * math.sin(math.tau * seconds / _SWELL) * _SWELL / math.tau
    if rhythm == "random":
        total = 0.0
        for number, often in enumerate((0.95, 0.585, 0.305)):
            turn = (seed * 31 + number * 17) % 97 / 97 * math.tau
            # Each of the three takes and gives at most 0.3 of the speed.
            total += 0.3 * (math.sin(often * math.tau * seconds + turn) - math.sin(turn)) / (often * math.tau)
        return max(0.0, seconds + total)
    return seconds
