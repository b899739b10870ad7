"""Values that change over time: keyframes and the curve through them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from timeline.time import RationalTime

Scalar = bool | int | float | str
Value = Scalar | tuple[float, ...]
"""What an effect's parameter can hold in a project."""


class Interpolation(StrEnum):
    """How a curve goes from one keyframe to the next."""

    HOLD = "hold"
    LINEAR = "linear"
    EASE = "ease"  # smoothstep: slow at both ends


@dataclass(frozen=True)
class Keyframe:
    """One fixed point. `time` is in source coordinates, so a trim or slip keeps it on its picture."""

    time: RationalTime
    value: Value
    interpolation: Interpolation = Interpolation.LINEAR
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Curve:
    """Keyframes in ascending time; constant before the first and after the last."""

    keyframes: tuple[Keyframe, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def _times(self) -> list[RationalTime]:
        return [key.time for key in self.keyframes]

    def at(self, time: RationalTime) -> Value:
        """The value at a source time. Numbers and number tuples are interpolated, everything else holds."""
        index = bisect_right(self._times, time)
        if index == 0:
            return self.keyframes[0].value
        left = self.keyframes[index - 1]
        if index == len(self.keyframes) or left.interpolation is Interpolation.HOLD:
            return left.value
        right = self.keyframes[index]
        mix = float((time - left.time) / (right.time - left.time))
        if left.interpolation is Interpolation.EASE:
            mix = mix * mix * (3 - 2 * mix)
        return _mix(left.value, right.value, mix)


def _mix(a: Value, b: Value, mix: float) -> Value:
    if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        return tuple(x + (y - x) * mix for x, y in zip(a, b, strict=True))
    if isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool):
        return a + (b - a) * mix
    return a


def value_at(value: Value | Curve, time: RationalTime) -> Value:
    """A plain value as it is, a curve at `time` (source coordinates)."""
    return value.at(time) if isinstance(value, Curve) else value
