"""Heavy work beside the window: processes that die, hang, talk nonsense or cannot be had cost no work and no window."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from engines.analyse.analysis import Analysis
from engines.errors import EngineError
from studio_app.services.aside import Aside
from studio_app.services.aside_process import AsideError
from studio_app.services.job import Job
from tests.studio_app import aside_works as works
from timeline.errors import Cancelled, Left, StudioError


class Watched(Job):
    """A job that says when its work has begun, and how often."""

    def __init__(self) -> None:
        super().__init__("Film", "test", "", lambda _: None)
        self.begun = threading.Event()

    def progress(self, fraction: float, note: str = "") -> None:
        super().progress(fraction, note)
        self.begun.set()


class Asked(threading.Thread):
    """Somebody who waits for work that is done aside."""

    def __init__(self, aside: Aside, job: Job, work: Callable[..., Any], *arguments: object) -> None:
        super().__init__(daemon=True)
        self._ask: Callable[[], Any] = lambda: aside.do(job, work, *arguments)
        self.made: Any = None
        self.error: StudioError | None = None
        self.start()

    def run(self) -> None:
        try:
            self.made = self._ask()
        except StudioError as error:
            self.error = error

    def ended(self) -> Asked:
        self.join(60)
        assert not self.is_alive()
        return self


@pytest.fixture
def aside() -> Iterator[Aside]:
    one = Aside(at_once=1)
    yield one
    one.close()


def test_another_process_does_it_tells_how_far_it_is_and_what_went_wrong(aside: Aside) -> None:
    job = Watched()
    said, process = aside.do(job, works.whose, "hello")
    assert (said, job.fraction, job.note) == ("hello", 0.5, "Halfway")
    assert process != os.getpid()
    with pytest.raises(EngineError, match="There is no such film") as caught:
        aside.do(job, works.refused)
    assert (caught.value.detail, caught.value.retryable) == ("as the file says", True)
    with pytest.raises(AsideError, match="ValueError: of all things"):
        aside.do(job, works.broken)
    with pytest.raises(AsideError, match="cannot be handed over"):
        aside.do(job, works.unsendable)
    assert aside.do(job, works.whose, "again") == ("again", process)


def test_a_process_that_dies_is_started_again_and_one_that_dies_each_time_is_told_of(
    aside: Aside, tmp_path: Path
) -> None:
    assert aside.do(Watched(), works.dies_until, str(tmp_path), 1) == 1
    with pytest.raises(AsideError, match="ends each time"):
        aside.do(Watched(), works.dies_until, str(tmp_path), 9)
    assert aside.do(Watched(), works.whose, "hello")[1] != os.getpid()


@pytest.mark.parametrize("serve", [works.leaves_at_once, works.talks_nonsense])
def test_without_a_process_that_answers_the_asking_thread_does_it(serve: Callable[[Connection], None]) -> None:
    aside = Aside(serve=serve)
    assert aside.do(Watched(), works.whose, "hello") == ("hello", os.getpid())
    aside.close()
    assert Aside(processes=False).do(Watched(), works.whose, "hello") == ("hello", os.getpid())


def test_what_is_stopped_ends_and_its_process_stays_but_one_that_does_not_listen_goes(aside: Aside) -> None:
    process = aside.do(Watched(), works.whose, "")[1]
    job = Watched()
    asked = Asked(aside, job, works.waits)
    assert job.begun.wait(60)
    job.leave()
    assert isinstance(asked.ended().error, Left)
    assert aside.do(Watched(), works.whose, "")[1] == process
    deaf = Watched()
    asked = Asked(aside, deaf, works.is_deaf)
    assert deaf.begun.wait(60)
    deaf.cancel()
    assert type(asked.ended().error) is Cancelled
    assert aside.do(Watched(), works.whose, "")[1] != process


def dots_while(do: Callable[[], object], file: Path) -> int:
    before = file.stat().st_size
    do()
    return file.stat().st_size - before


def test_a_job_on_hold_waits_over_there_and_keeps_nobody_waiting(aside: Aside, tmp_path: Path) -> None:
    """A clip that is measured while nobody needs the machine gives way to a take: which needs the only process there is."""
    held, file = Watched(), tmp_path / "dots"
    asked = Asked(aside, held, works.counts, str(file))
    assert held.begun.wait(60)
    held.hold()
    assert aside.do(Watched(), works.whose, "meanwhile")[0] == "meanwhile"
    assert any(not dots_while(lambda: aside.do(Watched(), works.rests), file) for _ in range(100))
    held.begun.clear()
    held.go_on()
    assert held.begun.wait(60)
    held.cancel()
    assert isinstance(asked.ended().error, Cancelled)


def test_closing_ends_what_is_at_work_and_takes_no_more() -> None:
    aside, job = Aside(), Watched()
    asked = Asked(aside, job, works.is_deaf)
    assert job.begun.wait(60)
    aside.close()
    assert isinstance(asked.ended().error, Cancelled)


def test_what_was_measured_travels(aside: Aside) -> None:
    made = Analysis("Film", notes=("It has no sound.",))
    assert aside.do(Watched(), works.whose, made)[0] == made
