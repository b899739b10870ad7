"""Takes that are too short, made longer: here or by a service, paid once, used where they were wanted."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from engines.generate.fallback import Finish
from studio_app.services.keys import Keys
from studio_app.session.extending import HERE, extend, extenders, extension_plan
from studio_app.session.session import Session
from studio_app.session.taking import takes_of
from tests.fakes.providers import FakeProviders
from tests.studio_app.remote_desk import RUNWAY, board, loop, session
from tests.studio_app.test_generation_in_cut import busy, only, taken
from tests.studio_app.test_session import Loop
from timeline.items import Clip, MediaSource, Placeholder
from timeline.media import Lineage, Media, MediaKind, Take
from timeline.project import Project
from timeline.query import clips_of_shot
from timeline.time import RationalTime

__all__ = ["loop", "session"]
pytestmark = pytest.mark.media


def short_take(session: Session, loop: Loop) -> tuple[str, Clip, Media]:
    """A shot of two seconds whose place waits, since its take has only 0.8."""
    shot = taken(session, loop, "A lake #quick #short")
    clip = only(session, shot)
    assert isinstance(clip.source, Placeholder)
    return shot, clip, takes_of(session, shot)[0].media


def test_its_motion_goes_on_here_for_free_as_an_extension_that_takes_its_place(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot, clip, media = short_take(session, loop)
    steps = session.document.place
    assert extend(session, session.sequence_id, clip, media, HERE) is not None
    loop.run_until(lambda: not busy(session), 120)
    _, longer = takes_of(session, shot)
    assert longer.media.duration >= clip.duration
    assert (longer.take.lineage.relationship, longer.take.lineage.input_media_ids) == ("extension", (media.id,))
    assert only(session, shot).source == MediaSource(longer.media.id)
    assert session.document.place == steps + 1, "one step"
    assert fakes.ledger.count() == 1


def test_a_service_makes_the_rest_from_the_last_picture_and_only_that_is_paid(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot, clip, media = short_take(session, loop)
    first, *services = extenders(session, clip, media)
    assert (first.engine, first.cost) == (HERE, 0)
    assert [(one.engine, one.cost) for one in services] == [("runway", Decimal("0.24"))]
    before = fakes.ledger.billed()
    job = extend(session, session.sequence_id, clip, media, "runway")
    loop.run_until(lambda: fakes.ledger.count() == 2)
    list(fakes.ledger.jobs.values())[1].prompt = "A lake #quick"
    loop.run_until(lambda: not busy(session))
    assert job is not None
    assert job.error is None
    _, longer = takes_of(session, shot)
    assert longer.media.duration >= clip.duration
    assert (longer.take.lineage.relationship, longer.take.lineage.input_media_ids) == ("extension", (media.id,))
    assert longer.cost == fakes.ledger.billed() - before == Decimal("0.24")
    assert only(session, shot).source == MediaSource(longer.media.id)
    assert session.desk.book.spent().all == fakes.ledger.billed()


def test_a_rest_that_fails_is_asked_about_and_another_service_goes_on_from_the_same_picture(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot, clip, media = short_take(session, loop)
    session.settings.values.engine_finish = Finish.ALWAYS
    session.desk.access.keys = Keys(environment={**RUNWAY, "LUMA_API_KEY": "good-key"})
    addresses = session.settings.values.engine_addresses
    session.settings.values.engine_addresses = {**addresses, "luma": fakes.base("luma")}
    assert extend(session, session.sequence_id, clip, media, "runway") is not None
    loop.run_until(lambda: fakes.ledger.count() == 2)
    list(fakes.ledger.jobs.values())[1].prompt = "A lake #fails #quick"
    loop.run_until(lambda: not busy(session))
    offer = session.generation.state_of(shot).offer
    assert offer is not None
    assert (offer.engine, offer.cost) == ("luma", Decimal("0.50"))
    assert session.generation.accept(shot) is not None
    loop.run_until(lambda: fakes.ledger.count() == 3)
    last = list(fakes.ledger.jobs.values())[-1]
    last.prompt = "A lake #quick"
    loop.run_until(lambda: not busy(session))
    assert (last.provider, last.seconds) == ("luma", 5.0), "the rest only, from a picture"
    *_, longer = takes_of(session, shot)
    assert (longer.take.lineage.relationship, longer.take.lineage.input_media_ids) == ("extension", (media.id,))
    assert longer.media.duration >= clip.duration
    assert only(session, shot).source == MediaSource(longer.media.id)
    assert session.desk.book.spent().all == fakes.ledger.billed()


def test_lumas_own_take_goes_on_by_its_name_there(session: Session, tmp_path: Path) -> None:
    (tmp_path / "lake.mp4").write_bytes(b"")
    session.desk.access.keys = Keys(environment={**RUNWAY, "LUMA_API_KEY": "good-key"})
    (shot,) = board(session, "A lake")
    (clip,) = (one for _, one in clips_of_shot(placed(session), shot))
    film = Media(
        str(tmp_path / "lake.mp4"), MediaKind.VIDEO, duration=RationalTime(1), width=320, height=180, rate=Fraction(24)
    )
    facts = {"provider": "luma", "model": "ray-3.2", "job": "job-7"}
    session.document.add_take(Take(film.id, Lineage("luma", extra={"facts": facts}), shot_id=shot), film)
    sent = {one: extension_plan(session, clip, film, one).request for one in ("luma", "runway")}
    assert [(sent[one].extends, sent[one].model) for one in sent] == [("job-7", "ray-3.2"), ("", "gen4.5")]


def placed(session: Session) -> Project:
    session.generation.place(session.document.project.storyboards[0])
    return session.document.project
