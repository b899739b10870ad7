"""Which sequences are shown where, and when an instant of a nest is seen."""

from __future__ import annotations

from fractions import Fraction

import pytest

from timeline.items import Clip, SequenceSource
from timeline.nesting import nested_in, seen_from, sequences_inside, shows, shows_itself
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(25)


def nest(of: str, **more: object) -> Clip:
    return Clip(SequenceSource(of), TimeRange.from_frames(50, 50, RATE), **more)  # type: ignore[arg-type]  # keywords of a clip


def cut(name: str, *shown: str) -> Sequence:
    return Sequence(id=name, rate=RATE, tracks=(Track(TrackKind.VIDEO, tuple(nest(one) for one in shown)),))


def test_all_that_is_shown_however_deep_is_found_once() -> None:
    top, left, right, low = cut("top", "left", "right", "gone"), cut("left", "low"), cut("right", "low"), cut("low")
    project = Project(sequences=(top, left, right, low))
    found = sequences_inside(project, top)
    assert found[0] is top
    assert {one.id for one in found} == {"top", "left", "right", "low"}
    assert shows(project, "top", "low")
    assert shows(project, "low", "low")
    assert not shows(project, "low", "top")
    assert not shows(project, "gone", "gone")
    assert not any(shows_itself(project, one) for one in project.sequences)
    assert nested_in(project, nest("gone")) is None


def test_a_circle_is_noticed_and_comes_to_an_end() -> None:
    one, two, beside = cut("one", "two"), cut("two", "one"), cut("beside", "one")
    project = Project(sequences=(one, two, beside))
    assert [shows_itself(project, each) for each in project.sequences] == [True, True, False]
    assert len(sequences_inside(project, beside)) == 3


@pytest.mark.parametrize(
    ("more", "source_frame", "record_frame"),
    [
        ({}, 60, 110),
        ({}, 49, None),
        ({"speed": Fraction(2)}, 61, 106),
        ({"speed": Fraction(-1)}, 60, 140),
        ({"freeze": RationalTime(1)}, 60, None),
    ],
)
def test_the_first_frame_in_which_an_instant_is_seen(
    more: dict[str, object], source_frame: int, record_frame: int | None
) -> None:
    clip = nest("inner", **more)
    where = TimeRange(RationalTime.from_frames(100, RATE), clip.duration)
    found = seen_from(clip, where, RationalTime.from_frames(source_frame, RATE), RATE)
    assert found == (None if record_frame is None else RationalTime.from_frames(record_frame, RATE))
