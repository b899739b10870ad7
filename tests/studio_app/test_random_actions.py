"""Thousands of edits through the actions, as keys would run them: on what is selected, targeted, marked and locked just then.

After each the project is valid and nothing that is gone is selected; all can be undone to the very same start and redone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from engines.play.audio_sink import WallClockSink
from engines.play.player import Player
from studio_app.actions.registry import Actions
from studio_app.services.paths import user_paths
from studio_app.session import gain, nudging, pasting, speeding
from studio_app.session.session import Session
from studio_app.session.trimming import SelectedEdit
from tests.timeline.notation import track
from timeline.commands.set_track import SetTrack
from timeline.cuts import Side, cut_time, cuts_of
from timeline.edits import holding
from timeline.errors import EditRefused
from timeline.items import Clip, Gap
from timeline.media import Library, Media, MediaKind
from timeline.nesting import shows_itself
from timeline.project import Project, Saved
from timeline.project_file import load, save
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track
from timeline.validity import check

RATE = Fraction(24)
ROWS = {
    "V1": "A:10-60 >4+4< B:10-60 _12 C:0-30@2",
    "V2": "_20 t:0-48 _10 D:20-50",
    "T1": "u:0-24 _10 v:0-24",
    "A1": "A:10-60 B:10-60 _12 F:0-48",
    "A2": "M:0-100",
}
SIDES: tuple[Side, ...] = ("out", "both", "in")
MOST_CLIPS = 70
MOST_SEQUENCES = 8
MOST_TRACKS = 12
LEFT_OUT = {"edit.preferences", "sequence.snapping", "edit.undo", "edit.redo", "trim.mode", "clip.open_nest"}
FAMILIES = ("clip.", "edit.", "sequence.", "trim.")
REMOVING = ("edit.delete", "edit.ripple_delete", "sequence.extract", "sequence.lift", "edit.cut", "clip.trim_tail")


def frames(count: int) -> RationalTime:
    return RationalTime.from_frames(count, RATE)


def start() -> Saved:
    """Linked pictures and sounds, titles, a film played fast, music."""
    tracks = []
    for name, text in ROWS.items():
        row = track(text, name)
        items = tuple(
            replace(one, id=f"{name}{one.id}", link=f"link {one.name}" if one.name in "ABC" else None)
            if isinstance(one, Clip)
            else one
            for one in row.items
        )
        transitions = tuple(
            replace(one, left_id=one.left_id and name + one.left_id, right_id=one.right_id and name + one.right_id)
            for one in row.transitions
        )
        tracks.append(replace(row, items=items, transitions=transitions))
    library = Library().with_media(
        *(
            Media(
                f"/nowhere/{name}.mp4",
                MediaKind.VIDEO,
                name,
                frames(100),
                rate=RATE,
                has_video=True,
                has_audio=True,
                id=name,
            )
            for name in "ABCDFM"
        )
    )
    return Saved(Project(sequences=(Sequence(tracks=tuple(tracks), rate=RATE, id="cut"),)), library)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session that plays nothing: only what edits do is looked at."""
    for name in ("set_project", "seek"):
        monkeypatch.setattr(Player, name, lambda *_, **__: None)
    made = Session(user_paths(), WallClockSink())
    made.document.replace(start(), None)
    yield made
    made.close()


