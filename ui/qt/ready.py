"""The moment the window can be used: on the screen, painted, with nothing left to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class _FirstPaint(QObject):
    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint reaches the screen and what it set off is done before a timer of no length comes twice."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._then))
        return False


def when_ready(window: QWidget, then: Callable[[], object]) -> None:
    """Call `then` once, when the window has been painted and its event loop comes to rest."""
    _FirstPaint(window, then)
