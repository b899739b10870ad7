"""The picture in float: nothing lost on the way, no bands, no seams, black stays black."""

from __future__ import annotations

import numpy as np
import pytest

from effects.frame import Frame
from engines.errors import EngineError
from engines.evolve.deep import cast, deep_of, frame_of, lit, rolled, s_curve, toned
from tests.engines.evolve.measuring import meadow


def _ramp() -> Frame:
    y = np.tile(np.linspace(16, 235, 512).round().astype(np.uint8), (64, 1))
    return Frame((y, np.full((32, 256), 96, np.uint8), np.full((32, 256), 168, np.uint8)))


def test_there_and_back_is_the_same_within_the_dither() -> None:
    frame = meadow().frame(2)
    back = frame_of(deep_of(frame), 3)
    for one, other in zip(frame.planes, back.planes, strict=True):
        assert np.abs(one.astype(int) - other).max() <= 1


def test_a_slow_slope_that_is_lifted_shows_no_bands() -> None:
    y = np.tile(np.linspace(40, 48, 512).astype(np.uint8), (64, 1))
    frame = Frame((y, np.full((32, 256), 128, np.uint8), np.full((32, 256), 128, np.uint8)))
    made = frame_of(lit(deep_of(frame), 1.05), 0).planes[0]
    lengths = [np.diff(np.flatnonzero(np.diff(row.astype(int)) != 0)).max() for row in made[::9]]
    assert max(lengths) < 60  # the steps of the parent are 64 long


def test_highlights_roll_off_without_a_seam_and_never_beyond_white() -> None:
    deep = lit(deep_of(_ramp()), 1.3)
    row = deep.y[10]
    assert row.max() < 1.0
    assert np.all(np.diff(row) >= -1e-6)
    assert np.abs(np.diff(row, 2)).max() < 0.012
    colour = deep.v[5]
    assert np.abs(np.diff(colour)).max() < 0.02
    assert rolled(deep_of(meadow().frame(1)), 1.01).y.max() <= 1.01


def test_a_cast_leaves_black_and_warms_white() -> None:
    deep = cast(deep_of(_ramp()), (1.1, 1.0, 0.8))
    assert abs(float(deep.y[:, 0].mean())) < 0.03
    plain = deep_of(_ramp())
    assert float((deep.v - deep.u)[:, -1].mean()) > float((plain.v - plain.u)[:, -1].mean()) + 0.05


@pytest.mark.parametrize("contrast", [-0.3, 0.0, 0.5])
def test_a_curve_rises_and_keeps_its_ends(contrast: float) -> None:
    curve = s_curve(contrast)
    assert np.all(np.diff(curve) >= 0)
    assert (curve[0], curve[-1]) == (0.0, 1.0)
    made = toned(deep_of(_ramp()), curve)
    assert np.all(np.diff(made.y[3]) >= -1e-6)
    assert contrast or np.abs(made.y - deep_of(_ramp()).y).max() < 1e-4


def test_a_picture_of_two_pixels_is_refused_in_a_sentence() -> None:
    tiny = Frame((np.zeros((2, 2), np.uint8), np.zeros((1, 1), np.uint8), np.zeros((1, 1), np.uint8)))
    with pytest.raises(EngineError, match="only 2 x 2 pixels; 4 x 4 are the least"):
        deep_of(tiny)