class Hand:
    """Chooses what to select, where to go and what to press."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.random = Random(seed)
        self.actions = Actions(session)
        self.ids = [
            one.id for one in self.actions if one.id.startswith(FAMILIES) and one.id not in LEFT_OUT and one.menu
        ] + ["clip.nudge_left_10", "trim.earlier_10", "trim.later_10"]
        self.used: dict[str, int] = {}
        self.tried = ""

    def edit(self) -> None:
        """Press until the project is another."""
        before = self.session.document.project
        while self.session.document.project is before:
            self.tried = "typed or undone"
            self.press()
        self.used[self.tried] = self.used.get(self.tried, 0) + 1

    def press(self) -> None:
        """Select, go and mark something, then run an action."""
        if self.random.random() < 0.7:
            self.prepare()
        few = sum(t.clip_count for t in self.session.sequence.tracks) < MOST_CLIPS
        pick = self.random.random()
        if pick < 0.06:
            for _ in range(self.random.randrange(4)):
                self.session.document.undo()
        elif pick < 0.09:
            for _ in range(self.random.randrange(4)):
                self.session.document.redo()
        elif pick < 0.2:
            self.typed()
        else:
            action = self.random.choice(self.ids if few else REMOVING)
            if action == "clip.nest" and len(self.session.document.project.sequences) >= MOST_SEQUENCES:
                action = "edit.delete"
            if action.endswith("_track") and len(self.session.sequence.tracks) >= MOST_TRACKS:
                action = "sequence.remove_empty_tracks"
            self.tried = action
            self.actions.run(action)

    def typed(self) -> None:
        """What dialogs and the numeric field do."""
        session, number = self.session, self.random.randrange
        try:
            match number(6):
                case 0:
                    gain.set_gain(session, number(30) - 20, relative=bool(number(2)))
                case 1:
                    speed = Fraction(number(300) + 20, 100) * self.random.choice((1, 1, -1))
                    speeding.set_speed(session, speeding.speed_clips(session), speed, ripple=bool(number(2)))
                case 2:
                    pasting.paste_attributes(session, self.random.sample(sorted(pasting.PASTED), 2))
                case 3:
                    nudging.nudge(session, number(41) - 20)
                case 4:
                    session.trimming.trim(number(41) - 20)
                case 5:
                    session.document.seal()
        except EditRefused:
            pass

    def prepare(self) -> None:
        """Something else is selected, the playhead stands elsewhere."""
        session, number = self.session, self.random.randrange
        for _ in range(2):
            items = [one.id for t in session.sequence.tracks for one in (*t.items, *t.transitions)]
            match number(9):
                case 0 | 1 | 2:
                    session.selection.items.set(self.random.sample(items, min(len(items), 1 + number(3))))
                case 3 | 4:
                    points = [at for t in session.sequence.tracks for at, _ in cuts_of(t)]
                    near = self.random.choice(points) if points and number(2) else frames(number(400))
                    session.transport.set_time(near + frames(number(9) - 4))
                case 5:
                    at = number(300)
                    session.transport.set_marks(frames(at), frames(at + 1 + number(40)))
                case 6:
                    session.targets.toggle(self.track().id, only=bool(number(2)))
                case 7:
                    self.hold_an_edit()
                case 8 if number(3) == 0:
                    one = self.track()
                    lock = {"locked": not one.locked and number(3) == 0}
                    change = self.random.choice((lock, {"sync_lock": not one.sync_lock}))
                    session.document.do(SetTrack(session.sequence_id, one.id, change))
                case 8 if number(4) == 0:
                    session.transport.set_sequence(self.random.choice(session.document.project.sequences).id)

    def hold_an_edit(self) -> None:
        cuts = [cut for _, cut in cuts_of(self.track())]
        if cuts:
            side = self.random.choice(SIDES)
            chosen = self.random.sample(cuts, 1)
            other = [cut for _, cut in cuts_of(self.track()) if cut.track_id != chosen[0].track_id]
            chosen += self.random.sample(other, min(1, len(other))) if self.random.random() < 0.4 else []
            edit = SelectedEdit(tuple(chosen), ripple=self.random.random() < 0.6).turned(side)
            self.session.trimming.select(edit, trim_mode=self.random.random() < 0.3)

    def track(self) -> Track:
        return self.random.choice(self.session.sequence.tracks)


class Looker:
    """Looks at what an edit left; at tracks that are the same objects as before only once."""

    def __init__(self) -> None:
        self._seen: dict[int, object] = {}

    def look(self, session: Session) -> None:
        project = session.document.project
        if id(project) not in self._seen:
            self._seen[id(project)] = project
            self.project(project)
        there = {one.id for t in session.sequence.tracks for one in (*t.items, *t.transitions)}
        assert set(session.selection.item_ids) <= there
        edit = session.trimming.edit
        assert edit is None or all(cut_time(session.sequence, cut) is not None for cut in edit.cuts)
        assert session.transport.time.is_on_frame(session.sequence.rate)

    def project(self, project: Project) -> None:
        assert check(project) is None
        for sequence in project.sequences:
            if id(sequence) in self._seen:
                continue
            self._seen[id(sequence)] = sequence
            assert check(sequence) is None
            assert not shows_itself(project, sequence)
            for row in sequence.tracks:
                if id(row) not in self._seen:
                    self._seen[id(row)] = row
                    self.track(row, sequence)

    def track(self, row: Track, sequence: Sequence) -> None:
        assert check(row) is None
        assert holding(row) == row.transitions
        for place, item in enumerate(row.items):
            assert check(item) is None
            assert item.duration.is_on_frame(sequence.rate)
            after = row.items[place + 1] if place + 1 < len(row.items) else None
            assert not isinstance(item, Gap) or isinstance(after, Clip), "gaps are merged, none ends a track"


def work(session: Session, folder: Path, count: int, seed: int) -> dict[str, int]:
    """Edit, look, undo all, redo all."""
    document, looker = session.document, Looker()
    first = document.project
    hand = Hand(session, seed)
    for _ in range(count):
        hand.edit()
        looker.look(session)
    while document.redo():  # what the hand took back at the very end
        looker.look(session)
    last = document.project
    save(folder / "film.starcut", document.saved)
    assert load(folder / "film.starcut").project == last
    down = [last]
    while document.undo():
        down.append(document.project)
        looker.look(session)
    assert document.project is first
    up = [first]
    while document.redo():
        up.append(document.project)
    assert document.project is last
    assert all(one is other for one, other in zip(up, reversed(down), strict=True))
    return hand.used


def test_a_thousand_random_edits_through_the_actions(session: Session, tmp_path: Path) -> None:
    used = work(session, tmp_path, 1000, seed=4)
    assert len(used) > 30, "many verbs, not a few again and again"


@pytest.mark.slow
def test_ten_thousand_random_edits_through_the_actions_and_each_verb_was_among_them(
    session: Session, tmp_path: Path
) -> None:
    used = work(session, tmp_path, 10_000, seed=7)
    marks = {one for one in used if "mark" in one}
    assert {"clip.nest", "clip.group", "clip.join", "clip.freeze_frame", "clip.swap", "clip.reverse"} <= set(used)
    assert {"clip.transition", "clip.roll_next", "trim.later", "clip.nudge_up", "edit.paste_insert"} <= set(used)
    assert marks
