"""Gaussian blur."""

from __future__ import annotations

from math import ceil

from effects.base import VideoEffect
from effects.filtering import filtered, gaussian, is_empty, with_room
from effects.frame import Frame
from effects.params import param
from timeline.time import RationalTime


class GaussianBlur(VideoEffect):
    """Soften the picture evenly, as a lens out of focus."""

    title = "Gaussian blur"
    group = "Blur and sharpen"

    radius: float = param(6.0, ge=0, le=300, unit="px", step=0.5, help="How far light spreads; 0 changes nothing.")

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        """The soft picture; `radius` is the kernel's standard deviation. What is transparent around it is blurred too."""
        sigma = self.radius * frame.scale
        if sigma < 0.1 or is_empty(frame):
            return frame
        return filtered(with_room(frame, ceil(3 * sigma)), lambda plane, step: gaussian(plane, sigma / step))
