from __future__ import annotations

import numpy as np
import pytest

from effects.transitions.dissolve import Dissolve


@pytest.mark.parametrize("progress", [0.1, 0.25, 0.5, 0.9])
def test_it_is_the_linear_mix(noise, progress):
    left, right = noise(seed=1), noise(seed=2)
    seen = Dissolve().render(left, right, progress)
    for a, b, mix in zip(left.planes, right.planes, seen.planes, strict=True):
        assert np.abs(mix - (a * (1 - progress) + b * progress)).max() <= 0.51


def test_smooth_starts_slower_and_meets_in_the_middle(plain):
    left, right = plain(colour=(0, 0, 0)), plain(colour=(255, 255, 255))
    smooth, even = Dissolve(smooth=True), Dissolve()
    assert smooth.render(left, right, 0.1).planes[0][0, 0] < even.render(left, right, 0.1).planes[0][0, 0]
    assert smooth.render(left, right, 0.5).planes[0][0, 0] == even.render(left, right, 0.5).planes[0][0, 0]
