from __future__ import annotations

import numpy as np

from effects.colour import rgb_of, yuv_of
from effects.frame import Frame, Layout
from effects.video.glow import Glow
from timeline.time import ZERO


def lamp(colour=(255, 200, 120)):
    rgb = np.full((90, 160, 3), 20, np.uint8)
    rgb[40:50, 75:85] = colour
    return yuv_of(rgb)


def test_light_reaches_beyond_a_lamp_in_its_colour_and_less_far_away():
    seen = rgb_of(Glow(strength=2, radius=12).render(lamp(), ZERO)).astype(int)
    near, far = seen[45, 95], seen[45, 150]
    assert near[0] > 30
    assert near[0] > near[2]
    assert np.abs(far - 20).max() <= 3


def test_a_dark_picture_does_not_shine(plain):
    frame = plain(colour=(60, 60, 60))
    assert np.array_equal(Glow().render(frame, ZERO).planes[0], frame.planes[0])


def test_nothing_becomes_lighter_than_white():
    assert Glow(strength=3).render(lamp((255, 255, 255)), ZERO).planes[0].max() <= 236


def test_a_title_shines_beyond_its_outline():
    seen = Glow(radius=8, strength=1).render(Frame((np.full((20, 30, 4), 255, np.uint8),), Layout.RGBA, (50, 40)), ZERO)
    assert seen.origin == (26, 16)
    rgba = seen.planes[0]
    assert 20 < rgba[20, 39, 3] < 255
    assert np.all(rgba[..., :3] <= rgba[..., 3:])
