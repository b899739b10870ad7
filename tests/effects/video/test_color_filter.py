from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.colour import rgb_of
from effects.frame import Frame, Layout
from effects.video.color_filter import ColorFilter
from timeline.time import ZERO
from timeline.track import BlendMode


def test_no_opacity_changes_nothing(noise):
    frame = noise()
    assert ColorFilter(opacity=0).render(frame, ZERO) is frame


def test_a_gel_multiplies(plain):
    seen = rgb_of(
        ColorFilter(colour="#ff8000", opacity=1, blend=BlendMode.MULTIPLY).render(plain(8, 8, (200, 200, 200)), ZERO)
    )
    assert np.abs(seen.astype(int) - (200, 100, 0)).max() <= 3


def test_transparency_is_left_alone(noise):
    frame = noise()
    frame = replace(frame, planes=(*frame.planes, np.full((18, 32), 40, np.uint8)), origin=(4, 6))
    seen = ColorFilter().render(frame, ZERO)
    assert seen.planes[3] is frame.planes[3]
    assert seen.origin == (4, 6)


def test_premultiplied_pictures_stay_premultiplied():
    rgba = np.zeros((4, 4, 4), np.uint8)
    rgba[:] = (64, 64, 64, 128)
    seen = ColorFilter(colour="#ffffff", opacity=1, blend=BlendMode.NORMAL).render(Frame((rgba,), Layout.RGBA), ZERO)
    assert np.array_equal(seen.planes[0], np.full((4, 4, 4), 128))
