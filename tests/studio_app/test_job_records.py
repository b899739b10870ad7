"""The book as a user works with it: found by filters, told without secrets, settled by hand; many services under one cap."""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engines.generate.registry import engines
from engines.generate.remote.provider import RemoteEngine
from engines.play.audio_sink import WallClockSink
from studio_app.services.job_book import BookState, Entry, JobBook
from studio_app.services.job_log import NAME, keep_in
from studio_app.services.job_search import Wanted, search, typical_seconds
from studio_app.services.keys import Keys, NoStore, guard_log
from studio_app.services.paths import user_paths
from studio_app.session.job_records import Verb
from studio_app.session.session import Session
from tests.engines.generate.remote.test_providers import BEHIND, REMOTE
from tests.fakes.providers import FakeProviders
from tests.studio_app.remote_desk import board, loop, over
from tests.studio_app.test_session import Loop
from timeline.command import Batch
from timeline.commands.edit_shot import EditShot

__all__ = ["loop"]
pytestmark = pytest.mark.media
KEY = "good-key"
SEVERAL = ("runway", "luma", "replicate", "google", "fal")


@pytest.fixture
def session(fakes: FakeProviders, loop: Loop) -> Iterator[Session]:
    names = [name for one in engines().classes.values() if issubclass(one, RemoteEngine) for name in one.key_names]
    keys = Keys(NoStore(), dict.fromkeys(names, KEY))
    one = Session(user_paths(), WallClockSink(), loop.post, keys=keys)
    one.settings.values.engine_addresses = {name: fakes.base(BEHIND.get(name, name)) for name in REMOTE}
    one.desk.access.pace = 0.002
    one.files.new("Film", 320, 180)
    yield one
    one.close()


def made(session: Session, loop: Loop, *prompts: str) -> list[str]:
    shots = board(session, *prompts)
    session.generation.generate(shots)
    loop.run_until(lambda: over(session))
    return shots


def only(session: Session, **wanted: object) -> Entry:
    (entry,) = session.records.find(Wanted(**wanted))  # type: ignore[arg-type]
    return entry


def test_jobs_are_found_by_state_engine_words_and_month(tmp_path: Path) -> None:
    book = JobBook(tmp_path / "jobs.db")
    for number, (engine, state) in enumerate(
        (("runway", BookState.DONE), ("luma", BookState.FAILED), ("luma", BookState.DONE))
    ):
        request = {"prompt": f"100%_sure lake {number}"}
        book.add(Entry("p" if number else "q", "s", f"Take {number}", engine, request, "x.mp4", state=state))
    names = lambda **wanted: [one.name for one in search(book, Wanted(**wanted))]  # noqa: E731
    assert names() == ["Take 2", "Take 1", "Take 0"]
    assert names(project="p") == ["Take 2", "Take 1"]
    assert names(engine="luma", states=(BookState.DONE,)) == ["Take 2"]
    assert names(text="lake runway") == ["Take 0"]
    assert names(text="%_s") == ["Take 2", "Take 1", "Take 0"]
    assert names(text="_lake") == []
    assert names(month="2019-12") == []
    assert names(month=search_month(book)) == names()
    book.remove(book.all("q")[0].id)
    assert (names(), names(dismissed=True)) == (["Take 2", "Take 1"], ["Take 0"])
    book.close()


def search_month(book: JobBook) -> str:
    from studio_app.services.job_search import months

    return months(book)[0]


def test_how_long_a_job_takes_is_the_median_of_those_before(tmp_path: Path) -> None:
    book = JobBook(tmp_path / "jobs.db")
    assert typical_seconds(book, "runway", "gen4.5") is None
    for seconds in (30, 40, 500):
        entry = book.add(Entry("p", "s", "take", "runway", {}, "x", "gen4.5", state=BookState.RUNNING))
        book.set_state(entry.id, BookState.DONE)
        with book.at_once():
            book._db.execute("UPDATE events SET at = 1000 WHERE job = ? AND state = 'running'", (entry.id,))
            book._db.execute("UPDATE events SET at = ? WHERE job = ? AND state = 'done'", (1000 + seconds, entry.id))
    assert typical_seconds(book, "runway", "gen4.5") == 40
    book.close()


