"""A plain colour."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.base import Generator
from effects.colour import Colour, parse_colour, yuv_of_colour
from effects.frame import Canvas, Frame, plain
from effects.params import param
from timeline.time import RationalTime


class Solid(Generator):
    """Fills the picture with one colour."""

    title = "Solid colour"

    colour: Colour = param("#000000", widget="colour", help="The colour; with #rrggbbaa it is see-through.")

    def render(self, canvas: Canvas, at: RationalTime) -> Frame:
        """The whole canvas in the colour, as YUV."""
        colour = parse_colour(self.colour)
        whole = plain(canvas.width, canvas.height, yuv_of_colour(colour), canvas.scale)
        if colour.alpha == 255:
            return whole
        return replace(whole, planes=(*whole.planes, np.full_like(whole.planes[0], colour.alpha)))
