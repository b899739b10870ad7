"""Blur."""

from __future__ import annotations

from math import pi, sin

from effects.base import VideoTransition
from effects.frame import Frame
from effects.params import param
from effects.planes import blurred, eased, mixed


class Blur(VideoTransition):
    """The first picture goes out of focus and comes back into focus as the next."""

    title = "Blur"

    amount: float = param(
        10.0, ge=0, le=50, unit="%", help="Size of a blurred point in the middle, of the picture's height."
    )

    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        """Both pictures equally blurred and mixed."""
        share = eased(min(max((progress - 0.25) / 0.5, 0), 1))
        sigma = self.amount / 100 * left.height / 4 * sin(pi * progress) ** 2
        return blurred(mixed(left, right, share), sigma)
