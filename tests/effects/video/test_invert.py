from __future__ import annotations

import numpy as np

from effects.colour import rgb_of
from effects.video.invert import Invert
from timeline.time import ZERO


def test_each_colour_becomes_what_it_lacks_of_white(plain):
    seen = rgb_of(Invert().render(plain(colour=(200, 90, 30)), ZERO))[3, 3].astype(int)
    assert np.abs(seen - (55, 165, 225)).max() <= 2


def test_twice_is_the_picture_again(noise):
    frame = noise()
    again = Invert().render(Invert().render(frame, ZERO), ZERO)
    assert all(np.array_equal(a, b) for a, b in zip(again.planes, frame.planes, strict=True))
