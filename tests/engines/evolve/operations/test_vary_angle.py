"""Another angle: roll, tip and hand, measured, without a border."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engines.analyse.flow import FlowReader
from engines.evolve.lens import covered, tilted, turned
from tests.engines.evolve.looking import film_of, pictures_of
from tests.engines.evolve.measuring import SIZE, STRENGTHS, held, meadow, rises

NAME = "vary.angle"


@pytest.mark.parametrize(("lean", "way"), [("right", 1), ("left", -1)])
def test_a_dutch_angle_rolls_by_as_much_as_it_says(lean: str, way: int) -> None:
    clip = meadow()
    rolls = []
    before = clip.frame(4).planes[0]
    for strength in (0.1, 0.2, 0.3):
        film = film_of(NAME, [clip], {"angle": "dutch", "lean": lean, "strength": strength})
        after = film.frame(4).planes[0]
        rolls.append(way * FlowReader().move(before, after).roll)
        before = after
    assert np.cumsum(rolls) == pytest.approx([1.5, 3.0, 4.5], abs=0.5)


@pytest.mark.parametrize(("angle", "narrow"), [("low", 0), ("high", -1)])
def test_uprights_lean_together_above_from_low_and_below_from_high(angle: str, narrow: int) -> None:
    picture = np.full((*SIZE[::-1], 3), 200, np.uint8)
    picture[:, 60:64] = picture[:, 128:132] = 20
    ratios = []
    for strength in STRENGTHS:
        made = pictures_of(film_of(NAME, [held(picture, 1)], {"angle": angle, "strength": strength}), [0])[0, ..., 1]
        widths = []
        for line in (made[2].astype(float), made[-3].astype(float)):
            dark = np.clip(200 - line, 0, None)
            xs, half = np.arange(len(line)), len(line) // 2
            left, right = ((dark[part] @ xs[part]) / dark[part].sum() for part in (slice(half), slice(half, None)))
            widths.append(right - left)
        ratios.append(widths[-1 - narrow] / widths[narrow])
    assert rises(ratios)
    assert ratios[0] > 1


def test_no_border_is_ever_shown() -> None:
    white = held(np.full((*SIZE[::-1], 3), 235, np.uint8), 30)
    for size in ((192, 108), (108, 192), (100, 100)):
        for way in (turned(size, 15), turned(size, -3), tilted(size, 26), tilted(size, -9)):
            inner, zoom = covered(size, way)
            corners = inner @ np.array([[0, size[0], size[0], 0], [0, 0, size[1], size[1]], [1, 1, 1, 1]])
            x, y = corners[:2] / corners[2]
            assert x.min() >= -0.01
            assert y.min() >= -0.01
            assert x.max() <= size[0] + 0.01
            assert y.max() <= size[1] + 0.01
            assert 1 <= zoom < 2.4
    film = film_of(NAME, [white], {"angle": "pov", "strength": 1})
    assert pictures_of(film, range(0, 30, 7)).min() > 225


def test_a_point_of_view_moves_like_a_head_calmly_and_more_the_stronger() -> None:
    clip = held(meadow().rgb(3), 40)
    ways = []
    for strength in (0.3, 1.0):
        film = film_of(NAME, [clip], {"angle": "pov", "strength": strength})
        planes = [film.frame(index).planes[0] for index in range(0, 40, 2)]
        moves = [FlowReader().move(a, b) for a, b in pairwise(planes)]
        ways.append(float(np.mean([np.hypot(one.x, one.y) for one in moves])))
        assert max(np.hypot(one.x, one.y) for one in moves) < 4
    assert ways[1] > 1.5 * ways[0] > 0
