"""Another light, by measure."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engines.evolve.looking import film_of, pictures_of
from tests.engines.evolve.measuring import SIZE, contrast, falls, flicker, held, luma, meadow, rises, row

NAME = "vary.lighting"


def test_dramatic_and_harsh_light_has_more_contrast_and_soft_light_less() -> None:
    for lighting, way in (("dramatic", rises), ("harsh", rises), ("soft", falls)):
        assert way([contrast(one) for one in row(NAME, {"lighting": lighting}, meadow())], 0.01), lighting


@pytest.mark.parametrize("lighting", ["dramatic", "rim", "volumetric"])
def test_light_from_one_side_darkens_the_whole(lighting: str) -> None:
    values = {"lighting": lighting, "side": "left"}
    assert falls([luma(one[:, :, 140:]) for one in row(NAME, values, meadow())])


@pytest.mark.parametrize("lighting", ["dramatic", "volumetric"])
def test_the_light_comes_from_the_side_that_was_asked_for(lighting: str) -> None:
    def leaning(side: str) -> float:
        made = pictures_of(film_of(NAME, [meadow()], {"lighting": lighting, "side": side, "strength": 1}), [5])
        return luma(made[:, :, :64]) - luma(made[:, :, -64:])

    assert leaning("left") > leaning("right") + 5


def test_a_rim_lies_on_the_edge_of_a_dark_thing_toward_the_light() -> None:
    picture = np.full((*SIZE[::-1], 3), (176, 178, 180), np.uint8)
    picture[:, :] += np.random.default_rng(3).integers(0, 6, picture.shape, np.uint8)
    picture[30:, 80:116] = (40, 36, 34)
    film = film_of(NAME, [held(picture, 3)], {"lighting": "rim", "side": "right", "strength": 1})
    made = pictures_of(film, [1])[0].mean(axis=2)
    inner, edge = made[60:100, 92:102].mean(), made[60:100, 108:116].max(axis=1).mean()
    assert edge > inner + 12
    assert made[60:100, 80:84].mean() < inner + 6


@pytest.mark.parametrize("lighting", ["dramatic", "soft", "harsh", "rim", "volumetric"])
def test_a_still_scene_does_not_flicker(lighting: str) -> None:
    film = film_of(NAME, [held(meadow().rgb(3), 6)], {"lighting": lighting, "strength": 1})
    assert flicker(pictures_of(film, range(1, 5))) < 0.2


def test_black_stays_black() -> None:
    black = held(np.zeros((*SIZE[::-1], 3), np.uint8), 3)
    for lighting in ("dramatic", "harsh", "rim"):
        film = film_of(NAME, [black], {"lighting": lighting, "strength": 1})
        assert pictures_of(film, [1]).max() <= 4
