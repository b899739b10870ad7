"""What a user pays for is paid once and not lost: a full disk, odd answers, jobs that a service does not know at first, retries."""

from __future__ import annotations

import errno
import json
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from threading import Event

import pytest

from engines.generate.base import GenerationRequest, JobLike
from engines.generate.remote.faults import ProviderError
from engines.generate.remote.fetching import fetch
from engines.generate.remote.provider import Alone, RemoteEngine
from engines.generate.remote.verify import verify
from studio_app.actions.registry import Actions
from studio_app.planning.remote_clip import RemoteClips
from studio_app.services.access import EngineAccess
from studio_app.services.job_book import BookState, Entry
from studio_app.services.job_entry import GOES_ON
from studio_app.session.job_records import Verb
from studio_app.session.session import Session
from tests.fakes.providers import FakeProviders
from tests.fakes.providers.server import SIGNATURE
from tests.studio_app.remote_desk import board, loop, over, session
from tests.studio_app.test_session import Loop
from timeline.time import RationalTime

__all__ = ["loop", "session"]
pytestmark = pytest.mark.media


def made(session: Session, loop: Loop, prompt: str) -> str:
    (shot,) = board(session, prompt)
    session.generation.generate([shot])
    loop.run_until(lambda: over(session))
    return shot


def entry_of(session: Session) -> Entry:
    return session.desk.book.all()[-1]


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def retry(session: Session, shot: str) -> None:
    session.generation.retry(shot)


def missing(session: Session, shot: str) -> None:
    Actions(session).run("shot.generate_all")


@pytest.mark.parametrize("again", [retry, missing])
def test_a_film_that_found_no_room_is_fetched_once_there_is_some_and_not_paid_again(
    session: Session,
    fakes: FakeProviders,
    loop: Loop,
    monkeypatch: pytest.MonkeyPatch,
    again: Callable[[Session, str], None],
) -> None:
    monkeypatch.setattr("engines.generate.remote.running.fetch", full)
    shot = made(session, loop, "A lake #quick")
    state, entry = session.generation.state_of(shot), entry_of(session)
    assert (state.state, entry.state, entry.is_at_service) == ("failed", BookState.FAILED, True)
    assert "No space left on device" in state.message
    assert "sends nothing" in state.message
    assert session.desk.book.spent().all == fakes.ledger.billed() == Decimal("0.24")
    monkeypatch.setattr("engines.generate.remote.running.fetch", fetch)
    again(session, shot)
    loop.run_until(lambda: over(session))
    assert session.generation.state_of(shot).state == "ready"
    assert fakes.ledger.count() == 1
    assert session.desk.book.spent().all == fakes.ledger.billed() == Decimal("0.24")


