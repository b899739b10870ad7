"""Work of which only the newest counts, done on a thread that is there as long as there is any."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from studio_app.services.jobs import Joinable, StartThread

log = logging.getLogger(__name__)


class Latest:
    """One thing after another; of what is asked for meanwhile only the last is done. Any thread may ask."""

    def __init__(self, name: str, start_thread: StartThread) -> None:
        self._name, self._start_thread = name, start_thread
        self._lock = threading.Lock()
        self._next: Callable[[], None] | None = None
        self._thread: Joinable | None = None
        self._last: Joinable | None = None
        self._is_closed = False

    def ask(self, work: Callable[[], None]) -> None:
        """Do `work` as soon as what is being done is through, instead of what waits. Nothing when closed."""
        with self._lock:
            if self._is_closed:
                return
            self._next = work
            if self._thread is None:
                self._thread = self._last = self._start_thread(self._name, self._run)

    @property
    def is_outdated(self) -> bool:
        """Whether something newer waits than what is being done."""
        with self._lock:
            return self._next is not None

    def close(self, timeout: float) -> None:
        """Drop what waits, and wait for the rest, so many seconds at most."""
        with self._lock:
            self._is_closed, self._next = True, None
            thread = self._last
        if thread is not None:
            thread.join(timeout)

    def finish(self, timeout: float) -> None:
        """Do what waits, then nothing more; wait for it so many seconds at most."""
        with self._lock:
            self._is_closed = True
            thread = self._last
        if thread is not None:
            thread.join(timeout)

    def _run(self) -> None:
        while True:
            with self._lock:
                work, self._next = self._next, None
                if work is None:
                    self._thread = None
                    return
            try:
                work()
            except Exception:  # worker fence: see docs/architecture.md, section 10
                log.exception("%s failed", self._name)
