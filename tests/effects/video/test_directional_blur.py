from __future__ import annotations

import numpy as np
import pytest

from effects.frame import Frame
from effects.video.directional_blur import DirectionalBlur
from timeline.time import ZERO


def dot(size: int = 101) -> Frame:
    luma = np.zeros((size, size), np.uint8)
    luma[size // 2 - 1 : size // 2 + 2, size // 2 - 1 : size // 2 + 2] = 255
    grey = np.full(((size + 1) // 2,) * 2, 128, np.uint8)
    return Frame((luma, grey, grey))


def test_no_length_gives_the_frame_itself(noise):
    frame = noise()
    assert DirectionalBlur(length=0).render(frame, ZERO) is frame


@pytest.mark.parametrize("angle", [0, 90, 30])
def test_a_dot_becomes_a_centred_line_along_the_angle(angle):
    luma = DirectionalBlur(length=20, angle=angle).render(dot(), ZERO).planes[0].astype(float)
    y, x = np.mgrid[:101, :101] - 50.0
    weight = luma / luma.sum()
    assert abs((weight * x).sum()) < 1
    assert abs((weight * y).sum()) < 1
    along = x * np.cos(np.radians(angle)) + y * np.sin(np.radians(angle))
    across = y * np.cos(np.radians(angle)) - x * np.sin(np.radians(angle))
    assert np.sqrt((weight * along**2).sum()) == pytest.approx(20 / np.sqrt(12), rel=0.15)
    assert np.sqrt((weight * across**2).sum()) < 1.5
