"""A viewer on a desk, as all tests of viewers stand it up."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.studio_app.session.desk import Desk
from ui.viewer_panel import ViewerBase

V = TypeVar("V", bound=ViewerBase)
SIZES = {"viewer": (716, 470), "source_viewer": (456, 470)}
"""As wide as the design has them."""


def stand_up(qtbot: QtBot, kind: type[V], desk: Desk, *, runs: bool = True) -> V:
    """The viewer, built and on the screen; with `runs` its buttons do what they say."""
    panel = kind(desk.session)
    if runs:
        panel.asked.connect(desk.actions.run)
    qtbot.addWidget(panel)
    panel.resize(*SIZES[kind.id])
    panel.show()
    QApplication.processEvents()
    return panel
