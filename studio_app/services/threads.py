"""The threads of a session, known together, so that the end waits for all of them at once and not for one after another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from time import monotonic

from studio_app.services.jobs import Joinable, StartThread


class Threads:
    """Starts threads as `start_thread` does, and knows those that run. Any thread.

    Those named in `long` wait for a process that takes its time: they are told of, but not waited for.
    """

    def __init__(self, start_thread: StartThread, long: Collection[str] = ()) -> None:
        self._start_thread = start_thread
        self._long = long
        self._lock = threading.Lock()
        self._started: list[tuple[str, Joinable]] = []

    def __call__(self, name: str, run: Callable[[], None]) -> Joinable:
        """Start one (StartThread)."""
        thread = self._start_thread(name, run)
        with self._lock:
            self._started = [one for one in self._started if one[1].is_alive()]
            self._started.append((name, thread))
        return thread

    def wait(self, seconds: float) -> tuple[str, ...]:
        """Wait for all of them, so many seconds at most; the names of those that still run."""
        until = monotonic() + seconds
        with self._lock:
            started = list(self._started)
        for name, thread in started:
            thread.join(0.0 if name in self._long else max(0.0, until - monotonic()))
        return tuple(name for name, thread in started if thread.is_alive())
