from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.frame import Frame
from effects.video.luma_key import LumaKey
from timeline.time import ZERO

RAMP = np.arange(16, 236, dtype=np.uint8)[None].repeat(2, 0)
GREY = np.full((1, 110), 128, np.uint8)
FRAME = Frame((RAMP, GREY, GREY))


def alpha(**values: float) -> np.ndarray:
    return LumaKey(**values).render(FRAME, ZERO).alpha[0].astype(int)


def test_the_whole_range_gives_the_frame_itself():
    assert LumaKey(low=0, high=100).render(FRAME, ZERO) is FRAME


def test_dark_parts_go_over_a_slope_that_never_falls():
    seen = alpha(low=30, softness=10)
    assert np.all(np.diff(seen) >= 0)
    assert seen[round(0.2 * 219) - 1] == 0
    assert seen[round(0.3 * 219) + 1] == 255


def test_bright_parts_go_too_and_inverted_it_is_the_other_way_round():
    seen = alpha(low=0, high=60, softness=10)
    assert (seen[100], seen[-1]) == (255, 0)
    assert np.abs(255 - alpha(low=0, high=60, softness=10, invert=True) - seen).max() <= 1


def test_what_was_transparent_stays_so():
    half = replace(FRAME, planes=(*FRAME.planes, np.full_like(RAMP, 100)))
    assert LumaKey(low=10).render(half, ZERO).alpha.max() == 100
