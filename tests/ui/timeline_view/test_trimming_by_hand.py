"""Trim zones, handles left, the two-up view, and edits selected by a click."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio_app.session.trim_view import TrimView
from tests.timeline.notation import f
from tests.ui.timeline_view.conftest import ALT, CTRL, SHIFT, Make

pytestmark = pytest.mark.qt


def test_while_an_end_is_held_the_media_left_is_said_at_the_clip(board: Make) -> None:
    hand = board(V1="A:30-54 _40 B:0-24")
    hand.press(23.5, "V1")
    hand.move(29.5, "V1")
    (bracket,) = hand.view.overlay.brackets
    assert (bracket.note, bracket.ends) == ("1 s 16 fr left", (None, f(70)))
    hand.move(18.5, "V1")
    assert hand.view.overlay.brackets[0].note == "2 s 3 fr left"
    hand.release(18.5, "V1")


def test_at_the_end_of_the_media_stands_a_solid_bar_and_it_is_said(board: Make) -> None:
    hand = board(V1="_40 A:10-34")
    hand.press(40.4, "V1")
    hand.move(20, "V1")
    (bracket,) = hand.view.overlay.brackets
    assert (bracket.is_stopped, bracket.time, bracket.note) == (True, f(30), "media ends")
    assert "The media ends here" in hand.said[-1]
    hand.release(20, "V1")
    assert hand["V1"] == "_30 A:0-34"


def test_a_title_never_ends_and_says_nothing_of_handles(board: Make) -> None:
    hand = board(V1="t:0-24")
    hand.press(23.5, "V1")
    hand.move(60, "V1")
    assert (hand.view.overlay.brackets[0].note, hand.view.overlay.brackets[0].is_stopped) == ("", False)
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand["V1"] == "t:0-24"


def test_what_a_longer_clip_covers_is_hatched(board: Make) -> None:
    hand = board(V1="A:0-24 _6 B:0-24")
    hand.view.set_snapping(False)
    hand.press(23.5, "V1")
    hand.move(39.5, "V1")
    (cover,) = hand.view.overlay.covers
    assert (cover.range.start, cover.range.duration) == (f(30), f(10))
    assert "covers 1 clip" in hand.said[-1]
    hand.release(39.5, "V1")
    assert hand["V1"] == "A:0-40 B:10-24"


def test_outgoing_and_incoming_frame_are_shown_while_a_cut_is_rolled(board: Make) -> None:
    hand = board(V1="A:0-24 B:20-44")
    seen: list[TrimView | None] = []
    hand.session.trim_view.connect(seen.append)
    hand.press(24, "V1")
    hand.move(27, "V1")
    view = seen[-1]
    assert view is not None
    assert view.left is not None
    assert view.right is not None
    assert (view.left.clip.id, view.left.since_start, view.left.frames) == ("A", f(26), 3)
    assert (view.right.clip.id, view.right.since_start, view.right.frames) == ("B", f(0), 3)
    hand.release(27, "V1")
    assert seen[-1] is None


def test_a_slip_shows_first_and_last_frame_and_the_media_left_at_both_ends(board: Make) -> None:
    hand = board(V1="A:20-44")
    seen: list[TrimView | None] = []
    hand.session.trim_view.connect(seen.append)
    hand.panel.set_tool("slip")
    hand.press(12, "V1")
    hand.move(7, "V1")
    assert [one.note for one in hand.view.overlay.brackets] == ["1 s 1 fr left", "2 s 3 fr left"]
    assert seen[-1] is not None
    assert seen[-1].left is not None
    assert seen[-1].left.clip.source_range.start == f(25)
    hand.move(60, "V1")
    assert [one.is_stopped for one in hand.view.overlay.brackets] == [True, False]
    hand.release(60, "V1")


def test_a_slide_stops_at_the_media_of_its_neighbour(board: Make) -> None:
    hand = board(V1="A:70-94 B:0-24 C:3-27")
    hand.panel.set_tool("slide")
    hand.view.set_snapping(False)
    hand.drag((36, "V1"), (50, "V1"))
    assert hand["V1"] == "A:70-100 B:0-24 C:9-27"
    hand.drag((42, "V1"), (20, "V1"))
    assert hand["V1"] == "A:70-91 B:0-24 C:0-27"
    assert any("media beside it ends" in one for one in hand.said)


def test_a_click_on_an_end_selects_the_edit_and_trims_nothing(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24", A1="C:0-24 D:0-24", links="AC BD")
    hand.click(36, "V1")
    hand.click(23.4, "V1")
    edit = hand.session.trimming.edit
    assert edit is not None
    assert (edit.track_ids, edit.side) == (("V1", "A1"), "out")
    assert hand.selected == set()
    assert hand.undo_steps == 0
    hand.click(24, "V1", ALT)
    edit = hand.session.trimming.edit
    assert edit is not None
    assert (edit.track_ids, edit.side) == (("V1",), "both")
    hand.click(12, "V1")
    assert hand.session.trimming.edit is None


def test_shift_click_adds_an_edit_and_one_drag_trims_them_all(board: Make) -> None:
    hand = board(V1="A:10-34 B:10-34", A1="C:10-34 D:10-34")
    hand.view.set_snapping(False)
    hand.click(23.4, "V1")
    hand.click(24.5, "A1", SHIFT)
    edit = hand.session.trimming.edit
    assert edit is not None
    assert [(cut.track_id, cut.held) for cut in edit.cuts] == [("V1", "out"), ("A1", "in")]
    hand.drag((23.4, "V1"), (19.4, "V1"))
    assert (hand["V1"], hand["A1"]) == ("A:10-30 _4 B:10-34", "C:10-30 D:6-34")
    assert hand.undo_steps == 1


def test_a_ripple_of_linked_ends_moves_only_tracks_in_sync_as_one_step(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24", A1="C:0-24 D:0-24", A2="_30 E:0-24", links="AC BD")
    hand.drag((23.5, "V1"), (17.5, "V1"), CTRL, press_with=CTRL)
    assert (hand["V1"], hand["A1"], hand["A2"]) == ("A:0-18 B:0-24", "C:0-18 D:0-24", "_24 E:0-24")
    assert hand.undo_steps == 1


def test_a_narrow_clip_keeps_eight_pixels_in_the_middle_for_moving(board: Make) -> None:
    hand = board(V1="A:0-2 _40 B:0-24")
    hand.click(1, "V1")
    assert hand.selected == {"A"}
    assert hand.session.trimming.edit is None
    hand.click(0.3, "V1")
    assert hand.session.trimming.edit is not None


def test_the_ends_of_a_transition_stop_at_the_handles(board: Make) -> None:
    hand = board(V1="A:60-94 >4+4< B:20-44")
    hand.view.set_snapping(False)
    hand.drag((30.2, "V1"), (20.2, "V1"))
    assert hand["V1"] == "A:60-94 >14+6< B:20-44"


def test_the_middle_of_a_transition_moves_it_over_the_cut_and_sticks_when_aligned(board: Make) -> None:
    hand = board(V1="A:20-44 >4+4< B:20-44")
    hand.drag((24, "V1"), (26, "V1"))
    assert hand["V1"] == "A:20-44 >2+6< B:20-44"
    hand.drag((26, "V1"), (27.6, "V1"))
    assert hand["V1"] == "A:20-44 >0+8< B:20-44"
    assert "starts at the cut" in "".join(hand.said)


def test_what_a_transition_uses_of_a_handle_is_not_there_to_be_rolled_or_trimmed(board: Make) -> None:
    hand = board(V1="A:60-90 >4+4< B:20-44 C:0-24")
    hand.view.set_snapping(False)
    hand.panel.set_tool("roll")
    hand.drag((27, "V1"), (60, "V1"))
    assert hand["V1"] == "A:60-96 >4+4< B:26-44 C:0-24"


def test_a_drag_that_costs_a_transition_says_so_before_and_after(board: Make) -> None:
    hand = board(V1="A:10-34 >4+4< B:30-54 C:40-64")
    noted: list[str] = []
    hand.session.noted.connect(noted.append)
    hand.view.set_snapping(False)
    hand.press(47.5, "V1", CTRL)
    hand.move(40, "V1", CTRL)
    assert "goes" not in hand.said[-1]
    hand.move(26.5, "V1", CTRL)
    assert hand.said[-1].endswith("The cross dissolve at 00:00:01:00 goes: its clips no longer overlap enough.")
    assert noted == []
    hand.release(26.5, "V1", CTRL)
    assert ">" not in hand["V1"]
    QTest.qWait(10)
    assert noted == ["The cross dissolve at 00:00:01:00 was removed: its clips no longer overlap enough."]
