from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from timeline.commands.delete_items import DeleteItems
from timeline.commands.set_clip import SetClip
from timeline.history import State
from ui.history_pictures import SIZE, drawn
from ui.main_window import MainWindow
from ui.panels.history import HistoryPanel
from ui.qt import tokens

pytestmark = pytest.mark.qt


@pytest.fixture
def panel(window: MainWindow) -> HistoryPanel:
    document, sequence_id = window.session.document, window.session.sequence_id
    for name in ("One", "Two"):
        document.do(SetClip(sequence_id, ("title",), {"name": name}))
        document.seal()
    document.do(DeleteItems(sequence_id, ("title",)))
    window.session.face.show("history")  # type: ignore[union-attr]
    found = window.docks["history"].panel
    assert isinstance(found, HistoryPanel)
    return found


def names(panel: HistoryPanel) -> list[str]:
    return [panel.model.name(row) for row in range(panel.model.rowCount())]


def test_steps_stand_in_order_with_the_present_one_marked(panel: HistoryPanel) -> None:
    assert names(panel) == ["Opened", "Rename clip", "Rename clip", "Delete"]
    assert panel.model.place == 3
    panel.session.document.undo()
    assert panel.model.place == 2
    assert "undone" in str(panel.model.data(panel.model.index(3, 0), Qt.ItemDataRole.AccessibleTextRole))


def test_a_click_goes_to_a_state_and_the_next_edit_forgets_what_was_undone(panel: HistoryPanel) -> None:
    document = panel.session.document
    place = panel.view.visualRect(panel.model.index(1, 0)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.place == 1
    clip = panel.session.sequence.clip("title")
    assert clip is not None
    assert clip.name == "One"
    assert len(names(panel)) == 4
    document.do(DeleteItems(panel.session.sequence_id, ("picture",)))
    assert len(names(panel)) == 3


def test_pictures_come_from_a_thread_and_show_what_changed(panel: HistoryPanel, qtbot: QtBot) -> None:
    panel.view.viewport().repaint()
    qtbot.waitUntil(lambda: len(panel.pictures._made) >= 4)
    states = panel.session.document.states
    accent = tokens.color("accent.default").rgb()

    def lit(before: State | None, state: State) -> int:
        picture = drawn(before, state, panel.session.sequence_id, 1.0)
        assert picture.size() == SIZE
        return sum(picture.pixel(x, y) == accent for x in range(SIZE.width()) for y in range(SIZE.height()))

    assert lit(None, states[0]) == 0
    assert lit(states[0], states[1]) > 50
    assert lit(states[2], states[3]) == 0, "what is gone is not there to be lit"