def test_an_answer_without_a_name_for_the_job_is_asked_about_and_not_sent_again(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = made(session, loop, "A lake #no-id")
    assert session.generation.state_of(shot).state == "unknown"
    assert session.generation.missing(session.document.project.storyboards[0]) == ()
    session.generation.look_again(shot)
    loop.run_until(lambda: over(session))
    assert (session.generation.state_of(shot).state, fakes.ledger.count()) == ("unknown", 1)


def test_a_job_that_broke_off_in_the_program_is_gone_on_with_and_not_sent_anew(
    session: Session, fakes: FakeProviders, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("engines.generate.remote.running.verify", broken)
    shot = made(session, loop, "A lake #quick")
    assert session.generation.state_of(shot).state == "failed"
    monkeypatch.setattr("engines.generate.remote.running.verify", verify)
    session.generation.retry(shot)
    loop.run_until(lambda: over(session))
    assert session.generation.state_of(shot).state == "ready"
    assert fakes.ledger.count() == 1
    assert session.desk.book.spent().all == fakes.ledger.billed()


def test_what_the_command_line_could_not_keep_is_left_to_go_on_with(
    session: Session, fakes: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = RemoteClips(session.desk.access, session.desk.book)
    maker, target = session.desk.access.engine("runway"), session.paths.data / "take.mp4"
    assert isinstance(maker, RemoteEngine)
    asked = GenerationRequest(prompt="A lake #quick", duration=RationalTime(2))
    monkeypatch.setattr("engines.generate.remote.running.fetch", full)
    with pytest.raises(ProviderError, match="sends nothing"):
        clips.make(maker, asked, target, Alone())
    monkeypatch.setattr("engines.generate.remote.running.fetch", fetch)
    assert [one.id for one in clips.left()] == [entry_of(session).id]
    begun = clips.begun(asked, target)
    assert begun is not None
    assert clips.go_on(begun, Alone()) == target
    assert fakes.ledger.count() == 1
    assert not clips.left()


def test_a_job_that_its_service_does_not_know_at_first_is_waited_for(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = made(session, loop, "A lake #early-404 #quick")
    assert session.generation.state_of(shot).state == "ready"
    assert fakes.ledger.count() == 1


def test_a_job_that_its_service_does_not_know_is_asked_for_again_before_it_is_sent_anew(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = made(session, loop, "A lake #early-404x999 #quick")
    state = session.generation.state_of(shot)
    assert (state.state, entry_of(session).fault) == ("failed", "lost")
    assert "may have been billed" in state.message
    session.generation.retry(shot)
    loop.run_until(lambda: over(session))
    assert (session.generation.state_of(shot).state, fakes.ledger.count()) == ("failed", 1)
    (job,) = fakes.ledger.jobs.values()
    job.prompt = "A lake #quick"  # there it is
    session.records.do(Verb.FETCH, entry_of(session))
    loop.run_until(lambda: over(session))
    assert (session.generation.state_of(shot).state, fakes.ledger.count()) == ("ready", 1)
    assert session.desk.book.spent().all == fakes.ledger.billed()


def test_what_is_lost_for_certain_can_be_sent_anew(session: Session, fakes: FakeProviders, loop: Loop) -> None:
    shot = made(session, loop, "A lake #early-404x999 #quick")
    for jobs in (1, 2):
        session.generation.retry(shot)
        loop.run_until(lambda: over(session))
        assert fakes.ledger.count() == jobs
    assert session.generation.state_of(shot).state == "failed"


def test_a_film_by_a_model_that_left_the_list_since_is_fetched_all_the_same(
    session: Session, fakes: FakeProviders, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.generate.remote.running.fetch", full)
    shot = made(session, loop, "A lake #quick")
    monkeypatch.setattr("engines.generate.remote.running.fetch", fetch)
    monkeypatch.setattr(type(session.desk.access.engine("runway")), "models", ())
    session.generation.retry(shot)
    loop.run_until(lambda: over(session))
    assert session.generation.state_of(shot).state == "ready"
    assert session.desk.book.spent().all == fakes.ledger.billed() == Decimal("0.24")


def test_a_key_that_a_service_repeats_stands_on_no_card_and_in_no_file(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shots = board(session, "A lake #echo-key", "A hill #echo-late #fails #quick")
    session.generation.generate(shots)
    loop.run_until(lambda: over(session))
    for shot in shots:
        state = session.generation.state_of(shot)
        assert state.state == "failed"
        assert "good-key" not in state.message
    root = session.paths.data.parent
    files = [one.read_bytes() for one in root.rglob("*") if one.is_file()]
    assert not [one for one in files if b"good-key" in one or SIGNATURE.encode() in one]


def test_a_cancelled_job_that_its_service_makes_all_the_same_is_offered_once_it_is_there(
    session: Session, fakes: FakeProviders, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.generate.providers.runway.Runway.cancel", RemoteEngine.cancel)  # one that cannot stop
    (shot,) = board(session, "A lake #stuck")
    session.generation.generate([shot])
    loop.run_until(lambda: session.generation.state_of(shot).state == "running" and fakes.ledger.count() == 1)
    loop.run_until(lambda: entry_of(session).handle is not None)
    session.generation.cancel(shot)
    loop.run_until(lambda: over(session))
    entry = entry_of(session)
    assert (entry.state, entry.is_at_service) == (BookState.CANCELLED, True)
    assert session.desk.book.spent().all == fakes.ledger.billed() == Decimal("0.24")
    assert Verb.FETCH in session.records.verbs(entry)
    offered: list[tuple[str, Callable[[], object]]] = []
    session.offered.connect(lambda text, _verb, do: offered.append((text, do)))
    session.document.replace(session.document.saved, None)  # closed and opened: it is still asked after
    (job,) = fakes.ledger.jobs.values()
    job.prompt = "A lake #quick"  # it is made there
    loop.run_until(lambda: bool(offered))
    assert "although it was cancelled; it is billed $ 0.24" in offered[0][0]
    offered[0][1]()
    loop.run_until(lambda: over(session))
    assert (session.generation.state_of(shot).state, fakes.ledger.count()) == ("ready", 1)
    assert session.desk.book.spent().all == fakes.ledger.billed() == Decimal("0.24")


def test_a_cancelled_job_that_fails_there_costs_nothing_in_the_end(
    session: Session, fakes: FakeProviders, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.generate.providers.runway.Runway.cancel", RemoteEngine.cancel)
    (shot,) = board(session, "A lake #stuck")
    session.generation.generate([shot])
    loop.run_until(lambda: bool(fakes.ledger.count()) and entry_of(session).handle is not None)
    session.generation.cancel(shot)
    loop.run_until(lambda: over(session))
    assert session.desk.book.spent().all == Decimal("0.24")
    (job,) = fakes.ledger.jobs.values()
    job.prompt = "A lake #fails #quick"
    loop.run_until(lambda: not entry_of(session).is_at_service)
    assert session.desk.book.spent().all == fakes.ledger.billed() == 0
    assert "without a film" in session.desk.book.history(entry_of(session).id)[-1].text


def test_the_end_does_not_wait_for_a_service_that_is_asked_after_a_cancelled_job(
    session: Session, fakes: FakeProviders, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.generate.providers.runway.Runway.cancel", RemoteEngine.cancel)
    (shot,) = board(session, "A lake #stuck")
    session.generation.generate([shot])
    loop.run_until(lambda: bool(fakes.ledger.count()) and entry_of(session).handle is not None)
    mine, book, is_asked = entry_of(session), session.desk.book, Event()
    assert mine.handle is not None
    strange = book.add(replace(mine, id="strange", engine="of_tomorrow"))
    text = json.dumps(mine.handle.as_plain())
    book.write(strange.id, BookState.CANCELLED, "by hand", fault=GOES_ON, handle=text, sent_at=time.time())

    def silent(_engine: object, _handle: object, job: JobLike) -> None:
        while is_asked.set() is None:
            job.check()

    monkeypatch.setattr("engines.generate.providers.runway.Runway.poll", silent)
    session.generation.cancel(shot)
    loop.run_until(lambda: over(session))
    is_asked.clear()
    session.cancelled.look()
    assert is_asked.wait(30), "a job of another version of Starcut stands in nobody's way"
    assert session.close() == ()


def test_a_cancelled_job_that_was_stopped_there_is_not_offered_and_a_new_one_may_be_wanted(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    (shot,) = board(session, "A lake #stuck")
    session.generation.generate([shot])
    loop.run_until(lambda: entry_of(session).handle is not None)
    session.generation.cancel(shot)
    loop.run_until(lambda: over(session))
    assert Verb.FETCH not in session.records.verbs(entry_of(session))


def test_a_model_that_its_service_no_longer_has_is_left_out_and_told(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = made(session, loop, "A lake #retired-model")
    message = session.generation.state_of(shot).message
    assert "no longer has this model" in message
    assert "left out" in message
    gone = session.desk.access.models.models[f"runway/{entry_of(session).model}"]
    assert "retired" in gone.retired()
    assert fakes.ledger.count() == 0
    other = EngineAccess(session.desk.access.keys, session.settings, session.paths.own_models)
    assert other.models.models[f"runway/{gone.id}"].retired(), "also in another window, and after a restart"
    session.generation.generate([shot])
    loop.run_until(lambda: over(session))
    assert len(session.desk.book.all()) == 1, "it is not asked for again"
    assert session.generation.state_of(shot).state == "failed"


def test_a_take_of_another_length_says_so_on_its_job_and_can_go_on_for_free(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    offered: list[tuple[str, Callable[[], object]]] = []
    session.offered.connect(lambda text, _verb, do: offered.append((text, do)))
    shot = made(session, loop, "A lake #short #quick")
    assert "were asked for" in session.jobs.all[-1].doubt
    ((words, go_on),) = offered
    assert "has 0.8 s of 2 s" in words
    go_on()
    loop.run_until(lambda: over(session), 120)
    _, longer = session.document.library.takes_of(shot)
    assert session.document.library.media[longer.media_id].duration.to_seconds() >= 2
    assert fakes.ledger.count() == 1


def test_a_shot_that_failed_says_so_after_a_restart_and_can_be_retried(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = made(session, loop, "A lake #fails")
    why = session.generation.state_of(shot).message
    assert session.generation.state_of(shot).state == "failed"
    session.files.save(session.paths.data / "film.starcut")
    loop.run_until(lambda: session.document.is_saved)
    session.files.open(session.paths.data / "film.starcut")
    loop.run_until(lambda: session.generation.state_of(shot).state != "none")
    assert (session.generation.state_of(shot).state, session.generation.state_of(shot).message) == ("failed", why)
    assert session.generation.missing(session.document.project.storyboards[0]) == (shot,)
    session.generation.retry(shot)
    loop.run_until(lambda: over(session))
    assert fakes.ledger.count() == 2
    assert session.generation.state_of(shot).state == "failed"


def test_a_job_that_another_version_wrote_is_told_and_the_others_go_on(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    first, second = board(session, "A lake #quick", "A hill #quick")
    book, project = session.desk.book, session.document.project.id
    wishes = {one: session.generation.request_of(one)[1].model_dump(mode="json") for one in (first, second)}  # type: ignore[index]
    folder = session.paths.data
    odd = {**wishes[first], "duration": "for ever"}
    for shot, wish in ((first, odd), (second, wishes[second])):
        book.add(
            Entry(
                project,
                shot,
                f"Shot {shot}",
                "runway",
                wish,
                str(folder / f"{shot}.mp4"),
                client_key="",
                state=BookState.QUEUED,
            ),
            session.desk.caps,
        )
    told: list[str] = []
    session.generation.failed.connect(told.append)
    assert len(session.generation.resume()) == 1
    loop.run_until(lambda: over(session))
    assert len(told) == 1
    assert "cannot read it; nothing was sent" in told[0]
    assert session.generation.state_of(first).message == told[0]
    assert session.generation.state_of(second).state == "ready"
    assert fakes.ledger.count() == 1
    assert len(book.all(project)) == 2


def test_a_job_that_was_sent_and_cannot_be_read_any_more_is_not_sent_again_by_itself(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    (shot,) = board(session, "A lake #quick")
    book, project = session.desk.book, session.document.project.id
    target = str(session.paths.data / "lake.mp4")
    book.add(Entry(project, shot, "Lake", "runway", {"duration": "for ever"}, target), session.desk.caps)
    (entry,) = book.all(project)
    book.write(entry.id, BookState.RUNNING, "by hand", client_key="key", sent_at=time.time())
    session.generation.resume()
    assert session.generation.missing(session.document.project.storyboards[0]) == ()
    assert "cannot read it" in session.generation.state_of(shot).message
    session.generation.look_again(shot)
    assert session.generation.generate([shot]) == []
    loop.run_until(lambda: over(session))
    assert fakes.ledger.count() == 0
