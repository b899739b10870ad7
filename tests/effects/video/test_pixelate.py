from __future__ import annotations

import numpy as np
import pytest

from effects.colour import rgb_of
from effects.video.pixelate import Colours, Pixelate
from timeline.time import ZERO


def test_one_pixel_and_all_colours_give_the_frame_itself(noise):
    frame = noise()
    assert Pixelate(size=1).render(frame, ZERO) is frame


def test_a_square_has_the_mean_of_its_pixels(noise):
    frame = noise(40, 24)
    seen = Pixelate(size=8).render(frame, ZERO).planes[0]
    assert np.unique(seen[8:16, 16:24]).size == 1
    assert abs(int(seen[10, 18]) - frame.planes[0][8:16, 16:24].mean()) <= 0.5


@pytest.mark.parametrize(("colours", "bits"), [(Colours.SIXTEEN_BIT, (5, 6, 5)), (Colours.EIGHT_BIT, (3, 3, 2))])
def test_few_colours_lie_on_their_steps(plain, colours, bits):
    colour = (70, 130, 201)
    seen = rgb_of(Pixelate(size=1, colours=colours).render(plain(colour=colour), ZERO))[4, 4].astype(int)
    expected = [round(round(c / 255 * (2**b - 1)) / (2**b - 1) * 255) for c, b in zip(colour, bits, strict=True)]
    assert np.abs(seen - expected).max() <= 2
