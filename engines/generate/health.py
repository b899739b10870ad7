"""Which engines fail just now: one that failed half the time in the last minutes is left for a while."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

WINDOW = 300.0
"""Seconds that are looked back on."""
LEAST_TRIES = 3
WORST_SHARE = 0.5


class Health:
    """How engines did lately. Any thread; `now` is a clock in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._tries: defaultdict[str, deque[tuple[float, bool]]] = defaultdict(deque)

    def note(self, engine_id: str, went_well: bool) -> None:
        """One try and how it ended. Refusals of a request say nothing about the engine: do not note them."""
        with self._lock:
            self._tries[engine_id].append((self._now(), went_well))

    def trouble(self, engine_id: str) -> str:
        """Why an engine is left for now, in a sentence; empty while it does well enough."""
        with self._lock:
            tries = self._tries[engine_id]
            while tries and tries[0][0] < self._now() - WINDOW:
                tries.popleft()
            failed = sum(not went_well for _, went_well in tries)
            if len(tries) < LEAST_TRIES or failed < WORST_SHARE * len(tries):
                return ""
            return f"{failed} of its last {len(tries)} jobs failed within {WINDOW / 60:.0f} minutes"
