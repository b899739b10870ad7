from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.frame import Frame, Layout
from effects.video.vignette import Vignette
from timeline.time import ZERO


def test_no_strength_changes_nothing(noise):
    frame = noise()
    assert Vignette(strength=0).render(frame, ZERO) is frame


def test_the_centre_stays_and_the_corners_darken(plain):
    frame = plain(160, 90, (200, 160, 120))
    seen = Vignette(strength=1.0).render(frame, ZERO)
    y, u = seen.planes[0], seen.planes[1]
    assert y[45, 80] == frame.planes[0][45, 80]
    assert (y[[0, 0, -1, -1], [0, -1, 0, -1]] < 60).all()
    assert abs(int(u[0, 0]) - 128) < abs(int(frame.planes[1][0, 0]) - 128)
    assert np.abs(y.astype(int) - y[:, ::-1]).max() <= 2


def test_the_given_picture_and_its_alpha_stay(noise):
    frame = noise()
    frame = replace(frame, planes=(*frame.planes, np.full((18, 32), 99, np.uint8)))
    before = frame.planes[0].copy()
    seen = Vignette(strength=1.0).render(frame, ZERO)
    assert np.array_equal(frame.planes[0], before)
    assert seen.planes[3] is frame.planes[3]


def test_premultiplied_pictures_stay_premultiplied():
    rgba = np.zeros((18, 32, 4), np.uint8)
    rgba[:] = (100, 80, 60, 128)
    seen = Vignette(strength=1.0, colour="#ffffff").render(Frame((rgba,), Layout.RGBA), ZERO).planes[0]
    assert (seen[..., 3] == 128).all()
    assert (seen[..., :3] <= 129).all()
    assert seen[0, 0, 0] > 100
