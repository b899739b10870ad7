from __future__ import annotations

import numpy as np
import pytest

from effects.video.mirror import Half, Mirror
from timeline.time import ZERO


def test_nothing_chosen_gives_the_frame_itself(noise):
    frame = noise()
    assert Mirror(half=Half.NONE).render(frame, ZERO) is frame


@pytest.mark.parametrize("size", [(32, 18), (33, 17)])
@pytest.mark.parametrize("half", [Half.LEFT, Half.RIGHT, Half.TOP, Half.BOTTOM])
def test_both_halves_are_equal_and_the_chosen_one_is_as_it_was(noise, half, size):
    frame = noise(*size)
    axis = 1 if half in (Half.LEFT, Half.RIGHT) else 0
    for plane, source in zip(Mirror(half=half).render(frame, ZERO).planes, frame.planes, strict=True):
        assert np.array_equal(plane, np.flip(plane, axis))
        kept = slice(0, 3) if half in (Half.LEFT, Half.TOP) else slice(-3, None)
        assert np.array_equal(
            np.take(plane, np.arange(plane.shape[axis])[kept], axis),
            np.take(source, np.arange(source.shape[axis])[kept], axis),
        )


def test_a_flip_moves_every_sample(noise):
    frame = noise()
    seen = Mirror(half=Half.NONE, flip_horizontal=True, flip_vertical=True).render(frame, ZERO)
    assert np.array_equal(seen.planes[0], frame.planes[0][::-1, ::-1])
