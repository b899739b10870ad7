"""A polite kill, or Ctrl+C in the terminal that started the window, heard although Qt's loop seldom runs Python."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QSocketNotifier

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def leave(code: int, running: Sequence[str]) -> None:
    """End the process here and now where threads still run that nobody can end (`Session.close` names them).

    All is saved by then. To go the usual way would mean to wait for them, or to have Qt abort the process.
    """
    if running:
        log.warning("left behind: %s", ", ".join(running))
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def when_told_to_end(parent: QObject, then: Callable[[], None]) -> None:
    """Call `then` on the main thread, at once, when the system tells the program to end. Only from the main thread.

    Python runs its handlers between two of its own steps, and none may come for long; the byte that the system writes
    wakes Qt's loop, and the loop runs Python.
    """
    ours, woken = socket.socketpair()
    ours.setblocking(False)
    woken.setblocking(False)
    signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, parent)

    def drain() -> None:
        _ = woken  # both ends live as long as the notifier
        ours.recv(64)

    notifier.activated.connect(drain)
    for number in SIGNALS:
        signal.signal(number, lambda _number, _frame: then())
