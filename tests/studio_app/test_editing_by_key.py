"""What the edit keys do, without a window: on selection, targets, playhead and the selected edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from engines.play.audio_sink import WallClockSink
from engines.play.player import Player
from studio_app.actions.registry import Actions
from studio_app.services.paths import user_paths
from studio_app.session import gain, nudging, pasting, speeding
from studio_app.session.session import Session
from studio_app.session.trim_view import TrimView
from studio_app.session.trimming import SelectedEdit
from tests.timeline.notation import RATE, f, text_of, track
from timeline.commands.set_clip import SetClip
from timeline.curve import Curve, Keyframe
from timeline.cuts import EditPoint
from timeline.errors import EditRefused
from timeline.items import Clip, EffectUse, Gap, SequenceSource
from timeline.media import Library, Media, MediaKind
from timeline.project import Project, Saved
from timeline.sequence import Sequence
from timeline.track import Track


class Desk:
    """A session on tracks written as text, and its keys."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.actions = Actions(session)
        self.told: list[str] = []
        self.views: list[TrimView | None] = []
        session.told.connect(lambda message, _: self.told.append(message))
        session.trim_view.connect(self.views.append)

    def lay(self, rows: Mapping[str, str], links: Mapping[str, str] | None = None) -> None:
        """Open a project with these tracks; `links`: clip id -> link."""
        tracks = []
        for name, text in rows.items():
            row = track(text, name)
            items = tuple(
                replace(one, link=(links or {}).get(one.id)) if isinstance(one, Clip) else one for one in row.items
            )
            tracks.append(replace(row, items=items))
        names = [chr(letter) for letter in range(ord("A"), ord("Z") + 1)]
        media = (
            Media(f"/nowhere/{one}", MediaKind.VIDEO, one, f(100), rate=RATE, has_video=True, has_audio=True, id=one)
            for one in names
        )
        project = Project(sequences=(Sequence(tracks=tuple(tracks), rate=RATE, id="cut"),))
        self.session.document.replace(Saved(project, Library().with_media(*media)), None)
        self.told.clear()

    def __getitem__(self, track_id: str) -> str:
        return text_of(self.row(track_id))

    def row(self, track_id: str) -> Track:
        found = self.session.sequence.track(track_id)
        assert found is not None
        return found

    def clip(self, clip_id: str) -> Clip:
        found = self.session.sequence.clip(clip_id)
        assert found is not None
        return found

    def go(self, frame: int) -> None:
        self.session.transport.set_time(f(frame))

    def select(self, *ids: str) -> None:
        self.session.selection.items.set(ids)

    def hold(self, left: str | None, right: str | None, side: str = "both", *, ripple: bool = True) -> None:
        """Select the cut between two clips."""
        home = self.session.sequence.track_holding(left or right or "")
        assert home is not None
        cut = EditPoint(home.id, left, right, side)  # type: ignore[arg-type]
        self.session.trimming.select(SelectedEdit((cut,), ripple))

    def run(self, *ids: str) -> None:
        for one in ids:
            self.actions.run(one)

    def holds(self) -> bool:
        """Whether an edit is selected."""
        return self.session.trimming.edit is not None

    @property
    def steps(self) -> int:
        """How many undo steps there are."""
        count = 0
        while self.session.document.undo():
            count += 1
        for _ in range(count):
            self.session.document.redo()
        return count


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name in ("set_project", "seek"):
        monkeypatch.setattr(Player, name, lambda *_, **__: None)
    session = Session(user_paths(), WallClockSink())
    yield Desk(session)
    session.close()


# --- cuts and trims ---


