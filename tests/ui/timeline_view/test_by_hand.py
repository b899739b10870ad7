"""What the mouse does on the timeline, with real events on the viewport."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.timeline_view.conftest import ALT, CTRL, NONE, SHIFT, Make, send_move
from timeline.time import RationalTime
from ui.timeline_view.placeholder_painter import relink_box
from ui.timeline_view.tools import select

pytestmark = pytest.mark.qt


# --- selecting ---


def test_a_click_selects_the_clip_and_what_is_linked_to_it(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24", A1="C:0-24", links="AC")
    hand.click(12, "V1")
    assert hand.selected == {"A", "C"}
    hand.click(36, "V1")
    assert hand.selected == {"B"}


def test_alt_click_selects_one_side_of_a_link(board: Make) -> None:
    hand = board(V1="A:0-24", A1="C:0-24", links="AC")
    hand.click(12, "V1", ALT)
    assert hand.selected == {"A"}


@pytest.mark.parametrize("held", [SHIFT, CTRL])
def test_shift_or_ctrl_click_adds_and_takes_away(board: Make, held: Qt.KeyboardModifier) -> None:
    hand = board(V1="A:0-24 B:0-24")
    hand.click(12, "V1")
    hand.click(36, "V1", held)
    assert hand.selected == {"A", "B"}
    hand.click(12, "V1", held)
    assert hand.selected == {"B"}


def test_a_click_on_nothing_selects_nothing(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24")
    hand.click(12, "V1")
    hand.click(80, "V1")
    assert hand.selected == set()


def test_a_gap_can_be_selected(board: Make) -> None:
    hand = board(V1="A:0-24 _24 B:0-24")
    hand.click(36, "V1")
    assert hand.selected == {hand.session.sequence.tracks[0].items[1].id}


def test_the_marquee_selects_what_it_touches(board: Make) -> None:
    hand = board(V1="A:0-24 _24 B:0-24", A1="C:0-96")
    hand.drag((90, "V1"), (20, "V1"))
    assert hand.selected == {"A", "B"}
    hand.drag((100, "V1"), (60, "A1"))
    assert hand.selected == {"B", "C"}


# --- moving ---


def test_a_drag_moves_the_clip_by_whole_frames_as_one_step(board: Make) -> None:
    hand = board(V1="A:0-24 _60 B:0-24")
    hand.drag((12, "V1"), (30.3, "V1"))
    assert hand["V1"] == "_18 A:0-24 _42 B:0-24"
    assert hand.undo_steps == 1


def test_a_preview_changes_nothing_until_release(board: Make) -> None:
    hand = board(V1="A:0-24 _60 B:0-24")
    before = hand.session.document.project
    hand.press(12, "V1")
    hand.move(30, "V1")
    assert hand.view.preview is not None
    assert hand.session.document.project is before
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.view.preview is None
    hand.release(30, "V1")
    assert hand.session.document.project is before


def test_a_plain_drop_covers_what_is_there(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-48")
    hand.panel.link.setChecked(False)
    hand.drag((12, "V1"), (46, "V1"))
    assert hand["V1"] == "_24 B:0-10 A:0-24 B:34-48"


def test_ctrl_inserts_and_pushes(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24 C:0-24")
    hand.drag((60, "V1"), (36, "V1"), CTRL)
    assert hand["V1"].startswith("A:0-24 C:0-24 B:0-24")


def test_alt_copies(board: Make) -> None:
    hand = board(V1="A:0-24")
    hand.drag((12, "V1"), (62, "V1"), ALT, press_with=ALT)
    assert hand["V1"] == "A:0-24 _26 A:0-24"


def test_shift_keeps_the_time_when_changing_the_track(board: Make) -> None:
    hand = board(V1="_10 A:0-24", V2="")
    hand.drag((12, "V1"), (50, "V2"), SHIFT)
    assert hand["V2"] == "_10 A:0-24"
    assert hand["V1"] == ""


def test_linked_picture_and_sound_move_together(board: Make) -> None:
    hand = board(V1="A:0-24", A1="C:0-24", links="AC")
    hand.drag((12, "V1"), (42, "V1"))
    assert hand["V1"] == "_30 A:0-24"
    assert hand["A1"] == "_30 C:0-24"


def test_a_moved_edge_snaps_to_the_next_clip(board: Make) -> None:
    hand = board(V1="A:0-24 _60 B:0-24")
    hand.drag((12, "V1"), (72.8 - 0.4, "V1"))
    assert hand["V1"] == "_60 A:0-24 B:0-24"
    hand.session.document.undo()
    hand.view.set_snapping(False)
    hand.drag((12, "V1"), (71.4, "V1"))
    assert hand["V1"] == "_59 A:0-24 _1 B:0-24"


def test_a_drag_above_the_top_row_makes_a_track(board: Make) -> None:
    hand = board(V1="A:0-24")
    hand.press(12, "V1")
    for y in (30, 10, -12):
        send_move(hand.view.viewport(), hand.point(12, "V1").__class__(120, y), SHIFT)
    QTest.mouseRelease(hand.view.viewport(), Qt.MouseButton.LeftButton, SHIFT, hand.point(12, "V1").__class__(120, -12))
    tracks = hand.session.sequence.tracks
    assert len(tracks) == 2
    assert [item.id for item in tracks[1].items] == ["A"]
    assert hand.undo_steps == 1


def test_a_locked_clip_stays_and_the_reason_is_said(board: Make) -> None:
    hand = board(V1="A:0-24", locked=("V1",))
    hand.drag((12, "V1"), (60, "V1"))
    assert hand["V1"] == "A:0-24"
    assert any("locked" in text for text in hand.said)


def test_a_refused_move_shows_a_red_ghost_and_why(board: Make) -> None:
    hand = board(V1="A:0-24", V2="B:0-24", locked=("V2",))
    hand.press(12, "V1")
    hand.move(14, "V1")
    hand.move(14, "V2")
    assert hand.view.overlay.refused
    assert hand.view.overlay.ghosts
    assert "locked" in hand.said[-1]
    hand.release(14, "V2")
    assert hand["V1"] == "A:0-24"
    assert hand.undo_steps == 0


# --- trimming ---


def test_dragging_an_end_trims_and_leaves_a_gap(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24")
    hand.drag((23.5, "V1"), (17.5, "V1"))
    assert hand["V1"] == "A:0-18 _6 B:0-24"
    assert hand.undo_steps == 1


def test_ctrl_trims_with_ripple(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24")
    hand.drag((23.5, "V1"), (17.5, "V1"), CTRL, press_with=CTRL)
    assert hand["V1"] == "A:0-18 B:0-24"


def test_in_ripple_mode_ctrl_leaves_the_gap(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24")
    hand.panel.ripple.setChecked(True)
    hand.drag((23.5, "V1"), (17.5, "V1"))
    assert hand["V1"] == "A:0-18 B:0-24"
    hand.session.document.undo()
    hand.drag((23.5, "V1"), (17.5, "V1"), CTRL, press_with=CTRL)
    assert hand["V1"] == "A:0-18 _6 B:0-24"


def test_both_ends_of_a_link_are_trimmed(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24", A1="C:0-24 D:0-24", links="AC BD")
    hand.drag((23.5, "V1"), (17.5, "V1"))
    assert hand["A1"] == "C:0-18 _6 D:0-24"
    hand.session.document.undo()
    hand.drag((23.5, "V1"), (17.5, "V1"), CTRL, press_with=CTRL)
    assert (hand["V1"], hand["A1"]) == ("A:0-18 B:0-24", "C:0-18 D:0-24")
    hand.session.document.undo()
    hand.drag((23.5, "V1"), (17.5, "V1"), ALT, press_with=ALT)
    assert hand["A1"] == "C:0-24 D:0-24"


def test_a_trim_stops_where_the_media_ends(board: Make) -> None:
    hand = board(V1="A:70-94")
    hand.drag((23.5, "V1"), (60, "V1"))
    assert hand["V1"] == "A:70-100"
    assert any("media ends" in text for text in hand.said)


def test_a_cut_is_rolled(board: Make) -> None:
    hand = board(V1="A:0-24 B:20-44")
    hand.drag((24, "V1"), (30, "V1"))
    assert hand["V1"] == "A:0-30 B:26-44"
    hand.session.document.undo()
    hand.drag((24, "V1"), (1, "V1"))
    assert hand["V1"] == "A:0-4 B:0-44"


def test_the_end_of_a_transition_changes_its_length(board: Make) -> None:
    hand = board(V1="A:20-44 >4+4< B:20-44")
    hand.drag((19.9 + 0.3, "V1"), (18.2, "V1"))
    assert hand["V1"] == "A:20-44 >6+6< B:20-44"


# --- tools ---


def test_the_razor_cuts_where_one_clicks_and_what_is_linked(board: Make) -> None:
    hand = board(V1="A:0-24", A1="C:0-24", A2="D:0-24", links="AC")
    hand.panel.set_tool("razor")
    hand.click(10.1, "V1")
    assert (hand["V1"], hand["A1"], hand["A2"]) == ("A:0-10 A:10-24", "C:0-10 C:10-24", "D:0-24")
    hand.click(15.1, "V1", SHIFT)
    assert hand["A2"] == "D:0-15 D:15-24"


def test_the_ripple_tool_takes_the_nearest_end(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24")
    hand.panel.set_tool("ripple")
    hand.drag((20, "V1"), (16, "V1"))
    assert hand["V1"] == "A:0-20 B:0-24"


def test_the_roll_tool_takes_the_nearest_cut(board: Make) -> None:
    hand = board(V1="A:0-24 B:20-44")
    hand.panel.set_tool("roll")
    hand.drag((20, "V1"), (16, "V1"))
    assert hand["V1"] == "A:0-20 B:16-44"


def test_the_slip_tool_changes_the_source_only(board: Make) -> None:
    hand = board(V1="A:20-44 B:0-24")
    hand.panel.set_tool("slip")
    hand.drag((12, "V1"), (7, "V1"))
    assert hand["V1"] == "A:25-49 B:0-24"
    hand.drag((12, "V1"), (60, "V1"))
    assert hand["V1"] == "A:0-24 B:0-24"


def test_the_slide_tool_trims_the_neighbours(board: Make) -> None:
    hand = board(V1="A:0-24 B:20-44 C:20-44")
    hand.panel.set_tool("slide")
    hand.drag((36, "V1"), (40, "V1"))
    assert hand["V1"] == "A:0-28 B:20-44 C:24-44"


def test_esc_goes_back_to_the_select_tool(board: Make) -> None:
    hand = board(V1="A:0-24")
    hand.panel.set_tool("razor")
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.view.hand.tool.id == "select"
    assert hand.panel.tools.buttons["select"].isChecked()


# --- time ---


def test_dragging_in_the_ruler_scrubs(board: Make) -> None:
    hand = board(V1="A:0-96")
    ruler = hand.panel.ruler
    QTest.mousePress(ruler, Qt.MouseButton.LeftButton, pos=hand.point(20, "V1").__class__(204, 5))
    assert hand.session.transport.time == RationalTime(20, 24)
    send_move(ruler, hand.point(20, "V1").__class__(309, 5), Qt.KeyboardModifier.NoModifier)
    assert hand.session.transport.time == RationalTime(30, 24)
    QTest.mouseRelease(ruler, Qt.MouseButton.LeftButton)
    assert hand.panel.corner_box.timecode == "00:00:01:06"


def test_playing_past_the_edge_turns_the_page(board: Make) -> None:
    hand = board(V1=" ".join(f"{letter}:0-96" for letter in "ABCDEF"))
    hand.session.transport.rate = RationalTime(1).fraction
    hand.view.move_playhead(RationalTime(200, 24))
    x = hand.view.scale.x_of(RationalTime(200, 24))
    hand.session.transport.rate = RationalTime(0).fraction
    assert 0 <= x < 100


# --- modifiers ---


def test_ctrl_held_from_the_start_inserts_the_chosen_clip(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24 C:0-24", A1="D:0-24", links="AD")
    hand.click(60, "V1")
    hand.drag((60, "V1"), (36, "V1"), CTRL, press_with=CTRL)
    assert hand["V1"].startswith("A:0-24 C:0-24 B:0-24")
    assert hand.selected == {"C"}


def test_a_modifier_pressed_during_a_drag_counts_at_once(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24 C:0-24")
    hand.press(60, "V1")
    hand.move(50, "V1")
    hand.move(36, "V1")
    assert "Move" in hand.said[-1]
    QTest.keyPress(hand.view, Qt.Key.Key_Control)
    assert "Insert" in hand.said[-1]
    QTest.keyRelease(hand.view, Qt.Key.Key_Control, CTRL)
    assert "Move" in hand.said[-1]
    hand.release(36, "V1")


def test_alt_copies_all_that_is_chosen(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24")
    hand.click(12, "V1")
    hand.click(36, "V1", SHIFT)
    hand.drag((12, "V1"), (72, "V1"), ALT, press_with=ALT)
    assert hand["V1"] == "A:0-24 B:0-24 _12 A:0-24 B:0-24"


def test_a_stopped_trim_shows_a_solid_bar(board: Make) -> None:
    hand = board(V1="A:70-94")
    hand.press(23.5, "V1")
    hand.move(60, "V1")
    assert [one.is_stopped for one in hand.view.overlay.brackets] == [True]
    hand.move(26, "V1")
    assert [one.is_stopped for one in hand.view.overlay.brackets] == [False]
    hand.release(26, "V1")


def test_a_trim_at_the_start_of_the_sequence_goes_no_further_left(board: Make) -> None:
    hand = board(V1="A:30-54")
    hand.drag((0.4, "V1"), (10.4, "V1"))
    hand.drag((10.4, "V1"), (-8, "V1"))
    assert hand["V1"] == "A:30-54"


def test_of_two_linked_clips_the_shorter_handle_stops_the_trim(board: Make) -> None:
    hand = board(V1="A:60-84", A1="B:70-94", links="AB")
    hand.drag((23.5, "V1"), (60, "V1"))
    assert (hand["V1"], hand["A1"]) == ("A:60-90", "B:70-100")


def test_the_link_on_a_missing_clip_asks_where_its_file_is(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="A:0-48 a:0-24", A1="")
    asked: list[list[str]] = []
    monkeypatch.setattr(select, "find_again", lambda _, wanted: asked.append([one.id for one in wanted]))
    left, top, width, height = hand.view.layout_now.bounds("A")
    box = relink_box(left, left + width, hand.view.viewport().width(), top, height)
    assert box is not None
    link = QPoint(round(box[0] + box[2] / 2), round(box[1] + box[3] / 2))
    send_move(hand.view.viewport(), link, NONE, Qt.MouseButton.NoButton)
    assert hand.view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(hand.view.viewport(), Qt.MouseButton.LeftButton, NONE, link)
    assert asked == [["A"]]
    assert relink_box(left, left + 40, 1000, top, height) is None, "a narrow clip has no room for it"
    QTest.mouseClick(hand.view.viewport(), Qt.MouseButton.LeftButton, NONE, link + QPoint(120, 0))
    assert len(asked) == 1
