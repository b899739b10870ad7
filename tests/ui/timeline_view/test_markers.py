"""Markers in the timeline: flags, bands, the popover, moving, colours."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from studio_app.actions.registry import Actions
from tests.timeline.notation import f
from tests.ui.timeline_view.conftest import LEFT, NONE, Board, Make, send_move
from timeline.commands.add_marker import AddMarker
from timeline.items import Marker
from ui.timeline_view import ruler_painter
from ui.timeline_view.marker_look import COLOURS, marker_colour
from ui.timeline_view.text import width_of

pytestmark = pytest.mark.qt


def marked(board: Make, *markers: Marker) -> Board:
    hand = board(V1="A:0-96")
    for marker in markers:
        hand.session.document.do(AddMarker("cut", marker))
    return hand


def test_a_double_click_on_a_flag_opens_it_and_enter_keeps_the_name(board: Make) -> None:
    hand = marked(board, Marker(f(20), id="m"))
    QTest.mouseDClick(hand.panel.ruler, LEFT, pos=QPoint(200, 18))
    editor = hand.panel.markers.editor
    assert editor.isVisible()
    QTest.keyClicks(editor.name, "Rain begins")
    QTest.keyClick(editor.name, Qt.Key.Key_Return)
    assert hand.session.sequence.markers[0].name == "Rain begins"
    assert not editor.isVisible()


def test_esc_leaves_a_marker_as_it_was(board: Make) -> None:
    hand = marked(board, Marker(f(20), "Old", id="m"))
    hand.panel.markers.open("m")
    editor = hand.panel.markers.editor
    QTest.keyClicks(editor.name, "New")
    editor.colours.buttons["red"].click()
    QTest.keyClick(editor.name, Qt.Key.Key_Escape)
    assert hand.session.sequence.markers[0] == Marker(f(20), "Old", id="m")


def test_what_is_changed_in_the_popover_is_one_step(board: Make) -> None:
    hand = marked(board, Marker(f(20), id="m"))
    steps = hand.undo_steps
    hand.panel.markers.open("m")
    editor = hand.panel.markers.editor
    editor.name.setText("Boat")
    editor.note.setPlainText("It jumps")
    editor.colours.buttons["teal"].click()
    editor.length.setText("112")
    editor.keep()
    marker = hand.session.sequence.markers[0]
    assert (marker.name, marker.note, marker.colour, marker.duration) == ("Boat", "It jumps", "teal", f(36))
    assert hand.undo_steps == steps + 1


def test_a_length_that_is_nonsense_stays_open_and_changes_nothing(board: Make) -> None:
    hand = marked(board, Marker(f(20), id="m"))
    hand.panel.markers.open("m")
    editor = hand.panel.markers.editor
    editor.name.setText("Boat")
    editor.length.setText("soon")
    editor.keep()
    assert editor.isVisible()
    assert hand.session.sequence.markers[0].name == ""
    QTest.keyClick(editor.length, Qt.Key.Key_Escape)


def test_a_marker_of_a_clip_is_edited_in_the_same_popover(board: Make) -> None:
    hand = board(V1="A:0-96")
    hand.session.document.do(AddMarker("cut", Marker(f(10), id="c"), "A"))
    hand.panel.reveal("c")
    hand.panel.markers.editor.name.setText("Splash")
    hand.panel.markers.editor.keep()
    clip = hand.session.sequence.clip("A")
    assert clip is not None
    assert clip.markers[0].name == "Splash"


def test_a_flag_that_is_dragged_moves_its_marker_in_one_step(board: Make) -> None:
    hand = marked(board, Marker(f(20), id="m"))
    steps, ruler = hand.undo_steps, hand.panel.ruler
    QTest.mousePress(ruler, LEFT, NONE, QPoint(200, 18))
    for x in (210, 240, 260):
        send_move(ruler, QPoint(x, 18), NONE)
    assert hand.session.sequence.markers[0].time == f(20)
    QTest.mouseRelease(ruler, LEFT, NONE, QPoint(260, 18))
    assert hand.session.sequence.markers[0].time == f(26)
    assert hand.undo_steps == steps + 1


def test_a_marker_with_a_length_is_a_band_in_its_colour(board: Make) -> None:
    hand = marked(board, Marker(f(20), colour="green", duration=f(30)))
    QApplication.processEvents()
    image = hand.panel.ruler.grab().toImage()
    ratio = image.devicePixelRatio()

    def green(x: int) -> int:
        shade = image.pixelColor(round(x * ratio), round(16 * ratio))
        return shade.green() - shade.red()

    assert green(350) > 15
    assert green(560) < 5


def test_every_label_of_the_ruler_is_whole_or_not_there(board: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = board(V1="A:0-96")
    drawn: list[tuple[float, str]] = []

    def write(_painter: object, x: float, _middle: float, text: str, *_: object, **__: object) -> float:
        drawn.append((x, text))
        return 0.0

    monkeypatch.setattr(ruler_painter, "draw_line", write)
    for origin in range(0, 300, 17):
        hand.view.set_scale(replace(hand.view.scale, origin_px=float(origin)))
        hand.panel.ruler.grab()
    assert drawn
    width = hand.panel.ruler.width()
    assert all(x >= 0 and x + width_of(text, tabular=True) <= width for x, text in drawn)


def test_each_of_the_eight_colours_is_its_own() -> None:
    assert len({marker_colour(name).name() for name in COLOURS}) == len(COLOURS) == 8
    assert marker_colour("from elsewhere") == marker_colour("default")


def entries(menu: QMenu) -> dict[str, Callable[[], None]]:
    return {one.text().split("\t")[0]: one.trigger for one in menu.actions() if one.text()}


def test_the_menu_of_a_flag_deletes_it(board: Make) -> None:
    hand = marked(board, Marker(f(20), id="m"))
    entries(hand.panel.markers.menu("m"))["Delete marker"]()
    assert hand.session.sequence.markers == ()


def test_m_on_a_marker_opens_it(board: Make) -> None:
    hand = marked(board)
    shown: list[tuple[str, str]] = []

    class Face:
        def show(self, what: str, about: str = "") -> None:
            shown.append((what, about))

    hand.session.face = Face()  # type: ignore[assignment]
    hand.session.transport.set_time(f(30))
    actions = Actions(hand.session)
    actions.run("sequence.add_marker")
    actions.run("sequence.add_marker")
    assert len(hand.session.sequence.markers) == 1
    assert [about for _, about in shown] == [hand.session.sequence.markers[0].id]


def test_a_flag_snaps_to_the_end_of_a_clip_and_esc_puts_it_back(board: Make) -> None:
    hand = marked(board, Marker(f(20), id="m"))
    ruler = hand.panel.ruler
    QTest.mousePress(ruler, LEFT, pos=QPoint(200, 18))
    send_move(ruler, QPoint(400, 18), NONE)
    send_move(ruler, QPoint(954, 18), NONE)
    assert hand.view.overlay.snap == f(96)
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(ruler, LEFT, NONE, QPoint(954, 18))
    assert hand.session.sequence.markers[0].time == f(20)
    QTest.mousePress(ruler, LEFT, pos=QPoint(200, 18))
    send_move(ruler, QPoint(400, 18), NONE)
    send_move(ruler, QPoint(954, 18), NONE)
    QTest.mouseRelease(ruler, LEFT, NONE, QPoint(954, 18))
    assert hand.session.sequence.markers[0].time == f(96)
    assert hand.view.overlay.snap is None
