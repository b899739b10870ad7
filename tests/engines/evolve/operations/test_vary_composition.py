"""Another composition: the subject comes nearer to its place, calmly, in each shot by itself."""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np
import pytest

from effects.colour import yuv_of
from engines.evolve.base import Making
from engines.evolve.reframing import shots_of
from engines.evolve.source import FramesClip
from tests.engines.evolve.looking import Idle, film_of, pictures_of
from tests.engines.evolve.measuring import SIZE, STRENGTHS, falls

NAME = "vary.composition"
GROUND = cv2.resize(np.random.default_rng(2).integers(96, 130, (9, 16, 3), np.uint8), SIZE, interpolation=2)


def _scene(place: tuple[float, float], ground: np.ndarray = GROUND) -> np.ndarray:
    """A red ball at a place (shares of the picture)."""
    picture = ground.copy()
    cv2.circle(picture, (round(place[0] * SIZE[0]), round(place[1] * SIZE[1])), 9, (214, 40, 36), -1, cv2.LINE_AA)
    return picture


def _clip(places: list[tuple[float, float]], ground: np.ndarray = GROUND) -> FramesClip:
    return FramesClip([yuv_of(_scene(place, ground)) for place in places], Fraction(24))


def _ball(picture: np.ndarray) -> tuple[float, float]:
    red = np.clip(picture[..., 0].astype(float) - picture[..., 1] - 60, 0, None)
    ys, xs = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]]
    return float((red * xs).sum() / red.sum() / SIZE[0]), float((red * ys).sum() / red.sum() / SIZE[1])


@pytest.mark.parametrize(
    ("composition", "wanted"),
    [
        ("rule_of_thirds", (1 / 3, None)),
        ("centered", (0.5, 0.5)),
        ("asymmetric", (0.2, None)),
        ("negative_space", (0.24, None)),
    ],
)
def test_the_subject_comes_nearer_to_its_place(composition: str, wanted: tuple[float, float | None]) -> None:
    clip = _clip([(0.42, 0.42)] * 6)
    misses = [0.42 - wanted[0] if wanted[1] is None else float(np.hypot(0.08, 0.08))]
    for strength in STRENGTHS:
        film = film_of(NAME, [clip], {"composition": composition, "strength": strength})
        assert film.size == SIZE
        x, y = _ball(pictures_of(film, [3])[0])
        misses.append(abs(x - wanted[0]) if wanted[1] is None else float(np.hypot(x - wanted[0], y - wanted[1])))
    assert falls([abs(one) for one in misses], 0.012)


def test_the_frame_follows_calmly() -> None:
    way = [(0.25 + 0.5 * (i >= 20), 0.5) for i in range(48)]  # a leap no camera could make
    clip = _clip(way)
    shot = shots_of(clip, Making(1, Idle()))[0]
    steps = np.abs(np.diff(shot.subject[:, 0]))
    assert steps.max() <= 0.16 / 24 + 1e-6
    assert np.abs(np.diff(shot.subject[:, 0], 2)).max() < 0.004


def test_each_shot_is_framed_by_itself() -> None:
    other = np.full_like(GROUND, 30)
    frames = [yuv_of(_scene((0.42, 0.5)))] * 12 + [yuv_of(_scene((0.58, 0.5), other))] * 12
    clip = FramesClip(frames, Fraction(24))
    shots = shots_of(clip, Making(1, Idle()))
    assert [(shot.first, shot.last) for shot in shots] == [(0, 11), (12, 23)]
    film = film_of(NAME, [clip], {"composition": "centered", "strength": 1})
    for index in (11, 12):
        assert _ball(pictures_of(film, [index])[0])[0] == pytest.approx(0.5, abs=0.06)


def test_nothing_outside_the_picture_is_shown() -> None:
    clip = _clip([(0.04, 0.06)] * 4, np.full_like(GROUND, 200))
    for composition in ("centered", "asymmetric"):
        made = pictures_of(film_of(NAME, [clip], {"composition": composition, "strength": 1}), [1])[0]
        assert made[-4:, -4:].min() > 190
