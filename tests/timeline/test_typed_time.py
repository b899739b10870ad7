"""Typed times: digits from the right, periods, signs, drop-frame, and what is refused."""

from fractions import Fraction

import pytest

from timeline.time import RationalTime
from timeline.timecode import format_timecode, parse_timecode
from timeline.typed_time import typed_time

PAL, NTSC = Fraction(25), Fraction(30000, 1001)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", "00:00:00:07"),
        ("1234", "00:00:13:09"),  # 34 frames are a second and nine
        ("12.", "00:00:12:00"),
        ("1..", "00:01:00:00"),
        ("1...", "01:00:00:00"),
        ("10203", "00:01:02:03"),
        ("01020304", "01:02:03:04"),
        ("99", "00:00:03:24"),
        ("1:2:3", "00:01:02:03"),
        ("00:00:12:10", "00:00:12:10"),
        (" 5: ", "00:00:05:00"),
    ],
)
def test_digits_fill_from_the_right_and_are_carried(text: str, expected: str) -> None:
    found = typed_time(text, PAL)
    assert not found.relative
    assert format_timecode(found.time, PAL) == expected


@pytest.mark.parametrize(("text", "frames"), [("-15", -15), ("+2.", 50), ("+1:00", 25), ("−3", -3), ("+0", 0)])
def test_a_sign_makes_it_relative(text: str, frames: int) -> None:
    found = typed_time(text, PAL)
    assert (found.relative, found.time.nearest_frame(PAL)) == (True, frames)


@pytest.mark.parametrize("text", ["", "  ", "+", "abc", "12x", "1:2:3:4:5", "1+2", "--3", "1234567890"])
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"timecode"):
        typed_time(text, PAL)


def test_drop_frame_numbers_are_read_as_such_and_those_left_out_mean_the_next() -> None:
    for text, expected in (
        ("10002", "00:01:00;02"),
        ("100.", "00:01:00;02"),
        ("100000", "00:10:00;00"),
        ("1234", "00:00:13;04"),
    ):
        assert format_timecode(typed_time(text, NTSC, True).time, NTSC, True) == expected


def test_fields_not_typed_are_those_of_the_start_where_the_entry_would_lie_before_it() -> None:
    start = parse_timecode("01:00:00:00", PAL)
    assert format_timecode(typed_time("1200", PAL, start=start).time, PAL) == "01:00:12:00"
    assert format_timecode(typed_time("02000000", PAL, start=start).time, PAL) == "02:00:00:00"
    assert typed_time("00000100", PAL, start=start).time == RationalTime(1)


def test_a_counter_of_frames_reads_frames() -> None:
    start = RationalTime(10)
    assert typed_time("500", PAL, start=start, as_frames=True).time == RationalTime(30)
    assert typed_time("-500", PAL, as_frames=True).time == RationalTime(-20)
    assert typed_time("1:00", PAL, as_frames=True).time == RationalTime(1)


def test_a_rate_above_a_hundred_has_three_digits_for_frames() -> None:
    rate = Fraction(120)
    assert typed_time("2119", rate).time.nearest_frame(rate) == 2 * 120 + 119
