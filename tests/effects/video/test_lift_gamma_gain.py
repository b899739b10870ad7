from __future__ import annotations

import numpy as np
import pytest

from effects.colour import rgb_of
from effects.video.lift_gamma_gain import LiftGammaGain
from timeline.time import ZERO


@pytest.mark.parametrize(
    "values",
    [
        {"lift": 0.2},
        {"gamma": 1.5},
        {"gain": 0.7},
        {"lift_red": 0.1, "gamma_green": 0.8, "gain_blue": 1.2, "gain": 0.9},
    ],
)
@pytest.mark.parametrize("colour", [(40, 90, 160), (200, 180, 90)])
def test_each_colour_follows_the_formula(plain, values, colour):
    seen = rgb_of(LiftGammaGain(**values).render(plain(colour=colour), ZERO))[4, 4]
    given = LiftGammaGain(**values)
    for index, name in enumerate(("red", "green", "blue")):
        lift = given.lift + getattr(given, f"lift_{name}")
        gain = given.gain * getattr(given, f"gain_{name}")
        gamma = given.gamma * getattr(given, f"gamma_{name}")
        share = colour[index] / 255
        expected = 255 * min((gain * (share + lift * (1 - share))) ** (1 / gamma), 1)
        assert abs(float(seen[index]) - expected) <= 3


def test_neutral_values_give_the_frame_itself(noise):
    frame = noise()
    assert LiftGammaGain().render(frame, ZERO) is frame


def test_lift_leaves_white_and_gain_leaves_black(plain):
    assert np.all(rgb_of(LiftGammaGain(lift=0.3).render(plain(colour=(255, 255, 255)), ZERO)) >= 254)
    assert np.all(rgb_of(LiftGammaGain(gain=2).render(plain(colour=(0, 0, 0)), ZERO)) <= 1)
