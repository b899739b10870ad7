"""Starting processes of our own that need nothing of whoever starts them."""

from __future__ import annotations

import multiprocessing
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType


@contextmanager
def without_main() -> Iterator[None]:
    """Start a process that does not import the caller's main module.

    It has no use for it; importing it would cost the start of the whole application, and run a script that has no
    `if __name__ == "__main__"` a second time.
    """
    with _hiding:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


_hiding = threading.Lock()
"""Two threads that hid it at once would put the wrong one back."""


class Worker:
    """A process that answers over a line, started when first needed and again when it has died. Belongs to who locks it."""

    def __init__(self, name: str, serve: Callable[[Connection], None]) -> None:
        self._name, self._serve = name, serve
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def line(self) -> Connection:
        """The line to a living process. Raises OSError when none can be started."""
        if self._line is None or self._process is None or not self._process.is_alive():
            self.end()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=self._serve, args=(theirs,), name=self._name, daemon=True)
            with without_main():
                process.start()
            theirs.close()
            self._process, self._line = process, ours
            _make_way(process)
        return self._line

    def kill(self) -> None:
        """Stop the process at once, also one that another thread waits for. Any thread."""
        process = self._process
        if process is not None:
            process.kill()

    def end(self) -> None:
        """Stop the process and put all of it away."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._line = None


def _make_way(process: BaseProcess) -> None:
    """Looking at hundreds of files must not make the window wait; where processes have a niceness (Linux)."""
    if sys.platform.startswith("linux") and process.pid is not None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)


_NICENESS = 5
AT_ONCE = max(2, min(4, os.cpu_count() or 2))
"""Processes that look at files side by side: hundreds are imported at a time."""


class Workers:
    """Some processes of one kind; each asker has one for itself. Any thread.

    The one put back last is the next to be given: who asks alone is always answered by the same.
    """

    def __init__(self, name: str, serve: Callable[[Connection], None], count: int = AT_ONCE) -> None:
        self._all = tuple(Worker(name, serve) for _ in range(count))
        self._free: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in reversed(self._all):
            self._free.put(worker)

    @contextmanager
    def one(self) -> Iterator[Worker]:
        """A process for oneself; waits while all are at work."""
        worker = self._free.get()
        try:
            yield worker
        finally:
            self._free.put(worker)

    def kill(self) -> None:
        """Stop all of them at once, also those at work."""
        for worker in self._all:
            worker.kill()

    def end(self) -> None:
        """Put all of them away, when those at work are through. They start again when asked."""
        taken = [self._free.get() for _ in self._all]
        for worker in taken:
            worker.end()
            self._free.put(worker)
