"""Track forward, rate stretch, pen, title, zoom and hand; tools whose key is held."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.timeline.notation import f, text_of
from tests.ui.timeline_view.conftest import ALT, CTRL, LEFT, NONE, SHIFT, Board, Make, send_move
from timeline.curve import Curve
from timeline.items import Clip, GeneratorSource
from ui.held_tool import HELD_MS, HeldTool
from ui.timeline_view import rubber
from ui.timeline_view.layout import CLIP_HEADER

pytestmark = pytest.mark.qt


# --- track forward ---


def test_track_forward_takes_everything_from_a_clip_on_and_moves_it(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24 C:0-24", A1="D:0-60 E:0-24", V2="_30 F:0-24")
    hand.panel.set_tool("track_forward")
    hand.click(36, "V1")
    assert hand.selected == {"B", "C", "E", "F"}
    hand.view.set_snapping(False)
    hand.drag((36, "V1"), (46, "V1"))
    assert (hand["V1"], hand["A1"]) == ("A:0-24 _10 B:0-24 C:0-24", "D:0-60 _10 E:0-24")
    assert hand["V2"] == "_40 F:0-24"
    assert hand.undo_steps == 1


def test_with_shift_it_takes_one_track_and_shift_does_not_keep_the_time(board: Make) -> None:
    hand = board(V1="A:0-24 B:0-24", V2="_24 F:0-24")
    hand.panel.set_tool("track_forward")
    hand.view.set_snapping(False)
    hand.drag((36, "V1"), (46, "V1"), SHIFT, press_with=SHIFT)
    assert (hand["V1"], hand["V2"]) == ("A:0-24 _10 B:0-24", "_24 F:0-24")


def test_locked_tracks_stay_out_of_it_and_behind_the_last_clip_there_is_nothing(board: Make) -> None:
    hand = board(V1="A:0-24", V2="F:0-24", locked=("V2",))
    hand.panel.set_tool("track_forward")
    hand.click(12, "V1")
    assert hand.selected == {"A"}
    hand.click(80, "V1")
    assert hand.selected == set()
    assert "No clip starts here" in hand.said[-1]


# --- rate stretch ---


def test_pulling_an_end_with_rate_stretch_changes_the_speed_of_picture_and_sound(board: Make) -> None:
    hand = board(V1="A:0-24 _40 B:0-24", A1="C:0-24", links="AC")
    hand.panel.set_tool("rate")
    hand.view.set_snapping(False)
    hand.drag((20, "V1"), (44, "V1"))
    assert (hand["V1"], hand["A1"]) == ("A:0-24@1/2 _16 B:0-24", "C:0-24@1/2")
    assert any("50 %" in one for one in hand.said)
    assert hand.undo_steps == 1


def test_rate_stretch_stops_at_the_next_clip(board: Make) -> None:
    hand = board(V1="A:0-24 _12 B:0-24")
    hand.panel.set_tool("rate")
    hand.press(20, "V1")
    hand.move(60, "V1")
    assert hand.view.overlay.brackets[0].is_stopped
    hand.release(60, "V1")
    assert hand["V1"] == "A:0-24@2/3 B:0-24"


def test_a_linked_sound_on_a_locked_track_is_not_stretched_along(board: Make) -> None:
    hand = board(V1="A:0-24", A1="B:0-24", links="AB", locked=("A1",))
    hand.panel.set_tool("rate")
    hand.drag((20, "V1"), (44, "V1"))
    assert (hand["V1"], hand["A1"]) == ("A:0-24@1/2", "B:0-24")


# --- pen ---


def line_y(hand: Board, clip_id: str, track_id: str, frame: float) -> QPoint:
    """The point of the viewport where the line of a clip runs."""
    clip, row = hand.clip(clip_id), hand.view.layout_now.row(track_id)
    assert row is not None
    name = rubber.name_of(row.is_audio)
    y = rubber.y_of(name, rubber.value_along(clip, name, f(round(frame))), CLIP_HEADER, row.clip_height - CLIP_HEADER)
    return hand.spot(frame, track_id, y)


def keys(value: float | Curve) -> list[tuple[object, float]]:
    assert isinstance(value, Curve)
    return [(key.time, round(float(key.value), 2)) for key in value.keyframes]  # type: ignore[arg-type]


def test_the_pen_sets_a_keyframe_where_it_clicks_and_drags_it_on_in_one_step(board: Make) -> None:
    hand = board(A1="A:10-58")
    hand.panel.set_tool("pen")
    at = line_y(hand, "A", "A1", 12.4)
    hand.pull(at, at)
    assert keys(hand.clip("A").volume) == [(f(22), 1.0)]
    assert hand.undo_steps == 1
    second = line_y(hand, "A", "A1", 30.4)
    hand.pull(second, second + QPoint(0, 12))
    (_, (time, level)) = keys(hand.clip("A").volume)
    assert time == f(40)
    assert level < 0.5
    assert hand.undo_steps == 2


def test_the_pen_moves_a_keyframe_between_its_neighbours(board: Make) -> None:
    hand = board(A1="A:0-48")
    hand.panel.set_tool("pen")
    hand.view.set_snapping(False)
    for frame in (10.4, 30.4):
        at = line_y(hand, "A", "A1", frame)
        hand.pull(at, at)
    start = line_y(hand, "A", "A1", 10)
    hand.pull(start, start + QPoint(60, 0))
    assert [time for time, _ in keys(hand.clip("A").volume)] == [f(16), f(30)]
    start = line_y(hand, "A", "A1", 16)
    hand.pull(start, start + QPoint(400, 0))
    assert [time for time, _ in keys(hand.clip("A").volume)] == [f(29), f(30)]


def test_alt_click_takes_a_keyframe_away_and_ctrl_click_bends_it(board: Make) -> None:
    hand = board(A1="A:0-48")
    hand.panel.set_tool("pen")
    at = line_y(hand, "A", "A1", 10.4)
    hand.pull(at, at)
    there = line_y(hand, "A", "A1", 10)
    hand.pull(there, there, press_with=CTRL)
    line = hand.clip("A").volume
    assert isinstance(line, Curve)
    assert line.keyframes[0].interpolation == "ease"
    assert hand.undo_steps == 2
    hand.pull(there, there, press_with=CTRL)
    assert hand.undo_steps == 3
    hand.pull(there, there, press_with=ALT)
    assert hand.clip("A").volume == 1.0


def test_a_press_soon_after_a_click_drags_as_any_press_does(board: Make) -> None:
    hand = board(A1="A:10-58")
    hand.panel.set_tool("pen")
    at, viewport = line_y(hand, "A", "A1", 22), hand.view.viewport()
    hand.pull(at, at)
    second = QMouseEvent(
        QEvent.Type.MouseButtonDblClick, QPointF(at), viewport.mapToGlobal(QPointF(at)), LEFT, LEFT, NONE
    )
    QApplication.sendEvent(viewport, second)  # Qt sends it in place of the second press
    send_move(viewport, at + QPoint(0, 6), NONE)
    send_move(viewport, at + QPoint(0, 12), NONE)
    QTest.mouseRelease(viewport, LEFT, NONE, at + QPoint(0, 12))
    ((_, level),) = keys(hand.clip("A").volume)
    assert level < 0.5


def test_the_pen_works_on_the_opacity_of_pictures_and_shows_its_line(board: Make) -> None:
    hand = board(V1="A:0-48")
    assert not hand.view.shown().pen
    hand.panel.set_tool("pen")
    assert hand.view.shown().pen
    at = line_y(hand, "A", "V1", 10.4)
    hand.pull(at, at + QPoint(0, 20))
    ((time, level),) = keys(hand.clip("A").opacity)
    assert time == f(10)
    assert 0.4 < level < 0.8


def test_off_the_line_and_on_locked_tracks_the_pen_does_nothing(board: Make) -> None:
    hand = board(A1="A:0-48", A2="B:0-48", locked=("A2",))
    hand.panel.set_tool("pen")
    at = hand.spot(20, "A1", 50)
    hand.pull(at, at)
    locked = line_y(hand, "B", "A2", 10)
    hand.pull(locked, locked)
    assert hand.undo_steps == 0


# --- title ---


def test_a_drag_with_the_title_tool_draws_a_title_as_long_as_the_drag(board: Make) -> None:
    hand = board(V1="A:0-48", V2="")
    hand.panel.set_tool("title")
    hand.drag((10, "V2"), (40, "V2"))
    (_, title) = hand.session.sequence.tracks[1].items
    assert isinstance(title, Clip)
    assert isinstance(title.source, GeneratorSource)
    assert (title.source.generator, title.duration) == ("title", f(30))
    assert hand.selected == {title.id}
    assert hand.undo_steps == 1


def test_a_click_makes_a_title_of_the_usual_length_and_above_the_top_on_a_track_of_its_own(board: Make) -> None:
    hand = board(V1="A:0-48")
    hand.panel.set_tool("title")
    hand.pull(QPoint(100, -6), QPoint(100, -6))
    top = hand.session.sequence.picture_tracks()[-1]
    assert top.kind == "text"
    assert top.items[1].duration == f(96)
    hand.session.document.undo()
    assert len(hand.session.sequence.tracks) == 1


def test_a_title_on_sound_or_on_a_locked_track_is_refused_in_place(board: Make) -> None:
    hand = board(V1="A:0-48", A1="B:0-48", locked=("V1",))
    hand.panel.set_tool("title")
    hand.click(12, "A1")
    assert "picture track" in hand.said[-1]
    hand.drag((60, "V1"), (80, "V1"))
    assert any("locked" in one for one in hand.said)
    assert hand.undo_steps == 0


# --- zoom and hand ---


def test_a_drag_with_the_zoom_tool_fills_the_view_with_what_it_was_drawn_over(board: Make) -> None:
    hand = board(V1="A:0-96 B:0-96")
    hand.panel.set_tool("zoom")
    hand.drag((20, "V1"), (60, "V1"))
    width = hand.view.viewport().width()
    assert hand.view.scale.x_of(f(20)) == pytest.approx(width * 0.05, abs=2)
    assert hand.view.scale.x_of(f(60)) == pytest.approx(width * 0.95, abs=2)


def test_a_click_zooms_in_and_with_alt_out_about_the_pointer(board: Make) -> None:
    hand = board(V1="A:0-96")
    hand.panel.set_tool("zoom")
    hand.click(20, "V1")
    assert (hand.view.scale.frame_px, round(hand.view.scale.x_of(f(20)))) == (20, 200)
    point = QPoint(200, hand.point(0, "V1").y())
    QTest.mouseClick(hand.view.viewport(), Qt.MouseButton.LeftButton, ALT, point)
    assert hand.view.scale.frame_px == 10


def test_the_hand_keeps_what_was_pressed_under_the_pointer(board: Make) -> None:
    hand = board(V1="A:0-96 B:0-96", V2="", V3="", V4="", V5="", V6="", A1="", A2="")
    hand.panel.set_tool("hand")
    start = QPoint(600, 300)
    hand.view.pan(300, 0)
    before = (hand.view.scale.origin_px, hand.view.scroll_y)
    viewport = hand.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, NONE, start)
    for _ in range(2):
        start -= QPoint(40, 30)
        send_move(viewport, start, NONE)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, NONE, start)
    assert (hand.view.scale.origin_px, hand.view.scroll_y) == (before[0] + 80, before[1] + 60)


# --- held keys ---


def press_key(held: HeldTool, hand: Board, tool: str, key: Qt.Key) -> None:
    held.took(f"tool.{tool}", QKeyEvent(QEvent.Type.KeyPress, key, NONE))
    hand.panel.set_tool(tool)


def let_go(held: HeldTool, key: Qt.Key, repeated: bool = False) -> None:
    held.let_go(QKeyEvent(QEvent.Type.KeyRelease, key, NONE, "", repeated))


def held_tool(hand: Board, monkeypatch: pytest.MonkeyPatch, milliseconds: int) -> HeldTool:
    held = HeldTool(hand.panel)
    held.went_down.connect(hand.panel.keep_tool)
    held.came_up.connect(lambda long: hand.panel.give_tool_back("held" if long else ""))

    class Watch:
        def start(self) -> None: ...

        def elapsed(self) -> int:
            return milliseconds

    monkeypatch.setattr(held, "_since", Watch())
    return held


def test_a_tool_whose_key_is_tapped_stays(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="A:0-24")
    held = held_tool(hand, monkeypatch, 80)
    press_key(held, hand, "razor", Qt.Key.Key_C)
    let_go(held, Qt.Key.Key_C)
    assert hand.view.hand.tool.id == "razor"


def test_a_tool_whose_key_is_held_works_until_the_key_comes_up(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="A:0-24")
    held = held_tool(hand, monkeypatch, HELD_MS + 100)
    press_key(held, hand, "razor", Qt.Key.Key_C)
    let_go(held, Qt.Key.Key_C, repeated=True)
    let_go(held, Qt.Key.Key_X)
    assert hand.view.hand.tool.id == "razor"
    let_go(held, Qt.Key.Key_C)
    assert hand.view.hand.tool.id == "select"
    assert hand.panel.tools.buttons["select"].isChecked()


def test_a_key_let_go_in_the_middle_of_a_drag_lets_the_drag_end_first(
    board: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = board(V1="A:20-44")
    held = held_tool(hand, monkeypatch, 80)
    press_key(held, hand, "slip", Qt.Key.Key_Y)
    hand.press(12, "V1")
    hand.move(7, "V1")
    let_go(held, Qt.Key.Key_Y)
    assert hand.view.hand.is_dragging
    hand.release(7, "V1")
    assert hand["V1"] == "A:25-49"
    assert hand.view.hand.tool.id == "select"


def test_every_tool_has_a_button_and_its_name_in_it(board: Make) -> None:
    hand = board(V1="A:0-24")
    for tool_id, button in hand.panel.tools.buttons.items():
        hand.panel.set_tool(tool_id)
        assert button.isChecked()
        assert hand.view.hand.tools[tool_id].label in button.toolTip()
    assert text_of(hand.session.sequence.tracks[0]) == "A:0-24"
