from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from effects.frame import Frame
from effects.video.tone import Tone
from timeline.time import ZERO

RAMP = np.arange(16, 236, dtype=np.uint8)[None].repeat(2, 0)
GREY = np.full((1, 110), 128, np.uint8)


def curve(**values: float) -> np.ndarray:
    return Tone(**values).render(Frame((RAMP, GREY, GREY)), ZERO).planes[0][0].astype(int)


def test_neutral_values_give_the_frame_itself(noise):
    frame = noise()
    assert Tone(pivot=20).render(frame, ZERO) is frame


def test_the_curve_never_falls():
    for values in product((-100, 100), repeat=5):
        names = ("contrast", "highlights", "shadows", "whites", "blacks")
        assert np.all(np.diff(curve(**dict(zip(names, values, strict=True)))) >= 0), values


@pytest.mark.parametrize("contrast", [-100, 60, 100])
def test_contrast_turns_about_its_pivot_and_keeps_black_and_white(contrast):
    seen = curve(contrast=contrast, pivot=40)
    pivot = round(0.4 * 219)
    assert abs(seen[pivot] - RAMP[0, pivot]) <= 2
    assert (seen[0], seen[-1]) == (16, 235)
    assert (seen[20] < RAMP[0, 20]) == (contrast > 0)


def test_shadows_and_highlights_move_their_own_part():
    dark, light = curve(shadows=60) - RAMP[0], curve(highlights=-60) - RAMP[0].astype(int)
    assert dark[55] > 8 > 3 > abs(dark[200])
    assert light[165] < -8 < -3 < -abs(light[20])


def test_opened_shadows_keep_their_colour():
    planes = (np.full((4, 4), 40, np.uint8), np.full((2, 2), 118, np.uint8), np.full((2, 2), 140, np.uint8))
    seen = Tone(shadows=80).render(Frame(planes), ZERO)
    assert seen.planes[1][0, 0] < 118
    assert seen.planes[2][0, 0] > 140
