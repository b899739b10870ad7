from __future__ import annotations

import numpy as np

from effects.transitions.spin import Spin


def test_half_of_a_half_turn_shows_the_picture_on_its_side(plain):
    left = plain(64, 64, (0, 0, 0))
    left.planes[0][:32] = 235  # bright above
    right = plain(64, 64, (0, 0, 0))
    seen = Spin(degrees=180, zoom=100, motion_blur=0).render(left, right, 0.5).planes[0].astype(float)
    # the left picture, mixed half, has turned a quarter clockwise: bright at the right
    assert seen[32, 44:].mean() > seen[32, :20].mean() + 50


def test_no_turn_is_a_dissolve_without_movement(noise):
    left, right = noise(64, 36, 1), noise(64, 36, 2)
    seen = Spin(degrees=0, zoom=100).render(left, right, 0.5).planes[0]
    assert np.abs(seen - (left.planes[0] * 0.5 + right.planes[0] * 0.5)).max() <= 1
