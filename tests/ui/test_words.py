from __future__ import annotations

from datetime import datetime

import pytest

from timeline.time import RationalTime
from ui import words


def test_large_numbers_are_grouped_by_a_thin_space() -> None:
    assert words.count(1242) == "1\u2009242"


def test_one_clip_has_no_s() -> None:
    assert words.plural(1, "clip") == "1 clip"
    assert words.plural(3, "clip") == "3 clips"


def test_a_name_that_project_and_sequence_share_is_said_once() -> None:
    assert words.film_name("Night", "Night") == "Night"
    assert words.film_name("Night", "Reel 1") == "Night, Reel 1"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (38, "38 s"), (60, "1 min"), (70, "1 min 10 s"), (3599.6, "1 h"), (7500, "2 h 5 min"), (-3, "0 s")],
)
def test_lengths_are_said_as_people_say_them(seconds: float, text: str) -> None:
    assert words.spoken(seconds) == text


def test_short_lengths_drop_a_zero_fraction() -> None:
    assert words.seconds(RationalTime(96, 10)) == "9.6 s"
    assert words.seconds(RationalTime(12)) == "12 s"


def test_minus_is_a_real_minus_and_zero_has_no_sign() -> None:
    assert words.signed(-22.5) == "\u221222.5"
    assert words.signed(-0.001) == "0.0"
    assert words.signed(0.3, plus=True) == "+0.3"


def test_decibels_and_gain_are_inverse() -> None:
    assert words.decibels(1) == 0
    assert words.gain(words.decibels(0.25)) == pytest.approx(0.25)
    assert words.gain(-96) == 0
    assert words.decibels(0) == -96


@pytest.mark.parametrize(
    ("size", "text"), [(12, "12 B"), (3_200, "3 KB"), (214_000_000, "214 MB"), (1_200_000_000, "1.2 GB")]
)
def test_file_sizes_have_the_unit_that_fits(size: int, text: str) -> None:
    assert words.file_size(size) == text


def test_a_moment_of_another_day_says_which() -> None:
    now = datetime.now().astimezone()
    assert words.when(now) == f"{now:%H:%M}"
    assert words.when(datetime(2020, 5, 3, 14, 2).astimezone()) == "14:02 on 3 May"
