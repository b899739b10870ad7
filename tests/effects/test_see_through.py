"""Stacking over nothing: the result, laid over any picture, is what stacking straight onto that picture gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from effects.blend import blend
from effects.frame import Canvas, Frame, plain
from effects.planes import mixed
from effects.see_through import blended_share, clear, stacked, through
from timeline.track import BlendMode

CANVAS = Canvas(32, 16)


def see_through(level: int, alpha: int, size: tuple[int, int] = (16, 8), origin: tuple[int, int] = (4, 2)) -> Frame:
    frame = plain(*size, (level, 90, 160))
    return replace(frame, planes=(*frame.planes, np.full((size[1], size[0]), alpha, np.uint8)), origin=origin)


def apart(one: Frame, other: Frame) -> int:
    return max(int(np.abs(a.astype(int) - b).max()) for a, b in zip(one.planes[:3], other.planes[:3], strict=True))


@pytest.mark.parametrize("ground", [16, 120, 235])
@pytest.mark.parametrize(("first", "second"), [(255, 128), (128, 255), (60, 200), (0, 90)])
def test_two_pictures_stacked_over_nothing_lie_over_a_third_as_if_laid_one_by_one(
    ground: int, first: int, second: int
) -> None:
    below = plain(32, 16, (ground, 128, 128))
    low, high = see_through(200, first, (32, 16), (0, 0)), see_through(40, second, (32, 16), (0, 0))
    nested = stacked(stacked(clear(CANVAS), low), high, opacity=0.7)
    assert apart(blend(below, nested), blend(blend(below, low), high, opacity=0.7)) <= 2


def test_a_blend_mode_over_nothing_leaves_the_picture_as_it_is() -> None:
    layer = see_through(200, 255)
    made = stacked(clear(CANVAS), layer, BlendMode.MULTIPLY)
    assert made.planes[3][4, 8] == 255
    assert made.planes[3][0, 0] == 0
    assert made.planes[0][4, 8] == 200


def test_over_an_opaque_canvas_it_is_the_usual_blend() -> None:
    below, layer = plain(32, 16, (120, 128, 128)), see_through(200, 100)
    assert apart(stacked(below, layer, BlendMode.SCREEN, 0.5), blend(below, layer, BlendMode.SCREEN, 0.5)) == 0


@pytest.mark.parametrize("share", [0.25, 0.5, 0.8])
def test_a_dissolve_between_a_picture_and_nothing_is_that_much_of_the_picture(share: float) -> None:
    made = through(lambda left, right: mixed(left, right, share), clear(CANVAS), plain(32, 16, (180, 100, 150)))
    assert abs(int(made.planes[3][8, 8]) - share * 255) <= 2
    assert abs(int(made.planes[0][8, 8]) - 180) <= 3


def test_a_passage_through_black_is_not_see_through() -> None:
    made = through(lambda left, right: plain(32, 16, (16, 128, 128)), clear(CANVAS), clear(CANVAS))
    assert made.planes[3].min() == 255


def test_a_share_of_a_graded_picture_keeps_what_both_hide() -> None:
    under, graded = stacked(clear(CANVAS), see_through(100, 200)), stacked(clear(CANVAS), see_through(200, 200))
    made = blended_share(under, graded, 0.5)
    assert (made.planes[0][4, 8], made.planes[3][4, 8], made.planes[3][0, 0]) == (150, 200, 0)
