from dataclasses import replace

import pytest

from tests.timeline.notation import Cut, clip, f
from timeline.change import Change, difference
from timeline.commands.add_sequence import AddSequence
from timeline.commands.add_storyboard import AddStoryboard
from timeline.commands.add_track import AddTrack
from timeline.commands.delete_items import DeleteItems
from timeline.commands.insert_clips import InsertClips
from timeline.commands.remove_track import RemoveTrack
from timeline.commands.rename_project import RenameProject
from timeline.commands.set_clip import SetClip
from timeline.commands.set_track import SetTrack
from timeline.errors import EditRefused
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.track import Track, TrackKind


def test_undo_gives_back_the_very_same_project() -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    first = cut.history.project
    cut.history.do(DeleteItems("cut", ("A",)), cut.library)
    second = cut.history.project
    change = cut.history.undo()
    assert cut.history.project is first
    assert change is not None
    assert change.clips_added == {"A"}
    assert cut.history.redo_label == "Delete"
    cut.history.redo()
    assert cut.history.project is second
    assert (cut.history.undo_label, cut.history.redo_label) == ("Delete", "")


def test_there_is_nothing_to_undo_at_the_start_nor_to_redo_at_the_end() -> None:
    history = Cut(V1="").history
    assert (history.undo(), history.redo()) == (None, None)
    assert (history.can_undo, history.can_redo, history.undo_label, history.entries) == (False, False, "", ())


def test_a_new_edit_forgets_what_was_undone() -> None:
    cut = Cut(V1="A:0-24")
    cut.history.do(RenameProject("a"), cut.library)
    cut.history.undo()
    assert cut.history.can_redo
    cut.history.do(SetClip("cut", ("A",), {"name": "x"}), cut.library)
    assert not cut.history.can_redo


def test_an_undo_and_a_save_end_a_drag() -> None:
    cut = Cut(V1="A:0-24")
    for step, opacity in enumerate((0.1, 0.2, 0.3)):
        cut.history.do(SetClip("cut", ("A",), {"opacity": opacity}), cut.library)
        if step == 1:
            cut.history.mark_saved()
    assert len(cut.history.entries) == 2
    cut.history.undo()
    assert cut.history.is_saved
    assert cut.clip("A").opacity == 0.2
    cut.history.undo()
    assert cut.clip("A").opacity == 1.0


def test_saved_is_the_very_project_that_was_saved() -> None:
    cut = Cut(V1="A:0-24")
    assert cut.history.is_saved
    cut.history.do(RenameProject("a"), cut.library)
    assert not cut.history.is_saved
    cut.history.mark_saved()
    cut.history.undo()
    assert not cut.history.is_saved
    cut.history.redo()
    assert cut.history.is_saved
    cut.history.mark_unsaved()
    assert not cut.history.is_saved


def test_forgetting_all_steps_keeps_the_project() -> None:
    cut = Cut(V1="A:0-24")
    cut.history.do(RenameProject("a"), cut.library)
    now = cut.history.project
    cut.history.clear()
    assert cut.history.project is now
    assert not cut.history.can_undo


# --- change ---


def test_clips_that_are_pushed_have_moved_and_nothing_else() -> None:
    cut = Cut(V1="A:0-24 B:0-24", V2="C:0-24")
    change = cut.do(InsertClips("cut", f(24), (("V1", f(24), clip("X:0-6")),)))
    assert change == Change(
        sequences=frozenset({"cut"}),
        tracks=frozenset({"V1"}),
        clips_added=frozenset({"X"}),
        clips_moved=frozenset({"B"}),
    )
    assert change.clips == {"X", "B"}


def test_a_mute_touches_a_track_and_no_clip() -> None:
    cut = Cut(V1="A:0-24")
    assert cut.do(SetTrack("cut", "V1", {"muted": True})) == Change(
        sequences=frozenset({"cut"}), tracks=frozenset({"V1"})
    )


