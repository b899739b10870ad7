"""Which of the four marks decide, and what follows from them. 24 frames a second; the file M has 100 frames."""

from __future__ import annotations

import pytest

from studio_app.session.three_point import Incoming, Landing, RecordMarks, fitted, landing
from tests.timeline.notation import RATE, f
from timeline.errors import EditRefused
from timeline.media import Media, MediaKind
from timeline.time import TimeRange

FILM = Media("m.mp4", MediaKind.VIDEO, "M", f(100), rate=RATE, has_video=True, id="M")
STILL = Media("s.png", MediaKind.IMAGE, "S", has_video=True, id="S")


def source(mark_in: int | None = None, mark_out: int | None = None, media: Media = FILM) -> Incoming:
    start, end = (None if one is None else f(one) for one in (mark_in, mark_out))
    return Incoming(media, TimeRange(f(0), f(100 if media is FILM else 120)), start, end, media.name)


def record(mark_in: int | None = None, mark_out: int | None = None, playhead: int = 500) -> RecordMarks:
    start, end = (None if one is None else f(one) for one in (mark_in, mark_out))
    return RecordMarks(f(playhead), start, end)


def text(one: Landing) -> str:
    """`10-58 at 500`: source ranges and the place, in frames."""
    parts = " ".join(f"{p.whole.start.frames(RATE)}-{p.whole.end.frames(RATE)}" for p in one.pieces)
    return f"{parts} at {one.at.frames(RATE)}"


@pytest.mark.parametrize(
    ("incoming", "marks", "expected"),
    [
        (source(), record(), "0-100 at 500"),
        (source(10, 58), record(), "10-58 at 500"),
        (source(10), record(200), "10-100 at 200"),
        (source(None, 30), record(200), "0-30 at 200"),
        (source(10), record(200, 224), "10-34 at 200"),
        (source(), record(200, 224), "0-24 at 200"),
        (source(None, 60), record(200, 224), "36-60 at 200"),  # back from the source's out
        (source(10, 58), record(None, 300), "10-58 at 252"),  # back from the sequence's out
        (source(10, 34), record(200, 224), "10-34 at 200"),
    ],
)
def test_three_marks_decide_and_the_playhead_is_the_mark_in_where_none_is_set(
    incoming: Incoming, marks: RecordMarks, expected: str
) -> None:
    found = landing([incoming], marks, RATE)
    assert text(found) == expected
    assert found.note == ""


def test_of_four_marks_that_differ_the_source_out_gives_way_and_that_is_said() -> None:
    found = landing([source(10, 90)], record(200, 224), RATE)
    assert text(found) == "10-34 at 200"
    assert "Fit to fill" in found.note


def test_a_source_shorter_than_the_marked_range_comes_in_as_far_as_it_goes() -> None:
    forward = landing([source(90)], record(200, 224), RATE)
    back = landing([source(None, 10)], record(200, 224), RATE)
    assert (text(forward), forward.note) == ("90-100 at 200", "“M” is 14 frames shorter than the marked range.")
    assert (text(back), back.note) == ("0-10 at 214", "“M” is 14 frames shorter than the marked range.")


def test_backtiming_that_would_begin_before_the_sequence_is_refused_with_both_lengths() -> None:
    with pytest.raises(EditRefused, match="48 frames do not fit before the mark out: there are 40 frames"):
        landing([source(10, 58)], record(None, 40), RATE)


def test_several_files_land_one_after_another_whatever_mark_out_says() -> None:
    both = [source(0, 10), source(20, 50)]
    assert text(landing(both, record(200, 224), RATE)) == "0-10 20-50 at 200"
    assert text(landing(both, record(None, 100), RATE)) == "0-10 20-50 at 60"


def test_a_still_fills_any_marked_range() -> None:
    assert text(landing([source(media=STILL)], record(0, 1000), RATE)) == "0-1000 at 0"


def test_marks_the_wrong_way_round_count_as_none() -> None:
    assert text(landing([source(50, 20)], record(), RATE)) == "0-100 at 500"


def test_fit_to_fill_changes_the_speed_to_the_marked_length() -> None:
    found = fitted(source(10, 58), record(200, 224))
    assert text(found) == "10-58 at 200"
    assert found.pieces[0].speed == 2
    for one, marks in ((source(10, 58), record(200)), (source(media=STILL), record(0, 10))):
        with pytest.raises(EditRefused):
            fitted(one, marks)
