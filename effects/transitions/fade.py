"""Fade through a colour."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.base import VideoTransition
from effects.colour import Colour, parse_colour, yuv_of_colour
from effects.frame import Frame
from effects.params import param
from effects.planes import eased, mixed


class Fade(VideoTransition):
    """Fade the first picture out to a colour and the second one in from it."""

    title = "Fade through colour"

    colour: Colour = param("#000000", widget="colour", help="What both pictures fade to in the middle.")
    smooth: bool = param(True, help="Start and end slowly instead of at an even pace.")

    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        """The left picture on its way out in the first half, the right one on its way in in the second."""
        picture, share = (left, progress * 2) if progress < 0.5 else (right, 2 - progress * 2)
        levels = yuv_of_colour(parse_colour(self.colour))
        plain = replace(
            left,
            planes=tuple(np.full_like(plane, level) for plane, level in zip(left.planes, levels, strict=False)),
        )
        return mixed(picture, plain, eased(share) if self.smooth else share)
