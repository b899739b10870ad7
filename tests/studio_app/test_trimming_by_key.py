"""The keys of trimming on rows written as text: cuts and edges, the selected edit, trim mode, J K L."""

from __future__ import annotations

import pytest

from engines.play.player import Player
from studio_app.session.trimming import SelectedEdit
from tests.studio_app.editing_desk import Desk, desk
from tests.timeline.notation import f
from timeline.cuts import EditPoint

__all__ = ["desk"]


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
