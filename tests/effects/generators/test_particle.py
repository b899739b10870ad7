from __future__ import annotations

import time

import numpy as np
import pytest

from effects.colour import yuva_of
from effects.frame import Canvas
from effects.generators.particle import Kind, Particle
from timeline.time import RationalTime

CANVAS = Canvas(320, 180, 1 / 6)


def alpha_at(particle: Particle, seconds: RationalTime, canvas: Canvas = CANVAS) -> np.ndarray:
    frame = yuva_of(particle.render(canvas, seconds))
    assert frame.alpha is not None
    return frame.alpha.astype(float) / 255


@pytest.mark.parametrize("kind", Kind)
def test_the_same_time_gives_the_same_picture(kind):
    now, later = RationalTime(7, 3), RationalTime(8, 3)
    first, again = (Particle(kind=kind).render(CANVAS, now) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first.planes, again.planes, strict=True))
    assert not np.array_equal(first.planes[-1], Particle(kind=kind).render(CANVAS, later).planes[-1])
    assert not np.array_equal(first.planes[-1], Particle(kind=kind, seed=2).render(CANVAS, now).planes[-1])


@pytest.mark.parametrize("kind", Kind)
def test_all_parts_of_the_picture_get_some_and_most_of_it_stays_free(kind):
    cover = sum(alpha_at(Particle(kind=kind), RationalTime(n, 2)) for n in range(8)) / 8
    assert 0.0005 < cover.mean() < 0.12
    columns = [part.mean() for part in np.array_split(cover, 4, axis=1)]
    assert min(columns) > max(columns) / 4


@pytest.mark.parametrize("kind", Kind)
def test_density_adds_and_none_is_nothing(kind):
    assert alpha_at(Particle(kind=kind, density=0), RationalTime(1)).max() == 0
    few, many = (alpha_at(Particle(kind=kind, density=density), RationalTime(1)).sum() for density in (20, 160))
    assert many > few * 3


@pytest.mark.parametrize("kind", Kind)
def test_the_size_of_the_preview_does_not_change_the_picture(kind):
    small = alpha_at(Particle(kind=kind, size=200), RationalTime(5, 2))
    large = alpha_at(Particle(kind=kind, size=200), RationalTime(5, 2), Canvas(1280, 720, 2 / 3))
    shrunk = large.reshape(180, 4, 320, 4).mean((1, 3))
    assert np.corrcoef(small.ravel(), shrunk.ravel())[0, 1] > 0.8


def test_snow_falls_and_sparks_rise():
    for kind, sign in ((Kind.SNOW, 1), (Kind.SPARKS, -1), (Kind.RAIN, 1)):
        particle = Particle(kind=kind, wind=0, density=5, size=200)
        step = RationalTime(1, 200 if kind is Kind.RAIN else 48)
        before, after = alpha_at(particle, RationalTime(2)), alpha_at(particle, RationalTime(2) + step)
        votes = {shift: float((np.roll(before, shift, 0) * after).sum()) for shift in range(-4, 5)}
        assert max(votes, key=votes.__getitem__) * sign > 0, kind


@pytest.mark.parametrize("kind", Kind)
def test_the_first_instant_looks_like_any_other(kind):
    first, later = (alpha_at(Particle(kind=kind), RationalTime(at)).sum() for at in (0, 60))
    assert 0.5 < first / later < 2


def test_negative_times_and_odd_canvases_work():
    frame = Particle(kind=Kind.CONFETTI).render(Canvas(101, 57, 0.1), RationalTime(-5, 2))
    assert frame.planes[0].shape[:2] == (57, 101)
    assert [p.shape for p in Particle().render(Canvas(101, 57, 0.1), RationalTime(-1)).planes[:2]] == [
        (57, 101),
        (29, 51),
    ]


def test_a_full_hd_frame_of_rain_is_quick():
    particle, canvas = Particle(kind=Kind.RAIN), Canvas(1920, 1080)
    particle.render(canvas, RationalTime(1))
    start = time.process_time()
    particle.render(canvas, RationalTime(2))
    assert time.process_time() - start < 0.5
