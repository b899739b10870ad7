"""The threads of the window: jobs of generation and all other services work on QThreads.

Qt aborts a process that is torn down while one runs: `Session.close` waits for them and names those that hang, and
`ui.qt.ending.leave` then ends the process before Qt can.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QThread


class JobThread(QThread):
    """Runs one function to its end, and keeps itself alive so long: Qt aborts when a running thread is collected."""

    _alive: ClassVar[set[JobThread]] = set()

    def __init__(self, name: str, run: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._run = run
        self._alive.add(self)
        self.finished.connect(self._ended)

    def run(self) -> None:
        """Called by Qt on the new thread."""
        self._run()

    def _ended(self) -> None:
        self.wait()
        self._alive.discard(self)

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.isRunning()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end, at most `timeout` seconds."""
        if timeout is None:
            self.wait()
        else:
            self.wait(round(timeout * 1000))


def qthread(name: str, run: Callable[[], None]) -> JobThread:
    """Start a thread: what `Jobs` is given as `start_thread`."""
    thread = JobThread(name, run)
    thread.start(QThread.Priority.LowPriority)
    return thread
