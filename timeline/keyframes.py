"""Keyframes of one value: finding, setting and removing them. Pure; all times are source times.

`reach` is how far from a moment a keyframe still counts as being there: half a frame, for a playhead that stands on frames.
"""

from __future__ import annotations

from dataclasses import replace

from timeline.curve import Curve, Interpolation, Keyframe, Value, value_at
from timeline.time import ZERO, RationalTime


def keys_of(value: Value | Curve) -> tuple[Keyframe, ...]:
    """The keyframes of a value, in order; none while it is a plain one."""
    return value.keyframes if isinstance(value, Curve) else ()


def key_at(value: Value | Curve, time: RationalTime, reach: RationalTime = ZERO) -> Keyframe | None:
    """The keyframe at a moment: the nearest within reach."""
    near = [key for key in keys_of(value) if abs(key.time - time) <= reach]
    return min(near, key=lambda key: abs(key.time - time), default=None)


def key_before(value: Value | Curve, time: RationalTime, reach: RationalTime = ZERO) -> Keyframe | None:
    """The last keyframe before a moment, not the one that is there."""
    return next((key for key in reversed(keys_of(value)) if key.time < time - reach), None)


def key_after(value: Value | Curve, time: RationalTime, reach: RationalTime = ZERO) -> Keyframe | None:
    """The first keyframe behind a moment, not the one that is there."""
    return next((key for key in keys_of(value) if key.time > time + reach), None)


def with_key(old: Value | Curve, time: RationalTime, value: Value, reach: RationalTime = ZERO) -> Curve:
    """The value with a keyframe at a moment; one that is there already keeps its time and gets the value.

    The way on from a new one is that of the keyframe before it: a key within an eased stretch leaves it eased.
    """
    there, before = key_at(old, time, reach), key_before(old, time, reach)
    if there is not None:
        key = replace(there, value=value)
    else:
        key = Keyframe(time, value, Interpolation.LINEAR if before is None else before.interpolation)
    return _curve(old, (*(one for one in keys_of(old) if one is not there), key))


def without_key(old: Value | Curve, time: RationalTime, reach: RationalTime = ZERO) -> Value | Curve:
    """The value without the keyframe at a moment; of the last one its value stays."""
    there = key_at(old, time, reach)
    if there is None:
        return old
    rest = tuple(one for one in keys_of(old) if one is not there)
    return _curve(old, rest) if rest else there.value


def without_keys(old: Value | Curve, time: RationalTime) -> Value:
    """The plain value a curve has at a moment."""
    return value_at(old, time)


def with_way(old: Value | Curve, time: RationalTime, way: Interpolation, reach: RationalTime = ZERO) -> Value | Curve:
    """The value with another way on from the keyframe at a moment, else from the last one before it; as it is without any."""
    key = key_at(old, time, reach) or key_before(old, time, reach)
    if key is None or not isinstance(old, Curve):
        return old
    return _curve(old, tuple(replace(one, interpolation=way) if one is key else one for one in old.keyframes))


def way_at(value: Value | Curve, time: RationalTime, reach: RationalTime = ZERO) -> Interpolation | None:
    """How the value goes on from the keyframe at a moment, else from the last one before it; None before the first."""
    key = key_at(value, time, reach) or key_before(value, time, reach)
    return None if key is None else key.interpolation


def _curve(old: Value | Curve, keys: tuple[Keyframe, ...]) -> Curve:
    ordered = tuple(sorted(keys, key=lambda key: key.time))
    return replace(old, keyframes=ordered) if isinstance(old, Curve) else Curve(ordered)
