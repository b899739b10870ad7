"""Shots longer than a service makes, in joined parts: one take, each part paid once, whatever fails or ends in the middle."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio_app.services.job_book import BookState
from studio_app.session.joined_parts import JOINED, entries_of
from studio_app.session.session import Session
from tests.fakes.providers import FakeProviders
from tests.studio_app.remote_desk import loop, open_session, over, session
from tests.studio_app.test_session import Loop
from timeline.command import Batch
from timeline.commands.add_shot import AddShot
from timeline.commands.set_storyboard import SetStoryboard
from timeline.storyboard import Shot
from timeline.time import RationalTime

__all__ = ["loop", "session"]
pytestmark = pytest.mark.media
WHOLE = Decimal("1.56")
"""Ten and three seconds of Gen-4.5."""


def long_shot(session: Session, prompt: str = "A lake #quick", *, joined: bool = True) -> str:
    found = session.document.project.storyboards[0]
    shot = Shot(prompt, duration=RationalTime(12), engine="runway", extra={JOINED: True} if joined else {})
    changes = {"width": 320, "height": 180, "narrative_structure": "linear", "title_card": False}
    assert session.document.do(Batch((SetStoryboard(found.id, changes), AddShot(found.id, shot))))
    return shot.id


def states(session: Session) -> list[str]:
    return [one.state.value for one in session.desk.book.all()]


def test_it_is_one_take_as_long_as_was_asked_and_its_price_is_known_before(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = long_shot(session)
    plan = session.generation.plan_of(shot)
    assert plan is not None
    assert (plan.cost, len(plan.parts)) == (WHOLE, 2)
    assert "10 s at most: 2 joined parts" in plan.notes[0]
    session.generation.generate([shot])
    loop.run_until(lambda: over(session))
    (take,) = session.document.library.takes_of(shot)
    assert session.document.library.media[take.media_id].duration >= RationalTime(12)
    assert Decimal(take.lineage.cost) == fakes.ledger.billed() == session.desk.book.spent().billed == WHOLE
    assert states(session) == ["done"] * 3
    first, second = fakes.ledger.jobs.values()
    assert (first.seconds, second.seconds) == (10, 3)


def test_without_a_word_it_is_refused_and_nothing_is_sent(session: Session, fakes: FakeProviders, loop: Loop) -> None:
    shot = long_shot(session, joined=False)
    session.generation.generate([shot])
    assert "10 seconds at most" in session.generation.state_of(shot).message
    assert fakes.ledger.count() == 0


def test_the_program_that_ends_between_two_parts_pays_for_none_twice(fakes: FakeProviders, loop: Loop) -> None:
    session = open_session(fakes, loop)
    session.files.new("Film", 320, 180)
    path = session.paths.data / "film.starcut"
    shot = long_shot(session, "A lake #stuck")
    session.generation.generate([shot])
    loop.run_until(lambda: fakes.ledger.count() == 1)
    next(iter(fakes.ledger.jobs.values())).prompt = "A lake #quick"
    loop.run_until(lambda: fakes.ledger.count() == 2)
    session.files.save(path)
    loop.run_until(lambda: session.document.is_saved)
    session.close()
    assert session.generation.state_of(shot).takes == 0
    for job in fakes.ledger.jobs.values():
        job.prompt = "A lake #quick"
    other = Loop()
    again = open_session(fakes, other)
    again.files.open(path)
    other.run_until(lambda: bool(again.document.library.takes_of(shot)))
    assert fakes.ledger.count() == 2
    assert again.desk.book.spent().all == fakes.ledger.billed() == WHOLE
    again.close()


def test_a_part_that_fails_is_sent_alone_when_it_is_tried_again(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = long_shot(session, "A lake #stuck")
    session.generation.generate([shot])
    loop.run_until(lambda: fakes.ledger.count() == 1)
    next(iter(fakes.ledger.jobs.values())).prompt = "A lake #quick"
    loop.run_until(lambda: fakes.ledger.count() == 2)
    list(fakes.ledger.jobs.values())[1].prompt = "A lake #fails #quick"
    loop.run_until(lambda: over(session))
    assert session.generation.state_of(shot).state == "failed"
    whole = session.desk.book.all()[0]
    assert [one.state for one in entries_of(session.desk.book, whole)] == [BookState.LANDING, BookState.FAILED]
    session.generation.retry(shot)
    loop.run_until(lambda: fakes.ledger.count() == 3)
    list(fakes.ledger.jobs.values())[2].prompt = "A lake #quick"
    loop.run_until(lambda: over(session))
    assert session.generation.state_of(shot).state == "ready"
    assert [one.seconds for one in fakes.ledger.jobs.values()] == [10, 3, 3]
    assert session.desk.book.spent().all == fakes.ledger.billed() == WHOLE


def test_parts_that_are_over_a_cap_together_are_not_begun(session: Session, fakes: FakeProviders, loop: Loop) -> None:
    session.settings.values.cap_project_hard = 1.40
    shot = long_shot(session)
    session.generation.generate([shot])
    loop.run_until(lambda: over(session))
    assert (session.generation.state_of(shot).state, fakes.ledger.count()) == ("over_budget", 0)


def test_stopping_it_says_what_is_billed_and_sends_no_other_part(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    said: list[str] = []
    session.generation.said.connect(said.append)
    shot = long_shot(session, "A lake #stuck")
    session.generation.generate([shot])
    loop.run_until(lambda: session.generation.state_of(shot).fraction not in (None, 0.0))
    session.generation.cancel(shot)
    loop.run_until(lambda: over(session))
    assert states(session) == ["cancelled"] * 3
    assert fakes.ledger.count() == 1
    assert any("may still be billed" in one or "nothing is billed" in one for one in said)
