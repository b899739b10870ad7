"""The keys of tools in the real window: held they work until they come up, tapped they stay."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.held_tool import HELD_MS
from ui.main_window import MainWindow
from ui.panels.timeline import TimelinePanel

pytestmark = pytest.mark.qt


def test_a_held_key_gives_the_tool_back_and_a_tapped_one_keeps_it(window: MainWindow) -> None:
    window.show_panel("timeline")
    panel = window.panels.docks["timeline"].panel
    assert isinstance(panel, TimelinePanel)
    view = panel.view
    view.setFocus()
    QTest.keyPress(view, Qt.Key.Key_C)
    assert view.hand.tool.id == "razor"
    QTest.qWait(HELD_MS + 60)
    QTest.keyRelease(view, Qt.Key.Key_C)
    assert view.hand.tool.id == "select"
    QTest.keyClick(view, Qt.Key.Key_A)
    assert view.hand.tool.id == "track_forward"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.hand.tool.id == "select"
