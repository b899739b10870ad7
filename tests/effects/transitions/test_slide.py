from __future__ import annotations

import numpy as np
import pytest

from effects.transitions.slide import Direction, Slide


@pytest.mark.parametrize(
    ("direction", "shift"),
    [(Direction.LEFT, (0, 32)), (Direction.RIGHT, (0, -32)), (Direction.UP, (16, 0)), (Direction.DOWN, (-16, 0))],
)
@pytest.mark.parametrize("push", [False, True])
def test_half_way_the_new_picture_is_half_in(noise, direction, shift, push):
    left, right = noise(64, 32, 1), noise(64, 32, 2)
    seen = Slide(direction=direction, push=push, motion_blur=0).render(left, right, 0.5).planes[0]
    new = np.roll(right.planes[0], shift, (0, 1))
    old = (
        np.roll(left.planes[0], (-shift[0] if shift[0] else 0, -shift[1] if shift[1] else 0), (0, 1))
        if push
        else left.planes[0]
    )
    rows, columns = np.mgrid[:32, :64]
    inside = {
        Direction.LEFT: columns >= 33,
        Direction.RIGHT: columns < 31,
        Direction.UP: rows >= 17,
        Direction.DOWN: rows < 15,
    }[direction]
    outside = {
        Direction.LEFT: columns < 31,
        Direction.RIGHT: columns >= 33,
        Direction.UP: rows < 15,
        Direction.DOWN: rows >= 17,
    }[direction]
    assert np.array_equal(seen[inside], new[inside])
    assert np.array_equal(seen[outside], old[outside])


def test_it_moves_by_parts_of_a_pixel(noise):
    left, right = noise(64, 32, 1), noise(64, 32, 2)
    slide = Slide(motion_blur=0)
    assert not np.array_equal(slide.render(left, right, 0.95).planes[0], slide.render(left, right, 0.952).planes[0])
