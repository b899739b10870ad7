"""What somebody types for a time: digits that fill from the right, a period for two zeros, a sign for a relative entry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeline.time import FrameRate, RationalTime
from timeline.timecode import can_drop, format_timecode, nominal_fps

_DIGITS = re.compile(r"\d*")
_FIELDS = re.compile(r"\d*([:;,]\d*){1,3}")
_MOST_DIGITS = 9


@dataclass(frozen=True)
class TypedTime:
    """A place (timecode, counted from 00:00:00:00), or with `relative` a step of so many frames."""

    time: RationalTime
    relative: bool = False


def typed_time(
    text: str, rate: FrameRate, drop_frame: bool = False, start: RationalTime | None = None, *, as_frames: bool = False
) -> TypedTime:
    """Read what was typed at `rate`. Raises ValueError with a sentence.

    `1234` is 00:00:12:34, and what is too much for a field is carried; `12.` is 1200; `+2.` two seconds on, `-15` fifteen
    frames back. A number that does not exist in drop-frame timecode means the first frame behind it. `start`: the timecode of
    the first frame; fields that were not typed are its own where the entry would lie before it. `as_frames`: a plain number
    counts frames from `start`, not timecode.
    """
    body = text.strip().replace("−", "-")
    sign = body[:1] if body[:1] in ("+", "-") else ""
    body = body[len(sign) :].replace(".", "00")
    if not body or not (_DIGITS.fullmatch(body) or _FIELDS.fullmatch(body)):
        raise ValueError(
            f"“{text.strip()[:20]}” is not a timecode. Type digits, such as 1234 for 12 seconds and 34 frames."
        )
    if as_frames and body.isdigit():
        frames = int(body[:_MOST_DIGITS])
        if sign:
            return TypedTime(RationalTime.from_frames(-frames if sign == "-" else frames, rate), True)
        return TypedTime(RationalTime.from_frames(frames, rate) + (start or RationalTime(0)))
    fields = _fields(body, rate)
    if sign:
        frames = _number(fields, rate)
        return TypedTime(RationalTime.from_frames(-frames if sign == "-" else frames, rate), True)
    place = _place(fields, rate, drop_frame)
    if start is not None and place < start:
        own = [int(part) for part in re.split("[:;]", format_timecode(start, rate, drop_frame))]
        fields = [*own[: 4 - len(fields)], *fields]
        place = max(place, _place(fields, rate, drop_frame))
    return TypedTime(place)


def _fields(body: str, rate: FrameRate) -> list[int]:
    """Up to four numbers, the frames last."""
    if not body.isdigit():
        return [int(part or 0) for part in re.split("[:;,]", body)]
    if len(body) > _MOST_DIGITS:
        raise ValueError("A timecode has at most nine digits.")
    width = max(2, len(str(nominal_fps(rate) - 1)))
    fields, rest = [int(body[-width:])], body[:-width]
    while rest and len(fields) < 3:
        fields.insert(0, int(rest[-2:]))
        rest = rest[:-2]
    return [int(rest), *fields] if rest else fields


def _number(fields: list[int], rate: FrameRate) -> int:
    """Frames, each field in the unit of its place."""
    fps = nominal_fps(rate)
    units = (3600 * fps, 60 * fps, fps, 1)
    return sum(value * unit for value, unit in zip(fields, units[-len(fields) :], strict=True))


def _place(fields: list[int], rate: FrameRate, drop_frame: bool) -> RationalTime:
    number = _number(fields, rate)
    if drop_frame and can_drop(rate):
        fps = nominal_fps(rate)
        dropped = fps // 15
        minutes, in_minute = divmod(number, 60 * fps)
        if minutes % 10 and in_minute < dropped:
            number += dropped - in_minute
        number -= dropped * (minutes - minutes // 10)
    return RationalTime.from_frames(number, rate)
