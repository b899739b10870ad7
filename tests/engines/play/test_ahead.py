"""What is made ready before it is seen: the next cuts, where transitions begin, and the head of a loop."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from engines.play.ahead import LookAhead
from engines.play.course import Span, leg_from
from engines.play.request import DrawRequest, Scene
from engines.render.cuts import entries
from tests.engines.play.stage import RATE, Stage
from tests.timeline.notation import Cut
from timeline.items import Clip, Gap, SequenceSource, Transition
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind


def row(**tracks: str) -> Sequence:
    return replace(Cut(**tracks).history.project.sequences[0], rate=RATE)


def at(ahead: LookAhead, sequence: Sequence, frame: int, span: Span | None = None) -> list[int]:
    span = span or Span(0, sequence.duration_frames)
    scene = Scene(Stage().project, Cut().library, sequence)
    leg = leg_from(frame, 0, Fraction(1), span, sequence)
    request = DrawRequest(scene, RationalTime.from_frames(frame, RATE), (64, 36), 0, frame, leg, frame)
    return [time.frames(RATE) for time in ahead.coming(request)]


def test_each_cut_is_told_once_and_soon_enough() -> None:
    sequence = row(V1="A:0-100 B:0-20 C:0-100")
    first = sequence.tracks[0].starts[1].frames(RATE)
    ahead = LookAhead()
    assert at(ahead, sequence, 0) == []
    told = [(frame, found) for frame in range(first) if (found := at(ahead, sequence, frame))]
    assert [one for _, found in told for one in found][:1] == [first]
    assert first - told[0][0] >= 37


def test_a_transition_is_entered_where_it_begins() -> None:
    sequence = row(V1="A:0-100 B:10-60")
    track = sequence.tracks[0]
    half = RationalTime.from_frames(5, RATE)
    left, right = track.items[0].id, track.items[1].id
    dissolving = replace(track, transitions=(Transition("dissolve", left, right, half, half),))
    cut = track.starts[1].frames(RATE)
    assert entries(Project(), replace(sequence, tracks=(dissolving,))) == [0, cut - 5]


def test_cuts_within_a_nest_are_entries_of_the_sequence_that_shows_it() -> None:
    inner = replace(row(V1="A:0-96 B:0-96 C:0-96"), id="inner", rate=Fraction(24))
    second = RationalTime(1)

    def shown(**more: object) -> list[int]:
        nest = Clip(SequenceSource("inner"), TimeRange(second * 3, second * 6), **more)  # type: ignore[arg-type]
        outer = Sequence(id="outer", rate=RATE, tracks=(Track(TrackKind.VIDEO, (Gap(second), nest)),))
        return entries(Project(sequences=(outer, inner)), outer)

    assert shown() == [25, 50, 150]
    assert shown(speed=Fraction(-1)) == [25, 50, 150]
    assert shown(speed=Fraction(2)) == [25, -(-(25 + 12.5) // 1), -(-(25 + 62.5) // 1)]
    assert shown(freeze=second * 4) == [25]


def test_the_head_of_a_loop_is_made_ready_each_time_round() -> None:
    sequence = row(V1="A:0-200")
    span = Span(20, 120, loops=True)
    ahead = LookAhead()
    for _ in range(2):
        assert at(ahead, sequence, 30, span) == []
        assert at(ahead, sequence, 100, span) == [20]
        assert at(ahead, sequence, 101, span) == []
