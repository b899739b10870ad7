from __future__ import annotations

import pytest

from effects.transitions.zoom import Direction, Zoom


@pytest.mark.parametrize(("direction", "grows"), [(Direction.IN, True), (Direction.OUT, False)])
def test_the_first_picture_grows_or_shrinks(plain, direction, grows):
    left = plain(64, 64, (0, 0, 0))
    left.planes[0][24:40, 24:40] = 235
    seen = Zoom(direction=direction, motion_blur=0).render(left, plain(64, 64), 0.33).planes[0]
    area = (seen[8:-8, 8:-8] > 125).sum()
    assert area > 300 if grows else area < 220


def test_motion_blur_smears_the_edges_but_not_the_centre(noise):
    left, right = noise(256, 144, 1), noise(256, 144, 2)
    sharp = Zoom(motion_blur=0).render(left, right, 0.34).planes[0]
    soft = Zoom(motion_blur=300).render(left, right, 0.34).planes[0]
    assert soft[:, :40].std() < sharp[:, :40].std() * 0.8
