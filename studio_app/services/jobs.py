"""Long work off the main thread: queues, progress, time left, cancel."""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from studio_app.services.job import Job, JobState
from studio_app.services.signal import Signal
from timeline.errors import Cancelled, StudioError

__all__ = ["Job", "JobState", "Jobs", "Joinable", "Post", "StartThread", "plain_thread", "run_now"]

log = logging.getLogger(__name__)

Post = Callable[[Callable[[], None]], None]
"""Runs a function on the main thread, later."""


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
    """A thread of Python's that ends with the process at the latest: Qt aborts one that ends before a QThread does."""
    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread


def run_now(function: Callable[[], None]) -> None:
    """The command line's `post`: it has no main loop, so the call is made at once on the worker's thread."""
    function()


@dataclass(frozen=True, eq=False)
class _Task:
    """What a job does, and who hears of its end."""

    job: Job
    work: Callable[[Job], Any]
    done: Callable[[Any], None]
    failed: Callable[[StudioError], None]


class Jobs:
    """Runs jobs, one queue for each lane (their kind, unless another is named), at most `limits[lane]` at a time (else one).

    `changed` and the callbacks come on the main thread; call the methods from there, too. A job on hold counts for nothing:
    the next one starts, and when it goes on again there may be one more than the limit for a while.
    """

    def __init__(
        self, post: Post = run_now, start_thread: StartThread = plain_thread, limits: Mapping[str, int] | None = None
    ) -> None:
        self.changed: Signal[Job] = Signal()
        self._post = post
        self._start_thread = start_thread
        self._limits = dict(limits or {})
        self._lock, self._telling = threading.Lock(), threading.Lock()
        self._untold: set[Job] = set()
        self._waiting: defaultdict[str, list[_Task]] = defaultdict(list)
        self._at_work: defaultdict[str, list[Job]] = defaultdict(list)
        self._threads: list[Joinable] = []
        self._jobs: list[Job] = []
        self._failed: dict[Job, _Task] = {}
        self._closing = False
        self._started = 0

    @property
    def all(self) -> tuple[Job, ...]:
        """Every job not yet dismissed, in order of arrival; those that wait in the order in which they start."""
        return tuple(self._jobs)

    @property
    def running(self) -> tuple[Job, ...]:
        """Those at work; not those on hold."""
        return tuple(job for job in self._jobs if job.state is JobState.RUNNING and not job.is_on_hold)

    @property
    def queued(self) -> tuple[Job, ...]:
        """Those that wait."""
        return tuple(job for job in self._jobs if job.state is JobState.QUEUED)

    @property
    def on_hold(self) -> tuple[Job, ...]:
        """Those that had begun and were paused."""
        return tuple(job for job in self._jobs if job.state is JobState.RUNNING and job.is_on_hold)

    def set_limit(self, lane: str, count: int) -> None:
        """How many jobs of a lane may run at once. More start now; those over the limit end by themselves."""
        self._limits[lane] = max(1, count)
        self._start(lane)

    def submit(
        self,
        label: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], None] = lambda _: None,
        failed: Callable[[StudioError], None] = lambda _: None,
        *,
        kind: str = "work",
        subject: str = "",
        lane: str = "",
    ) -> Job:
        """Queue `work(job)` in its `lane` (that of its kind). Its result goes to `done`, its error (Cancelled included) to `failed`,
        both on the main thread.

        A job that was asked to stop before its result got there counts as cancelled: nobody waits for it any more.
        """
        job = Job(label, kind, subject, self._tell, lane)
        with self._lock:
            if self._closing:
                raise StudioError("Starcut is closing; no new work is taken.")
            self._jobs.append(job)
            self._waiting[job.lane].append(_Task(job, work, done, failed))
        self._start(job.lane)
        self._tell(job)
        return job

    def retry(self, job: Job) -> Job | None:
        """Do failed work once more, as it was asked for then; None if it did not fail here."""
        task = self._failed.get(job)
        if task is None:
            return None
        self.dismiss(job)
        again = self.submit(
            job.label, task.work, task.done, task.failed, kind=job.kind, subject=job.subject, lane=job.lane
        )
        again.set_low(job.is_low)
        return again

    def hold(self, job: Job) -> None:
        """Pause a job, whether it runs or waits, and let the next one in."""
        job.hold()
        self._start(job.lane)

    def go_on(self, job: Job) -> None:
        """End a pause: a job that had begun goes on at once, one that waits takes its turn."""
        job.go_on()
        self._start(job.lane)

    def move(self, job: Job, by: int) -> None:
        """Let a waiting job start `by` places later (earlier: negative) among those of its kind."""
        with self._lock:
            waiting = self._waiting[job.lane]
            before = [task.job for task in waiting]
            if job not in before:
                return
            at = before.index(job)
            waiting.insert(min(max(at + by, 0), len(before) - 1), waiting.pop(at))
            places = sorted(self._jobs.index(one) for one in before)
            for place, task in zip(places, waiting, strict=True):
                self._jobs[place] = task.job
        self._tell(job)

    def dismiss(self, job: Job) -> None:
        """Take an ended job off the list."""
        if job.is_over and job in self._jobs:
            self._jobs.remove(job)
            self._failed.pop(job, None)
            self._tell(job)

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self._jobs:
            if not job.is_over:
                job.cancel()

    def close(self, timeout: float = 10.0) -> None:
        """Cancel what is left and wait for the threads, so many seconds in all. What can go on without us is left, not stopped."""
        with self._lock:
            self._closing = True
        for job in self._jobs:
            if not job.is_over:
                job.leave()
        for lane in list(self._waiting):
            self._start(lane)
        until = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _tell(self, job: Job) -> None:
        """Say on the main thread that a job changed: once, however often it did since it was last heard of there."""
        with self._telling:
            is_new = job not in self._untold
            self._untold.add(job)
        if is_new:
            self._post(lambda: self._told(job))
        if job.is_cancel_asked and job.state is JobState.QUEUED:
            self._start(job.lane)

    def _told(self, job: Job) -> None:
        with self._telling:
            self._untold.discard(job)
        self.changed.emit(job)

    def _start(self, lane: str) -> None:
        """Give work to new threads as long as there is any and the limit allows it."""
        with self._lock:
            unwanted = [task for task in self._waiting[lane] if task.job.is_cancel_asked]
            for task in unwanted:
                self._waiting[lane].remove(task)
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            while (next_task := self._next(lane)) is not None:
                self._started += 1
                work = partial(self._work, next_task)
                self._threads.append(self._start_thread(f"{lane}-{self._started}", work))
        for task in unwanted:
            self._deliver(task, Cancelled())

    def _next(self, lane: str) -> _Task | None:
        """The next task of a lane that may start now, taken off the queue; call it under the lock."""
        waiting, at_work = self._waiting[lane], self._at_work[lane]
        busy = sum(not job.is_on_hold for job in at_work)
        task = next((task for task in waiting if not task.job.is_on_hold), None)
        if task is None or busy >= self._limits.get(lane, 1):
            return None
        waiting.remove(task)
        at_work.append(task.job)
        return task

    def _work(self, first: _Task) -> None:
        """A thread: one task after the other, while there are any for it."""
        task: _Task | None = first
        while task is not None:
            self._run(task)
            with self._lock:
                self._at_work[task.job.lane].remove(task.job)
                task = self._next(task.job.lane)

    def _run(self, task: _Task) -> None:
        job = task.job
        job.state, job.started_at = JobState.RUNNING, time.monotonic()
        self._tell(job)
        error: StudioError | None = None
        try:
            job.check()
            job.result = task.work(job)
        except StudioError as caught:
            error = caught
        except Exception as caught:
            log.exception("job %r failed", job.label)
            error = StudioError(f"{job.label} failed: {type(caught).__name__}: {caught}", repr(caught))
        self._deliver(task, error)

    def _deliver(self, task: _Task, error: StudioError | None) -> None:
        """Say how a task ended, on the main thread."""
        job = task.job

        def deliver() -> None:
            ending = Cancelled() if error is None and job.is_cancel_asked else error
            job.ended_at = time.monotonic()
            try:
                if ending is None:
                    job.state, job.fraction = JobState.DONE, 1.0
                    task.done(job.result)
                else:
                    job.state = JobState.CANCELLED if isinstance(ending, Cancelled) else JobState.FAILED
                    job.error = ending
                    if job.state is JobState.FAILED:
                        self._failed[job] = task
                    task.failed(ending)
            finally:
                self.changed.emit(job)

        self._post(deliver)
