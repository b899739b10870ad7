"""Waveforms as loud as their clips: gain, keyframes, fades; both sides when tall; never a hole while tiles are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from tests.timeline.notation import RATE, clip, f
from timeline.curve import Curve, Interpolation, Keyframe
from timeline.items import Clip
from timeline.media import Media, MediaKind
from timeline.time import RationalTime
from ui.timeline_view import loudness, waveform
from ui.timeline_view.look import colour
from ui.timeline_view.scale import Scale
from ui.timeline_view.waveform import WaveformTiles

pytestmark = pytest.mark.qt

MEDIA = Media("/a.wav", MediaKind.AUDIO, "a", RationalTime(10), has_audio=True, channels=2, id="A")


def outline(left: float = 0.5, right: float = 0.5, rms: float = 0.2) -> np.ndarray[Any, Any]:
    """Ten seconds of the same: sum, left, right; lowest, highest, RMS."""
    rows = [(-one, one, rms * one / 0.5) for one in ((left + right) / 2, left, right)]
    return np.tile((np.array(rows) * 32767).astype(np.int16), (1000, 1, 1))


def drawn(
    one: Clip, made: np.ndarray[Any, Any], height: int = 37, tiles: WaveformTiles | None = None, pps: float = 24.0
) -> np.ndarray[Any, Any]:
    """How high the waveform stands (px) in each column of a clip painted from x 0 on."""
    scale = Scale(RATE, pps)
    width = round(scale.width_of(one.duration))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setClipRect(QRectF(0, 0, width, height))
    (tiles or WaveformTiles()).draw(painter, QRectF(0, 0, width, height), one, MEDIA, made, scale, 1.0)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4)
    return np.asarray((pixels[..., 3] > 60).sum(axis=0))


def test_the_waveform_grows_and_shrinks_with_the_gain() -> None:
    one = clip("A:0-96")
    loud, soft = drawn(one, outline())[50], drawn(replace(one, volume=0.5), outline())[50]
    assert 15 <= loud <= 21
    assert soft == pytest.approx(loud / 2, abs=2)
    assert drawn(replace(one, volume=0.0), outline()).max() <= 2


def test_it_follows_the_keyframes_of_the_gain() -> None:
    line = Curve((Keyframe(f(0), 0.0), Keyframe(f(96), 2.0)))
    heights = drawn(replace(clip("A:0-96"), volume=line), outline())
    assert heights[3] <= 2
    assert heights[48] == pytest.approx(18, abs=3)
    assert heights[90] > 30


def test_it_follows_the_fades_also_backwards() -> None:
    one = replace(clip("A:0-96"), fade_in=f(48))
    heights = drawn(one, outline())
    assert heights[2] <= 2
    assert heights[24] == pytest.approx(heights[90] / 2, abs=2)
    back = drawn(replace(one, speed=Fraction(-1)), outline())
    assert np.abs(heights.astype(int) - back.astype(int)).max() <= 1


def test_a_clip_without_gain_shares_its_tiles_with_others_of_its_file() -> None:
    tiles = WaveformTiles()
    drawn(clip("A:0-96"), outline(), tiles=tiles)
    count = len(tiles._tiles)
    drawn(clip("A:24-120"), outline(), tiles=tiles)
    assert len(tiles._tiles) == count


def test_a_tall_track_shows_both_sides_and_a_low_one_their_sum() -> None:
    made = outline(left=0.8, right=0.0)
    image_low = drawn(clip("A:0-96"), made, height=37)[50]
    assert image_low == pytest.approx(37 * 0.4, abs=3)
    tall = drawn(clip("A:0-96"), made, height=100)[50]
    assert tall == pytest.approx(50 * 0.8 + 1, abs=4)


def test_the_core_is_the_rms_and_the_rest_is_lighter() -> None:
    top, bottom, core = waveform.columns_of(outline(rms=0.25)[:, 0], 100.0, 0, 10)
    assert core == pytest.approx(0.25, abs=0.01)
    pixels = waveform.picture(top, bottom, core, 101, colour("clip.waveform"))
    middle, between = int(pixels[50, 5, 3]), int(pixels[50 - 18, 5, 3])
    assert middle == 255
    assert 100 < between < 200
    assert pixels[50 - 30, 5, 3] == 0


def test_until_a_tile_is_made_the_nearest_one_is_stretched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waveform, "_BUDGET_SECONDS", 10.0)
    waiting: list[Callable[[], Any]] = []

    def later(_key: tuple[Any, ...], _about: str, make: Callable[[], Any]) -> None:
        waiting.append(make)

    one, tiles = clip("A:0-96"), WaveformTiles(later)
    assert drawn(one, outline(), tiles=tiles).max() == 0  # nothing is known yet
    tiles.begin(Scale(RATE, 24.0))
    assert drawn(one, outline(), tiles=tiles).min() > 10
    asked = len(waiting)
    for pps in (57.0, 11.0):  # one zooms: nothing is made in the paint
        tiles.begin(Scale(RATE, pps))
        assert drawn(one, outline(), tiles=tiles, pps=pps).min() > 10
    assert len(waiting) > asked


# --- loudness ---


@pytest.mark.parametrize("kind", list(Interpolation))
def test_many_instants_of_a_curve_are_those_of_the_curve(kind: Interpolation) -> None:
    curve = Curve((Keyframe(f(10), 0.2, kind), Keyframe(f(40), 1.5, kind), Keyframe(f(41), 0.0, kind)))
    seconds = np.linspace(0, 3, 97)
    expected = [curve.at(RationalTime(round(one * 960000), 960000)) for one in seconds]
    assert loudness.curve_at(curve, seconds) == pytest.approx(expected, abs=1e-4)


def test_what_is_as_recorded_costs_nothing() -> None:
    one = clip("A:0-96")
    assert loudness.gains(loudness.volume_of(one), loudness.fades_of(one), np.zeros(4)) is None


def test_only_what_lies_under_a_fade_is_its_own() -> None:
    fades = loudness.fades_of(replace(clip("A:24-120"), fade_in=f(12), fade_out=f(24)))
    assert fades is not None
    assert fades.touches(0.0, 1.2)
    assert not fades.touches(1.6, 3.9)
    assert fades.touches(3.0, 4.2)
