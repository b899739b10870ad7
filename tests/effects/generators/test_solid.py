from __future__ import annotations

import numpy as np

from effects.colour import rgb_of
from effects.frame import Canvas
from effects.generators.solid import Solid
from timeline.time import ZERO


def test_it_fills_the_canvas_with_its_colour():
    frame = Solid(colour="#3366cc").render(Canvas(33, 17), ZERO)
    assert frame.size == (33, 17)
    assert frame.alpha is None
    assert np.abs(rgb_of(frame).astype(int) - (0x33, 0x66, 0xCC)).max() <= 2


def test_a_see_through_colour_has_alpha():
    frame = Solid(colour="#3366cc80").render(Canvas(8, 8), ZERO)
    assert frame.alpha is not None
    assert (frame.alpha == 128).all()
