"""A clip whose place and look stay while its source runs otherwise: to a film at 100 %, and back to what it stood for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from timeline.curve import Curve, Interpolation, Value
from timeline.errors import EditRefused
from timeline.items import Clip, Marker
from timeline.time import RationalTime, TimeRange

T = TypeVar("T", Curve, Value | Curve, float | Curve)
When = Callable[[RationalTime], RationalTime]


def at_full_speed(clip: Clip, start: RationalTime) -> Clip:
    """The clip with a source time that runs as the sequence does, from `start` on; its source is for the caller to exchange.

    Keyframes stay where they are seen. Raises EditRefused for curves that jump in a clip that plays backwards: turned round, a
    value that is held has no place to be held from.
    """
    if clip.speed < 0 and any(_jumps(one) for one in _curves(clip)):
        raise EditRefused(
            "This clip plays backwards, and has keyframes that hold or jump. Make them linear, or play the clip forwards first."
        )
    new = _remapped(clip, lambda time: clip.offset_of(time) + start, turned=clip.speed < 0)
    return replace(new, speed=Fraction(1), source_range=TimeRange(start, clip.duration))


def at_speed(clip: Clip, start: RationalTime, speed: Fraction) -> Clip:
    """The way back: a clip at 100 % over a source that it shows at `speed`, from `start` at its own 0 on."""

    def when(time: RationalTime) -> RationalTime:
        return start + time * speed

    first, last = when(clip.source_range.start), when(clip.source_range.end)
    new = _remapped(clip, when, turned=speed < 0)
    return replace(new, speed=speed * clip.speed, source_range=TimeRange.between(min(first, last), max(first, last)))


def _remapped(clip: Clip, when: When, *, turned: bool) -> Clip:
    return replace(
        clip,
        opacity=_moved(clip.opacity, when, turned),
        volume=_moved(clip.volume, when, turned),
        pan=_moved(clip.pan, when, turned),
        effects=tuple(
            replace(use, values={name: _moved(one, when, turned) for name, one in use.values.items()})
            for use in clip.effects
        ),
        markers=tuple(_marked(one, when) for one in clip.markers),
    )


def _marked(marker: Marker, when: When) -> Marker:
    first, last = sorted((when(marker.time), when(marker.time + marker.duration)))
    return replace(marker, time=first, duration=last - first)


def _curves(clip: Clip) -> tuple[Curve, ...]:
    found: list[Value | Curve] = [clip.opacity, clip.volume, clip.pan]
    for use in clip.effects:
        found += use.values.values()
    return tuple(one for one in found if isinstance(one, Curve))


def _jumps(curve: Curve) -> bool:
    numbers = all(
        isinstance(one.value, (int, float, tuple)) and not isinstance(one.value, bool) for one in curve.keyframes
    )
    held = any(one.interpolation is Interpolation.HOLD for one in curve.keyframes[:-1])
    return len(curve.keyframes) > 1 and (held or not numbers)


def _moved(value: T, when: When, turned: bool) -> T:
    if not isinstance(value, Curve):
        return value
    keys = [replace(one, time=when(one.time)) for one in value.keyframes]
    if turned:  # what leads from one to the next belongs to the other end now
        ways: list[Interpolation] = [one.interpolation for one in value.keyframes]
        behind = [*reversed(ways[:-1]), ways[-1]]
        keys = [replace(one, interpolation=way) for one, way in zip(keys[::-1], behind, strict=True)]
    return replace(value, keyframes=tuple(keys))
