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
    assert jobs.queued == (waiting,)
    running.cancel()
    waiting.cancel()
    loop.run_until(lambda: running.is_over and waiting.is_over)
    assert [job.state for job in (running, waiting)] == [JobState.CANCELLED] * 2
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
    assert Job("new", "export", "", lambda _: None).seconds_left is None
    job.started_at, job.fraction = 0.0, 0.5
    left = job.seconds_left
    assert left is not None
    assert left > 1  # half done in a long time: as long again


def test_no_work_is_taken_after_closing(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    jobs.close()
    with pytest.raises(StudioError):
        jobs.submit("late", lambda _: 1)


def waits(job: Job) -> str:
    while job.fraction != 1.0:
        job.check()
        threading.Event().wait(0.002)
    return job.label


def test_a_job_on_hold_stands_still_and_lets_the_next_one_in(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    ticks: list[int] = []

    def count(job: Job) -> int:
        while len(ticks) < 1000 and job.fraction != 1.0:
            job.check()
            ticks.append(1)
            threading.Event().wait(0.002)
        return len(ticks)

    first, second = jobs.submit("first", count), jobs.submit("second", lambda _: "done")
    loop.run_until(lambda: bool(ticks))
    assert jobs.queued == (second,)
    jobs.hold(first)
    loop.run_until(lambda: second.is_over)
    stood = len(ticks)
    threading.Event().wait(0.05)
    assert len(ticks) == stood
    assert jobs.running == ()
    assert jobs.on_hold == (first,)
    jobs.go_on(first)
    first.progress(1.0)
    loop.run_until(lambda: first.is_over)
    assert first.state is JobState.DONE
    jobs.close()


def test_waiting_jobs_change_places_and_start_in_the_new_order(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    ended: list[str] = []
    a, b, c, d = (jobs.submit(name, waits, ended.append) for name in "abcd")
    jobs.move(d, -2)
    jobs.move(a, 1)  # it runs: its place is its own
    jobs.hold(d)  # and it lets c go first, but stays where it is
    assert [job.label for job in jobs.all] == ["a", "d", "b", "c"]
    for job in (a, b):
        job.progress(1.0)
        loop.run_until(lambda job=job: job.is_over)  # type: ignore[misc]
    jobs.go_on(d)
    for job in (c, d):
        job.progress(1.0)
    loop.run_until(lambda: c.is_over and d.is_over)
    assert ended == ["a", "b", "c", "d"]
    jobs.close()


def test_no_more_run_at_once_than_the_limit_which_may_change(loop: MainLoop) -> None:
    jobs = Jobs(loop.post, limits={"export": 2})
    three = [jobs.submit(name, waits, kind="export") for name in "abc"]
    loop.run_until(lambda: len(jobs.running) == 2)
    assert len(jobs.queued) == 1
    jobs.set_limit("export", 3)
    loop.run_until(lambda: len(jobs.running) == 3)
    for job in three:
        job.progress(1.0)
    loop.run_until(lambda: all(job.is_over for job in three))
    jobs.close()


def test_a_waiting_job_that_is_cancelled_ends_at_once_even_on_hold(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    running, held = jobs.submit("runs", waits), jobs.submit("held", waits)
    jobs.hold(held)
    held.cancel()
    loop.run_until(lambda: held.is_over)
    assert held.state is JobState.CANCELLED
    assert not running.is_over
    jobs.hold(running)
    running.cancel()
    loop.run_until(lambda: running.is_over)
    assert running.state is JobState.CANCELLED
    jobs.close()


def test_what_failed_can_be_tried_again_as_it_was_asked_for(loop: MainLoop) -> None:
    jobs = Jobs(loop.post)
    tries: list[str] = []
    got: list[str] = []

    def work(job: Job) -> str:
        tries.append(job.subject)
        if len(tries) == 1:
            raise StudioError("The disk is full.")
        return "written"

    job = jobs.submit("film", work, got.append, kind="export", subject="film.mp4")
    loop.run_until(lambda: job.is_over)
    again = jobs.retry(job)
    assert again is not None
    loop.run_until(lambda: again.is_over)
    assert (tries, got, jobs.all) == (["film.mp4", "film.mp4"], ["written"], (again,))
    assert jobs.retry(again) is None
    jobs.close()
