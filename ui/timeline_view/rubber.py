"""The line over a clip's body: gain of sound, opacity of pictures, with its keyframes; and the fade handles. Pure, no Qt.

Painters draw what these functions say, drags take hold of it. y is in the same pixels as the `top` of the body that is given;
`offset` is record time since the clip's start; values are linear gain (1 = as recorded) or opacity (0 to 1).
"""

from __future__ import annotations

from dataclasses import replace
from math import log10
from typing import Final, Literal, NamedTuple

from timeline import keyframes
from timeline.curve import Curve, Interpolation, value_at
from timeline.items import Clip
from timeline.time import RationalTime

Name = Literal["volume", "opacity"]
LOUDEST: Final = 4.0
"""Linear gain at the top of the body: +12 dB."""
_BEND: Final = 0.3
OPACITY_PAD: Final = 3.0
"""Pixels kept free above 100 % and below 0 %, so that the line can be seen and held there."""
GRIP: Final = 5.0
"""Half the width of what can be held: a keyframe, a fade handle, a clip's marker."""
LINE_REACH: Final = 3.0
"""How far from the line it can still be held."""
FADE_INSET: Final = 14.0
"""A fade handle never comes nearer to its end of the clip: the first 8 px are for trimming."""
SMALLEST: Final = 40.0
"""Narrower clips have no fade handles and no line to hold."""
LOWEST_BODY: Final = 16.0
QUIETEST_DB: Final = -60.0


class Point(NamedTuple):
    """A keyframe as it lies over the clip. `place` is its index in the curve; `offset` may lie outside the clip."""

    place: int
    offset: RationalTime
    value: float
    interpolation: Interpolation


# --- the line -------------------------------------------------------------------------------------------------------


def name_of(is_audio: bool) -> Name:
    """Which value the line shows on a track."""
    return "volume" if is_audio else "opacity"


def held_value(clip: Clip, name: Name) -> float | Curve:
    """The value itself: a number or a curve in source time."""
    return clip.volume if name == "volume" else clip.opacity


def has_line(clip: Clip, is_audio: bool, *, pen: bool = False) -> bool:
    """Whether the line is shown: always on sound, on pictures where it says something or the pen is in the hand."""
    return is_audio or pen or isinstance(clip.opacity, Curve) or clip.opacity != 1.0


def y_of(name: Name, value: float, top: float, height: float) -> float:
    """Where a value lies in a body. Gain: 0 dB two thirds up, +12 dB at the top, silence at the foot; opacity is even."""
    if name == "volume":
        return float(top + height - height * min(1.0, (max(value, 0.0) / LOUDEST) ** _BEND))
    return top + OPACITY_PAD + (1.0 - min(max(value, 0.0), 1.0)) * max(0.0, height - 2 * OPACITY_PAD)


def value_at_y(name: Name, y: float, top: float, height: float) -> float:
    """The value at a y: the inverse of `y_of`, kept within what the line can show."""
    if height <= 0:
        return 1.0
    if name == "volume":
        up = min(1.0, max(0.0, (top + height - y) / height))
        return float(LOUDEST * up ** (1 / _BEND))
    room = max(1.0, height - 2 * OPACITY_PAD)
    return min(1.0, max(0.0, 1.0 - (y - top - OPACITY_PAD) / room))


def value_along(clip: Clip, name: Name, offset: RationalTime) -> float:
    """The value at a moment of the clip."""
    return number(value_at(held_value(clip, name), clip.running_time(offset)))


def points(clip: Clip, name: Name) -> tuple[Point, ...]:
    """The keyframes of the line, from left to right; none while the value is a number."""
    value = held_value(clip, name)
    if not isinstance(value, Curve):
        return ()
    found = [
        Point(place, clip.offset_of(key.time), number(key.value), key.interpolation)
        for place, key in enumerate(value.keyframes)
    ]
    return tuple(sorted(found, key=lambda point: point.offset))


def number(value: object) -> float:
    """A value of the line as a float; what is none counts as untouched."""
    return float(value) if isinstance(value, (int, float)) else 1.0


# --- other lines ----------------------------------------------------------------------------------------------------


def with_key(clip: Clip, name: Name, offset: RationalTime, value: float) -> Curve:
    """The line with a keyframe at a moment of the clip; one that is there already gets the value."""
    return keyframes.with_key(held_value(clip, name), clip.running_time(offset), value)


def with_key_moved(clip: Clip, name: Name, place: int, offset: RationalTime, value: float) -> Curve | None:
    """The line with one keyframe elsewhere; None where it would meet another one."""
    old = held_value(clip, name)
    if not isinstance(old, Curve):
        return None
    time = clip.running_time(offset)
    others = tuple(key for one, key in enumerate(old.keyframes) if one != place)
    if any(key.time == time for key in others):
        return None
    moved = replace(old.keyframes[place], time=time, value=value)
    return replace(old, keyframes=tuple(sorted((*others, moved), key=lambda key: key.time)))


def without_key(clip: Clip, name: Name, place: int) -> float | Curve:
    """The line without one keyframe; the value of the last one stays as a number."""
    old = held_value(clip, name)
    if not isinstance(old, Curve):
        return old
    rest = keyframes.without_key(old, old.keyframes[place].time)
    return rest if isinstance(rest, Curve) else number(rest)


def with_interpolation(clip: Clip, name: Name, place: int) -> Curve | None:
    """The line with the next kind of way from one keyframe to the following: linear, ease, hold."""
    old = held_value(clip, name)
    if not isinstance(old, Curve):
        return None
    order = (Interpolation.LINEAR, Interpolation.EASE, Interpolation.HOLD)
    key = old.keyframes[place]
    after = order[(order.index(key.interpolation) + 1) % len(order)]
    keys = list(old.keyframes)
    keys[place] = replace(key, interpolation=after)
    return replace(old, keyframes=tuple(keys))


def shifted_line(clip: Clip, name: Name, before: float, after: float) -> float | Curve:
    """The whole line pulled from one value to another: gain by the same factor everywhere, opacity by the same amount."""
    old = held_value(clip, name)
    if not isinstance(old, Curve):
        return after

    def pulled(value: float) -> float:
        if name == "volume":
            return min(LOUDEST, value * (after / before)) if before > 0 else after
        return min(1.0, max(0.0, value + after - before))

    return replace(old, keyframes=tuple(replace(key, value=pulled(number(key.value))) for key in old.keyframes))


# --- decibels -------------------------------------------------------------------------------------------------------


def to_db(gain: float) -> float:
    """Linear gain in dB, silence as QUIETEST_DB."""
    return max(QUIETEST_DB, 20 * log10(gain)) if gain > 0 else QUIETEST_DB


def from_db(db: float) -> float:
    """Linear gain of dB; QUIETEST_DB and less is silence."""
    return 0.0 if db <= QUIETEST_DB else float(10 ** (db / 20))


# --- fades ----------------------------------------------------------------------------------------------------------


def has_handles(width: float, body_height: float) -> bool:
    """Whether a clip is large enough to be held by its fades and its line."""
    return width >= SMALLEST and body_height >= LOWEST_BODY


def fade_handle_x(left: float, right: float, fade_px: float, side: Literal["in", "out"]) -> float:
    """Middle of a fade handle: where the fade ends, but never in the trim zone of its end of the clip.

    It lies on the body's upper edge and reaches GRIP to both sides and 2 * GRIP down.
    """
    inset = min(max(fade_px, FADE_INSET), max(FADE_INSET, right - left - FADE_INSET))
    return left + inset if side == "in" else right - inset
