"""Zoom through."""

from __future__ import annotations

from enum import StrEnum

from effects.base import VideoTransition
from effects.frame import Frame
from effects.params import param
from effects.planes import eased, mixed, swift
from effects.warp import about_centre, exposed, moved


class Direction(StrEnum):
    """Towards the picture or away from it."""

    IN = "in"
    OUT = "out"


class Zoom(VideoTransition):
    """Rush through the first picture into the next."""

    title = "Zoom"

    direction: Direction = param(Direction.IN, help="Towards the picture or away from it.")
    amount: float = param(180.0, ge=101, le=1000, unit="%", help="How large the first picture grows.")
    motion_blur: float = param(100.0, ge=0, le=300, unit="%", help="Blur along the movement, as a shutter would.")

    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        """Both pictures in the same movement, the one dissolving into the other at its fastest."""
        factor = self.amount / 100 if self.direction is Direction.IN else 100 / self.amount
        share = eased(min(max((progress - 0.35) / 0.3, 0), 1))

        def at(left: Frame, right: Frame, moment: float) -> Frame:
            way = swift(moment)
            before = moved(left, about_centre(left, factor**way)) if share < 1 else left
            after = moved(right, about_centre(right, factor ** (way - 1))) if share > 0 else right
            return mixed(before, after, share)

        def reach(moment: float) -> float:
            return abs(float(factor ** swift(moment)) - 1) / 2

        return exposed(at, reach, (left, right), progress, self.motion_blur / 100)
