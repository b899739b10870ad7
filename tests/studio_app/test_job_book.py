"""The book of generation jobs: nothing lost and nothing sent twice, wherever the program was killed; money to the cent."""

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from engines.generate.base import GenerationRequest
from engines.generate.providers.runway import Runway
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.provider import Access, Alone
from engines.generate.remote.running import Clock, run
from studio_app.services.job_book import BookState, Caps, Entry, JobBook
from studio_app.services.metrics import as_prometheus, metrics
from tests.fakes.providers import FakeProviders
from timeline.time import RationalTime

STAGES = ("before sending", "sending", "accepted", "stands", "fetched", "landed")
KILLED = """
import os, signal, sys
from pathlib import Path
from tests.studio_app.test_job_book import REQUEST, engine_at, instant
from engines.generate.remote import running
from engines.generate.remote.provider import Alone
from studio_app.services.job_book import BookDiary, Entry, JobBook

stage, url, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
book = JobBook(folder / "jobs.db")
entry = book.add(Entry("p", "shot", "A take", "runway", REQUEST.model_dump(mode="json"), str(folder / "take.mp4")))
diary = book.diary(entry.id)
if stage == "before sending":
    die()
if stage == "fetched":
    running.verify = lambda *_: die()
elif stage != "landed":
    done = getattr(diary, stage)
    def then_die(*given):
        done(*given)
        die()
    setattr(diary, stage, then_die)
running.run(engine_at(url), REQUEST, Path(entry.target), Alone(), diary, instant())
die()
"""

REQUEST = GenerationRequest(prompt="a lake #quick", duration=RationalTime(2))


def engine_at(url: str) -> Runway:
    made = Runway()
    made.access = Access(key=lambda _: "good-key", bases={"runway": f"{url}/runway"})
    return made


def instant() -> Clock:
    now = [1_000_000.0]
    return Clock(lambda: now[0], lambda seconds: now.__setitem__(0, now[0] + seconds))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[JobBook]:
    one = JobBook(tmp_path / "book" / "jobs.db")
    yield one
    one.close()


@pytest.mark.parametrize("stage", STAGES)
def test_a_program_killed_at_any_stage_loses_no_job_and_pays_once(
    fakes: FakeProviders, tmp_path: Path, stage: str
) -> None:
    command = [sys.executable, "-c", KILLED, stage, fakes.url, str(tmp_path)]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False, timeout=60)
    assert ended.returncode == -9, ended.stderr.decode()
    book = JobBook(tmp_path / "jobs.db")
    (entry,) = book.claim()
    assert not book.claim(at_work=[entry.id])
    if entry.state is not BookState.LANDING:
        diary = book.diary(entry.id)
        if stage == "sending":  # it was about to leave: nobody can know; it is asked about, not sent
            with pytest.raises(ProviderError, match="does not send it again by itself"):
                run(engine_at(fakes.url), REQUEST, Path(entry.target), Alone(), diary, instant())
            assert fakes.ledger.count() == 0
            book.close()
            return
        run(engine_at(fakes.url), REQUEST, Path(entry.target), Alone(), diary, instant())
    found = book.find(entry.id)
    assert found is not None
    assert found.state is BookState.LANDING
    assert Path(found.target).exists()
    assert fakes.ledger.count() == 1
    assert found.cost == fakes.ledger.billed()
    book.close()


def test_exactly_those_within_the_hard_cap_may_run(book: JobBook) -> None:
    caps = Caps(project_hard=Decimal("1.00"))

    def add(number: int) -> BookState:
        entry = Entry("p", f"shot {number}", "take", "runway", {}, "x.mp4", estimate=Decimal("0.30"))
        return book.add(entry, caps).state

    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(add, range(20)))
    assert states.count(BookState.QUEUED) == 3
    assert states.count(BookState.OVER_BUDGET) == 17
    assert book.spent("p").reserved == Decimal("0.90")
    assert book.spent("another").all == 0


def test_two_windows_count_together(book: JobBook, tmp_path: Path) -> None:
    other = JobBook(book.path)
    caps = Caps(month_hard=Decimal("0.50"))
    entry = Entry("p", "s", "take", "runway", {}, "x.mp4", estimate=Decimal("0.30"))
    assert book.add(entry, caps).state is BookState.QUEUED
    again = Entry("q", "s", "take", "runway", {}, "x.mp4", estimate=Decimal("0.30"))
    assert other.add(again, caps).state is BookState.OVER_BUDGET
    assert not other.claim()  # the first window still runs
    other.close()


