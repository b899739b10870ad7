"""The way back to the main thread: workers post functions, the event loop calls them in order."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

_AT_ONCE = 0.008
"""Seconds of a turn that what was posted may take: results come in bursts, and keys, mouse and picture must get in between."""


class _Mailbox(QObject):
    arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._waiting: deque[Callable[[], None]] = deque()
        self._is_due = False
        """Whether a call is under way to the loop: never two, so that a burst does not go on in the same turn."""
        # a timer of no length is due after the events of the system, what is posted comes before them
        self._rest = QTimer(self, interval=0, singleShot=True)
        self._rest.timeout.connect(self._call)
        self.arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def add(self, function: Callable[[], None]) -> None:
        with self._lock:
            self._waiting.append(function)
            is_first, self._is_due = not self._is_due, True
        if is_first:
            self.arrived.emit()

    @Slot()
    def _call(self) -> None:
        until = time.perf_counter() + _AT_ONCE
        while True:
            with self._lock:
                if not self._waiting:
                    return
                function = self._waiting.popleft()
                self._is_due = bool(self._waiting)
            # before the call: it may open a dialog, whose own loop goes on with the rest
            if self._is_due:
                self._rest.start()
            else:
                self._rest.stop()
            function()
            if time.perf_counter() > until:
                return


@cache
def _mailbox() -> _Mailbox:
    box = _Mailbox()
    app = QCoreApplication.instance()
    if app is not None:
        box.moveToThread(app.thread())
    return box


def post(function: Callable[[], None]) -> None:
    """Call `function` on the main thread, later, after what was posted before. May be called from any thread."""
    _mailbox().add(function)
