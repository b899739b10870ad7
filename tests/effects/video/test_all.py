"""What holds for every effect on pictures, found by its folder."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from effects.base import VideoEffect
from effects.colour import rgb_of, yuv_of, yuva_of
from effects.filtering import premultiplied
from effects.frame import Frame, Layout
from effects.registry import video_effects
from timeline.time import RationalTime

AT = RationalTime(7, 25)
EVERY = {name: cls for name, cls in video_effects().classes.items() if name != "transform"}
CHANGES_OUTLINE = {"chroma_key", "luma_key", "letterbox"}
"""Keys make holes and bars cover what is transparent: that is what they are for."""
SHOWN = {
    "lut": None,  # without a file it does nothing
    "color_correct": {"contrast": 1.3, "temperature": 40},
    "tone": {"contrast": 40, "shadows": 30},
    "lift_gamma_gain": {"gamma": 1.4, "gain_red": 1.2},
    "chroma_key": {"colour": "#3f7fbf"},
    "luma_key": {"low": 40},
}
"""Values with which those show something that are neutral by default."""


@pytest.fixture(params=[name for name in EVERY if SHOWN.get(name, {}) is not None])
def effect(request: pytest.FixtureRequest) -> VideoEffect:
    return EVERY[request.param](**(SHOWN.get(request.param) or {}))


def smooth_rgb(width: int = 192, height: int = 108, seed: int = 3) -> np.ndarray:
    """Coloured shapes several pixels wide: what a real picture has."""
    rough = np.random.default_rng(seed).integers(0, 256, (9, 16, 3), np.uint8)
    return np.asarray(cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def round_alpha(width: int, height: int) -> np.ndarray:
    """A disc of full cover in the middle of nothing."""
    y, x = np.mgrid[:height, :width]
    return np.where(np.hypot(x - width / 2, y - height / 2) < height / 4, 255, 0).astype(np.uint8)


def name_of(effect: VideoEffect) -> str:
    return type(effect).__module__.rpartition(".")[2]


def test_it_changes_the_picture_and_writes_nothing_to_the_given_one(effect):
    frame = yuv_of(smooth_rgb())
    kept = [plane.copy() for plane in frame.planes]
    seen = effect.render(frame, AT)
    assert all(np.array_equal(a, b) for a, b in zip(frame.planes, kept, strict=True))
    assert (
        any(not np.array_equal(a, b) for a, b in zip(seen.planes, frame.planes, strict=False)) or seen.alpha is not None
    )


@pytest.mark.parametrize("size", [(64, 36), (33, 17), (2, 2), (1, 1)])
def test_a_whole_picture_keeps_its_size_and_kind(effect, noise, size):
    frame = noise(*size)
    seen = effect.render(frame, AT)
    assert seen.layout is Layout.YUV420
    assert [plane.shape for plane in seen.planes[:3]] == [plane.shape for plane in frame.planes]
    assert all(plane.dtype == np.uint8 for plane in seen.planes)


def test_the_same_time_gives_the_same_picture(effect):
    frame = yuv_of(smooth_rgb())
    first, again = (effect.render(replace(frame), AT) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first.planes, again.planes, strict=True))


def test_half_size_looks_as_the_full_picture_scaled(effect):
    full = smooth_rgb(384, 216)
    small = cv2.resize(full, (192, 108), interpolation=cv2.INTER_AREA)
    expected = rgb_of(effect.render(yuv_of(full), AT)).astype(np.float32)
    expected = cv2.resize(expected, (192, 108), interpolation=cv2.INTER_AREA)
    seen = rgb_of(effect.render(replace(yuv_of(small), scale=0.5), AT))
    assert np.abs(seen - expected).mean() < 6


def test_what_is_transparent_stays_so(effect):
    """Beyond the reach of a blur nothing appears, in both layouts, at the same place."""
    rgb, alpha = smooth_rgb(), round_alpha(192, 108)
    straight = replace(yuv_of(rgb), planes=(*yuv_of(rgb).planes, alpha), origin=(10, 6))
    pieces = (straight, Frame((premultiplied(rgb, alpha),), Layout.RGBA, (10, 6)))
    for frame in pieces:
        seen = effect.render(frame, AT)
        assert seen.layout is frame.layout
        if name_of(effect) in CHANGES_OUTLINE:
            continue
        assert seen.alpha is not None
        assert seen.alpha.max() > 100
        assert seen.alpha[:4, :4].max() <= 1
        if seen.layout is Layout.RGBA:
            assert np.all(seen.planes[0][..., :3] <= seen.planes[0][..., 3:])


def test_both_layouts_show_the_same(effect):
    rgb = smooth_rgb(seed=3)
    alpha = np.full(rgb.shape[:2], 255, np.uint8)
    opaque = effect.render(yuv_of(rgb), AT)
    piece = yuva_of(effect.render(Frame((premultiplied(rgb, alpha),), Layout.RGBA), AT))
    if piece.size != opaque.size:  # a blur needs room around a piece
        x, y = -piece.origin[0], -piece.origin[1]
        inner = (slice(y + 30, y + 78), slice(x + 50, x + 142))
        assert np.abs(piece.planes[0][inner].astype(int) - opaque.planes[0][30:78, 50:142]).mean() < 6
        return
    there = slice(None) if opaque.alpha is None else opaque.alpha > 40
    assert np.abs(rgb_of(piece)[there].astype(int) - rgb_of(opaque)[there]).mean() < 3


def test_nothing_to_see_is_given_back(effect):
    nothing = Frame((np.zeros((0, 0), np.uint8),) * 4)
    assert effect.render(nothing, AT).planes[0].size == 0


@pytest.mark.parametrize("name", [name for name, cls in EVERY.items() if "strength" in cls.model_fields])
def test_no_strength_gives_the_frame_itself_and_more_of_it_changes_more(name):
    cls, values = EVERY[name], SHOWN.get(name) or {}
    frame = yuv_of(smooth_rgb())
    assert cls(strength=0, **values).render(frame, AT) is frame
    if SHOWN.get(name, {}) is None:
        return
    away = [
        float(np.abs(rgb_of(cls(strength=share, **values).render(frame, AT)).astype(int) - rgb_of(frame)).mean())
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert away == sorted(away)
    assert away[-1] > 0.5


def test_every_effect_stands_under_a_heading():
    assert {cls.group for cls in EVERY.values()} <= {"Blur and sharpen", "Colour", "Keying", "Shape", "Stylise"}
