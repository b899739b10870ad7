from __future__ import annotations

import cv2
import numpy as np
import pytest

from effects.frame import Frame
from effects.video.kaleidoscope import Kaleidoscope, Mirrors
from timeline.time import ZERO


@pytest.fixture
def soft(noise) -> Frame:
    frame = noise(200, 200)
    return Frame(tuple(np.asarray(cv2.GaussianBlur(plane, (0, 0), 5), np.uint8) for plane in frame.planes))


@pytest.mark.parametrize("pieces", list(Mirrors))
def test_the_figure_turned_by_one_piece_is_itself(soft, pieces):
    seen = Kaleidoscope(pieces=pieces, angle=17).render(soft, ZERO).planes[0]
    way = cv2.getRotationMatrix2D((99.5, 99.5), 360 / int(pieces.value), 1)
    turned = cv2.warpAffine(seen, way, (200, 200), flags=cv2.INTER_LINEAR)
    y, x = np.mgrid[:200, :200] - 99.5
    assert np.abs(turned.astype(int) - seen)[np.hypot(x, y) < 90].mean() < 1


@pytest.mark.parametrize("pieces", list(Mirrors))
def test_both_halves_mirror_each_other(soft, pieces):
    seen = Kaleidoscope(pieces=pieces).render(soft, ZERO).planes[0].astype(int)
    assert np.abs(seen - seen[::-1]).mean() < 0.5
    assert np.abs(seen - seen[:, ::-1]).mean() < 0.5


def test_another_angle_shows_another_wedge(soft):
    first, other = (Kaleidoscope(angle=angle).render(soft, ZERO).planes[0].astype(int) for angle in (0, 90))
    assert np.abs(first - other).mean() > 2
