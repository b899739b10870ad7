"""The keys of transitions, nests, sequences and tracks, on rows written as text."""

from __future__ import annotations

from tests.studio_app.editing_desk import Desk, desk
from tests.timeline.notation import f, text_of
from timeline.commands.set_clip import SetClip
from timeline.items import Gap, SequenceSource

__all__ = ["desk"]


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
