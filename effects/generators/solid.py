"""A plain colour."""

from __future__ import annotations

import numpy as np

from effects.base import Generator
from effects.colour import Colour, parse_colour, yuv_of_colour
from effects.frame import Canvas, Frame
from effects.params import param
from timeline.time import RationalTime


class Solid(Generator):
    """Fills the picture with one colour."""

    title = "Solid colour"

    colour: Colour = param("#000000", widget="colour", help="The colour; with #rrggbbaa it is see-through.")

    def render(self, canvas: Canvas, at: RationalTime) -> Frame:
        """The whole canvas in the colour, as YUV."""
        colour = parse_colour(self.colour)
        half = ((canvas.height + 1) // 2, (canvas.width + 1) // 2)
        shapes = ((canvas.height, canvas.width), half, half)
        planes = [np.full(shape, level, np.uint8) for shape, level in zip(shapes, yuv_of_colour(colour), strict=True)]
        if colour.alpha < 255:
            planes.append(np.full(shapes[0], colour.alpha, np.uint8))
        return Frame(tuple(planes), scale=canvas.scale)
