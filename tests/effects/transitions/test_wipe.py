from __future__ import annotations

import numpy as np
import pytest

from effects.transitions.wipe import Direction, Wipe


@pytest.mark.parametrize(
    ("direction", "new"),
    [
        (Direction.LEFT_TO_RIGHT, np.s_[:, :24]),
        (Direction.RIGHT_TO_LEFT, np.s_[:, 40:]),
        (Direction.TOP_TO_BOTTOM, np.s_[:12]),
        (Direction.BOTTOM_TO_TOP, np.s_[20:]),
    ],
)
def test_the_new_picture_comes_from_its_side(plain, direction, new):
    left, right = plain(64, 32, (0, 0, 0)), plain(64, 32, (255, 255, 255))
    seen = Wipe(direction=direction, softness=0, smooth=False).render(left, right, 0.5).planes[0]
    assert (seen[new] == 235).all()
    assert 0.45 < (seen == 235).mean() < 0.55


def test_a_soft_edge_rises_evenly(plain):
    left, right = plain(100, 4, (0, 0, 0)), plain(100, 4, (255, 255, 255))
    row = Wipe(softness=20, smooth=False).render(left, right, 0.5).planes[0][0].astype(int)
    assert (np.diff(row) <= 0).all()
    assert 18 <= ((row > 16) & (row < 235)).sum() <= 20


def test_brightness_and_colour_change_at_the_same_place(plain):
    left, right = plain(64, 32, (0, 0, 0)), plain(64, 32, (255, 0, 0))
    for progress in (0.31, 0.5, 0.77):
        y, _, v = Wipe(softness=30, smooth=False).render(left, right, progress).planes
        luma = (y[0, ::2] - 16.0) / (right.planes[0][0, 0] - 16.0)
        chroma = (v[0] - 128.0) / (right.planes[2][0, 0] - 128.0)
        assert np.abs(luma - chroma).max() < 0.03
