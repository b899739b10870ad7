from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from effects.colour import rgb_of
from effects.frame import Frame, Layout
from effects.video.color_correct import ColorCorrect
from timeline.time import ZERO


def test_neutral_values_pass_the_frame_through_uncopied(noise):
    frame = noise()
    assert ColorCorrect().render(frame, ZERO) is frame


def test_a_plane_that_does_not_change_is_not_copied(noise):
    frame = noise()
    assert ColorCorrect(saturation=1.5).render(frame, ZERO).planes[0] is frame.planes[0]
    assert ColorCorrect(brightness=0.1).render(frame, ZERO).planes[1] is frame.planes[1]


def test_brightness_and_contrast_follow_the_line_and_end_at_the_scale_s_ends():
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    grey = np.full((8, 8), 128, np.uint8)
    seen = ColorCorrect(brightness=0.05, contrast=1.1).render(Frame((levels, grey, grey)), ZERO).planes[0]
    expected = np.clip((np.arange(256) - 127.5) * 1.1 + 127.5 + 12.75, 0, 255).reshape(16, 16)
    assert np.abs(seen - expected).max() <= 0.501


def test_saturation_scales_chroma_about_grey(noise):
    frame = noise()
    for plane, source in zip(
        ColorCorrect(saturation=1.2).render(frame, ZERO).planes[1:], frame.planes[1:], strict=True
    ):
        assert np.abs(plane - np.clip((source - 128.0) * 1.2 + 128, 0, 255)).max() <= 0.5
    assert np.all(ColorCorrect(saturation=0).render(frame, ZERO).planes[1] == 128)


def test_gamma_lifts_the_middle_and_keeps_black_and_white(plain):
    def luma(level):
        return int(ColorCorrect(gamma=2).render(plain(colour=(level,) * 3), ZERO).planes[0][0, 0])

    assert (luma(0), luma(255)) == (16, 235)
    assert luma(64) == pytest.approx(16 + 219 * (64 / 255) ** 0.5, abs=1)


@pytest.mark.parametrize(("values", "more", "less"), [({"temperature": 60}, 0, 2), ({"tint": -60}, 1, 0)])
def test_temperature_and_tint_weigh_the_colours_as_gains(plain, values, more, less):
    colour = np.array((140, 120, 100))
    seen = rgb_of(ColorCorrect(**values).render(plain(colour=tuple(colour)), ZERO))[4, 4]
    gains = seen / colour
    assert gains[more] > 1 > gains[less]
    grey = ColorCorrect(**values).render(plain(colour=(120, 120, 120)), ZERO)
    assert abs(int(grey.planes[0][4, 4]) - int(plain(colour=(120, 120, 120)).planes[0][4, 4])) <= 1


def test_a_warm_grey_is_the_gain_of_its_three_colours(plain):
    seen = rgb_of(ColorCorrect(temperature=100).render(plain(colour=(100, 100, 100)), ZERO))[4, 4].astype(float)
    gains = np.array([1.25, 1, 0.75])
    assert np.abs(seen - 100 * gains / (gains @ (0.2126, 0.7152, 0.0722))).max() <= 2


def test_transparency_and_place_are_left_alone(noise):
    frame = noise()
    frame = replace(frame, planes=(*frame.planes, np.full((18, 32), 40, np.uint8)), origin=(4, 6))
    seen = ColorCorrect(contrast=1.4, temperature=20).render(frame, ZERO)
    assert seen.planes[3] is frame.planes[3]
    assert seen.origin == (4, 6)


def test_premultiplied_pictures_stay_premultiplied():
    rgba = np.zeros((4, 4, 4), np.uint8)
    rgba[:] = (64, 64, 64, 128)
    seen = ColorCorrect(brightness=1).render(Frame((rgba,), Layout.RGBA), ZERO).planes[0]
    assert np.all(seen[..., 3] == 128)
    assert np.abs(seen[..., :3].astype(int) - 128).max() <= 1


def test_odd_sizes_are_corrected_too(noise):
    frame = noise(33, 19)
    seen = ColorCorrect(temperature=30, contrast=1.2).render(frame, ZERO)
    assert [plane.shape for plane in seen.planes] == [plane.shape for plane in frame.planes]
