"""Threads that hand things on to each other by short queues; the first error of any stops all and reaches the caller."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import perf_counter
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")
_LOOK_SECONDS = 0.1


class Stopped(Exception):  # noqa: N818 - not an error: the order to leave
    """Raised inside a stage when another one failed or the caller gave up."""


class Belt(Generic[T]):
    """A bounded queue between two stages; waiting ends with Stopped when the work is stopped.

    `check` is called before anything is handed on: where it waits (a pause), so does the stage, and after it the others.
    """

    def __init__(self, length: int, stop: Event, check: Callable[[], None] = lambda: None) -> None:
        self._queue: Queue[T] = Queue(length)
        self._stop = stop
        self._check = check

    def put(self, item: T) -> None:
        """Hand on; waits while the belt is full."""
        self._check()
        while not self._stop.is_set():
            try:
                return self._queue.put(item, timeout=_LOOK_SECONDS)
            except Full:
                continue
        raise Stopped

    def take(self) -> T:
        """The next thing; waits while there is none."""
        while not self._stop.is_set():
            try:
                return self._queue.get(timeout=_LOOK_SECONDS)
            except Empty:
                continue
        raise Stopped


class Stages:
    """Runs the stages of one piece of work. Leaving the `with` block stops and joins all threads, however it is left.

    `check` raises Cancelled when the work is to stop, and waits while it is to pause.
    """

    def __init__(self, check: Callable[[], None] = lambda: None) -> None:
        self._check = check
        self._stop = Event()
        self._threads: list[Thread] = []
        self._errors: list[BaseException] = []

    def belt(self, length: int) -> Belt[T]:
        """A queue that lets go when the work stops."""
        return Belt(length, self._stop, self._check)

    def start(self, name: str, work: Callable[[], None]) -> None:
        """Run `work` on a thread of its own."""
        thread = Thread(target=self._run, args=(work,), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait a little; True when all stages are done. Raises the first error of any stage."""
        until = perf_counter() + seconds
        for thread in self._threads:
            if self._errors:
                break
            thread.join(max(0.0, until - perf_counter()))
        done = not any(thread.is_alive() for thread in self._threads)
        if self._errors:  # asked after `done`: a stage may have failed as its last act
            self._close()
            raise self._errors[0]
        return done

    def __enter__(self) -> Stages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - carried to the caller, who raises it
            self._errors.append(error)
            self._stop.set()
