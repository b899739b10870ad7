from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from effects.blend import blend
from effects.frame import Frame
from effects.overlay import overlay_of


@pytest.fixture
def lower_third(noise) -> Frame:
    """See-through but for a box at odd places, soft at one end."""
    alpha = np.zeros((40, 64), np.uint8)
    alpha[21:33, 9:48] = 153
    alpha[21:33, 48:55] = np.linspace(140, 1, 7)
    return replace(noise(64, 40, 5), planes=(*noise(64, 40, 5).planes, alpha))


def test_only_what_is_seen_is_kept(lower_third):
    overlay = overlay_of(lower_third.at_origin(4, 2))
    (x, y), (height, width) = overlay.origin, overlay.kept[0].shape
    assert x % 2 == y % 2 == 0
    assert (x - 4 <= 9, y - 2 <= 21, x - 4 + width >= 55, y - 2 + height >= 33) == (True,) * 4
    assert width * height < 64 * 40 / 3


def test_what_is_wholly_transparent_is_nothing(noise):
    frame = replace(noise(16, 16), planes=(*noise(16, 16).planes, np.zeros((16, 16), np.uint8)))
    assert overlay_of(frame) is None


def test_it_is_made_once(lower_third):
    assert overlay_of(lower_third) is overlay_of(lower_third)
    assert overlay_of(replace(lower_third)) is not overlay_of(lower_third)


@pytest.mark.parametrize("opacity", [1.0, 0.3])
@pytest.mark.parametrize("origin", [(0, 0), (-12, -24), (30, 18)])
def test_cropping_changes_no_level(noise, lower_third, opacity, origin):
    base = noise(64, 40, 9)
    faint = replace(
        lower_third, planes=(*lower_third.planes[:3], np.maximum(lower_third.planes[3], 1))
    )  # nothing cropped
    seen = blend(base, lower_third.at_origin(*origin), opacity=opacity)
    whole = blend(base, faint.at_origin(*origin), opacity=opacity)
    for plane, other in zip(seen.planes, whole.planes, strict=True):
        assert np.abs(plane.astype(int) - other).max() <= 2


@pytest.mark.parametrize("opacity", [1.0, 0.3])
def test_the_mix_is_the_formula_s(noise, lower_third, opacity):
    base = noise(64, 40, 9)
    luma = blend(base, lower_third, opacity=opacity).planes[0]
    share = lower_third.planes[3] / 255 * opacity
    assert np.abs(luma - (base.planes[0] * (1 - share) + lower_third.planes[0] * share)).max() <= 1.3
