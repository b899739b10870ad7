from __future__ import annotations

import numpy as np
import pytest

from effects.base import VideoTransition
from effects.registry import transitions

EVERY = list(transitions().classes.items())


@pytest.fixture(params=EVERY, ids=[name for name, _ in EVERY])
def transition(request) -> VideoTransition:
    return request.param[1]()


def difference(a, b) -> float:
    return max(float(np.abs(x.astype(int) - y).mean()) for x, y in zip(a.planes, b.planes, strict=True))


def smooth(noise, seed):
    """A picture with shapes larger than a pixel, for transitions that move it."""
    from effects.planes import blurred

    return blurred(noise(64, 36, seed), 6)


def test_it_begins_with_the_left_and_ends_with_the_right_picture(transition, noise):
    left, right = smooth(noise, 1), smooth(noise, 2)
    assert difference(transition.render(left, right, 0.0005), left) < 1.5
    assert difference(transition.render(left, right, 0.9995), right) < 1.5


def test_it_is_neither_of_both_in_the_middle(transition, plain):
    left, right = plain(64, 36, (250, 40, 40)), plain(64, 36, (40, 40, 250))
    middle = transition.render(left, right, 0.5)
    assert difference(middle, left) > 5
    assert difference(middle, right) > 5


def test_the_given_pictures_are_not_written_to(transition, noise):
    left, right = noise(34, 20, 1), noise(34, 20, 2)
    kept = [plane.copy() for plane in (*left.planes, *right.planes)]
    for progress in (0.1, 0.5, 0.9):
        transition.render(left, right, progress)
    assert all(np.array_equal(a, b) for a, b in zip((*left.planes, *right.planes), kept, strict=True))


@pytest.mark.parametrize("size", [(64, 36), (33, 17), (2, 2)])
def test_the_picture_keeps_its_shape_and_kind(transition, noise, size):
    for progress in (0.01, 0.3, 0.5, 0.77, 0.99):
        seen = transition.render(noise(*size, 1), noise(*size, 2), progress)
        assert [plane.shape for plane in seen.planes] == [plane.shape for plane in noise(*size).planes]
        assert all(plane.dtype == np.uint8 for plane in seen.planes)


def test_equal_pictures_of_one_colour_stay_that_colour(transition, plain):
    if type(transition).__name__ == "Fade":
        pytest.skip("a fade goes through its own colour")
    picture = plain(64, 36, (90, 140, 200))
    for progress in (0.2, 0.5, 0.8):
        assert difference(transition.render(picture, picture, progress), picture) <= 1
