"""The job runner without Qt: plain threads, and a `post` that collects what the main thread would run."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import pytest

from studio_app.services.jobs import Job, Jobs, JobState
from timeline.errors import Cancelled, StudioError


class MainLoop:
    """Runs posted calls on the thread that waits, as a window would."""

    def __init__(self) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()

    def post(self, call: Callable[[], None]) -> None:
        self.calls.put(call)

    def run_until(self, done: Callable[[], bool]) -> None:
        while not done():
            self.calls.get(timeout=5)()


@pytest.fixture
def loop() -> MainLoop:
    return MainLoop()


def test_a_result_arrives_on_the_main_thread(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    got: list[tuple[int, int]] = []
    job = jobs.submit("add", lambda _: 2 + 2, lambda value: got.append((value, threading.get_ident())))
    loop.run_until(lambda: job.is_over)
    assert got == [(4, threading.get_ident())]
    assert job.state is JobState.DONE
    jobs.close()


def test_a_failure_keeps_its_sentence_and_the_next_job_still_runs(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    sentences: list[str] = []

    def break_down(_: Job) -> None:
        raise StudioError("The lamp broke. Change it.")

    jobs.submit("break", break_down, failed=lambda error: sentences.append(error.message))
    after = jobs.submit("after", lambda _: "fine")
    loop.run_until(lambda: after.is_over)
    assert sentences == ["The lamp broke. Change it."]
    assert after.result == "fine"
    jobs.close()


def test_a_bug_in_the_work_becomes_a_sentence(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    job = jobs.submit("Measure", lambda _: 1 / 0)
    loop.run_until(lambda: job.is_over)
    assert job.error is not None
    assert "Measure failed" in job.error.message
    jobs.close()


def test_cancel_stops_a_running_job_and_a_waiting_one(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    started = threading.Event()

    def wait_for_cancel(job: Job) -> None:
        started.set()
        while True:
            job.check()
            threading.Event().wait(0.005)

    running, waiting = jobs.submit("one", wait_for_cancel), jobs.submit("two", wait_for_cancel)
    assert started.wait(5)
    assert waiting.state is JobState.QUEUED
    running.cancel()
    waiting.cancel()
    loop.run_until(lambda: waiting.is_over)
    assert running.state is waiting.state is JobState.CANCELLED
    assert isinstance(waiting.error, Cancelled)
    jobs.close()


def test_a_job_that_was_asked_to_stop_delivers_nothing_even_if_its_work_was_done(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    got: list[object] = []
    job = jobs.submit("quick", lambda _: "done", got.append, got.append)
    while job.result is None:
        threading.Event().wait(0.005)
    job.cancel()
    loop.run_until(lambda: job.is_over)
    assert job.state is JobState.CANCELLED
    assert [type(one) for one in got] == [Cancelled]
    jobs.close()


def test_each_kind_has_its_own_queue(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    release = threading.Event()
    slow = jobs.submit("slow", lambda _: release.wait(5), kind="generate")
    quick = jobs.submit("quick", lambda _: 1, kind="export")
    loop.run_until(lambda: quick.is_over)
    assert not slow.is_over
    release.set()
    loop.run_until(lambda: slow.is_over)
    jobs.close()


def test_time_left_follows_the_pace_so_far() -> None:
    job = Job("film", "export", "", lambda _: None)
    assert job.seconds_left is None
    job.started_at, job.fraction = 0.0, 0.5
    left = job.seconds_left
    assert left is not None
    assert left > 1  # half done in a long time: as long again


def test_no_work_is_taken_after_closing(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    jobs.close()
    with pytest.raises(StudioError):
        jobs.submit("late", lambda _: 1)
