"""Pictures laid over pixels in place: where they land, what they mix to, and what stays untouched."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from effects.paint import Easel

pytestmark = pytest.mark.qt
Bytes = NDArray[np.uint8]
WHOLE = (0, 0, 32, 24)


def ground(level: int = 50) -> Bytes:
    pixels = np.full((24, 32, 4), level, np.uint8)
    pixels[..., 3] = 255
    return pixels


def patch(level: int = 200, alpha: int = 255) -> Bytes:
    """Ten by eight with a clear rim, premultiplied."""
    picture = np.zeros((8, 10, 4), np.uint8)
    picture[1:-1, 1:-1] = (level * alpha // 255,) * 3 + (alpha,)
    return picture


def move(x: float, y: float, scale: float = 1.0) -> NDArray[np.float64]:
    return np.array([[scale, 0, x], [0, scale, y]])


def test_a_picture_lands_where_its_move_says() -> None:
    pixels = ground()
    Easel(pixels).lay(patch(), move(5, 3), WHOLE)
    assert np.abs(pixels[4:10, 6:14, :3].astype(int) - 200).max() <= 3
    pixels[3:11, 5:15] = 50
    assert np.abs(pixels[..., :3].astype(int) - 50).max() == 0


def test_parts_of_a_pixel_count() -> None:
    middles = []
    for x in (5.0, 5.25, 5.5, 5.75, 6.0):
        pixels = ground(0)
        Easel(pixels).lay(patch(), move(x, 3), WHOLE)
        weight = pixels[6, :, 0].astype(float)
        middles.append(float((weight * np.arange(32)).sum() / weight.sum()))
    assert np.diff(middles) == pytest.approx(0.25, abs=0.04)


def test_a_picture_is_enlarged_about_the_place_of_its_first_pixel() -> None:
    pixels = ground(0)
    Easel(pixels).lay(patch(), move(4, 2, 2.0), WHOLE)
    ys, xs = np.nonzero(pixels[..., 0] > 100)
    assert (xs.min() + xs.max()) / 2 == pytest.approx(4 + 2 * 4.5, abs=0.6)
    assert (ys.min() + ys.max()) / 2 == pytest.approx(2 + 2 * 3.5, abs=0.6)


def test_what_is_see_through_is_mixed_and_what_is_opaque_stays_so() -> None:
    pixels = ground()
    Easel(pixels).lay(patch(200, 128), move(5, 3), WHOLE)
    assert int(pixels[6, 9, 0]) == pytest.approx(125, abs=2)
    pixels = ground()
    Easel(pixels).lay(patch(), move(5, 3), WHOLE, 0.25)
    assert int(pixels[6, 9, 0]) == pytest.approx(87, abs=2)
    assert int(pixels[..., 3].min()) == 255


def test_nothing_outside_the_box_is_touched() -> None:
    pixels = ground()
    Easel(pixels).lay(patch(), move(5, 3), (8, 5, 11, 7))
    changed = np.argwhere((pixels != ground()).any(axis=2))
    assert changed.min(axis=0).tolist() == [5, 8]
    assert changed.max(axis=0).tolist() == [6, 10]
