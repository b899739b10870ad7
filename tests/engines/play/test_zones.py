"""A sequence in stretches: where they begin, and which of them an edit leaves as they were."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from engines.play.zones import Zone, zones_near
from timeline.commands.split_clips import SplitClips
from timeline.items import Clip, Gap, GeneratorSource, SequenceSource, Transition
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(25)
PROJECT = Project()


def frames(count: int) -> RationalTime:
    return RationalTime.from_frames(count, RATE)


def clip(name: str, length: int, **more: object) -> Clip:
    made = Clip(GeneratorSource("solid", {}), TimeRange(ZERO, frames(length)), id=name, name=name)
    return replace(made, **more)  # type: ignore[arg-type]


A, B, TITLE = clip("a", 50), clip("b", 50, fade_out=frames(10)), clip("title", 20)
DISSOLVE = Transition("dissolve", "a", "b", frames(5), frames(5))


def sequence(*tracks: Track) -> Sequence:
    return Sequence(width=64, height=36, rate=RATE, tracks=tracks)


def film(*items: Clip) -> Track:
    return Track(TrackKind.VIDEO, items or (A, B), transitions=() if items else (DISSOLVE,), id="v")


def titles(before: int, title: Clip = TITLE) -> Track:
    return Track(TrackKind.TEXT, (Gap(frames(before)), title), id="t")


def edges(zones: list[Zone]) -> list[tuple[int, int]]:
    return [(zone.first, zone.end) for zone in zones]


def test_zones_begin_where_anything_begins_or_ends() -> None:
    found = zones_near(PROJECT, sequence(film(), titles(60)), 0, 1000)
    assert edges(found) == [(0, 45), (45, 50), (50, 55), (55, 60), (60, 80), (80, 90), (90, 100)]


def test_only_what_is_near_is_looked_at_and_gaps_are_no_zones() -> None:
    assert edges(zones_near(PROJECT, sequence(film(), titles(60)), 50, 20)) == [
        (30, 45),
        (45, 50),
        (50, 55),
        (55, 60),
        (60, 70),
    ]
    assert edges(zones_near(PROJECT, sequence(titles(60)), 0, 1000)) == [(60, 80)]
    assert zones_near(PROJECT, sequence(), 0, 1000) == []


def test_an_edit_leaves_zones_it_does_not_touch_as_they_were() -> None:
    before = zones_near(PROJECT, sequence(film(), titles(60)), 0, 1000)
    after = zones_near(PROJECT, sequence(film(), titles(60, replace(TITLE, opacity=0.5))), 0, 1000)
    assert [a.content == b.content for a, b in zip(before, after, strict=True)] == [True] * 4 + [False] + [True] * 2


def test_a_clip_moved_as_a_whole_looks_the_same_elsewhere() -> None:
    (before,) = zones_near(PROJECT, sequence(titles(60)), 0, 1000)
    (after,) = zones_near(PROJECT, sequence(titles(70)), 0, 1000)
    assert (before.first, after.first) == (60, 70)
    assert before.content == after.content


def test_a_muted_track_and_another_size_make_other_zones() -> None:
    whole = sequence(film(A), titles(0))
    muted = sequence(film(A), replace(titles(0), muted=True))
    assert edges(zones_near(PROJECT, whole, 0, 1000)) == [(0, 20), (20, 50)]
    assert edges(zones_near(PROJECT, muted, 0, 1000)) == [(0, 50)]
    (small,) = zones_near(PROJECT, replace(muted, width=32), 0, 1000)
    (large,) = zones_near(PROJECT, muted, 0, 1000)
    assert small.content != large.content


# --- nested sequences -----------------------------------------------------------------------------------------------


def nesting(inner: Sequence, **more: object) -> tuple[Project, Sequence]:
    nest = Clip(SequenceSource("inner"), TimeRange(frames(40), frames(30)), id="nest")
    outer = sequence(Track(TrackKind.VIDEO, (Gap(frames(10)), replace(nest, **more)), id="o"))  # type: ignore[arg-type]
    return Project(sequences=(outer, inner)), outer


def test_what_begins_and_ends_within_a_nest_makes_zones_where_it_is_seen() -> None:
    inner = replace(sequence(film(), titles(60)), id="inner")
    project, outer = nesting(inner)
    assert edges(zones_near(project, outer, 0, 1000)) == [(10, 15), (15, 20), (20, 25), (25, 30), (30, 40)]
    back, reversed_ = nesting(inner, speed=Fraction(-1))
    assert edges(zones_near(back, reversed_, 0, 1000)) == [(10, 20), (20, 25), (25, 30), (30, 35), (35, 40)]
    still, frozen = nesting(inner, freeze=frames(41))
    assert edges(zones_near(still, frozen, 0, 1000)) == [(10, 40)]


def test_an_edit_within_a_nest_leaves_the_zones_it_does_not_touch() -> None:
    inner = replace(sequence(film(), titles(60)), id="inner")
    edited = replace(inner, tracks=(inner.tracks[0], titles(60, replace(TITLE, opacity=0.5))))
    project, outer = nesting(inner)
    edited_project = replace(project, sequences=(outer, edited))
    before, after = zones_near(project, outer, 0, 1000), zones_near(edited_project, outer, 0, 1000)
    assert [a.content == b.content for a, b in zip(before, after, strict=True)] == [True] * 4 + [False]


def test_sequences_that_show_each_other_come_to_an_end() -> None:
    one = sequence(Track(TrackKind.VIDEO, (Clip(SequenceSource("two"), TimeRange(ZERO, frames(50))),)))
    one = replace(one, id="one")
    two = replace(
        one, id="two", tracks=(Track(TrackKind.VIDEO, (Clip(SequenceSource("one"), TimeRange(ZERO, frames(50))),)),)
    )
    assert edges(zones_near(Project(sequences=(one, two)), one, 0, 1000)) == [(0, 50)]


def test_a_part_of_a_clip_is_found_within_the_whole_and_nothing_else_is() -> None:
    (whole,) = zones_near(PROJECT, sequence(film(A)), 0, 1000)
    cut = SplitClips("cut", frames(20), ("a",))
    halves = replace(sequence(film(A)), id="cut")
    project = cut.apply(Project(sequences=(halves,)), Library())
    first, second = zones_near(PROJECT, project.sequences[0], 0, 1000)
    assert (first.within(whole), second.within(whole)) == (0, 20)
    assert whole.within(first) is None, "it is longer"
    (other,) = zones_near(PROJECT, sequence(film(clip("a", 50))), 0, 1000)
    assert other.within(whole) is None, "another clip's source"
    (faster,) = zones_near(PROJECT, sequence(film(replace(A, speed=Fraction(2)))), 0, 1000)
    assert faster.within(whole) is None
    (backwards,) = zones_near(PROJECT, sequence(film(replace(A, speed=Fraction(-1)))), 0, 1000)
    assert backwards.within(backwards) == 0
    fading = zones_near(PROJECT, sequence(film(B)), 0, 1000)
    assert [zone.line is None for zone in fading] == [False, True], "a fade hangs on the clip's end"
    dissolving = zones_near(PROJECT, sequence(film()), 0, 1000)
    assert [zone.line is None for zone in dissolving] == [False, True, True, False, True]
