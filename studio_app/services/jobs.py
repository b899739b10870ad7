"""Long work off the main thread: queues, progress, time left, cancel.

The window gives it QThreads, the command line plain threads.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol

from studio_app.services.signal import Signal
from timeline.errors import Cancelled, StudioError

log = logging.getLogger(__name__)

Post = Callable[[Callable[[], None]], None]
"""Runs a function on the main thread, later."""


LEAST_TO_TELL = 0.04
"""Share of the work after which its pace says something: the first percents are often the slow start."""


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Joinable(Protocol):
    """A thread that can be waited for."""

    def is_alive(self) -> bool:
        """Whether it still runs."""

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end, at most `timeout` seconds."""


class StartThread(Protocol):
    """Starts a thread that runs a function to its end and can be waited for."""

    def __call__(self, name: str, run: Callable[[], None]) -> Joinable:
        """The running thread."""


def plain_thread(name: str, run: Callable[[], None]) -> threading.Thread:
    """The command line's way to start a thread."""
    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread


def run_now(function: Callable[[], None]) -> None:
    """The command line's `post`: it has no main loop, so the call is made at once on the worker's thread."""
    function()


class Job:
    """One piece of long work. The worker calls `check` and `progress`; everybody may read the rest and call `cancel`."""

    def __init__(self, label: str, kind: str, subject: str, changed: Callable[[Job], None]) -> None:
        self.label = label
        self.kind = kind
        self.subject = subject
        """What it works for: a shot id, a file."""
        self.state = JobState.QUEUED
        self.fraction: float | None = None
        self.note = ""
        self.error: StudioError | None = None
        self.result: Any = None
        self.started_at: float | None = None
        self._cancel = threading.Event()
        self._changed = changed
        self._last_told = 0.0

    @property
    def is_over(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    @property
    def is_cancel_asked(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._cancel.is_set()

    @property
    def seconds_left(self) -> float | None:
        """A guess by the pace so far; None while too little is done to tell."""
        if self.started_at is None or self.fraction is None or self.fraction < LEAST_TO_TELL or self.is_over:
            return None
        spent = time.monotonic() - self.started_at
        return spent / self.fraction - spent if spent > 0.5 else None

    def cancel(self) -> None:
        """Ask it to stop at its next check."""
        self._cancel.set()

    def check(self) -> None:
        """Raise Cancelled when somebody asked to stop."""
        if self._cancel.is_set():
            raise Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        """Tell how far it is, 0..1. Told on to listeners at most 20 times a second."""
        self.fraction = min(max(fraction, 0.0), 1.0)
        self.note = note or self.note
        now = time.monotonic()
        if now - self._last_told > 0.05 or fraction >= 1:
            self._last_told = now
            self._changed(self)


_Task = tuple[Job, Callable[[Job], Any], Callable[[Any], None], Callable[[StudioError], None]]


class Jobs:
    """Runs jobs in order of arrival, one queue for each kind. `changed` and the callbacks come on the main thread."""

    def __init__(
        self, post: Post = run_now, start_thread: StartThread = plain_thread, limits: Mapping[str, int] | None = None
    ) -> None:
        self.changed: Signal[Job] = Signal()
        self._post = post
        self._start_thread = start_thread
        self._limits = limits or {}
        self._lock = threading.Lock()
        self._waiting: defaultdict[str, deque[_Task]] = defaultdict(deque)
        self._active: Counter[str] = Counter()
        self._threads: list[Joinable] = []
        self._jobs: list[Job] = []
        self._closing = False

    @property
    def all(self) -> tuple[Job, ...]:
        """Every job not yet dismissed, in order of arrival."""
        return tuple(self._jobs)

    @property
    def running(self) -> tuple[Job, ...]:
        """Those at work."""
        return tuple(job for job in self._jobs if job.state is JobState.RUNNING)

    @property
    def queued(self) -> tuple[Job, ...]:
        """Those that wait."""
        return tuple(job for job in self._jobs if job.state is JobState.QUEUED)

    def submit(
        self,
        label: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], None] = lambda _: None,
        failed: Callable[[StudioError], None] = lambda _: None,
        *,
        kind: str = "work",
        subject: str = "",
    ) -> Job:
        """Queue `work(job)`. Its result goes to `done`, its error (Cancelled included) to `failed`, on the main thread.

        A job that was asked to stop before its result got there counts as cancelled: nobody waits for it any more.
        """
        job = Job(label, kind, subject, self._tell)
        with self._lock:
            if self._closing:
                raise StudioError("Starcut is closing; no new work is taken.")
            self._jobs.append(job)
            self._waiting[kind].append((job, work, done, failed))
            if self._active[kind] < self._limits.get(kind, 1):
                self._active[kind] += 1
                self._threads = [thread for thread in self._threads if thread.is_alive()]
                self._threads.append(self._start_thread(f"{kind}-{self._active[kind]}", lambda: self._work(kind)))
        self._tell(job)
        return job

    def dismiss(self, job: Job) -> None:
        """Take an ended job off the list."""
        if job.is_over and job in self._jobs:
            self._jobs.remove(job)
            self._tell(job)

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self._jobs:
            if not job.is_over:
                job.cancel()

    def close(self, timeout: float = 10.0) -> None:
        """Cancel what is left and wait for the threads."""
        with self._lock:
            self._closing = True
        self.cancel_all()
        for thread in self._threads:
            thread.join(timeout)

    def _tell(self, job: Job) -> None:
        self._post(lambda: self.changed.emit(job))

    def _work(self, kind: str) -> None:
        while True:
            with self._lock:
                if not self._waiting[kind]:
                    self._active[kind] -= 1
                    return
                task = self._waiting[kind].popleft()
            self._run(*task)

    def _run(
        self,
        job: Job,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[StudioError], None],
    ) -> None:
        job.state, job.started_at = JobState.RUNNING, time.monotonic()
        self._tell(job)
        error: StudioError | None = None
        try:
            job.check()
            job.result = work(job)
        except StudioError as caught:
            error = caught
        except Exception as caught:
            log.exception("job %r failed", job.label)
            error = StudioError(f"{job.label} failed: {type(caught).__name__}: {caught}", repr(caught))

        def deliver() -> None:
            ending = Cancelled() if error is None and job.is_cancel_asked else error
            try:
                if ending is None:
                    job.state, job.fraction = JobState.DONE, 1.0
                    done(job.result)
                else:
                    job.state = JobState.CANCELLED if isinstance(ending, Cancelled) else JobState.FAILED
                    job.error = ending
                    failed(ending)
            finally:
                self.changed.emit(job)

        self._post(deliver)
