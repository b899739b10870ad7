from __future__ import annotations

import numpy as np
import pytest

from effects.colour import rgb_of, yuv_of
from effects.video.find_edges import FindEdges, Ground
from timeline.time import ZERO


def square():
    rgb = np.full((60, 80, 3), (60, 90, 160), np.uint8)
    rgb[20:40, 20:60] = (220, 200, 90)
    return yuv_of(rgb)


def test_paper_is_white_but_for_the_outline():
    seen = rgb_of(FindEdges().render(square(), ZERO))
    assert seen[30, 40].min() > 250
    assert seen[5, 5].min() > 250
    assert seen[20, 40].max() < 60


def test_night_is_black_but_for_the_outline():
    seen = rgb_of(FindEdges(ground=Ground.NIGHT).render(square(), ZERO))
    assert max(seen[30, 40].max(), seen[5, 5].max()) < 5
    assert seen[20, 40].max() > 120


def test_the_picture_stays_between_its_lines():
    frame = square()
    seen = FindEdges(ground=Ground.PICTURE).render(frame, ZERO).planes[0]
    assert abs(int(seen[30, 40]) - int(frame.planes[0][30, 40])) <= 1
    assert seen[20, 40] < 60


@pytest.mark.parametrize("ground", list(Ground))
def test_more_detail_draws_more(ground, noise):
    def ink(detail: float) -> float:
        return float(FindEdges(ground=ground, detail=detail).render(noise(80, 60), ZERO).planes[0].mean())

    drawn = [ink(detail) for detail in (0, 50, 100)]
    assert drawn == sorted(drawn, reverse=ground is not Ground.NIGHT)
    assert drawn[0] != drawn[2]
