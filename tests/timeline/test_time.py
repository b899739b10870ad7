import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from timeline.time import RATES, ZERO, RationalTime, TimeRange, sums, total

times = st.builds(RationalTime, st.integers(-(10**9), 10**9), st.integers(1, 10**6))
rates = st.sampled_from(RATES)


def span(start: int, end: int) -> TimeRange:
    return TimeRange.between(RationalTime(start), RationalTime(end))


@given(st.lists(times, max_size=20))
def test_sums_in_one_go_are_those_made_one_by_one(lengths: list[RationalTime]) -> None:
    assert sums(lengths) == tuple(total(lengths[:count]) for count in range(len(lengths) + 1))


@given(times, times, times)
def test_times_add_up_exactly(a: RationalTime, b: RationalTime, c: RationalTime) -> None:
    assert (a + b) + c == a + (b + c) == total([a, b, c])
    assert (a + b) - b == a
    assert (a < b) == (a.fraction < b.fraction)
    assert -a + a == ZERO
    assert abs(a) >= ZERO


@given(times, st.fractions(Fraction(1, 100), 100))
def test_a_time_times_a_speed_and_back_is_the_same(time: RationalTime, speed: Fraction) -> None:
    assert time * speed / speed == time == speed * time / speed
    assert time / RationalTime(speed) == time.fraction / speed


@given(st.integers(-(10**7), 10**7), rates)
def test_frames_survive_the_way_there_and_back(frame: int, rate: Fraction) -> None:
    time = RationalTime.from_frames(frame, rate)
    assert time.frames(rate) == time.nearest_frame(rate) == frame
    assert time.is_on_frame(rate)
    assert time.snapped(rate) == time


@given(times, rates)
def test_the_nearest_frame_is_at_most_half_a_frame_away(time: RationalTime, rate: Fraction) -> None:
    assert abs(time.snapped(rate) - time) <= RationalTime.from_frames(1, rate) / 2
    assert RationalTime.from_frames(time.frames(rate), rate) <= time


def test_an_hour_at_29_97_is_exact() -> None:
    rate = Fraction(30000, 1001)
    assert total(RationalTime.from_frames(1, rate) for _ in range(107892)) == RationalTime.from_frames(107892, rate)
    assert RationalTime.from_frames(107892, rate).fraction == Fraction(107892 * 1001, 30000)


def test_times_are_text_values_and_cannot_be_written_to() -> None:
    time = RationalTime(1001, 24)
    assert str(time) == "1001/24"
    assert str(RationalTime(4, 2)) == "2"
    assert repr(time) == "RationalTime(1001/24)"
    assert RationalTime.parse("1001/24") == time
    assert RationalTime.parse("-2.5") == RationalTime(-5, 2)
    assert pickle.loads(pickle.dumps(time)) == time  # noqa: S301 - our own bytes
    assert {RationalTime(2, 4): "half"}[RationalTime(1, 2)] == "half"
    assert RationalTime(1, -2) == RationalTime(-1, 2)
    assert RationalTime(Fraction(1, 2), 2) == RationalTime(1, 4)
    assert (bool(ZERO), bool(time)) == (False, True)
    assert time.to_seconds() == pytest.approx(41.708333)
    assert (time == 5) is False
    with pytest.raises(AttributeError, match="immutable"):
        time.numerator = 5  # type: ignore[attr-defined]
    with pytest.raises(ZeroDivisionError):
        RationalTime(1, 0)


@pytest.mark.parametrize("text", ["", "x", "1/0", "1e999999999", "1/2/3", "nan", "inf", " 1", "1" * 70])
def test_what_is_no_time_is_refused_quickly(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|below"):
        RationalTime.parse(text)


def test_forms_read_times_as_text() -> None:
    adapter = TypeAdapter(RationalTime)
    assert adapter.validate_python("1001/24") == RationalTime(1001, 24)
    assert adapter.validate_python(3) == RationalTime(3)
    assert adapter.validate_python(RationalTime(3)) == RationalTime(3)
    assert adapter.dump_json(RationalTime(1, 2)) == b'"1/2"'
    for wrong in (True, 2.5, "1/0", None, "9" * 99):
        with pytest.raises(ValidationError):
            adapter.validate_python(wrong)


def test_seconds_from_outside_land_on_a_frame_and_samples_are_the_nearest() -> None:
    assert RationalTime.from_seconds(0.99, Fraction(24)) == RationalTime(1)
    assert RationalTime(1, 3).samples(48000) == 16000
    assert RationalTime(1, 48000 * 3).samples(48000) == 0
    assert RationalTime(2, 48000 * 3).samples(48000) == 1


def test_ranges_are_half_open() -> None:
    one = span(2, 5)
    assert one.end == RationalTime(5)
    assert one.contains(RationalTime(2))
    assert not one.contains(RationalTime(5))
    assert one.overlaps(span(4, 9))
    assert not one.overlaps(span(5, 9))
    assert one.intersection(span(4, 9)) == span(4, 5)
    assert one.intersection(span(5, 9)) is None
    assert one.moved(RationalTime(-2)) == span(0, 3)
    assert TimeRange.from_frames(48, 72, Fraction(24)) == one
