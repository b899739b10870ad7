"""A panel's building: what goes wrong there stays there."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio_app.session.session import Session
from ui.dock import PanelDock
from ui.panel import Panel

pytestmark = pytest.mark.qt


class Broken(Panel):
    id = "broken"
    title = "Scopes"

    def build(self) -> None:
        self.heard = 0
        self.listen(self.session.told, lambda *_: setattr(self, "heard", self.heard + 1))
        QVBoxLayout(self).addWidget(QLabel("half"))
        raise ZeroDivisionError("division by zero")

    def corner(self) -> Sequence[QWidget]:
        raise AssertionError("its buttons are made of what was never built")


def test_a_panel_that_cannot_be_built_says_so_and_the_window_lives_on(bare_session: Session, qtbot: QtBot) -> None:
    panel = Broken(bare_session)
    window = QMainWindow()
    qtbot.addWidget(window)
    window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, PanelDock(panel, window))
    window.resize(400, 300)
    window.show()
    QApplication.processEvents()
    words = [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]
    assert words[-2:] == ["Scopes cannot be shown", "division by zero. The rest of the window works."]
    assert "half" not in words
    bare_session.tell("Nobody listens any more.")
    assert panel.heard == 0
