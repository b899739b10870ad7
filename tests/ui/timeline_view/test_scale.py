import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.time import RATES, RationalTime
from timeline.timecode import format_timecode, nominal_fps
from ui.timeline_view.scale import LABEL_PX, MAX_FRAME_PX, Scale

NTSC = Fraction(30000, 1001)


@given(st.integers(0, 10_000_000), st.sampled_from(RATES), st.floats(0.05, 2000), st.integers(0, 100_000))
def test_a_frame_boundary_comes_back_from_its_pixel(frame: int, rate: Fraction, pps: float, origin: int) -> None:
    scale = Scale(rate, pps, float(origin))
    time = RationalTime.from_frames(frame, rate)
    if scale.frame_px > 0.01:
        assert scale.time_at(scale.x_of(time)) == time


def test_the_frame_under_a_pixel_is_the_one_whose_picture_is_there() -> None:
    scale = Scale(Fraction(24), 240.0)
    assert scale.frame_under(19.9) == RationalTime.from_frames(1, Fraction(24))
    assert scale.time_at(19.9) == RationalTime.from_frames(2, Fraction(24))
    assert scale.frame_under(-50) == RationalTime(0)


def test_a_drag_is_whole_frames_at_ntsc() -> None:
    scale = Scale(NTSC, 300.0)
    assert scale.span(100.0) == RationalTime.from_frames(10, NTSC)
    assert scale.span(-4.0) == RationalTime(0)


@pytest.mark.parametrize("factor", [2.0, 0.5, 1.1])
def test_zooming_keeps_what_is_under_the_pointer(factor: float) -> None:
    scale = Scale(Fraction(25), 100.0, 5000.0)
    time = scale.exact_at(333.0)
    assert scale.zoomed(factor, 333.0).x_of(time) == pytest.approx(333.0, abs=0.01)


def test_zooming_ends_at_a_frame_as_wide_as_it_may_be() -> None:
    scale = Scale(Fraction(24), 100.0).zoomed(1e9, 0.0)
    assert scale.frame_px == pytest.approx(MAX_FRAME_PX)
    assert Scale(Fraction(24), 100.0).zoomed(1e-12, 0.0).pixels_per_second > 0


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("pps", [0.03, 1.0, 19.2, 240.0, 2000.0])
def test_labels_never_touch_and_are_round(rate: Fraction, pps: float) -> None:
    scale = Scale(rate, pps)
    labels = [tick for tick in scale.ticks(0, 3000) if tick.level == 2]
    assert all(b.x - a.x >= LABEL_PX - 1 for a, b in itertools.pairwise(labels))
    if scale.label_step() >= nominal_fps(rate):
        assert all(format_timecode(tick.time, rate).endswith(":00") for tick in labels)


def test_ticks_begin_left_of_the_screen_when_scrolled() -> None:
    ticks = list(Scale(Fraction(24), 19.2, 1000.0).ticks(0, 200))
    assert all(0 - 20 <= tick.x <= 220 for tick in ticks)
    assert ticks


def test_fitting_shows_everything() -> None:
    scale = Scale(Fraction(24), 3.0, 900.0).fitted(RationalTime(100), 1000.0)
    assert scale.x_of(RationalTime(0)) == 0
    assert scale.x_of(RationalTime(100)) == pytest.approx(1000.0)