def test_new_tracks_sequences_storyboards_and_names_are_seen() -> None:
    cut = Cut(V1="A:0-24")
    assert cut.do(AddTrack("cut", Track(TrackKind.VIDEO, id="V2"))).tracks == {"V2"}
    two = Sequence(id="two", tracks=(Track(TrackKind.VIDEO, (clip("B:0-5"),), id="W"),))
    change = cut.do(AddSequence(two))
    assert (change.sequences, change.tracks, change.clips_added) == ({"two"}, {"W"}, {"B"})
    board = Storyboard(shots=(Shot("a", id="a"),), id="board")
    assert cut.do(AddStoryboard(board)) == Change(storyboards=frozenset({"board"}), shots=frozenset({"a"}))
    assert cut.do(RenameProject("x")) == Change(name=True)


def test_no_difference_is_false_and_everything_is_whole() -> None:
    project = Cut(V1="A:0-24").history.project
    assert not difference(project, project)
    whole = Change.everything(project)
    assert whole
    assert whole.whole
    assert (whole.clips, whole.tracks, whole.sequences) == ({"A"}, {"V1"}, {"cut"})


def test_a_difference_opens_only_tracks_that_differ() -> None:
    class Watched(tuple):  # type: ignore[type-arg]
        def __iter__(self):  # type: ignore[no-untyped-def]
            raise AssertionError("a track that is the same was opened")

    cut = Cut(V1="A:0-24", V2="B:0-24")
    first, second = cut.sequence.tracks
    untouched = replace(second, items=Watched(second.items))
    old = cut.history.project.with_sequence(replace(cut.sequence, tracks=(first, untouched)))
    new = old.with_sequence(replace(old.sequences[0], tracks=(replace(first, muted=True), untouched)))
    assert difference(old, new).tracks == {"V1"}


def test_undo_has_no_limit() -> None:
    cut = Cut(V1="A:0-24")
    first = cut.history.project
    for step in range(300):
        cut.history.do(RenameProject(f"name {step}"), cut.library)
        cut.history.seal()
    while cut.history.can_undo:
        cut.history.undo()
    assert cut.history.project is first


def test_a_name_without_a_step_is_in_all_states_and_what_was_the_same_stays_the_same() -> None:
    cut = Cut(V1="A:0-24 B:0-24")
    history = cut.history
    history.do(DeleteItems("cut", ("A",)), cut.library)
    history.mark_saved()
    history.do(DeleteItems("cut", ("B",)), cut.library)
    history.undo()
    history.rename("Film")
    assert history.is_saved
    assert (history.undo_label, history.redo_label, len(history.states)) == ("Delete", "Delete", 3)
    assert {one.project.name for one in history.states} == {"Film"}
    assert history.states[history.place].project is history.project


def test_an_edit_without_a_step_is_in_all_states_that_take_it_and_no_undo_takes_it_away() -> None:
    cut = Cut(V1="A:0-24", V2="B:0-24")
    history = cut.history
    history.mark_saved()
    history.do(RemoveTrack("cut", "V2"), cut.library)
    history.do(DeleteItems("cut", ("A",)), cut.library)
    history.undo()
    change = history.amend(SetTrack("cut", "V1", {"locked": True}), cut.library)
    assert change.tracks == {"V1"}
    assert not history.is_saved
    assert [state.project.sequences[0].tracks[0].locked for state in history.states] == [True, True, True]
    assert history.entries == ("Remove track",)
    assert history.states[history.place].project is history.project
    history.undo()
    history.amend(SetTrack("cut", "V2", {"muted": True}), cut.library)
    assert [len(state.project.sequences[0].tracks) for state in history.states] == [2, 1, 1], (
        "where it is not, nothing is done"
    )
    with pytest.raises(EditRefused):
        history.amend(SetTrack("cut", "gone", {"muted": True}), cut.library)
