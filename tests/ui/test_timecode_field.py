"""Typing a time over the timecode: places, steps of what is selected, nonsense, and frames in place of timecode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_app.session.trimming import EditPoint, SelectedEdit
from tests.studio_app.session.desk import Desk
from tests.ui.viewers import stand_up
from timeline.commands.set_sequence import SetSequence
from timeline.timecode import parse_timecode
from ui.panels.viewer import ViewerPanel
from ui.qt import tokens
from ui.timecode_field import HINT

pytestmark = pytest.mark.qt
LEFT, CTRL, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk() -> Iterator[Desk]:
    one = Desk(V1="A:0-48 B:0-48", A1="")
    yield one
    one.session.close()


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> ViewerPanel:
    made = stand_up(qtbot, ViewerPanel, desk)
    made.activateWindow()
    QApplication.processEvents()
    return made


def enter(panel: ViewerPanel, text: str) -> None:
    """Click the timecode, type, press Enter."""
    QTest.mouseClick(panel.timecode, LEFT, NONE, QPoint(5, 8))
    QTest.keyClicks(panel.timecode.edit, text)
    QTest.keyClick(panel.timecode.edit, Qt.Key.Key_Return)


def test_a_typed_place_moves_the_playhead(panel: ViewerPanel, desk: Desk) -> None:
    enter(panel, "112")
    assert desk.at == 36
    assert panel.timecode.text() == "00:00:01:12"
    assert not panel.timecode.is_open
    enter(panel, "2.")
    assert desk.at == 48


def test_a_sign_steps_the_playhead_and_what_is_selected(panel: ViewerPanel, desk: Desk) -> None:
    desk.go(30)
    enter(panel, "-6")
    assert desk.at == 24
    desk.session.selection.items.set(["B"])
    enter(panel, "+12")
    assert desk["V1"] == "A:0-48 _12 B:0-48"
    enter(panel, "-1.")
    assert desk["V1"] == "A:0-36 B:0-48"
    assert desk.at == 24
    desk.session.document.undo()
    assert desk["V1"] == "A:0-48 _12 B:0-48"


def test_with_an_edit_selected_it_trims(panel: ViewerPanel, desk: Desk) -> None:
    desk.session.trimming.select(SelectedEdit((EditPoint("V1", "A", "B", "both"),)))
    enter(panel, "+8")
    assert desk["V1"] == "A:0-56 B:8-48"


def test_what_cannot_be_read_turns_red_and_changes_nothing(panel: ViewerPanel, desk: Desk) -> None:
    said: list[str] = []
    panel.message.connect(said.append)
    desk.go(7)
    enter(panel, "1x2")
    edit = panel.timecode.edit
    assert panel.timecode.is_open
    assert tokens.hex_of("state.failed") in edit.styleSheet()
    assert said[-1].startswith("“1x2” is not a timecode.")
    assert desk.at == 7
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert tokens.hex_of("state.failed") not in edit.styleSheet()
    assert said[-1] == HINT
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert (panel.timecode.is_open, desk.at, said[-1]) == (False, 7, panel.hint)


def test_a_place_before_the_first_frame_is_refused_with_its_timecode(panel: ViewerPanel, desk: Desk) -> None:
    start = parse_timecode("01:00:00:00", desk.session.sequence.rate)
    desk.session.document.do(SetSequence("cut", {"start_timecode": start}))
    said: list[str] = []
    panel.message.connect(said.append)
    enter(panel, "112")
    assert desk.at == 36
    enter(panel, "00590000")
    assert panel.timecode.is_open
    assert said[-1] == "This begins at 01:00:00:00."


def test_frames_are_counted_on_request(panel: ViewerPanel, desk: Desk) -> None:
    desk.go(30)
    QTest.mouseClick(panel.timecode, LEFT, CTRL, QPoint(5, 8))
    assert (panel.timecode.text(), panel.duration.text()) == ("30", "96")
    enter(panel, "50")
    assert desk.at == 50
    QTest.mouseClick(panel.timecode, LEFT, CTRL, QPoint(5, 8))
    assert panel.timecode.text() == "00:00:02:02"


def test_nothing_typed_changes_nothing(panel: ViewerPanel, desk: Desk) -> None:
    desk.go(30)
    enter(panel, "")
    assert desk.at == 30
    assert not panel.timecode.is_open
