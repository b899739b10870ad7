"""Moving clips by hand: ghosts, hatching, modifiers, groups, new tracks, edges of the view."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio_app.actions.registry import Actions
from studio_app.services.settings import CopyModifier
from tests.timeline.notation import f, text_of
from tests.ui.timeline_view.conftest import ALT, CTRL, NONE, SHIFT, Board, Make, send_move
from timeline.commands.group_clips import GroupClips
from timeline.time import TimeRange

pytestmark = pytest.mark.qt
META = Qt.KeyboardModifier.MetaModifier


def hold(hand: Board, start: tuple[float, str], end: tuple[float, str], held: Qt.KeyboardModifier = NONE) -> None:
    """Press and pull, but do not let go."""
    hand.press(*start)
    hand.move(start[0] + 1, start[1], held)
    hand.move(*end, held)


def send_key(hand: Board, kind: QEvent.Type, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """QTest would let go of all modifiers with one of them."""
    QApplication.sendEvent(hand.view, QKeyEvent(kind, key, held))


def test_the_ghost_has_its_true_length_and_says_where_it_is_and_how_far_that_is(board: Make) -> None:
    hand = board(V1="A:0-24 _60 B:0-24")
    hold(hand, (12, "V1"), (42, "V1"))
    (ghost,) = hand.view.overlay.ghosts
    assert ghost.range == TimeRange(f(30), f(24))
    assert ghost.label == "00:00:01:06  +30 frames"
    hand.release(42, "V1")


def test_what_would_be_covered_is_hatched_and_counted(board: Make) -> None:
    hand = board(V1="A:0-24 _10 B:0-24 C:0-24")
    hand.panel.link.setChecked(False)
    hold(hand, (12, "V1"), (64, "V1"))
    assert [(one.track_id, one.range) for one in hand.view.overlay.covers] == [
        ("V1", TimeRange(f(52), f(6))),
        ("V1", TimeRange(f(58), f(18))),
    ]
    assert "covers 2 clips" in hand.said[-1]
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.view.overlay.covers == ()


def test_an_insert_shows_what_it_cuts_in_two_and_how_many_clips_move(board: Make) -> None:
    hand = board(V1="A:0-24 _60 B:0-24 C:0-24", A1="D:0-96")
    hand.view.set_snapping(False)
    hold(hand, (12, "V1"), (104, "V1"), CTRL)
    assert [(one.track_id, one.range) for one in hand.view.overlay.covers] == [
        ("V1", TimeRange(f(92), f(0))),
        ("A1", TimeRange(f(92), f(0))),
    ]
    assert "Insert +92 frames, ripples 1 clip." in hand.said[-1]
    assert hand.view.preview is not None
    hand.release(104, "V1", CTRL)


def test_a_track_without_sync_lock_is_not_shown_as_cut(board: Make) -> None:
    hand = board(V1="A:0-24 _60 B:0-24 C:0-24", A1="D:0-96")
    sequence = hand.session.sequence
    loose = replace(sequence.tracks[1], sync_lock=False)
    document = hand.session.document
    project = replace(document.project, sequences=(replace(sequence, tracks=(sequence.tracks[0], loose)),))
    document.replace(replace(document.saved, project=project), None)
    hand.view.refresh()
    hand.view.set_snapping(False)
    hold(hand, (12, "V1"), (104, "V1"), CTRL)
    assert [one.track_id for one in hand.view.overlay.covers] == ["V1"]
    hand.release(104, "V1", CTRL)
    assert hand["A1"] == "D:0-96"


def test_a_refused_ghost_bears_the_reason(board: Make) -> None:
    hand = board(V1="A:0-24", V2="B:0-24", locked=("V2",))
    hold(hand, (12, "V1"), (14, "V2"))
    assert hand.view.overlay.refused
    assert "locked" in hand.view.overlay.ghosts[0].label
    hand.release(14, "V2")
    assert hand.undo_steps == 0


def test_ctrl_and_alt_let_two_clips_change_places_with_their_sounds(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-48", A1="C:0-24 D:0-48", links="AC BD")
    hand.drag((12, "V1"), (50, "V1"), CTRL | ALT)
    assert (hand["V1"], hand["A1"]) == ("B:0-48 A:0-24", "D:0-48 C:0-24")
    assert hand.undo_steps == 1


def test_a_swap_over_nothing_says_what_it_needs(board: Make) -> None:
    hand = board(V1="A:0-24 _20 B:0-48")
    hold(hand, (12, "V1"), (34, "V1"), CTRL | ALT)
    assert "hold it over another clip" in hand.said[-1]
    hand.release(34, "V1", CTRL | ALT)
    assert hand["V1"] == "A:0-24 _20 B:0-48"


def test_alt_at_the_start_and_then_ctrl_inserts_a_copy(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24")
    hand.drag((12, "V1"), (36, "V1"), CTRL | ALT, press_with=ALT)
    assert hand["V1"] == "A:0-24 A:0-24 B:0-24"


def test_alt_drag_on_a_linked_clip_copies_both_while_alt_click_takes_one_side(board: Make) -> None:
    hand = board(V1="A:0-24", A1="C:0-24", links="AC")
    hand.drag((12, "V1"), (62, "V1"), ALT, press_with=ALT)
    assert (hand["V1"], hand["A1"]) == ("A:0-24 _26 A:0-24", "C:0-24 _26 C:0-24")
    hand.click(12, "V1", ALT)
    assert hand.selected == {"A"}


def test_the_modifier_that_copies_is_a_preference(board: Make) -> None:
    hand = board(V1="A:0-24")
    hand.session.choose("copy_modifier", CopyModifier.SUPER)
    hand.drag((12, "V1"), (62, "V1"), META, press_with=META)
    assert hand["V1"] == "A:0-24 _26 A:0-24"
    assert any("Super copies" in one for one in hand.said)


def test_a_key_that_changes_while_the_mouse_rests_shows_at_once(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24 C:0-24")
    hold(hand, (60, "V1"), (36, "V1"))
    send_key(hand, QEvent.Type.KeyPress, Qt.Key.Key_Control, NONE)
    send_key(hand, QEvent.Type.KeyPress, Qt.Key.Key_Alt, CTRL)
    assert "Swap places with B" in hand.said[-1]
    send_key(hand, QEvent.Type.KeyRelease, Qt.Key.Key_Control, CTRL | ALT)
    assert hand.said[-1].startswith("Copy")
    send_key(hand, QEvent.Type.KeyRelease, Qt.Key.Key_Alt, ALT)
    assert hand.said[-1].startswith("Move")
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.undo_steps == 0


def test_a_group_is_chosen_and_moved_as_one(board: Make) -> None:
    hand = board(V1="A:0-24", V2="_12 B:0-24", A1="C:0-24")
    hand.session.document.do(GroupClips("cut", ("A", "B")))
    hand.view.refresh()
    hand.drag((6, "V1"), (26, "V1"))
    assert hand.selected == {"A", "B"}
    assert (hand["V1"], hand["V2"], hand["A1"]) == ("_20 A:0-24", "_32 B:0-24", "C:0-24")


def test_two_rows_dragged_above_the_top_get_a_track_each(board: Make) -> None:
    hand = board(V1="A:0-24", V2="B:0-24")
    hand.click(12, "V1")
    hand.click(12, "V2", SHIFT)
    start = hand.point(12, "V1")
    hand.pull(start, QPoint(start.x(), -10), SHIFT)
    tracks = hand.session.sequence.picture_tracks()
    assert [text_of(one) for one in tracks] == ["", "", "A:0-24", "B:0-24"]
    assert hand.undo_steps == 1


def test_no_clip_is_pushed_over_the_divider(board: Make) -> None:
    hand = board(V1="A:0-24", V2="B:0-24", A1="C:0-24")
    hand.click(12, "V1")
    hand.click(12, "V2", SHIFT)
    hand.drag((12, "V2"), (12, "V1"), SHIFT)
    assert (hand["V1"], hand["V2"]) == ("A:0-24", "B:0-24")
    assert hand.undo_steps == 0


def test_held_at_the_edge_the_view_scrolls_and_the_clip_goes_on(board: Make) -> None:
    hand = board(V1="A:0-24 _400 B:0-24")
    width = hand.view.viewport().width()
    hand.press(12, "V1")
    send_move(hand.view.viewport(), QPoint(400, 40), NONE)
    send_move(hand.view.viewport(), QPoint(width - 4, 40), NONE)
    edge = hand.view.hand._edge
    assert edge.is_running
    edge._before -= 0.05
    before = hand.view.overlay.ghosts[0].range.start
    edge.tick()
    assert hand.view.scale.origin_px > 20
    assert hand.view.overlay.ghosts[0].range.start > before
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    assert not edge.is_running
    assert hand.undo_steps == 0


def test_s_toggles_snapping_during_a_drag(board: Make) -> None:
    hand = board(V1="A:0-24 _60 B:0-24")
    hold(hand, (12, "V1"), (71.3, "V1"))
    assert hand.view.overlay.snap == f(84)
    hand.panel.asked.connect(lambda _: hand.session.choose("snapping", not hand.session.settings.values.snapping))
    QTest.keyClick(hand.view, Qt.Key.Key_S)
    assert hand.view.overlay.snap is None
    hand.release(71.3, "V1")
    assert hand["V1"] == "_59 A:0-24 _1 B:0-24"


def test_the_middle_button_pans_and_esc_lets_go(board: Make) -> None:
    hand = board(V1="A:0-24 _400 B:0-24")
    viewport = hand.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.MiddleButton, NONE, QPoint(500, 40))
    send_move(viewport, QPoint(380, 40), NONE, Qt.MouseButton.MiddleButton)
    assert round(hand.view.scale.origin_px) == 120
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    send_move(viewport, QPoint(300, 40), NONE, Qt.MouseButton.NoButton)
    assert round(hand.view.scale.origin_px) == 120


def test_a_marquee_with_shift_adds(board: Make) -> None:
    hand = board(V1="A:0-24 _24 B:0-24 _24 C:0-24")
    hand.click(12, "V1")
    hand.drag((130, "V1"), (100, "V1"), SHIFT, press_with=SHIFT)
    assert hand.selected == {"A", "C"}


def test_delete_closes_a_gap_that_was_clicked(board: Make) -> None:
    hand = board(V1="A:0-24 _24 B:0-24")
    hand.click(36, "V1")
    Actions(hand.session).run("edit.delete")
    assert hand["V1"] == "A:0-24 B:0-24"


def test_what_was_shown_is_what_is_made_to_the_very_same_object(board: Make) -> None:
    hand = board(V1="A:0-24 _60 B:0-24")
    hold(hand, (12, "V1"), (42, "V1"), ALT)
    shown = hand.view.preview
    hand.move(42.1, "V1", ALT)
    assert hand.view.preview is shown
    hand.release(42.1, "V1", ALT)
    assert hand.session.document.project is shown
    assert hand.session.document.undo_label == "Move"


def test_a_crowd_is_outlined_and_moved_when_it_is_let_go(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.timeline_view.drags.move.CROWD", 2)
    hand = board(V1="A:0-24 B:0-24 C:0-24", A1="D:0-24")
    hand.panel.set_tool("track_forward")
    hold(hand, (12, "V1"), (42, "V1"))
    assert hand.view.preview is None
    assert [(one.track_id, one.range) for one in hand.view.overlay.ghosts] == [
        ("V1", TimeRange(f(30), f(72))),
        ("A1", TimeRange(f(30), f(72))),
    ]
    hand.release(42, "V1")
    assert (hand["V1"], hand["A1"]) == ("_30 A:0-24 B:0-24 C:0-24", "_30 D:0-24")
    assert hand.undo_steps == 1


def test_a_crowd_that_ends_as_a_swap_is_not_moved(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.timeline_view.drags.move.CROWD", 1)
    hand = board(V1="A:0-24 B:0-24 _48 C:0-24", A1="D:0-24", links="AD")
    hand.click(12, "V1")
    hold(hand, (12, "V1"), (60, "V1"))
    hand.move(108, "V1", CTRL | ALT)
    hand.release(108, "V1", CTRL | ALT)
    assert (hand["V1"], hand["A1"]) == ("C:0-24 B:0-24 _48 A:0-24", "D:0-24")
    assert hand.undo_steps == 1


def test_a_right_click_takes_the_group_as_a_click_does(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24")
    hand.session.document.do(GroupClips(hand.session.sequence_id, ("A", "B")))
    where = hand.point(12, "V1")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, hand.view.viewport().mapToGlobal(where))
    hand.view.menu_wanted.disconnect()
    hand.view.contextMenuEvent(event)
    assert hand.selected == {"A", "B"}
