from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects.colour import rgb_of, yuv_of
from effects.frame import Canvas, Frame, Layout
from effects.video.transform import Fit, Transform
from timeline.time import ZERO

CANVAS = Canvas(32, 18)


def over_black(frame: Frame, canvas: Canvas) -> np.ndarray:
    """Luma on a canvas of level 0, in float."""
    result = np.zeros((canvas.height, canvas.width))
    x, y = frame.origin
    alpha = np.ones(frame.planes[0].shape) if frame.alpha is None else frame.alpha / 255
    result[y : y + frame.height, x : x + frame.width] = frame.planes[0] * alpha
    return result


def test_an_untouched_picture_that_fills_the_canvas_is_not_copied(noise):
    frame = noise()
    placed = Transform().place(frame, CANVAS)
    assert all(a is b for a, b in zip(frame.planes, placed.planes, strict=True))
    assert placed.origin == (0, 0)
    again = Transform().render(frame, ZERO)
    assert all(a is b for a, b in zip(frame.planes, again.planes, strict=True))


def test_its_alpha_plane_is_not_copied_either(noise):
    frame = noise()
    frame = replace(frame, planes=(*frame.planes, np.full((18, 32), 77, np.uint8)))
    placed = Transform().place(frame, CANVAS)
    assert placed.planes[3] is frame.planes[3]


@pytest.mark.parametrize(("x", "y"), [(4, 0), (0, -6), (3, 5), (-7, 2), (10, -10)])
def test_moving_by_whole_pixels_moves_every_sample(noise, x, y):
    frame = noise()
    placed = Transform(position_x=x, position_y=y).place(frame, CANVAS)
    wanted = np.roll(frame.planes[0], (y, x), (0, 1)).astype(float)
    inside = np.zeros(wanted.shape, bool)
    inside[max(y, 0) : 18 + min(y, 0), max(x, 0) : 32 + min(x, 0)] = True
    seen = over_black(placed, CANVAS)
    assert np.array_equal(seen[inside], wanted[inside])
    assert (seen[~inside] == 0).all()
    assert placed.origin[0] % 2 == placed.origin[1] % 2 == 0


def test_moving_by_an_even_number_of_pixels_makes_no_alpha_and_no_copy(noise):
    frame = noise()
    placed = Transform(position_x=4).place(frame, CANVAS)
    assert placed.alpha is None
    assert placed.size == (28, 18)
    assert np.shares_memory(placed.planes[1], frame.planes[1])


def test_a_quarter_of_a_pixel_is_seen(noise):
    frame = noise()
    still = over_black(Transform(position_x=4).place(frame, CANVAS), CANVAS)
    moved = over_black(Transform(position_x=4.25).place(frame, CANVAS), CANVAS)
    left = np.roll(still, 1, 1)
    assert np.abs(moved[:, 6:30] - (0.75 * still + 0.25 * left)[:, 6:30]).max() <= 1
    # the left edge covers three quarters of its first pixel, whose colour goes on from the picture's border
    assert np.abs(moved[:, 4] - 0.75 * frame.planes[0][:, 0]).max() <= 1.5


def test_position_counts_in_pixels_of_the_full_size(noise):
    half = Canvas(32, 18, 0.5)
    frame = replace(noise(), scale=0.5)
    placed = Transform(position_x=8).place(frame, half)
    assert placed.origin == (4, 0)
    assert placed.scale == 0.5


@pytest.mark.parametrize(
    ("fit", "size", "origin"),
    [
        (Fit.FIT, (32, 32), (16, 0)),
        (Fit.FILL, (64, 32), (0, 0)),
        (Fit.STRETCH, (64, 32), (0, 0)),
        (Fit.NONE, (16, 16), (24, 8)),
    ],
)
def test_each_fit_takes_its_place(plain, fit, size, origin):
    placed = Transform(fit=fit).place(plain(16, 16), Canvas(64, 32))
    assert (placed.size, placed.origin, placed.alpha) == (size, origin, None)


