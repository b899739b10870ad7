"""The way back to the main thread: workers post functions, the event loop calls them in order."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot


class _Mailbox(QObject):
    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _call(self, function: Callable[[], None]) -> None:
        function()


@cache
def _mailbox() -> _Mailbox:
    box = _Mailbox()
    app = QCoreApplication.instance()
    if app is not None:
        box.moveToThread(app.thread())
    return box


def post(function: Callable[[], None]) -> None:
    """Call `function` on the main thread, later, after what was posted before. May be called from any thread."""
    _mailbox().arrived.emit(function)
