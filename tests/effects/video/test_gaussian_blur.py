from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.colour import yuv_of
from effects.frame import Frame, Layout
from effects.video.gaussian_blur import GaussianBlur
from timeline.time import ZERO


def test_no_radius_gives_the_frame_itself(noise):
    frame = noise()
    assert GaussianBlur(radius=0).render(frame, ZERO) is frame


def test_an_edge_has_the_width_of_the_kernel():
    rgb = np.zeros((40, 200, 3), np.uint8)
    rgb[:, 100:] = 255
    luma = GaussianBlur(radius=6).render(yuv_of(rgb), ZERO).planes[0][20].astype(float)
    slope = np.diff(luma)
    centre = (slope * np.arange(199)).sum() / slope.sum()
    spread = np.sqrt((slope * (np.arange(199) - centre) ** 2).sum() / slope.sum())
    assert abs(spread - 6) < 0.6


def test_the_level_of_the_picture_stays(noise):
    frame = noise(160, 90)
    assert abs(GaussianBlur(radius=12).render(frame, ZERO).planes[0].mean() - frame.planes[0].mean()) < 1.5


def test_a_title_is_blurred_beyond_its_own_box_and_keeps_its_light():
    rgba = np.full((20, 30, 4), 255, np.uint8)
    seen = GaussianBlur(radius=4).render(Frame((rgba,), Layout.RGBA, (50, 40)), ZERO)
    assert seen.origin == (38, 28)
    assert seen.size == (54, 44)
    assert abs(seen.planes[0][..., 3].sum() / rgba[..., 3].sum() - 1) < 0.02


def test_colours_of_what_is_transparent_do_not_bleed_in():
    frame = yuv_of(np.full((40, 40, 3), 200, np.uint8))
    luma = frame.planes[0].copy()
    luma[:, :20] = 16
    alpha = np.where(np.arange(40) < 20, 0, 255).astype(np.uint8)[None].repeat(40, 0)
    seen = GaussianBlur(radius=3).render(replace(frame, planes=(luma, *frame.planes[1:], alpha)), ZERO)
    assert np.abs(seen.planes[0][:, 18:].astype(int) - frame.planes[0][0, 0]).max() <= 1
