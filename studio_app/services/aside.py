"""Heavy work beside the window: a process of ours does it, so that nobody here waits for the interpreter it would hold.

Measuring a take and drawing a film are Python for seconds; on a thread of the window each of its turns would wait for them.
The work is a function of a module, called over there as `work(*arguments, job)`; it answers with a value that can be pickled.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from engines.analyse.analyser import NoProgress
from engines.analyse.analysis import Analysis
from engines.analyse.base import Progress
from engines.analyse.store import analysed, stored
from engines.errors import MediaError
from engines.generate.base import JobLike
from engines.media.spawned import AT_ONCE, Worker
from engines.media.trial import make_sure
from studio_app.services.aside_process import AsideError, serve_work
from timeline.errors import Cancelled, StudioError
from timeline.media import Media

T = TypeVar("T")

_LOOK_SECONDS = 0.2
"""Between two looks at whether the work shall stop or wait."""
_HELD_SECONDS = 1.0
"""A job whose `check` does not come back for so long is on hold: the work over there waits, too."""
STOP_SECONDS = 2.0
"""What does not stop by then is ended."""
START_SECONDS = 60.0
"""A process that has not begun by then cannot be had; in a busy machine it takes some seconds."""
_TRIES = 2


class _Gone(Exception):  # noqa: N818 - an ending; `had_begun`: the work was being done
    def __init__(self, had_begun: bool) -> None:
        super().__init__()
        self.had_begun = had_begun


class Aside:
    """Gives work to processes that start when first needed, end when nobody asks, and start again. Any thread may ask.

    `at_once` of them work at a time, those whose job is on hold not counted. Where no process can be had (and with
    `processes` False: tests, single commands) the asking thread does the work itself.
    """

    def __init__(
        self,
        processes: bool = True,
        at_once: int = AT_ONCE,
        serve: Callable[[Connection], None] = serve_work,
        start_seconds: float = START_SECONDS,
    ) -> None:
        self._processes, self._serve, self._start_seconds = processes, serve, start_seconds
        self._turns = threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self._free: list[Worker] = []
        self._all: set[Worker] = set()
        self._closing = False

    def do(self, job: JobLike, work: Callable[..., T], *arguments: object) -> T:
        """What `work(*arguments, job)` returns. Raises what it raises, Cancelled as `job.check` does, AsideError."""
        job.check()
        if self._processes:
            watch = _Watch(job)
            try:
                return self._done(watch, work, arguments)
            except _Gone as error:
                if error.had_begun:
                    raise AsideError(
                        "The process for it ends each time: a file is damaged, or memory is short."
                    ) from error
            finally:
                watch.end()
        return work(*arguments, job)

    def measure(self, media: Media, cache: Path, job: Progress | None = None) -> Analysis:
        """`analysed` by a process, unless it is known. Raises MediaError, Cancelled."""
        known = stored(media, cache)
        if known is not None:
            return known
        make_sure(media.path)  # a file that hangs or kills who decodes it is told of by name
        try:
            return self.do(job or NoProgress(), analysed, media, cache)
        except AsideError as error:
            raise MediaError(f"“{media.name or Path(media.path).name}” cannot be measured. {error.message}") from error

    def close(self) -> None:
        """End the processes, also those at work: jobs that can tidy up were told to stop before."""
        with self._lock:
            self._closing = True
            workers, free = list(self._all), list(self._free)
            self._free.clear()
        for worker in workers:
            worker.kill()
        for worker in free:
            worker.end()

    # --- within ---------------------------------------------------------------------------------------------------

    def _done(self, watch: _Watch, work: Callable[..., T], arguments: tuple[object, ...]) -> T:
        """Try it, once more where the process goes: it may have gone for another reason, or just as it was asked."""
        ask, had_begun = _Ask(self._turns, watch, work, arguments), False
        try:
            for left in reversed(range(_TRIES)):
                ask.take_turn()
                worker = self._worker()
                is_whole = False
                try:
                    made, why = ask.answer(worker, self._start_seconds)
                    is_whole = True
                except _Gone as error:
                    if watch.stopped is not None or self._closing:
                        raise watch.stopped or Cancelled() from None
                    had_begun = had_begun or error.had_begun
                    if not left:
                        raise _Gone(had_begun) from error
                    continue
                finally:
                    self._put_back(worker) if is_whole else self._drop(worker)
                if why is not None:
                    raise watch.stopped or why
                answer: T = made
                return answer
            raise AssertionError("the last try returns or raises")
        finally:
            ask.give_turn()

    def _worker(self) -> Worker:
        with self._lock:
            if self._closing:
                raise Cancelled
            worker = self._free.pop() if self._free else Worker("aside", self._serve)
            self._all.add(worker)
            return worker

    def _put_back(self, worker: Worker) -> None:
        with self._lock:
            if not self._closing:
                self._free.append(worker)
                return
        self._drop(worker)

    def _drop(self, worker: Worker) -> None:
        worker.end()
        with self._lock:
            self._all.discard(worker)


class _Watch:
    """Asks a job whether to stop, on a thread of its own: `check` may wait, as long as the job is on hold or has to give way.

    Who waits for the answer of a process must not: the job that is given way to may need that process.
    """

    def __init__(self, job: JobLike) -> None:
        self._job = job
        self.stopped: StudioError | None = None
        """What `check` raised."""
        self._asked_at: float | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="aside", daemon=True)
        self._thread.start()

    @property
    def is_held(self) -> bool:
        """Whether the job is made to wait."""
        asked_at = self._asked_at
        return asked_at is not None and time.monotonic() - asked_at > _HELD_SECONDS

    def progress(self, fraction: float, note: str) -> None:
        """Pass it on, unless nobody wants it any more."""
        if self.stopped is None:
            try:
                self._job.progress(fraction, note)
            except StudioError as error:
                self.stopped = error

    def pause(self) -> None:
        """Wait for the next look."""
        self._over.wait(_LOOK_SECONDS)

    def end(self) -> None:
        """The work is over; the thread ends with its next look."""
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            self._asked_at = time.monotonic()
            try:
                self._job.check()
            except StudioError as error:
                self.stopped = error
                return
            self._asked_at = None


class _Ask:
    """One piece of work on its way through a process."""

    def __init__(
        self, turns: threading.Semaphore, watch: _Watch, work: Callable[..., Any], arguments: tuple[object, ...]
    ) -> None:
        self._turns, self._watch, self._wish = turns, watch, (work, arguments)
        self._has_turn = self._had_begun = False

    def take_turn(self) -> None:
        """Wait until it may begin. Raises what the job's check raised."""
        while not self._has_turn:
            if self._watch.stopped is not None:
                raise self._watch.stopped
            if self._watch.is_held:
                self._watch.pause()
            else:
                self._has_turn = self._turns.acquire(timeout=_LOOK_SECONDS)

    def give_turn(self) -> None:
        """Let the next one in."""
        if self._has_turn:
            self._has_turn = False
            self._turns.release()

    def answer(self, worker: Worker, start_seconds: float) -> tuple[Any, StudioError | None]:
        """What was made, or why it was not. Raises _Gone where the process goes, does not stop, or says what makes no sense."""
        self._had_begun = False
        try:
            line = worker.line()
            line.send(self._wish)
            return self._listen(line, time.monotonic() + start_seconds)
        except Exception as error:  # the fence to another process: its end, and what it sent, may be anything
            raise _Gone(self._had_begun) from error

    def _listen(self, line: Connection, patience: float) -> tuple[Any, StudioError | None]:
        is_held, stop_by = False, 0.0
        while True:
            if line.poll(_LOOK_SECONDS):
                kind, value = line.recv()
                if kind == "done":
                    return value, None
                if kind == "failed":
                    return None, value
                self._had_begun = True
                if kind == "progress":
                    self._watch.progress(*value)
            now = time.monotonic()
            if (stop_by and now > stop_by) or (not self._had_begun and now > patience):
                raise TimeoutError
            if self._watch.stopped is not None:
                if not stop_by:
                    line.send("stop")
                    stop_by = now + STOP_SECONDS
            elif self._watch.is_held != is_held:
                is_held = self._hold(line, is_held)

    def _hold(self, line: Connection, is_held: bool) -> bool:
        """Let the process wait, and somebody else work meanwhile; or go on, when there is a turn."""
        if not is_held:
            line.send("wait")
            self.give_turn()
            return True
        self._has_turn = self._turns.acquire(blocking=False)
        if self._has_turn:
            line.send("go")
        return not self._has_turn
