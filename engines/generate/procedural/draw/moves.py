"""What each camera motion does to the view: one function a name, of how far the shot is.

Amounts are for a path of `amount` 1: a pan crosses about a quarter of the frame's width, a dolly enlarges what is nearest
by two fifths. Names: the thirteen of storyboards, and those that prompts know besides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

Change = dict[str, float]
"""Fields of a View and what is added to them; `zoom` is a factor less one."""


@dataclass(frozen=True)
class Progress:
    """How far a shot is: `across` runs from -amount to amount, `forward` from 0 to amount, `wide` tells broad frames."""

    across: float
    forward: float
    amount: float
    wide: float
    aspect: float

    @property
    def backward(self) -> float:
        """From amount down to 0."""
        return self.amount - self.forward


Move = Callable[[Progress], Change]

MOVES: Mapping[str, Move] = MappingProxyType(
    {
        "static": lambda p: {},
        "handheld": lambda p: {},
        "pan_left": lambda p: {"pan_x": p.across * 0.13 * p.wide},
        "pan_right": lambda p: {"pan_x": -p.across * 0.13 * p.wide},
        "whip_pan": lambda p: {"pan_x": -p.across * 0.22 * p.aspect},
        "tilt_up": lambda p: {"pan_y": p.across * 0.1},
        "tilt_down": lambda p: {"pan_y": -p.across * 0.1},
        "zoom_in": lambda p: {"zoom": 0.3 * p.forward},
        "zoom_out": lambda p: {"zoom": 0.3 * p.backward},
        "dolly_in": lambda p: {"dolly": 0.42 * p.forward},
        "dolly_out": lambda p: {"dolly": 0.42 * p.backward},
        "orbit_left": lambda p: {"truck": -p.across * 0.3, "pan_x": -p.across * 0.12, "roll": p.across * 0.012},
        "orbit_right": lambda p: {"truck": p.across * 0.3, "pan_x": p.across * 0.12, "roll": -p.across * 0.012},
        "crane_up": lambda p: {"rise": p.across * 0.22, "pan_y": -p.across * 0.05},
        "crane_down": lambda p: {"rise": -p.across * 0.22, "pan_y": p.across * 0.05},
        "truck_left": lambda p: {"truck": -p.across * 0.24},
        "truck_right": lambda p: {"truck": p.across * 0.24},
        "tracking": lambda p: {"truck": p.across * 0.34, "dolly": 0.06 * p.forward},
        "pedestal_up": lambda p: {"rise": p.across * 0.16},
        "pedestal_down": lambda p: {"rise": -p.across * 0.16},
        "arc": lambda p: {"truck": p.across * 0.3, "pan_x": p.across * 0.14, "rise": p.forward * 0.1, "dolly": 0.1 * p.forward},
        "roll": lambda p: {"roll": p.across * 0.19},
        "rotate": lambda p: {"roll": -p.across * 0.34},
        "birds_eye": lambda p: {"rise": 0.16 * p.forward, "pan_y": -0.06 * p.forward, "zoom": 0.12 * p.backward, "roll": p.across * 0.09},
    }
)  # fmt: skip
"""Motion to what it changes. Others stand still."""

TURNING = ("roll", "rotate", "birds_eye")
"""Motions whose roll is too large for one layer after another: the whole picture is turned, sprites, water and all."""
