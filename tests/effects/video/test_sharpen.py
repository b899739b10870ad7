from __future__ import annotations

import numpy as np

from effects.colour import yuv_of
from effects.video.sharpen import Sharpen
from timeline.time import ZERO


def edge(low: int, high: int):
    rgb = np.full((20, 40, 3), low, np.uint8)
    rgb[:, 20:] = high
    return yuv_of(rgb)


def test_no_amount_gives_the_frame_itself(noise):
    frame = noise()
    assert Sharpen(amount=0).render(frame, ZERO) is frame


def test_both_sides_of_an_edge_are_driven_apart_more_with_more():
    frame, steps = edge(100, 140), []
    for amount in (0.5, 1, 2):
        luma = Sharpen(amount=amount, threshold=0).render(frame, ZERO).planes[0][10].astype(int)
        steps.append(luma[20] - luma[19])
        assert luma[0] == frame.planes[0][0, 0]
    assert int(frame.planes[0][0, 20]) - int(frame.planes[0][0, 19]) < steps[0] < steps[1] < steps[2]


def test_differences_below_the_threshold_are_left_alone_and_colour_always():
    frame = edge(100, 104)
    seen = Sharpen(amount=3, threshold=5).render(frame, ZERO)
    assert np.array_equal(seen.planes[0], frame.planes[0])
    assert seen.planes[1] is frame.planes[1]
