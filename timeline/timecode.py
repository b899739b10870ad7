"""SMPTE timecode text. Drop-frame is a way of numbering, not a rate: it is always asked for explicitly.

Drop-frame arithmetic after SMPTE ST 12-1: at 29.97 the numbers ;00 and ;01 are left out at the start of
each minute that is not a multiple of ten (four numbers at 59.94).
"""

from __future__ import annotations

import re
from fractions import Fraction

from timeline.time import FrameRate, RationalTime

_TEXT = re.compile(r"^(-?)(\d{1,3}):(\d{2}):(\d{2})([:;.,])(\d{2,3})$")


def nominal_fps(rate: FrameRate) -> int:
    """The whole number timecode counts to: 24 for 23.976, 30 for 29.97."""
    return -(-rate.numerator // rate.denominator)


def can_drop(rate: FrameRate) -> bool:
    """Whether drop-frame numbering exists for `rate` (29.97, 59.94, 119.88)."""
    return rate.denominator == 1001 and rate.numerator % 30000 == 0


def format_timecode(time: RationalTime, rate: FrameRate, drop_frame: bool = False) -> str:
    """`HH:MM:SS:FF` of the frame at `time` (a semicolon before frames when `drop_frame`). Negative times get a minus."""
    frame = time.nearest_frame(rate)
    sign, frame = ("-", -frame) if frame < 0 else ("", frame)
    fps = nominal_fps(rate)
    drop_frame = drop_frame and can_drop(rate)
    if drop_frame:
        dropped = fps // 15
        per_minute, per_ten = 60 * fps - dropped, 600 * fps - 9 * dropped
        tens, rest = divmod(frame, per_ten)
        frame += 9 * dropped * tens
        if rest >= 60 * fps:
            frame += dropped * (1 + (rest - 60 * fps) // per_minute)
    seconds, frames = divmod(frame, fps)
    width = len(str(fps - 1)) if fps > 100 else 2
    separator = ";" if drop_frame else ":"
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{separator}{frames:0{width}d}"


def parse_timecode(text: str, rate: FrameRate, drop_frame: bool | None = None) -> RationalTime:
    """Read timecode. `drop_frame` None means: as the separator says. Raises ValueError with a sentence."""
    match = _TEXT.match(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a timecode like 01:00:00:00")
    sign, hours, minutes, seconds, separator, frames = match.groups()
    fps = nominal_fps(rate)
    hour, minute, second, frame = int(hours), int(minutes), int(seconds), int(frames)
    if minute > 59 or second > 59 or frame >= fps:
        raise ValueError(f"{text!r} has a field out of range at {fps} frames a second")
    drop = separator in ";," if drop_frame is None else drop_frame
    number = ((hour * 60 + minute) * 60 + second) * fps + frame
    if drop and can_drop(rate):
        dropped = fps // 15
        if second == 0 and frame < dropped and minute % 10:
            raise ValueError(f"{text!r} does not exist in drop-frame timecode")
        total_minutes = hour * 60 + minute
        number -= dropped * (total_minutes - total_minutes // 10)
    return RationalTime.from_frames(-number if sign else number, rate)


def rate_name(rate: FrameRate) -> str:
    """`23.976`, `25`, `29.97`: how people write a rate."""
    if rate.denominator == 1:
        return str(rate.numerator)
    return f"{float(rate):.3f}".rstrip("0").rstrip(".") if rate.denominator != 1001 else _ntsc_name(rate)


def _ntsc_name(rate: Fraction) -> str:
    return {24000: "23.976", 30000: "29.97", 60000: "59.94", 120000: "119.88"}.get(rate.numerator, f"{float(rate):.3f}")


def parse_rate(text: str) -> FrameRate:
    """Read `24`, `29.97`, `30000/1001`: names of NTSC rates become exact. Raises ValueError."""
    named = {"23.976": 24000, "23.98": 24000, "29.97": 30000, "59.94": 60000, "47.952": 48000, "119.88": 120000}
    text = text.strip()
    try:
        rate = Fraction(named[text], 1001) if text in named else RationalTime.parse(text).fraction
    except ValueError as error:
        raise ValueError(f"{text[:40]!r} is not a frame rate") from error
    if rate <= 0 or rate > 1000:
        raise ValueError(f"{text!r} is not a frame rate")
    return rate
