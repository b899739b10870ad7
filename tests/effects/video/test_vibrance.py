from __future__ import annotations

import numpy as np

from effects.frame import Frame
from effects.video.vibrance import Vibrance
from timeline.time import ZERO


def away(amount: float, chroma: int) -> int:
    planes = (np.full((2, 2), 120, np.uint8), np.full((1, 1), 128 - chroma, np.uint8), np.full((1, 1), 128, np.uint8))
    return 128 - int(Vibrance(amount=amount).render(Frame(planes), ZERO).planes[1][0, 0])


def test_faint_colours_gain_and_full_ones_stay():
    assert away(80, 10) >= 15
    assert away(80, 60) == 60
    assert away(80, 0) == 0


def test_below_0_faint_colours_fade_first():
    assert away(-100, 10) <= 2
    assert away(-100, 60) == 60


def test_a_fainter_colour_never_overtakes_a_fuller_one():
    assert np.all(np.diff([away(100, chroma) for chroma in range(110)]) >= 0)