def test_what_is_cancelled_and_what_fails_is_counted_as_it_was_billed(
    fakes: FakeProviders, book: JobBook, tmp_path: Path
) -> None:
    for prompt in ("a lake #quick", "a hill #fails #quick", "a sea #late-moderation #quick", "a cloud #no-credits"):
        request = REQUEST.model_copy(update={"prompt": prompt})
        entry = book.add(Entry("p", "s", prompt, "runway", request.model_dump(mode="json"), "x"))
        diary = book.diary(entry.id)
        try:
            run(engine_at(fakes.url), request, tmp_path / f"{entry.id}.mp4", Alone(), diary, instant())
        except ProviderError as error:
            diary.failed(error)
    assert [one.state.value for one in book.all("p")] == ["landing", "failed", "failed", "failed"]
    assert book.spent("p").all == fakes.ledger.billed() == Decimal("0.24")
    assert all(one.message for one in book.all("p", [BookState.FAILED]))
    assert len(book.history(book.all("p")[0].id)) > 5


def test_the_book_holds_no_key(fakes: FakeProviders, book: JobBook, tmp_path: Path) -> None:
    entry = book.add(Entry("p", "s", "take", "runway", REQUEST.model_dump(mode="json"), "x"))
    run(engine_at(fakes.url), REQUEST, tmp_path / "take.mp4", Alone(), book.diary(entry.id), instant())
    book.close()
    assert all(b"good-key" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_figures_are_read_off_the_book_and_their_text_is_what_the_format_wants(
    fakes: FakeProviders, book: JobBook, tmp_path: Path
) -> None:
    for prompt in ("a lake #quick", "a hill #fails #quick", "a sea #fail-moderation"):
        request = REQUEST.model_copy(update={"prompt": prompt})
        entry = book.add(Entry("p", "s", prompt, "runway", request.model_dump(mode="json"), "x"))
        diary = book.diary(entry.id)
        try:
            run(engine_at(fakes.url), request, tmp_path / f"{entry.id}.mp4", Alone(), diary, instant())
            book.set_state(entry.id, BookState.DONE)
        except ProviderError as error:
            diary.failed(error)
    text = as_prometheus(metrics(book))
    lines = text.splitlines()
    assert 'starcut_render_jobs_total{engine="runway",result="done"} 1' in lines
    assert 'starcut_failures_total{engine="runway",reason="moderated"} 1' in lines
    assert 'starcut_cost_total{engine="runway",currency="USD"} 0.24' in lines
    assert 'starcut_job_seconds_bucket{engine="runway",le="+Inf"} 3' in lines
    assert 'starcut_scenes_total{engine="runway",type="film"} 1' in lines
    assert any(one.startswith('starcut_scene_seconds_total{engine="runway",type="film"} ') for one in lines)
    assert all(re.fullmatch(r'(# (HELP|TYPE) .+|[a-z_]+(\{([a-z]+="[^"]*",?)+\})? [0-9.e+-]+)', line) for line in lines)


def test_what_is_billed_is_not_reserved_as_well_and_what_is_left_at_a_service_still_is(book: JobBook) -> None:
    """A film that is made and on its way counts once; one that nobody waits for any more may still be billed."""

    def job(state: BookState = BookState.RUNNING, **columns: str) -> str:
        entry = book.add(Entry("p", "s", "take", "runway", {}, "x", estimate=Decimal("0.50")))
        book.write(entry.id, state, "", **columns)
        return entry.id

    job(cost="0.48")  # made, being fetched
    assert (book.spent("p").billed, book.spent("p").reserved) == (Decimal("0.48"), Decimal("0.02"))
    left = job(state=BookState.FAILED, fault=Fault.TIMED_OUT.value, handle='{"id": "job-1"}')
    job(state=BookState.FAILED, fault=Fault.INVALID.value)
    assert book.spent("p").reserved == Decimal("0.52")
    book.remove(left)
    assert book.spent("p").reserved == Decimal("0.02")


@pytest.mark.parametrize("lock", ["_reading", "_lock"])
def test_who_asks_while_the_book_is_closed_is_told_nothing(tmp_path: Path, lock: str) -> None:
    book = JobBook(tmp_path / "jobs.db" if lock == "_reading" else None)
    held = getattr(book, lock)

    class ClosedMeanwhile:
        """Taken by who closes the book, just before who asks."""

        def __enter__(self) -> None:
            setattr(book, lock, held)
            book.close()

        def __exit__(self, *_: object) -> None:
            pass

    setattr(book, lock, ClosedMeanwhile())
    assert book.find("a job") is None
