"""What changed, in words and figures as people who grade say them."""

from __future__ import annotations

import math
from bisect import bisect_left

from engines.evolve.deep import Rgb

DAYLIGHT_K = 5900
"""White balance is told as the setting of a camera that was set for daylight before."""
_COOLEST, _WARMEST = 2000, 15000


def signed(value: float, digits: int = 1) -> str:
    """With its sign, by the typographer's minus."""
    text = f"{abs(value):.{digits}f}"
    if not float(text):
        return text
    return f"{'−' if value < 0 else '+'}{text}"


def percent(share: float) -> str:
    """A share as a percentage."""
    return f"{round(share * 100)} %"


def exposure(stops: float, where: str = "in mid tones") -> tuple[str, str]:
    """The row of an exposure in stops."""
    return ("Exposure", f"{signed(stops)} EV {where}" if abs(stops) >= 0.05 else "unchanged")


def white_balance(gains: Rgb) -> tuple[str, str]:
    """The row of a cast, gains of linear light: which setting of the camera would have made it of daylight footage."""
    blue = math.log2(max(gains[2], 1e-3) / max(gains[0], 1e-3))
    kelvin = _setting(blue)
    if kelvin == DAYLIGHT_K:
        return ("White balance", "unchanged")
    return ("White balance", f"{_thousands(DAYLIGHT_K)} K to {_thousands(kelvin)} K")


def _setting(blue: float) -> int:
    """Set lower, a camera makes the same light bluer."""
    wanted = _blueness(DAYLIGHT_K) - blue
    steps = list(range(_COOLEST, _WARMEST + 1, 100))
    place = bisect_left([_blueness(kelvin) for kelvin in steps], wanted)
    return steps[min(place, len(steps) - 1)]


def _blueness(kelvin: float) -> float:
    """Stops of blue over red of a black body: Wien's law at 465 and 610 nm, all that is needed beside ratios."""
    return 14388.0 / kelvin * (1e3 / 610 - 1e3 / 465) / math.log(2)


def _thousands(kelvin: int) -> str:
    return f"{kelvin:,}".replace(",", " ")