def test_fit_none_knows_reduced_pictures(plain):
    reduced = replace(plain(16, 16), scale=0.5)  # was 32 x 32
    assert Transform(fit=Fit.NONE).place(reduced, Canvas(64, 32, 1.0)).size == (32, 32)
    assert Transform(fit=Fit.NONE).place(reduced, Canvas(32, 16, 0.5)).size == (16, 16)


def test_a_fitted_picture_has_sharp_edges_whatever_its_shape(plain):
    for width in range(20, 60, 3):
        placed = Transform().place(plain(width, 37), Canvas(64, 36))
        assert placed.alpha is None


def test_a_quarter_turn_is_exact(noise):
    frame = noise(16, 16)
    placed = Transform(rotation=90).place(frame, Canvas(16, 16))
    assert np.array_equal(placed.planes[0], np.rot90(frame.planes[0], -1))  # clockwise
    assert placed.alpha is None


def test_turning_is_clockwise_with_soft_edges(plain):
    frame = plain(40, 40, (255, 255, 255))
    frame.planes[0][:20] = 16  # dark above
    placed = Transform(rotation=45, scale=50).place(frame, Canvas(40, 40))
    seen = over_black(placed, Canvas(40, 40))
    assert seen[20, 28] < 60  # what was above is now at the right
    assert seen[20, 12] > 190
    assert placed.alpha is not None
    assert ((placed.alpha > 0) & (placed.alpha < 255)).any()
    # the area is kept: 20 x 20
    assert abs(placed.alpha.sum() / 255 - 400) < 4


def test_cropping_takes_shares_of_the_source(noise):
    frame = noise()
    placed = Transform(crop_left=25, crop_right=50, crop_top=100 * 2 / 18).place(frame, CANVAS)
    assert (placed.origin, placed.size) == ((8, 2), (8, 16))
    assert np.array_equal(placed.planes[0], frame.planes[0][2:, 8:16])
    assert Transform(crop_left=60, crop_right=40).place(frame, CANVAS).size == (0, 0)


def test_a_cropped_edge_between_pixels_is_soft(plain):
    placed = Transform(crop_left=100 * 8.5 / 32).place(plain(), CANVAS)
    assert placed.origin == (8, 0)
    assert placed.alpha[0, :3].tolist() == [128, 255, 255]


@pytest.mark.parametrize("transform", [Transform(scale=0), Transform(position_x=40), Transform(crop_top=100)])
def test_what_is_not_on_the_canvas_is_an_empty_frame(noise, transform):
    placed = transform.place(noise(), CANVAS)
    assert placed.size == (0, 0)
    assert len(placed.planes) == 4


def test_shrinking_keeps_the_mean_of_fine_detail():
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::2] = 255  # any sampling of single pixels would show 0 or 255
    placed = Transform(scale=23).place(yuv_of(stripes), Canvas(64, 64))
    inner = placed.planes[0][4:-4, 4:-4]
    assert abs(inner.mean() - 125.5) < 3
    assert inner.std() < 12


def test_scaling_about_the_centre_leaves_the_centre(plain):
    frame = plain(33, 17, (0, 0, 0))
    frame.planes[0][8, 16] = 235
    for scale in (150, 300, 437):
        seen = over_black(Transform(scale=scale).place(frame, Canvas(33, 17)), Canvas(33, 17)) - 16
        ys, xs = np.mgrid[:17, :33]
        seen = np.maximum(seen, 0)
        assert abs((seen * xs).sum() / seen.sum() - 16) < 0.05
        assert abs((seen * ys).sum() / seen.sum() - 8) < 0.05


def test_colour_stays_on_its_shape_when_enlarged():
    """The red square and its brightness grow together: chroma moves with luma (sited left)."""
    picture = np.zeros((32, 32, 3), np.uint8)
    picture[8:24, 8:24] = (200, 30, 30)
    placed = Transform(scale=200).place(yuv_of(picture), Canvas(32, 32))
    wanted = cv2.resize(picture, (64, 64), interpolation=cv2.INTER_LINEAR)[16:48, 16:48]
    seen = rgb_of(placed).astype(int)
    assert np.abs(seen - wanted)[4:-4, 4:-4].mean() < 4
    red = np.maximum(seen[..., 0] - seen[..., 1], 0)
    middle = (red.sum(0) * np.arange(32)).sum() / red.sum()
    assert abs(middle - 15.5) < 0.1


