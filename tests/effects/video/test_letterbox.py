from __future__ import annotations

import numpy as np
import pytest

from effects.colour import rgb_of
from effects.frame import Frame, Layout
from effects.video.letterbox import Letterbox
from timeline.time import ZERO


@pytest.mark.parametrize(("ratio", "axis"), [(2.39, 0), (1.0, 1)])
def test_what_stays_has_the_ratio_and_is_as_it_was(plain, ratio, axis):
    frame = plain(192, 108, (200, 200, 200))
    seen = rgb_of(Letterbox(ratio=ratio, colour="#102030").render(frame, ZERO))
    line = np.take(seen, 20, 1 - axis) if axis else seen[:, 20]
    kept = np.flatnonzero(np.all(line > 190, -1))
    expected = 192 / ratio if axis == 0 else 108 * ratio
    assert abs(kept.size - expected) <= 4
    assert kept[0] == line.shape[0] - 1 - kept[-1]
    assert np.abs(line[0].astype(int) - (16, 32, 48)).max() <= 3


def test_a_picture_of_that_shape_gets_no_bars(noise):
    frame = noise(160, 90)
    assert Letterbox(ratio=1.78).render(frame, ZERO) is frame


def test_a_title_gets_no_bars():
    title = Frame((np.zeros((20, 200, 4), np.uint8),), Layout.RGBA)
    assert Letterbox().render(title, ZERO) is title
