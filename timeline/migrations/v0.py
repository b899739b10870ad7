"""Version 0 wrote frame rates as the number `fps` (29.97) and times as numbers of seconds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from timeline.timecode import parse_rate

_TIMES = {
    "start",
    "duration",
    "time",
    "before",
    "after",
    "fade_in",
    "fade_out",
    "start_timecode",
    "transition_duration",
}
_FREE = {"values", "request", "style", "extra"}


def migrate(data: dict[str, Any]) -> dict[str, Any]:
    """Rates as exact `rate`, times as fractions on the frame of the rate around them."""
    return {name: _object(value, Fraction(24)) if name == "project" else value for name, value in data.items()} | (
        {"library": _object(data["library"], Fraction(24))} if "library" in data else {}
    )


def _object(value: Any, rate: Fraction) -> Any:
    if isinstance(value, list):
        return [_object(one, rate) for one in value]
    if not isinstance(value, dict):
        return value
    rate = _rate(value.get("fps"), rate)
    result: dict[str, Any] = {}
    for name, one in value.items():
        if name == "fps":
            result["rate"] = str(rate)
        elif name in _FREE:
            result[name] = one
        elif name in _TIMES and isinstance(one, (int, float)) and not isinstance(one, bool):
            result[name] = str(Fraction(round(one * rate)) / rate)
        elif name == "speed" and isinstance(one, float):
            result[name] = str(Fraction(one).limit_denominator(1000))
        else:
            result[name] = _object(one, rate)
    return result


def _rate(fps: Any, otherwise: Fraction) -> Fraction:
    if not isinstance(fps, (int, float)) or isinstance(fps, bool):
        return otherwise
    try:
        return parse_rate(f"{fps:g}")
    except ValueError:
        return otherwise
