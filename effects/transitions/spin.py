"""Spin."""

from __future__ import annotations

from math import pi, radians, sin

from effects.base import VideoTransition
from effects.frame import Frame
from effects.params import param
from effects.planes import eased, mixed, swift
from effects.warp import about_centre, exposed, moved


class Spin(VideoTransition):
    """Both pictures whirl round the centre, the one dissolving into the other at the fastest moment."""

    title = "Spin"

    degrees: float = param(360.0, ge=-3600, le=3600, unit="°", help="How far it turns, clockwise.")
    zoom: float = param(125.0, ge=100, le=400, unit="%", help="Size in the middle; larger hides the mirrored corners.")
    motion_blur: float = param(100.0, ge=0, le=300, unit="%", help="Blur along the movement, as a shutter would.")

    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        """The turning picture."""
        share = eased(min(max((progress - 0.35) / 0.3, 0), 1))

        def at(left: Frame, right: Frame, moment: float) -> Frame:
            way = swift(moment)
            scale = 1 + (self.zoom / 100 - 1) * sin(pi * way)
            before = moved(left, about_centre(left, scale, self.degrees * way)) if share < 1 else left
            after = moved(right, about_centre(right, scale, self.degrees * (way - 1))) if share > 0 else right
            return mixed(before, after, share)

        def reach(moment: float) -> float:
            return radians(self.degrees) * swift(moment) / 2

        return exposed(at, reach, (left, right), progress, self.motion_blur / 100)
