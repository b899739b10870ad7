from __future__ import annotations

import numpy as np
import pytest

from effects.colour import rgb_of
from effects.video.black_and_white import BlackAndWhite
from timeline.time import ZERO


@pytest.mark.parametrize("shares", [(21, 72, 7), (100, 0, 0), (120, 20, -40)])
def test_grey_is_the_weighed_mean_of_the_colours(plain, shares):
    colour = (150, 90, 60)
    seen = rgb_of(BlackAndWhite(red=shares[0], green=shares[1], blue=shares[2]).render(plain(colour=colour), ZERO))[
        3, 3
    ]
    expected = np.dot(colour, shares) / sum(shares)
    assert np.abs(seen.astype(float) - expected).max() <= 2


def test_white_stays_white_whatever_the_mix(plain):
    seen = BlackAndWhite(red=200, green=-100, blue=50).render(plain(colour=(255, 255, 255)), ZERO)
    assert seen.planes[0].min() >= 234
