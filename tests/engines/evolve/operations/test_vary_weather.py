"""Another weather: light, haze, what falls, and what is heard."""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np
import pytest

from engines.evolve.camera_way import CameraWay
from engines.evolve.skies import scene_for
from engines.evolve.source import FramesClip
from engines.evolve.weather_layers import fallen
from engines.generate.procedural.draw.stage import Stage
from engines.generate.procedural.draw.weather import falling_for
from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import film_of, pictures_of, source_of
from tests.engines.evolve.measuring import (
    SIZE,
    STRENGTHS,
    colourfulness,
    contrast,
    falls,
    flicker,
    held,
    luma,
    meadow,
    rises,
    row,
)

NAME = "vary.weather"
GROUND = slice(80, 108)


def test_rain_darkens_a_storm_more_and_the_sun_brightens() -> None:
    rain, storm, sun = (
        [luma(one[:, 50:]) for one in row(NAME, {"weather": weather}, meadow())]
        for weather in ("rainy", "stormy", "sunny")
    )
    assert falls(rain)
    assert falls(storm)
    assert rises(sun)
    assert storm[-1] < rain[-1]


@pytest.mark.parametrize("weather", ["rainy", "stormy", "foggy", "snowy"])
def test_bad_weather_takes_the_colour(weather: str) -> None:
    assert falls([colourfulness(one) for one in row(NAME, {"weather": weather}, meadow())])


def test_fog_is_thicker_the_farther() -> None:
    parent, *made = row(NAME, {"weather": "foggy"}, meadow())
    hills, grass = slice(52, 66), slice(92, 108)
    assert falls([contrast(one[:, hills]) for one in (parent, *made)], 0.02)
    kept_far = contrast(made[-1][:, hills]) / contrast(parent[:, hills])
    kept_near = contrast(made[-1][:, grass]) / contrast(parent[:, grass])
    assert kept_far < 0.7 * kept_near


def test_snow_settles_on_the_ground_as_a_tone() -> None:
    assert rises([luma(one[:, GROUND]) for one in row(NAME, {"weather": "snowy"}, meadow())])


def _falling(weather: str, indices: tuple[int, int]) -> list[np.ndarray]:
    """What falls in two frames of a grey clip: luma above a soft copy of itself."""
    grey = np.full((*SIZE[::-1], 3), 96, np.uint8)
    film = film_of(NAME, [held(grey, 24)], {"weather": weather, "strength": 1})
    planes = [film.frame(index).planes[0].astype(np.float32) for index in indices]
    return [plane - cv2.medianBlur(plane, 5) for plane in planes]


def test_rain_falls_down_and_snow_slower() -> None:
    moved = {}
    for weather in ("rainy", "snowy"):
        before, after = _falling(weather, (6, 7))
        match = cv2.matchTemplate(after, before[20:60, 40:150], cv2.TM_CCOEFF_NORMED)
        moved[weather] = int(np.unravel_index(int(match.argmax()), match.shape)[0]) - 20
    assert moved["snowy"] >= 0
    assert moved["rainy"] > moved["snowy"]


def test_what_falls_goes_with_the_camera_and_does_not_stick_to_the_lens() -> None:
    wide = cv2.resize(np.random.default_rng(5).integers(40, 200, (27, 96, 3), np.uint8), (384, 108), interpolation=1)
    pan = [held(wide[:, 4 * index : 4 * index + 192], 1).frame(0) for index in range(10)]
    assert CameraWay(FramesClip(pan, Fraction(24))).at(9)[0] == pytest.approx(-36 / 192, abs=0.02)
    snow = falling_for(Stage(scene_for(SIZE, time="day", weather="snow", seed=3), *SIZE, fine=1.0, only=0.0))[-1]
    still, panned = fallen(snow, SIZE, 0.5, (0, 0)), fallen(snow, SIZE, 0.5, (-36 / 192, 0))
    assert np.array_equal(panned[:, :100], still[:, 36:136])


def test_a_still_scene_under_a_grey_sky_does_not_flicker() -> None:
    film = film_of(NAME, [held(meadow().rgb(3), 8)], {"weather": "foggy", "strength": 1})
    assert flicker(pictures_of(film, range(2, 7))) < 0.25


def test_the_weather_is_heard_under_the_clip() -> None:
    clip = source_of(camera_clip(SIZE, seconds=1.0, noise=0))
    own = clip.samples()
    assert own is not None
    levels = []
    for strength in STRENGTHS:
        heard = film_of(NAME, [clip], {"weather": "rainy", "strength": strength}).samples
        assert heard is not None
        assert len(heard) == len(own)
        levels.append(float(np.sqrt(np.mean((heard - own) ** 2))))
    assert rises(levels)
    assert levels[0] > 0.005
    silent = film_of(NAME, [clip], {"weather": "rainy", "ambience": False}).samples
    assert silent is own


def test_fog_dulls_the_clips_own_heights() -> None:
    clip = source_of(camera_clip(SIZE, seconds=1.0, noise=0))

    def heights(weather: str) -> float:
        heard = film_of(NAME, [clip], {"weather": weather, "strength": 1}).samples
        assert heard is not None
        spectrum = np.abs(np.fft.rfft(heard[12000:16000, 0]))  # the first drum
        return float(spectrum[len(spectrum) // 3 :].sum())

    assert heights("foggy") < 0.7 * heights("sunny")


def test_thunder_comes_after_its_lightning() -> None:
    clip = held(np.full((36, 64, 3), 90, np.uint8), 48, 8)  # six seconds
    film = film_of(NAME, [clip], {"weather": "stormy", "strength": 1})
    lights = [luma(pictures_of(film, [index])) for index in range(48)]
    assert max(lights) > np.median(lights) + 10
    assert film.samples is not None
    first = int(np.argmax(lights)) / 8
    low = np.abs(np.convolve(film.samples[:, 0], np.ones(400) / 400, "same"))
    assert low[round((first + 0.3) * 48000) : round((first + 2) * 48000)].max() > 1.5 * low[: 48000 // 4].max()
    assert any("thunder" in words for _, words in film.changes)
