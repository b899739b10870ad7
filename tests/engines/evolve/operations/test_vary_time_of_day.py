"""Another time of day: light, colour and sky go the way the clock says, and nothing flickers."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import film_of, pictures_of, source_of
from tests.engines.evolve.measuring import SIZE, falls, flicker, held, luma, meadow, rises, row, street, warmth

NAME = "vary.time_of_day"
UPPER, LOWER = slice(0, 30), slice(80, 108)


@pytest.mark.parametrize("time", ["sunrise", "golden_hour", "dusk", "night"])
def test_late_and_early_light_is_darker_the_stronger(time: str) -> None:
    assert falls([luma(one) for one in row(NAME, {"time": time, "sky_tint": 0}, meadow())])


@pytest.mark.parametrize("time", ["morning", "noon"])
def test_daylight_is_brighter_the_stronger(time: str) -> None:
    assert rises([luma(one) for one in row(NAME, {"time": time, "sky_tint": 0}, street())])


def test_low_sun_is_warm_and_night_is_blue() -> None:
    for time, way in (("sunrise", rises), ("golden_hour", rises), ("night", falls)):
        values = {"time": time, "sky_tint": 0, "lamp_glow": 0}
        assert way([warmth(one[:, LOWER]) for one in row(NAME, values, meadow())]), time


def test_the_sky_is_painted_above_the_skyline_and_the_ground_left_alone() -> None:
    clip = meadow()
    plain, painted = (
        pictures_of(film_of(NAME, [clip], {"time": "night", "strength": 1, "sky_tint": tint}), [5]).astype(int)
        for tint in (0, 1)
    )
    change = np.abs(painted - plain).mean(axis=(0, 3))
    assert change[UPPER].mean() > 15
    assert change[LOWER].mean() < 1
    film = film_of(NAME, [clip], {"time": "night", "strength": 1, "sky_tint": 0.4})
    assert ("Sky", "replaced above the horizon, 64 %") in film.changes


def test_more_stars_stand_in_a_night_sky() -> None:
    def points(stars: float) -> int:
        film = film_of(NAME, [meadow()], {"time": "night", "strength": 1, "sky_tint": 1, "stars": stars})
        sky = pictures_of(film, [5])[0, UPPER].max(axis=2).astype(int)
        return int((sky > np.median(sky) + 40).sum())

    assert points(1) > points(0)


def test_lamps_burn_on_at_night() -> None:
    dark, lit = (
        pictures_of(film_of(NAME, [street()], {"time": "night", "strength": 1, "lamp_glow": glow}), [5]).astype(int)
        for glow in (0, 1)
    )
    windows = np.stack([street().rgb(5)]).min(axis=3) > 100
    windows[:, :30] = False  # the sky
    assert (lit - dark)[windows].mean() > 3 * (lit - dark)[:, 90:].mean() > 0


def test_skin_is_spared_a_part() -> None:
    picture = np.full((*SIZE[::-1], 3), (90, 110, 90), np.uint8)
    picture[40:80, 80:120] = (214, 160, 128)
    clip = held(picture, 4)
    spared, not_spared = (
        pictures_of(film_of(NAME, [clip], {"time": "night", "strength": 1, "protect": protect}), [2]).astype(int)
        for protect in (True, False)
    )
    assert (spared - not_spared)[0, 50:70, 90:110].mean() > 8
    assert np.abs(spared - not_spared)[0, :20].mean() < 1


@pytest.mark.parametrize("time", ["golden_hour", "night"])
def test_a_still_scene_stays_still(time: str) -> None:
    clip = held(meadow().rgb(3), 8)
    film = film_of(NAME, [clip], {"time": time, "strength": 1})
    assert flicker(pictures_of(film, range(2, 7))) < 0.15


def test_noise_and_shake_of_the_camera_do_not_make_it_flicker() -> None:
    made = camera_clip(SIZE, seconds=0.5, noise=6, shake=0, sound=False)
    film = film_of(NAME, [source_of(made)], {"time": "dusk", "strength": 1})
    assert flicker(pictures_of(film, range(3, 9))) < 1.3 * flicker(made.pictures[3:9]) + 0.15


def test_a_black_clip_and_black_bars_stay_black() -> None:
    black = np.zeros((*SIZE[::-1], 3), np.uint8)
    for time in ("noon", "night"):
        assert pictures_of(film_of(NAME, [held(black, 3)], {"time": time}), [1]).max() <= 3
    barred = meadow().rgb(3).copy()
    barred[:16], barred[-16:] = 0, 0
    made = pictures_of(film_of(NAME, [held(barred, 3)], {"time": "golden_hour", "strength": 1}), [1])[0]
    assert made[:14].max() <= 3
    assert made[-14:].max() <= 3
    assert np.abs(made.astype(int) - barred)[20:-20].mean() > 5