def test_add_edit_cuts_the_selected_clip_with_its_sound_else_the_targeted_tracks(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24", "V2": "B:0-24", "A1": "C:0-24"}, {"B": "pair", "C": "pair"})
    desk.go(10)
    desk.run("clip.add_edit")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("A:0-10 A:10-24", "B:0-24", "C:0-10 C:10-24")
    desk.run("edit.undo")
    desk.select("B")
    desk.run("clip.add_edit")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("A:0-24", "B:0-10 B:10-24", "C:0-10 C:10-24")


def test_head_and_tail_are_trimmed_on_the_targeted_tracks_and_the_playhead_follows(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:0-24", "A1": "C:0-24 D:0-24", "A2": "M:0-48"})
    desk.go(30)
    desk.run("clip.trim_head")
    assert (desk["V1"], desk["A1"], desk["A2"]) == ("A:0-24 B:6-24", "C:0-24 D:6-24", "M:0-48")
    assert desk.session.transport.time == f(24)
    desk.go(34)
    desk.run("clip.trim_tail")
    assert (desk["V1"], desk["A1"]) == ("A:0-24 B:6-16", "C:0-24 D:6-16")


def test_an_edge_by_the_playhead_is_rolled_on_the_targeted_tracks(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44 C:20-44", "A1": "D:0-24 E:20-44"})
    desk.go(30)
    desk.run("clip.roll_previous")
    assert (desk["V1"], desk["A1"]) == ("A:0-30 B:26-44 C:20-44", "D:0-30 E:26-44")
    desk.go(40)
    desk.run("clip.roll_next")
    assert desk["V1"] == "A:0-30 B:26-36 C:12-44"
    desk.lay({"V1": "A:0-24 _10 B:20-44"})
    desk.go(28)
    desk.run("clip.roll_previous")
    assert desk["V1"] == "A:0-28 _6 B:20-44"


def test_without_a_target_under_the_playhead_the_keys_say_so(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24", "V2": "_30 B:0-24"})
    desk.go(40)
    for one in ("clip.add_edit", "clip.trim_head", "edit.select_at_playhead", "sequence.mark_clip"):
        desk.run(one)
    assert len(desk.told) == 4
    assert all("no clip under the playhead on the targeted tracks" in one for one in desk.told)
    desk.session.targets.toggle("V2")
    desk.run("edit.select_at_playhead")
    assert desk.session.selection.item_ids == ("B",)


# --- the selected edit ---


def test_a_selected_edit_is_trimmed_by_keys_on_the_side_that_is_held(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44 C:20-44"})
    desk.hold("A", "B")
    desk.run("trim.later", "trim.later_10")
    assert desk["V1"] == "A:0-35 B:31-44 C:20-44"
    desk.session.trimming.cycle()
    assert desk.session.trimming.edit is not None
    assert desk.session.trimming.edit.side == "in"
    desk.run("trim.earlier")
    assert desk["V1"] == "A:0-35 B:30-44 C:20-44"
    desk.session.trimming.cycle()
    desk.run("trim.earlier_10")
    assert desk["V1"] == "A:0-25 B:30-44 C:20-44"
    desk.hold("B", "C", "out", ripple=False)
    desk.run("trim.earlier_10")
    assert desk["V1"] == "A:0-25 B:30-34 _10 C:20-44"


def test_presses_of_a_held_key_are_one_step_and_letting_go_begins_another(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44"})
    desk.hold("A", "B")
    desk.run(*["trim.later"] * 5)
    assert desk.steps == 1
    desk.session.document.seal()
    desk.run(*["trim.later"] * 2)
    assert desk.steps == 2
    desk.select("A")
    desk.run(*["clip.nudge_right"] * 3)
    assert desk.steps == 3


def test_an_asymmetric_trim_keeps_what_follows_in_sync(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44", "A1": "C:0-30 D:20-44", "A2": "_24 M:0-24"})
    cuts = (EditPoint("V1", "A", "B", "out"), EditPoint("A1", "C", "D", "in"))
    desk.session.trimming.select(SelectedEdit(cuts))
    desk.session.trimming.trim(6)
    assert (desk["V1"], desk["A1"], desk["A2"]) == ("A:0-30 B:20-44", "C:0-30 D:14-44", "_30 M:0-24")


def test_extend_edit_goes_to_the_playhead_and_needs_an_edit(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44"})
    desk.go(30)
    desk.run("clip.extend_edit")
    assert "Select an edit" in desk.told[-1]
    desk.hold("A", "B")
    desk.run("clip.extend_edit")
    assert desk["V1"] == "A:0-30 B:26-44"


def test_trim_mode_holds_the_nearest_edit_shows_its_frames_and_counts(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44", "A1": "C:0-24 D:20-44"})
    desk.go(20)
    desk.run("trim.mode")
    trimming = desk.session.trimming
    assert trimming.is_on
    assert trimming.edit is not None
    assert trimming.edit.track_ids == ("V1", "A1")
    assert desk.session.transport.time == f(24)
    trimming.trim(5)
    assert (desk["V1"], desk["A1"]) == ("A:0-29 B:25-44", "C:0-29 D:25-44")
    view = desk.views[-1]
    assert view is not None
    assert view.left is not None
    assert view.right is not None
    assert (view.left.clip.id, view.left.since_start, view.left.frames) == ("A", f(28), 5)
    assert (view.right.clip.id, view.right.since_start, view.right.frames) == ("B", f(0), 5)
    assert desk.session.transport.time == f(29), "the playhead stays on the cut"
    desk.run("trim.side")
    assert trimming.edit.side == "in"
    assert "the incoming side with ripple: outgoing +5, incoming +5 frames" in trimming.words()
    trimming.trim(-8)
    view = desk.views[-1]
    assert view is not None
    assert [side.frames for side in (view.left, view.right) if side is not None] == [5, -3]
    desk.run("trim.mode")
    assert [trimming.edit, trimming.is_on, desk.views[-1]] == [None, False, None]


def test_time_that_runs_by_j_or_l_moves_the_cut_when_it_stops(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.lay({"V1": "A:0-24 B:20-44"})
    transport, player = desk.session.transport, desk.session.player
    desk.go(24)
    desk.run("trim.mode")
    monkeypatch.setattr(Player, "play", lambda *_, **__: None)
    monkeypatch.setattr(Player, "pause", lambda *_, **__: None)
    transport.shuttle(1)
    transport.arrived(f(31))
    view = desk.views[-1]
    assert view is not None
    assert view.left is not None
    assert view.left.frames == 7, "seen while it runs"
    monkeypatch.setattr(type(player), "time", f(33), raising=False)
    transport.pause()
    assert desk["V1"] == "A:0-33 B:29-44"
    assert desk.steps == 1
    assert not transport.is_shuttling
    transport.play()
    transport.arrived(f(40))
    monkeypatch.setattr(type(player), "time", f(40), raising=False)
    transport.pause()
    assert desk["V1"] == "A:0-33 B:29-44", "plain play trims nothing"


def test_a_live_trim_stops_where_the_media_ends(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.lay({"V1": "A:0-96 B:20-44"})
    transport, player = desk.session.transport, desk.session.player
    desk.go(96)
    desk.run("trim.mode")
    for name in ("play", "pause"):
        monkeypatch.setattr(Player, name, lambda *_, **__: None)
    transport.shuttle(1)
    monkeypatch.setattr(type(player), "time", f(110), raising=False)
    transport.pause()
    assert desk["V1"] == "A:0-100 B:24-44"


def test_an_edit_whose_clips_are_gone_is_let_go(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44 C:0-24"})
    desk.hold("A", "B")
    desk.select("B")
    assert not desk.holds(), "clips or an edit are selected"
    desk.hold("A", "B")
    desk.session.trimming.trim(-4)
    desk.run("edit.undo")
    assert desk.holds()
    desk.go(0)
    desk.session.selection.items.clear()
    desk.run("edit.select_all", "edit.delete")
    assert not desk.holds()


def test_delete_on_a_through_edit_joins_it(desk: Desk) -> None:
    desk.lay({"V1": "A:0-10 B:0-24"})
    desk.go(5)
    desk.run("clip.add_edit")
    desk.hold("A", desk.row("V1").items[1].id)
    desk.run("edit.delete")
    assert desk["V1"] == "A:0-10 B:0-24"
    desk.hold("A", "B")
    desk.run("edit.delete")
    assert "real one" in desk.told[-1]


# --- nudges ---


def test_a_nudge_takes_the_group_and_goes_not_before_the_start(desk: Desk) -> None:
    desk.lay({"V1": "_10 A:0-10", "A1": "_10 B:0-10", "V2": "_12 t:0-5"}, {"A": "x", "B": "x"})
    desk.select("A", "t")
    desk.run("clip.group")
    desk.select("t")
    desk.run("clip.nudge_right_10")
    assert (desk["V1"], desk["A1"], desk["V2"]) == ("_20 A:0-10", "_20 B:0-10", "_22 t:0-5")
    with pytest.raises(EditRefused, match="before the start"):
        nudging.nudge(desk.session, -21)
    desk.run("clip.ungroup")
    desk.run("clip.nudge_left_10")
    assert (desk["V1"], desk["V2"]) == ("_20 A:0-10", "_12 t:0-5")


def test_cuts_follow_one_another_while_a_clip_is_selected(desk: Desk) -> None:
    desk.lay({"V1": "A:0-48 B:0-24", "A1": "C:0-48"}, {"A": "x", "C": "x"})
    desk.select("A", "C")
    for frame in (12, 24, 36, 60):
        desk.session.transport.set_time(f(frame))
        desk.run("clip.add_edit")
    assert desk["V1"] == "A:0-12 A:12-24 A:24-36 A:36-48 B:0-12 B:12-24"
    assert desk["A1"] == "C:0-12 C:12-24 C:24-36 C:36-48"
    assert len(desk.session.selection.item_ids) == 8


def test_a_side_of_a_link_that_is_selected_alone_is_nudged_alone(desk: Desk) -> None:
    desk.lay({"V1": "_10 A:0-10", "A1": "_10 B:0-10"}, {"A": "x", "B": "x"})
    desk.select("A")
    desk.run("clip.nudge_right_10")
    assert (desk["V1"], desk["A1"]) == ("_20 A:0-10", "_10 B:0-10")


def test_clips_go_to_the_track_above_or_below_and_no_further(desk: Desk) -> None:
    desk.lay({"V1": "A:0-10", "V2": "", "A1": "B:0-10", "A2": ""}, {"A": "x", "B": "x"})
    desk.select("A", "B")
    desk.run("clip.nudge_up")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("", "A:0-10", "B:0-10")
    desk.run("clip.nudge_up")
    assert "no track above V2" in desk.told[-1]
    desk.lay({"A1": "B:0-10", "A2": ""})
    desk.select("B")
    desk.run("clip.nudge_down")
    assert (desk["A1"], desk["A2"]) == ("", "B:0-10")


def test_a_slip_changes_what_a_clip_shows_and_a_slide_where_it_is(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44 C:30-60", "A1": "a:0-24 b:20-44 c:30-60"}, {"B": "x", "b": "x"})
    desk.select("B", "b")
    desk.run("clip.slip_left_10", "clip.slip_right")
    assert (desk["V1"], desk["A1"]) == ("A:0-24 B:29-53 C:30-60", "a:0-24 b:29-53 c:30-60")
    desk.run("clip.slide_right", "clip.slide_right", "clip.slide_left")
    assert (desk["V1"], desk["A1"]) == ("A:0-25 B:29-53 C:31-60", "a:0-25 b:29-53 c:31-60")
    desk.select("A", "B")
    desk.run("clip.slide_right")
    assert "one clip on each track" in desk.told[-1]


# --- ranges, gaps, marks ---


def test_lift_and_extract_work_on_the_targeted_tracks(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24", "V2": "B:0-24 _16 C:0-9", "A1": "D:0-24"})
    desk.session.transport.set_marks(f(5), f(10))
    desk.run("sequence.lift")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("A:0-5 _5 A:10-24", "B:0-24 _16 C:0-9", "D:0-5 _5 D:10-24")
    desk.run("edit.undo", "sequence.extract")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("A:0-5 A:10-24", "B:0-24 _11 C:0-9", "D:0-5 D:10-24")
    for one in ("V1", "A1"):
        desk.session.targets.toggle(one)
    desk.session.transport.set_marks(f(5), f(10))
    desk.run("sequence.extract")
    assert "No unlocked track is targeted" in desk.told[-1]


def test_a_gap_under_the_playhead_closes(desk: Desk) -> None:
    desk.lay({"V1": "A:0-10 _6 B:0-10", "A1": "_16 C:0-10"})
    desk.go(12)
    desk.run("sequence.close_gap")
    assert (desk["V1"], desk["A1"]) == ("A:0-10 B:0-10", "_10 C:0-10")
    desk.run("sequence.close_gap")
    assert "no gap under the playhead" in desk.told[-1]


def test_markers_go_to_the_selected_clip_or_the_sequence_and_away(desk: Desk) -> None:
    desk.lay({"V1": "_5 A:10-30"})
    desk.go(8)
    desk.run("sequence.add_marker")
    assert [one.time for one in desk.session.sequence.markers] == [f(8)]
    desk.select("A")
    desk.go(10)
    desk.run("sequence.add_marker")
    assert [one.time for one in desk.clip("A").markers] == [f(15)]
    desk.run("sequence.previous_marker")
    assert desk.session.transport.time == f(8)
    desk.run("sequence.next_marker", "sequence.delete_marker")
    assert desk.clip("A").markers == ()
    desk.session.transport.set_marks(f(2), f(6))
    desk.run("sequence.add_range_marker")
    assert desk.session.sequence.markers[0].duration == f(4)
    desk.run("sequence.delete_markers")
    assert desk.session.sequence.markers == ()
    desk.run("sequence.delete_marker")
    assert "no marker" in desk.told[-1]


# --- clipboard ---


def test_paste_goes_from_the_targeted_tracks_on_and_makes_the_tracks_it_needs(desk: Desk) -> None:
    desk.lay({"V1": "A:0-10", "V2": "B:0-10", "A1": "C:0-10"}, {"A": "x", "C": "x"})
    desk.select("A", "B", "C")
    desk.run("edit.copy")
    desk.session.targets.toggle("V2", only=True)
    desk.go(20)
    desk.run("edit.paste")
    assert (desk["V1"], desk["V2"], desk["A1"]) == ("A:0-10", "B:0-10 _10 A:0-10", "C:0-10 _10 C:0-10")
    new = desk.session.sequence.picture_tracks()[2]
    assert text_of(new) == "_20 B:0-10"
    assert desk.session.transport.time == f(30)
    assert len(desk.session.selection.item_ids) == 3
    pasted = [desk.session.sequence.clip(one) for one in desk.session.selection.item_ids]
    assert len({one.link for one in pasted if one is not None and one.name != "B"}) == 1


def test_attributes_are_pasted_by_choice(desk: Desk) -> None:
    desk.lay({"V1": "A:0-10@2 B:0-10", "A1": "C:0-10 D:0-10"})
    desk.select("A", "C")
    for clip_id, changes in (("A", {"opacity": 0.5, "effects": (EffectUse("blur"),)}), ("C", {"volume": 0.25})):
        desk.session.document.do(SetClip("cut", (clip_id,), changes))
    desk.run("edit.copy")
    desk.select("B", "D")
    pasting.paste_attributes(desk.session, ["Opacity", "Volume"])
    assert (desk.clip("B").opacity, desk.clip("B").effects, desk.clip("D").volume) == (0.5, (), 0.25)
    pasting.paste_attributes(desk.session, ["Effects", "Speed"])
    assert [one.effect for one in desk.clip("B").effects] == ["blur"]
    assert desk["V1"] == "A:0-10@2 B:0-10@2"
    with pytest.raises(EditRefused, match="Choose what"):
        pasting.paste_attributes(desk.session, [])
    desk.session.clipboard = ()
    with pytest.raises(EditRefused, match="Copy a clip first"):
        pasting.paste_attributes(desk.session, ["Pan"])


# --- time and level ---


def test_reverse_turns_each_clip_at_its_own_pace_and_twice_is_as_before(desk: Desk) -> None:
    desk.lay({"V1": "A:0-20@2 B:0-10", "A1": "C:0-10"}, {"B": "x", "C": "x"})
    before = [desk["V1"], desk["A1"]]
    desk.select("A", "B")
    desk.run("clip.reverse")
    assert [desk["V1"], desk["A1"]] == ["A:0-20@-2 B:0-10@-1", "C:0-10@-1"]
    assert desk.steps == 1
    desk.run("clip.reverse")
    assert [desk["V1"], desk["A1"]] == before


def test_a_freeze_frame_is_inserted_or_the_clip_stands_still(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24", "A1": "B:0-24"}, {"A": "x", "B": "x"})
    desk.go(10)
    desk.run("clip.freeze_frame")
    assert (desk["V1"], desk["A1"]) == ("A:0-10 A:10-58 A:10-24", "B:0-10 _48 B:10-24")
    desk.run("edit.undo")
    desk.select("A")
    desk.run("clip.freeze")
    assert desk.clip("A").freeze == f(10)
    desk.run("clip.freeze")
    assert desk.clip("A").freeze is None


def test_gain_is_set_or_changed_for_the_sound_of_what_is_selected(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24", "A1": "B:0-24"}, {"A": "x", "B": "x"})
    desk.select("A")
    gain.set_gain(desk.session, gain.parse_gain("−6 dB"))
    assert desk.clip("B").volume == pytest.approx(0.501, abs=0.001)
    assert desk.clip("A").volume == 1.0
    gain.set_gain(desk.session, 6.0, relative=True)
    assert desk.clip("B").volume == pytest.approx(1.0)
    assert desk.steps == 2, "each is a step of its own"
    curve = Curve((Keyframe(f(0), 0.5), Keyframe(f(9), 1.0)))
    desk.session.document.do(SetClip("cut", ("B",), {"volume": curve}))
    gain.set_gain(desk.session, gain.decibels(2), relative=True)
    level = desk.clip("B").volume
    assert isinstance(level, Curve)
    assert [key.value for key in level.keyframes] == pytest.approx([1.0, 2.0])
    assert (gain.linear(gain.SILENT_DB), gain.decibels(0)) == (0.0, gain.SILENT_DB)
    assert gain.parse_gain("-inf") == gain.SILENT_DB
    desk.session.selection.items.clear()
    with pytest.raises(EditRefused, match="with sound"):
        gain.set_gain(desk.session, 0)


@pytest.mark.parametrize("text", ["", "loud", "1e9", "nan", "+90"])
def test_what_is_no_gain_is_refused(text: str) -> None:
    with pytest.raises(EditRefused, match="not a gain"):
        gain.parse_gain(text)


@pytest.mark.parametrize("text", ["", "fast", "1/0", "1e5", "9" * 40])
def test_what_is_no_speed_is_refused(text: str) -> None:
    with pytest.raises(EditRefused, match="not a speed"):
        speeding.parse_percent(text)


def test_speeds_are_read_as_people_write_them() -> None:
    assert [str(speeding.parse_percent(text)) for text in ("50", "−100 %", "12,5", " 200%")] == [
        "1/2",
        "-1",
        "1/8",
        "2",
    ]


# --- transitions, nests, tracks ---


def test_default_transitions_go_to_the_selected_or_nearest_edit_and_say_when_they_are_shorter(desk: Desk) -> None:
    desk.lay({"V1": "A:20-60 B:20-60 C:4-40", "A1": "D:20-60 E:20-60"})
    desk.go(39)
    desk.run("clip.transition", "clip.audio_transition")
    assert (desk["V1"], desk["A1"]) == ("A:20-60 >12+12< B:20-60 C:4-40", "D:20-60 >12+12< E:20-60")
    assert desk.told == []
    desk.hold("B", "C")
    desk.run("clip.transition")
    assert desk["V1"] == "A:20-60 >12+12< B:20-60 >4+12< C:4-40"
    assert "16 frames instead of 24 frames" in desk.told[-1]
    desk.run("clip.transition_from_cut")
    assert desk["V1"].endswith(">0+24< C:4-40")
    desk.run("clip.transition_to_cut")
    assert desk["V1"].endswith(">4+0< C:4-40")
    desk.lay({"V1": "A:0-100 B:0-100"})
    desk.go(100)
    desk.run("clip.transition")
    assert "no handle there" in desk.told[-1]


def test_a_nest_is_made_opened_left_and_numbered(desk: Desk) -> None:
    desk.lay({"V1": "_10 A:0-24 B:0-24", "A1": "_10 C:0-24"}, {"A": "x", "C": "x"})
    desk.select("A")
    desk.run("clip.nest")
    assert (desk["V1"], desk["A1"]) == ("_10 Nested sequence 01:0-24 B:0-24", "_10 Nested sequence 01:0-24")
    nest = desk.clip(desk.session.selection.item_ids[0])
    assert isinstance(nest.source, SequenceSource)
    desk.go(15)
    desk.run("clip.open_nest")
    assert desk.session.sequence_id == nest.source.sequence_id
    assert desk.session.transport.time == f(5)
    assert desk.session.selection.item_ids == ()
    desk.go(7)
    desk.run("sequence.outer")
    assert (desk.session.sequence_id, desk.session.transport.time) == ("cut", f(17))
    desk.select("B")
    desk.run("clip.nest")
    assert desk["V1"].endswith("Nested sequence 02:0-24")


def test_sequences_are_made_copied_and_removed(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24"})
    desk.run("sequence.new")
    assert desk.session.sequence.name == "Sequence 02"
    assert [one.is_audio for one in desk.session.sequence.tracks] == [False, True]
    desk.run("sequence.remove")
    assert desk.session.sequence_id == "cut"
    desk.run("sequence.duplicate")
    assert desk.session.sequence.name == "Main cut 02"
    assert text_of(desk.session.sequence.tracks[0]) == "A:0-24"
    assert not desk.actions.is_enabled("sequence.outer")


def test_tracks_change_their_order_and_empty_ones_go(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24", "V2": "", "A1": "B:0-24", "A2": "", "A3": ""})
    desk.select("A")
    desk.run("sequence.track_up")
    assert [one.id for one in desk.session.sequence.tracks] == ["V2", "V1", "A1", "A2", "A3"]
    desk.run("sequence.track_up")
    assert "outermost" in desk.told[-1]
    desk.select("B")
    desk.run("sequence.track_down")
    assert [one.id for one in desk.session.sequence.tracks] == ["V2", "V1", "A2", "A1", "A3"]
    desk.run("sequence.remove_empty_tracks")
    assert [one.id for one in desk.session.sequence.tracks] == ["V1", "A1"]
    desk.run("sequence.remove_empty_tracks")
    assert "no empty track" in desk.told[-1]
    desk.lay({"V1": "A:0-10 B:0-20 C:0-5"})
    desk.select("A", "B")
    desk.run("clip.swap")
    assert desk["V1"] == "B:0-20 A:0-10 C:0-5"
    assert not any(isinstance(one, Gap) for one in desk.row("V1").items)


def test_sound_that_left_its_picture_moves_or_slips_back_into_sync(desk: Desk) -> None:
    desk.lay({"V1": "_10 A:0-24", "A1": "_16 A2:2-24"}, {"A": "x", "A2": "x"})
    desk.session.document.do(SetClip("cut", ("A2",), {"source": desk.clip("A").source}))
    desk.select("A", "A2")
    assert desk.actions.is_enabled("clip.move_into_sync")
    desk.run("clip.move_into_sync")
    assert desk["A1"] == "_12 A2:2-24"
    assert not desk.actions.is_enabled("clip.slip_into_sync")
    desk.run("edit.undo", "clip.slip_into_sync")
    assert desk["A1"] == "_16 A2:6-28"
    desk.run("edit.undo")
    desk.select("A")
    desk.run("clip.move_into_sync")
    assert desk["V1"] == "_14 A:0-24", "the one that is selected moves"


def test_the_count_of_a_trim_goes_back_with_undo(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-68@2"})
    desk.hold("A", "B")
    desk.session.trimming.trim(6)
    assert "outgoing +6, incoming +6" in desk.session.trimming.words()
    desk.run("edit.undo")
    assert "outgoing +0, incoming +0" in desk.session.trimming.words()


def test_a_trim_without_a_selected_edit_says_how_to_select_one(desk: Desk) -> None:
    desk.lay({"V1": "A:0-24 B:20-44"})
    desk.run("trim.later")
    assert "Select an edit to trim" in desk.told[-1]
    assert desk["V1"] == "A:0-24 B:20-44"


def test_a_trim_that_is_refused_leaves_edit_playhead_and_steps_alone(desk: Desk) -> None:
    desk.lay({"V1": "A:0-100 B:20-44"})
    desk.go(100)
    desk.run("trim.mode", "trim.later")
    assert "0 frames of handle behind its end" in desk.told[-1]
    assert desk.holds()
    assert desk.session.transport.time == f(100)
    assert desk.steps == 0
