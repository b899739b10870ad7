"""One piece of long work: how far it is, and what a user may do with it while it runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from timeline.errors import Cancelled, Left, StudioError

LEAST_TO_TELL = 0.04
"""Share of the work after which its pace says something: the first percents are often the slow start."""

NOTHING_TO_TELL = 0.95
"""Share after which a job elsewhere has only steps left that nobody can guess."""


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job:
    """One piece of long work. The worker calls `check` and `progress`; everybody may read the rest and call `cancel`.

    A job on hold neither starts nor, once running, goes on: its worker waits in `check`, or tells its process to wait.
    """

    def __init__(self, label: str, kind: str, subject: str, changed: Callable[[Job], None], lane: str = "") -> None:
        self.label = label
        self.kind = kind
        self.lane = lane or kind
        """The queue it waits in."""
        self.subject = subject
        """What it works for: a shot id, a file."""
        self.state = JobState.QUEUED
        self.fraction: float | None = None
        self.note = ""
        self.outcome = ""
        """What came of it, in a few words, once it is done."""
        self.doubt = ""
        """What is wrong with what came of it, in a sentence; it is done all the same."""
        self.error: StudioError | None = None
        self.result: Any = None
        self.started_at: float | None = None
        self.spent_before = 0.0
        """Seconds it was at work elsewhere before it was picked up here."""
        self.is_elsewhere = False
        """Whether it is at work on another computer: it can be cancelled there, not paused."""
        self.ended_at: float | None = None
        self.is_low = False
        """Whether it gives way to everything else on the machine."""
        self.seed_may_help = False
        """Whether what is doubtful about its take may be otherwise with another seed."""
        self._cancel = threading.Event()
        self._is_left = False
        self._goes_on = threading.Event()
        self._goes_on.set()
        self._held_at = 0.0
        self._held_seconds = 0.0
        self._changed = changed
        self._last_told = 0.0

    @property
    def is_over(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    @property
    def is_unknown(self) -> bool:
        """Whether it ended without anybody knowing what became of it at the service; it may have been billed."""
        return self.state is JobState.FAILED and getattr(self.error, "fault", "") == "outcome_unknown"

    @property
    def is_cancel_asked(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._cancel.is_set()

    @property
    def is_on_hold(self) -> bool:
        """Whether it was paused and not resumed."""
        return not self._goes_on.is_set()

    @property
    def seconds_spent(self) -> float:
        """How long it has been at work; pauses do not count."""
        if self.started_at is None:
            return 0.0
        now = self.ended_at or time.monotonic()
        held = self._held_seconds + (now - max(self._held_at, self.started_at) if self.is_on_hold else 0.0)
        return self.spent_before + max(0.0, now - self.started_at - held)

    @property
    def seconds_left(self) -> float | None:
        """A guess by the pace so far; None while too little is done to tell."""
        if self.fraction is None or self.fraction < LEAST_TO_TELL or self.is_over:
            return None
        if self.is_elsewhere and self.fraction >= NOTHING_TO_TELL:
            return None
        spent = self.seconds_spent
        return spent / self.fraction - spent if spent > 0.5 else None

    def cancel(self) -> None:
        """Ask it to stop at its next check, also out of a pause."""
        self._cancel.set()
        self._goes_on.set()
        self._changed(self)

    def leave(self) -> None:
        """End our part of it: the program ends. What goes on elsewhere is not stopped there."""
        self._is_left = not self._cancel.is_set()
        self.cancel()

    def hold(self) -> None:
        """Pause it at its next check. Use `Jobs.hold`, which lets the next one in meanwhile."""
        if not self.is_over and self._goes_on.is_set() and not self._cancel.is_set():
            self._held_at = time.monotonic()
            self._goes_on.clear()
            self._changed(self)

    def go_on(self) -> None:
        """End a pause. Use `Jobs.go_on`."""
        if not self._goes_on.is_set():
            if self.started_at is not None:
                self._held_seconds += time.monotonic() - max(self._held_at, self.started_at)
            self._goes_on.set()
            self._changed(self)

    def set_low(self, low: bool) -> None:
        """Let it give way to everything else, or not; its worker follows, where the system allows it."""
        if low != self.is_low:
            self.is_low = low
            self._changed(self)

    def check(self) -> None:
        """Raise Cancelled when somebody asked to stop (Left where only the program ends); wait while it is on hold."""
        if not self._cancel.is_set():
            self._goes_on.wait()
        if self._cancel.is_set():
            raise Left if self._is_left else Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        """Tell how far it is, 0..1. Told on to listeners at most 20 times a second."""
        self.fraction = min(max(fraction, 0.0), 1.0)
        self.note = note or self.note
        now = time.monotonic()
        if now - self._last_told > 0.05 or fraction >= 1:
            self._last_told = now
            self._changed(self)
