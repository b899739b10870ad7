from __future__ import annotations

import pytest

from effects.colour import rgb_of
from effects.transitions.fade import Fade


def test_the_middle_is_the_colour(noise):
    assert (Fade().render(noise(seed=1), noise(seed=2), 0.5).planes[0] == 16).all()
    white = Fade(colour="#ffffff").render(noise(seed=1), noise(seed=2), 0.5)
    assert (rgb_of(white) == 255).all()


@pytest.mark.parametrize(("progress", "colour"), [(0.25, (125, 0, 0)), (0.75, (0, 0, 125))])
def test_each_half_shows_one_picture_only(plain, progress, colour):
    seen = rgb_of(Fade(smooth=False).render(plain(colour=(250, 0, 0)), plain(colour=(0, 0, 250)), progress))
    assert all(abs(int(a) - b) <= 3 for a, b in zip(seen[0, 0], colour, strict=True))
