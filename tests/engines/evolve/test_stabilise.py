"""Shake goes, moves that are meant stay: measured by phase correlation, not by what the operation measures with."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from effects.colour import yuv_of
from engines.evolve.base import Film
from engines.evolve.source import FramesClip, Kept
from engines.evolve.stabilising import smoothed, steadied
from tests.engines.evolve.footage import CameraClip, camera_clip
from tests.engines.evolve.looking import Idle, film_of, source_of

NAME = "evolve.stabilize"


def steps_of(film: Film | Kept) -> NDArray[np.float64]:
    """(n - 1, 2): how far the scene goes from picture to picture, in pixels, by phase correlation of the middle."""
    lumas = [film.frame(index).planes[0] for index in range(film.count)]
    high, wide = lumas[0].shape
    inner = (slice(high // 8, -high // 8), slice(wide // 8, -wide // 8))
    window = cv2.createHanningWindow(lumas[0][inner].shape[::-1], cv2.CV_64F)
    cut = [np.asarray(luma[inner], np.float64) for luma in lumas]
    return np.array([cv2.phaseCorrelate(a, b, window)[0] for a, b in pairwise(cut)])


def shake_of(film: Film | Kept) -> float:
    """Root mean square of what is not slow in the steps: less their running mean over half a second."""
    steps = steps_of(film)
    slow = np.stack([np.convolve(np.pad(one, 6, mode="reflect"), np.ones(13) / 13, "valid") for one in steps.T], 1)
    return float(np.sqrt(((steps - slow) ** 2).sum(1).mean()))


@pytest.mark.parametrize(("scene", "shake"), [("meadow", 3.0), ("street", 8.0)])
def test_three_fifths_of_the_shake_and_more_are_gone(scene: str, shake: float) -> None:
    clip = camera_clip(shake=shake, scene=scene, seconds=1.5, sound=False)
    source = source_of(clip)
    floor = shake_of(source_of(clip, clip.steady))  # the measure's own error, and who walks
    before, after = shake_of(source), shake_of(film_of(NAME, [source]))
    assert after < 0.4 * before
    assert after - floor < 0.2 * (before - floor)


def test_half_the_strength_takes_half_of_it() -> None:
    source = source_of(camera_clip(shake=6.0, noise=2, seconds=1.0, sound=False))
    before = shake_of(source)
    left = [shake_of(film_of(NAME, [source], {"strength": strength})) / before for strength in (0.25, 0.5, 1.0)]
    assert left == sorted(left, reverse=True)
    assert 0.35 < left[1] < 0.65


def test_a_shot_that_stands_still_is_not_touched() -> None:
    source = source_of(camera_clip(shake=0, seconds=1.0, sound=False))
    film = film_of(NAME, [source])
    assert all(film.frame(index) is source.frame(index) for index in range(0, film.count, 7))
    assert film.changes[0] == ("Camera", "stands still or moves evenly already: unchanged")


def panned(clip: CameraClip, places: NDArray[np.float64]) -> FramesClip:
    wide = cv2.resize(clip.steady[0], None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    size = clip.size
    frames = []
    for place in places:
        matrix = np.array([[1, 0, -place], [0, 1, -30.0]])
        frames.append(yuv_of(np.asarray(cv2.warpAffine(wide, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)))
    return FramesClip(frames, clip.rate)


@pytest.mark.parametrize("gentle", [False, True])
def test_a_pan_stays_what_it_is(gentle: bool) -> None:
    way = np.linspace(0, 1, 40)
    places = 120 * (way * way * (3 - 2 * way) if gentle else way)
    source = panned(camera_clip(shake=0, noise=0, sound=False), places)
    steady = steadied(source, Idle())
    assert np.abs(steady.corrections[:, 0]).max() < 0.5
    assert steady.zoom.max() < 1.01


def test_the_crop_hides_every_border_and_is_never_more_than_allowed() -> None:
    clip = camera_clip(shake=8.0, noise=0, seconds=1.0, sound=False)
    white = FramesClip([yuv_of(np.full_like(one, 255)) for one in clip.pictures], clip.rate)
    for most in (0.30, 0.05):
        steady = steadied(source_of(clip), Idle(), most_crop=1 + most)
        assert 1 < steady.zoom.max() <= 1.02 * (1 + most)
        steady = type(steady)(white, steady.corrections, steady.zoom, steady.shake)
        film = Film(clip.count, steady.frame, clip.size, clip.rate, None)
        if most > 0.1:
            assert min(int(film.frame(index).planes[0].min()) for index in range(0, clip.count, 5)) >= 234
    gentle = steadied(source_of(clip), Idle(), strength=0.2)
    assert gentle.zoom.max() < steady.zoom.max() or gentle.zoom.max() < 1.05


def test_nothing_is_smoothed_over_a_cut() -> None:
    one, other = (camera_clip(shake=3.0, seconds=0.7, scene=scene, sound=False) for scene in ("meadow", "street"))
    both = FramesClip([yuv_of(p) for p in (*one.pictures, *other.pictures)], one.rate)
    alone = steadied(source_of(one), Idle())
    joined = steadied(both, Idle())
    assert np.allclose(joined.corrections[: one.count], alone.corrections)


def test_a_cubic_is_left_alone_and_short_ways_work() -> None:
    t = np.arange(60.0)[:, None]
    way = np.hstack([0.02 * t**2 - 0.0003 * t**3, 3 * t, 0 * t, 5 - t])
    assert np.allclose(smoothed(way, 12), way, atol=1e-5)
    assert np.allclose(smoothed(way[:1], 12), way[:1])
    assert np.allclose(smoothed(way[:2], 12), way[:2], atol=1e-5)
