from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects.colour import Rgba, chroma_of, full_of, parse_colour, rgb_of, yuv_of, yuv_of_colour, yuva_of
from effects.frame import Frame, Layout


def test_colours_are_read_as_written():
    assert parse_colour("#fa0") == (255, 170, 0, 255)
    assert parse_colour("#102030") == (16, 32, 48, 255)
    assert parse_colour("#10203040") == (16, 32, 48, 64)


@pytest.mark.parametrize("text", ["", "red", "#12345", "#gggggg", "#1234567"])
def test_what_is_no_colour_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="is not a colour"):
        parse_colour(text)


@pytest.mark.parametrize(
    ("rgb", "yuv"),
    # SMPTE EG 1 / BT.709 colour bars at 100 %, 8 bit
    [
        ((255, 255, 255), (235, 128, 128)),
        ((0, 0, 0), (16, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_the_matrix_is_bt709_limited(rgb, yuv):
    assert yuv_of_colour(Rgba(*rgb)) == yuv


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_flat_colour_survives_the_way_there_and_back(rgb):
    flat = np.full((6, 8, 3), rgb, np.uint8)
    assert np.abs(rgb_of(yuv_of(flat)).astype(int) - flat).max() <= 2


def test_chroma_lies_on_the_left_column_and_between_the_rows():
    ramp_x = np.tile(np.arange(0, 64, 4, dtype=np.float32), (8, 1))  # 4 a pixel
    assert np.allclose(chroma_of(ramp_x)[:, 1:], np.arange(8, 64, 8)[None])  # sample i is pixel 2i
    ramp_y = ramp_x.T[:16]
    assert np.allclose(chroma_of(np.ascontiguousarray(ramp_y))[:, 0], np.arange(2, 64, 8))  # between 2j and 2j + 1


def test_chroma_is_brought_back_to_where_it_came_from():
    ramp = np.tile(np.arange(0, 128, 4, dtype=np.uint8), (16, 1))
    back = full_of(chroma_of(ramp), 32, 16)
    assert np.abs(back[:, 2:-2].astype(int) - ramp[:, 2:-2]).max() <= 1


def test_odd_sizes_keep_their_size():
    frame = yuv_of(np.full((5, 7, 3), 90, np.uint8))
    assert [plane.shape for plane in frame.planes] == [(5, 7), (3, 4), (3, 4)]
    assert rgb_of(frame).shape == (5, 7, 3)


def test_a_see_through_colour_keeps_its_colour_beside_nothing():
    rgba = np.zeros((4, 4, 4), np.uint8)
    rgba[:, 1] = (128, 0, 0, 128)  # half transparent red in one column of a chroma pair
    frame = yuva_of(Frame((rgba,), Layout.RGBA, (6, 2)))
    y, u, v = yuv_of_colour(Rgba(255, 0, 0))
    assert abs(int(frame.planes[0][0, 1]) - y) <= 1
    assert abs(int(frame.planes[1][0, 0]) - u) <= 1
    assert abs(int(frame.planes[2][0, 0]) - v) <= 1
    assert frame.origin == (6, 2)
    assert frame.planes[3][0].tolist() == [0, 128, 0, 0]


def test_an_odd_origin_becomes_even_without_moving_the_picture():
    rgba = np.full((2, 2, 4), 255, np.uint8)
    frame = yuva_of(Frame((rgba,), Layout.RGBA, (3, 5)))
    assert frame.origin == (2, 4)
    assert frame.planes[3].tolist() == [[0, 0, 0], [0, 255, 255], [0, 255, 255]]


def test_what_is_wholly_opaque_has_no_alpha_plane():
    assert len(yuva_of(Frame((np.full((4, 4, 4), 255, np.uint8),), Layout.RGBA)).planes) == 3


def test_the_conversion_is_done_once_a_frame():
    frame = Frame((np.full((4, 4, 4), 255, np.uint8),), Layout.RGBA)
    assert yuva_of(frame) is yuva_of(frame)
    assert yuva_of(frame.at_origin(2, 2)).origin == (2, 2)
