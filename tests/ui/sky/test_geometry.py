"""Which stars a point, a lasso or an arrow means; where a card stands; dots as pixels. No window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect

from ui.sky.card import place_beside
from ui.sky.picking import apart_from_each_other, next_star, star_at, stars_in_lasso, stars_in_rect
from ui.sky.scale import SkyScale
from ui.sky.star_layer import PAD, draw_stars, new_picture

POINTS = np.array([(10.0, 10.0), (50.0, 10.0), (50.0, 50.0), (90.0, 52.0)])
ALL = np.ones(4, np.bool_)


def test_a_point_means_the_nearest_star_that_may_be_chosen() -> None:
    radii = np.full(4, 4.0)
    assert star_at(POINTS, radii, ALL, 53, 12) == 1
    assert star_at(POINTS, radii, ALL, 70, 30) is None
    assert star_at(POINTS, radii, np.array([True, False, True, True]), 53, 12) is None


def test_a_lasso_takes_what_it_goes_round_and_not_what_its_frame_holds() -> None:
    triangle = np.array([(0.0, 0.0), (60.0, 0.0), (0.0, 60.0)])
    assert stars_in_lasso(POINTS, ALL, triangle).tolist() == [0]
    assert stars_in_rect(POINTS, ALL, (0, 0, 60, 60)).tolist() == [0, 1, 2]
    assert stars_in_lasso(POINTS, np.array([False, True, True, True]), triangle).tolist() == []


def test_arrows_go_to_the_star_that_way() -> None:
    assert next_star(POINTS, ALL, 0, "right") == 1
    assert next_star(POINTS, ALL, 1, "down") == 2
    assert next_star(POINTS, ALL, 2, "right") == 3
    assert next_star(POINTS, ALL, 0, "left") is None


def test_zooming_keeps_what_is_under_the_pointer_and_fitting_shows_all() -> None:
    scale = SkyScale(800, 600)
    before = scale.to_map(200, 100)
    assert scale.zoomed(2.5, 200, 100).to_map(200, 100) == pytest.approx(before)
    places = np.array([(0.1, 0.2), (1.5, 0.9)])
    seen = scale.fitted(places).to_px(places)
    assert ((seen >= 0) & (seen <= (800, 600))).all()


def test_pictures_do_not_cover_each_other_and_the_first_goes_before() -> None:
    points = np.array([(0.0, 0.0), (30.0, 0.0), (80.0, 0.0), (81.0, 60.0)])
    assert apart_from_each_other(points, np.full((4, 2), 50.0), 9) == [0, 2, 3]
    assert apart_from_each_other(points, np.full((4, 2), 50.0), 2) == [0, 2]


@pytest.mark.parametrize("x", [5, 300, 780])
@pytest.mark.parametrize("y", [5, 300, 590])
def test_a_card_is_never_over_its_star_and_stays_inside(x: int, y: int) -> None:
    room, star = QRect(0, 0, 800, 600), QRect(x, y, 12, 12)
    corner = place_beside(star, 312, 340, room)
    card = QRect(corner.x(), corner.y(), 312, 340)
    assert not card.intersects(star)
    assert room.contains(card)


def test_dots_have_their_size_their_colour_and_their_place_between_pixels() -> None:
    picture = new_picture(40, 20)
    draw_stars(
        picture,
        np.array([(10.0, 10.0), (30.5, 10.0), (-90.0, 3.0)]),
        np.array([6.0, 6.0, 6.0]),
        np.array([(255, 0, 0), (0, 0, 255), (9, 9, 9)], np.uint8),
        np.array([1.0, 0.5, 1.0]),
    )
    inner = picture[PAD:-PAD, PAD:-PAD]
    alpha = (inner >> 24).astype(float) / 255
    assert inner[10, 10] == 0xFFFE0000 or inner[10, 10] >> 16 & 255 > 250
    left, right = alpha[:, :20], alpha[:, 20:]
    assert left.sum() == pytest.approx(np.pi * 9, rel=0.06)
    assert right.sum() == pytest.approx(np.pi * 9 / 2, rel=0.06)
    middle = (right * np.arange(20, 40)).sum() / right.sum()
    assert middle == pytest.approx(30.5, abs=0.05)