def test_an_unknown_outcome_is_settled_by_hand_in_three_ways(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    records = session.records
    first, second, third = made(session, loop, "A lake #cut", "A hill #cut", "A sea #cut")
    for shot in (first, second, third):
        entry = next(one for one in records.find(Wanted()) if one.subject == shot)
        assert records.verbs(entry)[:3] == (Verb.LOOK, Verb.ANEW, Verb.WRITE_OFF)
    entries = {one.subject: one for one in records.find(Wanted())}
    records.do(Verb.LOOK, entries[first])
    loop.run_until(lambda: over(session))
    assert only(session, text="lake").state is BookState.UNKNOWN, "this service has no list; it is not sent"
    assert fakes.ledger.count() == 3
    records.do(Verb.ANEW, entries[second])
    loop.run_until(lambda: over(session))
    assert session.generation.state_of(second).state == "ready"
    records.do(Verb.WRITE_OFF, entries[third])
    settled = session.generation.state_of(third)
    assert (settled.state, settled.message) == ("failed", "It was billed and its film is lost: written off by hand.")
    assert not any(job.is_unknown and job.subject == third for job in session.jobs.all), "no row waits for an answer"
    assert only(session, text="sea").cost == only(session, text="sea").estimate > 0
    assert fakes.ledger.count() == 4
    records.do(Verb.DISMISS, only(session, text="sea"))
    assert "sea" not in " ".join(one.name for one in records.find(Wanted()))


def test_a_film_that_could_not_be_fetched_is_fetched_by_a_retry_and_not_sent_again(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    (shot,) = made(session, loop, "A lake #file-downx9 #quick")
    entry = only(session, text="lake")
    assert entry.is_at_service
    assert Verb.FETCH in session.records.verbs(entry)
    assert entry.cost == fakes.ledger.billed() > 0
    session.generation.retry(shot)
    loop.run_until(lambda: over(session))
    assert (session.generation.state_of(shot).state, fakes.ledger.count()) == ("ready", 1)
    assert session.desk.book.spent().billed == fakes.ledger.billed()


def test_the_same_recipe_is_sent_once_more_whatever_the_shot_says_now(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    (shot,) = made(session, loop, "A lake #downx4 #quick")
    session.document.do(Batch((EditShot(session.document.project.storyboards[0].id, shot, {"description": "A hill"}),)))
    session.records.do(Verb.RETRY, only(session, text="lake"))
    loop.run_until(lambda: over(session))
    (job,) = fakes.ledger.jobs.values()
    assert job.prompt.startswith("A lake")
    assert dict(session.records.others(only(session, states=(BookState.DONE,))))["luma"].startswith("Luma, $ ")


def test_what_waits_keeps_its_order_over_a_restart_and_what_runs_there_is_elsewhere(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shots = board(session, *(f"Lake {number} #stuck" for number in range(6)))
    session.generation.generate(shots)
    loop.run_until(lambda: fakes.ledger.count() == 3)
    assert all(one.is_elsewhere for one in session.jobs.running)
    last = session.jobs.queued[-1]
    session.generation.move(last, -2)
    assert session.jobs.queued[0] is last
    book = session.desk.book
    waiting = [one.subject for one in book.all(states=[BookState.QUEUED])]
    assert waiting == [one.subject for one in session.jobs.queued]


def test_a_cancelled_job_says_what_it_may_cost(session: Session, fakes: FakeProviders, loop: Loop) -> None:
    said: list[str] = []
    session.generation.said.connect(said.append)
    (shot,) = board(session, "A lake #stuck")
    session.generation.generate([shot])
    loop.run_until(lambda: any(one.asked > 3 for one in fakes.ledger.jobs.values()))
    session.generation.cancel(shot)
    loop.run_until(lambda: over(session))
    entry = only(session)
    assert ("may still be billed" in said[-1]) == bool(entry.cost)
    assert (entry.state, entry.message) == (BookState.CANCELLED, said[-1].split(": ", 1)[1])
    assert session.desk.book.spent().billed == fakes.ledger.billed()


@pytest.mark.slow
def test_twenty_jobs_of_several_services_stop_at_the_cap_and_both_ledgers_agree(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    session.settings.values.cap_project_hard = 3.0
    shots = board(session, *(f"Lake {number} #quick" for number in range(20)))
    found = session.document.project.storyboards[0]
    changes = [EditShot(found.id, one, {"engine": SEVERAL[number % 5]}) for number, one in enumerate(shots)]
    session.document.do(Batch(tuple(changes)))
    session.generation.generate(shots)
    loop.run_until(lambda: over(session), 120)
    entries = session.desk.book.all()
    states = {one.state for one in entries}
    assert (len(entries), states) == (20, {BookState.DONE, BookState.OVER_BUDGET})
    billed = session.desk.book.spent().billed
    assert billed == fakes.ledger.billed() <= Decimal(3)
    cheapest = min(one.estimate for one in entries if one.state is BookState.OVER_BUDGET)
    assert billed + cheapest > Decimal(3), "what was refused had no room"
    assert len({one.provider for one in fakes.ledger.jobs.values()}) > 2


def test_no_file_of_project_cache_log_export_or_book_holds_a_key(
    session: Session, fakes: FakeProviders, loop: Loop, tmp_path: Path
) -> None:
    log, root = logging.getLogger(NAME), logging.getLogger()
    folder = session.paths.data / "log"
    folder.mkdir(parents=True)
    handler = logging.handlers.RotatingFileHandler(folder / "starcut.log")
    root.addHandler(handler)
    before = (log.level, log.propagate)
    keep_in(handler)
    guard_log()
    try:
        made(session, loop, "A lake #quick", "A hill #no-credits", "A sea #fails #quick", "A wood #cut")
        root.error("an answer held %s and https://x.example/a.mp4?X-Amz-Signature=abcdef0123", KEY)
        for number, name in enumerate(SEVERAL):
            session.generation.generate(board(session, f"Cloud {number} #quick"), name)
        loop.run_until(lambda: over(session))
    finally:
        root.removeHandler(handler)
        log.removeHandler(handler)
        log.level, log.propagate = before
        handler.close()
    written = (folder / "starcut.log").read_text()
    assert "engine=runway" in written
    assert "status=failed" in written
    assert "error=" in written
    assert "abcdef0123" not in written
    path = session.paths.data / "film.starcut"
    session.files.save(path)
    loop.run_until(lambda: session.document.is_saved)
    session.settings.save()
    details = [session.records.details(one.id) for one in session.records.find(Wanted())]
    (session.paths.data / "shown.txt").write_text(f"{details} {session.records.figures()}")
    files = [one for one in session.paths.data.parent.rglob("*") if one.is_file()]
    assert len({one.suffix for one in files}) > 3
    assert not [one for one in files if KEY.encode() in one.read_bytes()]
