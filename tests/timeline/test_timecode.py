from fractions import Fraction

import pytest

from timeline.time import RATES, RationalTime
from timeline.timecode import can_drop, format_timecode, nominal_fps, parse_rate, parse_timecode, rate_name

NTSC = Fraction(30000, 1001)
NTSC60 = Fraction(60000, 1001)


def at(frame: int, rate: Fraction) -> RationalTime:
    return RationalTime.from_frames(frame, rate)


COUNTS = [(rate, drop) for rate in (*RATES, Fraction(120), Fraction(120000, 1001)) for drop in {False, can_drop(rate)}]


@pytest.mark.parametrize(("rate", "drop"), COUNTS)
def test_every_frame_of_an_hour_reads_back_as_it_was_written(rate: Fraction, drop: bool) -> None:
    frames = 3600 * nominal_fps(rate)
    around = [minute * 60 * nominal_fps(rate) + near for minute in range(61) for near in range(-9, 10)]
    seen = set()
    for frame in sorted({*range(0, frames, 97), *(one for one in around if 0 <= one <= frames)}):
        text = format_timecode(at(frame, rate), rate, drop)
        assert parse_timecode(text, rate) == at(frame, rate), text
        assert text not in seen
        seen.add(text)


def test_drop_frame_leaves_out_two_numbers_each_minute() -> None:
    last = parse_timecode("00:00:59;29", NTSC)
    assert format_timecode(last + at(1, NTSC), NTSC, drop_frame=True) == "00:01:00;02"
    assert format_timecode(at(1799, NTSC), NTSC, drop_frame=True) == "00:00:59;29"


def test_drop_frame_leaves_out_none_at_every_tenth_minute() -> None:
    for ten in range(0, 60, 10):
        last = parse_timecode(f"00:{ten - 1:02d}:59;29", NTSC) if ten else at(-1, NTSC)
        assert format_timecode(last + at(1, NTSC), NTSC, drop_frame=True) == f"00:{ten:02d}:00;00"


def test_drop_frame_at_59_94_leaves_out_four() -> None:
    last = parse_timecode("00:00:59;59", NTSC60)
    assert format_timecode(last + at(1, NTSC60), NTSC60, drop_frame=True) == "00:01:00;04"


def test_an_hour_of_drop_frame_is_an_hour_of_the_clock_within_a_frame_or_two() -> None:
    hour = parse_timecode("01:00:00;00", NTSC)
    assert hour == at(107892, NTSC)
    assert abs(hour.to_seconds() - 3600) < 0.004
    assert parse_timecode("01:00:00:00", NTSC) == at(108000, NTSC)


def test_drop_frame_is_ignored_where_it_does_not_exist() -> None:
    assert format_timecode(RationalTime(60), Fraction(24), drop_frame=True) == "00:01:00:00"
    assert parse_timecode("00:01:00;00", Fraction(25)) == RationalTime(60)


def test_timecode_before_zero_has_a_minus() -> None:
    assert format_timecode(at(-25, Fraction(24)), Fraction(24)) == "-00:00:01:01"
    assert parse_timecode("-00:00:01:01", Fraction(24)) == at(-25, Fraction(24))


def test_high_rates_have_three_digits() -> None:
    assert format_timecode(at(119, Fraction(120)), Fraction(120)) == "00:00:00:119"


@pytest.mark.parametrize(
    "text", ["", "1:2:3", "00:60:00:00", "00:00:60:00", "00:00:00:24", "aa:bb:cc:dd", "00:00:00:00x"]
)
def test_what_is_no_timecode_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"timecode|out of range"):
        parse_timecode(text, Fraction(24))


def test_numbers_that_drop_frame_leaves_out_do_not_exist() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        parse_timecode("00:01:00;01", NTSC)
    assert parse_timecode("00:01:00:01", NTSC, drop_frame=False) == at(1801, NTSC)
    assert parse_timecode("00:10:00;01", NTSC) == at(17983, NTSC)


def test_rates_have_names() -> None:
    names = ["23.976", "24", "25", "29.97", "30", "48", "50", "59.94", "60"]
    assert [rate_name(rate) for rate in RATES] == names
    assert [parse_rate(name) for name in names] == list(RATES)
    assert parse_rate("24000/1001") == parse_rate("23.98") == Fraction(24000, 1001)
    assert rate_name(Fraction(25, 2)) == "12.5"
    assert rate_name(Fraction(15000, 1001)) == "14.985"
    for wrong in ("0", "-5", "5000", "fast", "1/0", "1e999999999"):
        with pytest.raises(ValueError):
            parse_rate(wrong)
