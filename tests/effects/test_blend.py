from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from effects.blend import blend
from effects.colour import rgb_of
from effects.frame import Frame, Layout
from timeline.track import BlendMode

FORMULAS = {
    BlendMode.NORMAL: lambda b, s: s,
    BlendMode.MULTIPLY: lambda b, s: b * s,
    BlendMode.SCREEN: lambda b, s: 1 - (1 - b) * (1 - s),
    BlendMode.OVERLAY: lambda b, s: np.where(b <= 0.5, 2 * b * s, 1 - 2 * (1 - b) * (1 - s)),
    BlendMode.ADD: lambda b, s: np.minimum(b + s, 1),
    BlendMode.SUBTRACT: lambda b, s: np.maximum(b - s, 0),
}
COLOURS = [((200, 120, 40), (60, 180, 220)), ((128, 127, 10), (255, 255, 255)), ((0, 90, 255), (30, 30, 30))]


def with_alpha(frame: Frame, alpha: np.ndarray) -> Frame:
    return replace(frame, planes=(*frame.planes[:3], alpha.astype(np.uint8)))


@pytest.mark.parametrize("mode", list(BlendMode))
@pytest.mark.parametrize("opacity", [1.0, 0.4])
@pytest.mark.parametrize(("below", "above"), COLOURS)
def test_every_mode_follows_its_formula(plain, mode, opacity, below, above):
    base, layer = plain(8, 8, below), plain(8, 8, above)
    b, s = rgb_of(base) / 255, rgb_of(layer) / 255
    wanted = (b + (FORMULAS[mode](b, s) - b) * opacity) * 255
    seen = rgb_of(blend(base, layer, mode, opacity)).astype(float)
    assert np.abs(seen - wanted).max() <= 3  # 2 by the levels of YUV itself, 1 by the mix


@pytest.mark.parametrize("mode", list(BlendMode))
def test_a_transparent_layer_changes_nothing_at_all(noise, plain, mode):
    base = noise(16, 16)
    layer = with_alpha(plain(16, 16, (255, 0, 255)), np.zeros((16, 16)))
    for before, after in zip(base.planes, blend(base, layer, mode).planes, strict=True):
        assert np.array_equal(before, after)


def test_only_the_box_changes_and_the_base_is_left_alone(noise, plain):
    base = noise(32, 20)
    kept = [plane.copy() for plane in base.planes]
    result = blend(base, plain(8, 6, (255, 255, 255)).at_origin(10, 4))
    assert all(np.array_equal(a, b) for a, b in zip(base.planes, kept, strict=True))
    assert (result.planes[0][4:10, 10:18] == 235).all()
    assert (result.planes[1][2:5, 5:9] == 128).all()
    outside = np.ones((20, 32), bool)
    outside[4:10, 10:18] = False
    assert np.array_equal(result.planes[0][outside], base.planes[0][outside])


def test_with_reuse_the_base_is_written(noise, plain):
    base = noise(16, 16)
    result = blend(base, plain(4, 4).at_origin(2, 2), reuse=True)
    assert result.planes[0] is base.planes[0]
    assert (base.planes[0][2:6, 2:6] == result.planes[0][3, 3]).all()


def test_an_opaque_layer_over_everything_comes_back_uncopied(noise):
    base, layer = noise(16, 16, 1), noise(16, 16, 2)
    result = blend(base, layer)
    assert all(a is b for a, b in zip(result.planes, layer.planes, strict=True))


def test_alpha_mixes_both_pictures(noise):
    base, layer = noise(16, 16, 1), noise(16, 16, 2)
    alpha = np.full((16, 16), 102)  # 0.4
    result = blend(base, with_alpha(layer, alpha))
    for below, above, seen in zip(base.planes, layer.planes, result.planes, strict=False):
        wanted = below * 0.6 + above * 0.4
        assert np.abs(seen - wanted).max() <= 1


def test_a_layer_over_the_border_is_cut(noise, plain):
    base, layer = noise(16, 10), plain(8, 8, (255, 255, 255))
    assert (blend(base, layer.at_origin(-4, -4)).planes[0][:4, :4] == 235).all()
    assert (blend(base, layer.at_origin(12, 6)).planes[0][6:, 12:] == 235).all()
    assert blend(base, layer.at_origin(40, 0)) is base
    assert blend(base, layer, opacity=0) is base


def test_canvases_of_odd_size_work(noise, plain):
    base = noise(15, 9)
    layer = with_alpha(plain(8, 8, (255, 255, 255)), np.full((8, 8), 255))
    result = blend(base, layer.at_origin(10, 4), BlendMode.SCREEN)
    assert (result.planes[0][4:, 10:] >= 234).all()


def test_rgba_layers_are_taken_too(noise):
    base = noise(16, 16)
    white = Frame((np.full((4, 4, 4), 255, np.uint8),), Layout.RGBA, (3, 3))
    assert (blend(base, white).planes[0][3:7, 3:7] == 235).all()
