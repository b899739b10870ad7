"""Thousands of edits that nobody thought of, and what must hold after each of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.timeline.notation import Cut, clip, f
from timeline.command import Command
from timeline.commands.add_effect import AddEffect
from timeline.commands.add_marker import AddMarker
from timeline.commands.delete_items import DeleteItems
from timeline.commands.extract_range import ExtractRange
from timeline.commands.fill_clip import FillClip
from timeline.commands.insert_clips import InsertClips
from timeline.commands.lift_range import LiftRange
from timeline.commands.link_clips import LinkClips
from timeline.commands.move_clips import MoveClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.ripple_delete import RippleDelete
from timeline.commands.ripple_trim_clip import RippleTrimClip
from timeline.commands.roll_edit import RollEdit
from timeline.commands.set_clip import SetClip
from timeline.commands.set_speed import SetSpeed
from timeline.commands.set_track import SetTrack
from timeline.commands.set_transition import SetTransition
from timeline.commands.slide_clip import SlideClip
from timeline.commands.slip_clip import SlipClip
from timeline.commands.split_clips import SplitClips
from timeline.commands.trim_clip import TrimClip
from timeline.commands.unlink_clips import UnlinkClips
from timeline.commands.use_take import Short, UseTake
from timeline.curve import Curve, Keyframe
from timeline.edits import holding
from timeline.errors import EditRefused
from timeline.items import Clip, EffectUse, Gap, Marker, MediaSource, Transition, new_id
from timeline.project import Project, Saved
from timeline.project_file import load, save
from timeline.query import available_range, linked_ids
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange, total
from timeline.track import Track
from timeline.validity import check

START = {
    "V1": "A:10-60 >4+4< B:10-60 _12 C:0-30@2",
    "V2": "_20 t:0-48",
    "A1": "D:10-60 E:10-60 _30 F:0-48",
    "A2": "M:0-100",
    "T1": "u:0-24 _10 v:0-24@-1",
}
SPEEDS = [
    Fraction(1),
    Fraction(2),
    Fraction(1, 2),
    Fraction(-1),
    Fraction(-3, 2),
    Fraction(24000, 25025),
    Fraction(7, 3),
]
Numbers = Callable[[int], int]
"""Gives a number from 0 up to but not including its argument."""


class Hand:
    """Makes the edit that some numbers stand for in the present state of a cut."""

    def __init__(self, cut: Cut, number: Numbers) -> None:
        self.cut = cut
        self.number = number

    def edit(self) -> Command | None:
        """An edit that may well be refused; None when there is nothing to edit."""
        verb = VERBS[self.number(len(VERBS))]
        try:
            return verb(self)
        except IndexError:
            return None

    @property
    def sequence(self) -> Sequence:
        return self.cut.sequence

    def track(self) -> str:
        return self.sequence.tracks[self.number(len(self.sequence.tracks))].id

    def clip(self) -> str:
        clips = [item.id for track in self.sequence.tracks for item in track.items if isinstance(item, Clip)]
        return clips[self.number(len(clips))] if clips else [][0]

    def item(self) -> str:
        items = [item.id for track in self.sequence.tracks for item in track.items]
        return items[self.number(len(items))] if items else [][0]

    def group(self) -> tuple[str, ...]:
        return linked_ids(self.sequence, [self.clip(), *([self.clip()] if self.number(3) == 0 else [])])

    def time(self) -> RationalTime:
        return f(self.number(300))

    def by(self) -> RationalTime:
        return f(self.number(41) - 20)

    def some_tracks(self) -> tuple[str, ...] | None:
        return None if self.number(2) else tuple({self.track(), self.track()})

    def edge(self) -> str:
        return "in" if self.number(2) else "out"

    def new_clip(self, track_id: str) -> Clip:
        name = "tuvw"[self.number(4)] if track_id[0] != "A" and self.number(2) else "ABCDEFGH"[self.number(8)]
        start, length = self.number(40), 1 + self.number(30)
        made = clip(f"{name}:{start}-{start + length}", id=new_id(), fade_in=f(self.number(9)))
        if self.number(4) == 0:
            made = clip(
                f"{name}:{start}-{start + 2 * length}@{(-2, 2)[self.number(2)]}",
                id=new_id(),
                opacity=Curve((Keyframe(f(start), 0.0), Keyframe(f(start + 5), 1.0))),
            )
        return made

    def neighbours(self) -> tuple[str, str, str]:
        pairs = [
            (track.id, left.id, right.id)
            for track in self.sequence.tracks
            for left, right in zip(track.items, track.items[1:], strict=False)
            if isinstance(left, Clip) and isinstance(right, Clip)
        ]
        return pairs[self.number(len(pairs))] if pairs else [][0]

    # --- verbs ---

    def overwrite(self) -> Command:
        rows = [self.track() for _ in range(1 + self.number(2))]
        return OverwriteClips("cut", tuple((row, self.time(), self.new_clip(row)) for row in rows))

    def insert(self) -> Command:
        rows = [self.track() for _ in range(1 + self.number(2))]
        at = self.time()
        placements = tuple((row, at + f(self.number(12)), self.new_clip(row)) for row in rows)
        return InsertClips("cut", at, placements, self.some_tracks())

    def move(self) -> Command:
        by, ids = self.by(), self.group()
        moves = []
        for one in ids:
            row = self.sequence.track_holding(one)
            assert row is not None
            index = row.index_of(one)
            assert index is not None
            target = row.id if self.number(3) else self.track()
            moves.append((one, target, row.starts[index] + by))
        return MoveClips("cut", tuple(moves), insert=self.number(4) == 0, copy=self.number(4) == 0)

    def trim(self) -> Command:
        return TrimClip("cut", self.clip(), self.edge(), self.by())  # type: ignore[arg-type]

    def ripple_trim(self) -> Command:
        one, *others = self.group()
        return RippleTrimClip("cut", one, self.edge(), self.by(), self.some_tracks(), tuple(others))  # type: ignore[arg-type]

    def roll(self) -> Command:
        _, left, right = self.neighbours()
        return RollEdit("cut", left, right, self.by())

    def slip(self) -> Command:
        return SlipClip("cut", self.group(), self.by())

    def slide(self) -> Command:
        return SlideClip("cut", self.clip(), self.by())

    def split(self) -> Command:
        return SplitClips("cut", self.time(), self.group() if self.number(2) else None)

    def delete(self) -> Command:
        return DeleteItems("cut", (self.item(), self.item()))

    def ripple_delete(self) -> Command:
        ids = self.group() if self.number(2) else (self.item(),)
        return RippleDelete("cut", ids, self.some_tracks())

    def lift(self) -> Command:
        return LiftRange("cut", TimeRange(self.time(), f(1 + self.number(30))), self.some_tracks())

    def extract(self) -> Command:
        where = TimeRange(self.time(), f(1 + self.number(30)))
        return ExtractRange("cut", where, self.some_tracks(), self.some_tracks())

    def speed(self) -> Command:
        return SetSpeed("cut", self.group(), SPEEDS[self.number(len(SPEEDS))], ripple=bool(self.number(2)))

    def transition(self) -> Command:
        row, left, right = self.neighbours()
        return SetTransition("cut", row, Transition("dissolve", left, right, f(self.number(8)), f(self.number(8))))

    def link(self) -> Command:
        return LinkClips("cut", (self.clip(), self.clip())) if self.number(3) else UnlinkClips("cut", self.group())

    def set_clip(self) -> Command:
        return SetClip("cut", self.group(), {"fade_out": f(self.number(20)), "volume": self.number(9) / 4})

    def effect(self) -> Command:
        return AddEffect("cut", self.clip(), EffectUse("blur", {"r": Curve((Keyframe(self.time(), 1.0),))}))

    def marker(self) -> Command:
        return AddMarker("cut", Marker(self.time()), self.clip() if self.number(2) else None)

    def fill(self) -> Command:
        return FillClip("cut", self.clip(), "ABCDEFGH"[self.number(8)])

    def use(self) -> Command:
        ways: tuple[Short, ...] = ("", "slow", "hold", "trim")
        return UseTake("cut", (self.clip(),), "ABCDEFGH"[self.number(8)], ways[self.number(4)])

    def lock(self) -> Command:
        return SetTrack("cut", self.track(), {"locked": self.number(4) == 0})


VERBS: list[Callable[[Hand], Command]] = [
    *(Hand.overwrite, Hand.insert, Hand.move, Hand.trim, Hand.ripple_trim, Hand.roll, Hand.slip, Hand.slide),
    *(Hand.split, Hand.delete, Hand.ripple_delete, Hand.lift, Hand.extract, Hand.speed, Hand.transition, Hand.link),
    *(Hand.set_clip, Hand.effect, Hand.marker, Hand.fill, Hand.use, Hand.lock),
]


def assert_sound(cut: Cut) -> None:
    """What holds for every project, however it came about."""
    project, sequence = cut.history.project, cut.sequence
    assert check(project) is None
    assert check(sequence) is None
    for track in sequence.tracks:
        assert check(track) is None
        assert_row(track, sequence)
        for item in track.items:
            assert check(item) is None
            if isinstance(item, Clip):
                assert_source(item, cut)


def assert_row(track: Track, sequence: Sequence) -> None:
    end = ZERO
    previous = None
    for item, where, _ in track.placed():
        assert where.start == end, "items neither overlap nor leave a hole"
        assert where.duration == item.duration > ZERO
        assert where.start.is_on_frame(sequence.rate)
        assert not (isinstance(item, Gap) and isinstance(previous, Gap)), "gaps are merged"
        end, previous = where.end, item
    assert end == track.duration == total(item.duration for item in track.items)
    assert end.is_on_frame(sequence.rate)
    assert not isinstance(previous, Gap), "no gap at the end"
    assert holding(track) == track.transitions


def assert_source(one: Clip, cut: Cut) -> None:
    assert one.source_range.start >= ZERO
    assert one.fade_in + one.fade_out <= one.duration
    whole = available_range(one, cut.library)
    if whole is not None and isinstance(one.source, MediaSource):
        assert one.source_range.end <= whole.end + cut.sequence.frame * abs(one.speed)


def locked_rows(project: Project) -> dict[str, Track]:
    return {track.id: track for track in project.sequences[0].tracks if track.locked}


def try_edit(cut: Cut, hand: Hand) -> bool:
    """One edit; whether it changed something. A refusal leaves the very same project."""
    command = hand.edit()
    if command is None:
        return False
    before = cut.history.project
    try:
        cut.history.do(command, cut.library)
    except EditRefused:
        assert cut.history.project is before
        return False
    cut.history.seal()
    if not isinstance(command, SetTrack):
        after = {track.id: track for track in cut.sequence.tracks}
        for track_id, row in locked_rows(before).items():
            assert after[track_id] is row, f"{command} changed a locked track"
    assert_sound(cut)
    return cut.history.project is not before


def undo_and_redo_all(cut: Cut, states: list[Project]) -> None:
    for state in reversed(states[:-1]):
        assert cut.history.undo() is not None
        assert cut.history.project is state
    assert not cut.history.can_undo
    while cut.history.redo() is not None:
        pass
    assert cut.history.project is states[-1]


def save_and_load(cut: Cut, path: Path) -> None:
    saved = Saved(cut.history.project, cut.library)
    save(path, saved)
    again = load(path)
    assert again == saved
    assert hash(str(again)) == hash(str(saved))


def test_two_thousand_random_edits_keep_the_project_whole(tmp_path: Path) -> None:
    random = Random(20240607)
    done = 0
    while done < 2000:
        cut = Cut(**START)
        states = [cut.history.project]
        hand = Hand(cut, random.randrange)
        for _ in range(400):
            if try_edit(cut, hand):
                states.append(cut.history.project)
                done += 1
        undo_and_redo_all(cut, states)
        save_and_load(cut, tmp_path / "film.starcut")


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.integers(0, 300), min_size=8, max_size=8), max_size=20))
def test_any_short_row_of_edits_keeps_the_project_whole(rows: list[list[int]]) -> None:
    cut = Cut(**START)
    states = [cut.history.project]
    for numbers in rows:
        given_numbers = iter(numbers)
        if try_edit(cut, Hand(cut, lambda top, source=given_numbers: next(source, 0) % top)):  # type: ignore[misc]
            states.append(cut.history.project)
    undo_and_redo_all(cut, states)