def test_nothing_bleeds_in_from_transparent_pixels(plain):
    frame = plain(16, 16, (255, 255, 255))
    frame.planes[0][:, 8:] = 16  # black where it is transparent
    alpha = np.full((16, 16), 255, np.uint8)
    alpha[:, 8:] = 0
    frame = replace(frame, planes=(*frame.planes, alpha))
    placed = Transform(position_x=0.5).place(frame, Canvas(16, 16))
    assert (placed.planes[0][placed.alpha > 8] >= 234).all()
    assert abs(int(placed.alpha[4, 8]) - 128) <= 1


def test_a_generators_picture_moves_with_its_place_on_the_canvas():
    white = Frame((np.full((4, 4, 4), 255, np.uint8),), Layout.RGBA, (4, 6))
    assert Transform().place(white, CANVAS) is white
    moved = Transform(position_x=6, position_y=2).place(white, CANVAS)
    assert (moved.origin, moved.size) == ((10, 8), (4, 4))
    # doubled about the canvas's centre (16, 9): from 4..8 to -8..0, gone; from 6..10 to 3..11
    assert Transform(scale=200).place(white.at_origin(4, 6), CANVAS).size == (0, 0)
    grown = Transform(scale=200).place(white.at_origin(16, 8), CANVAS)
    assert grown.origin[0] == 16
    assert abs(grown.alpha.sum() / 255 - 64) < 0.5


def test_huge_and_tiny_pictures_are_placed(plain):
    huge = Frame((np.full((4, 40_000), 120, np.uint8), *[np.full((2, 20_000), 128, np.uint8)] * 2))
    assert Transform(fit=Fit.STRETCH).place(huge, CANVAS).size == (32, 18)
    assert Transform(scale=10_000).place(plain(2, 2), CANVAS).size == (32, 18)
    assert Transform().place(plain(1, 1), Canvas(7, 5)).alpha is None


SIDES = st.integers(1, 40)
SHARES = st.floats(0, 100)


@given(
    source=st.tuples(SIDES, SIDES),
    canvas=st.tuples(SIDES, SIDES),
    scale=st.floats(0, 2000),
    rotation=st.one_of(st.sampled_from([0.0, 90.0, 180.0, 270.0]), st.floats(-400, 400)),
    position=st.tuples(st.floats(-50, 50), st.floats(-50, 50)),
    crop=st.tuples(SHARES, SHARES, SHARES, SHARES),
    fit=st.sampled_from(Fit),
    with_alpha=st.booleans(),
)
def test_any_placement_gives_a_sound_frame(source, canvas, scale, rotation, position, crop, fit, with_alpha):
    width, height = source
    planes = [
        np.full((height, width), 200, np.uint8),
        *[np.full(((height + 1) // 2, (width + 1) // 2), 90, np.uint8)] * 2,
    ]
    if with_alpha:
        planes.append(np.full((height, width), 255, np.uint8))
    transform = Transform(
        scale=scale,
        rotation=rotation,
        position_x=position[0],
        position_y=position[1],
        crop_left=crop[0],
        crop_right=crop[1],
        crop_top=crop[2],
        crop_bottom=crop[3],
        fit=fit,
    )
    placed = transform.place(Frame(tuple(planes)), Canvas(*canvas))
    if placed.size == (0, 0):
        return
    x, y = placed.origin
    assert x % 2 == y % 2 == 0
    assert 0 <= x <= x + placed.width <= canvas[0]
    assert 0 <= y <= y + placed.height <= canvas[1]
    half = ((placed.height + 1) // 2, (placed.width + 1) // 2)
    assert [plane.shape for plane in placed.planes[1:3]] == [half, half]
    assert placed.alpha is None or placed.alpha.shape == placed.planes[0].shape
    seen = placed.planes[0] if placed.alpha is None else placed.planes[0][placed.alpha > 8]
    assert (np.abs(seen.astype(int) - 200) <= 2).all()  # one colour stays that colour
