"""Pictures, music and sounds by engines: priced, written into the book, landed where they were wanted, and not lost by a restart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.errors import EngineError
from studio_app.session.assets import AssetWish
from studio_app.session.job_records import Verb
from studio_app.session.session import Session
from tests.fakes.providers import FakeProviders
from tests.studio_app.remote_desk import loop, open_session, over
from tests.studio_app.test_session import Loop
from timeline.commands.add_shot import AddShot
from timeline.storyboard import Shot
from timeline.time import RationalTime, TimeRange
from timeline.track import TrackKind

__all__ = ["loop"]
pytestmark = pytest.mark.media
KEYS = {"STABILITY_API_KEY": "good-key", "ELEVENLABS_API_KEY": "good-key", "LUMA_API_KEY": "good-key"}


@pytest.fixture
def session(fakes: FakeProviders, loop: Loop) -> Iterator[Session]:
    one = open_session(fakes, loop, KEYS, ("stability", "elevenlabs", "luma"))
    one.files.new("Film", 320, 180)
    yield one
    one.close()


def shot_in(session: Session) -> str:
    shot = Shot("A lake")
    assert session.document.do(AddShot(session.document.project.storyboards[0].id, shot))
    return shot.id


def test_a_picture_of_a_service_becomes_the_first_picture_of_its_shot(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = shot_in(session)
    wish = AssetWish("picture", "A red boat", "stability/core", size=(320, 180), shot_id=shot, field="image_reference")
    plan = session.assets.plan(wish)
    assert (plan.engine, plan.cost, plan.route.rule) == ("stability", Decimal("0.03"), "chosen")
    session.assets.make(wish)
    loop.run_until(lambda: over(session))
    board = session.document.project.storyboards[0]
    found = board.shot(shot)
    assert found is not None
    assert Path(found.image_reference).suffix == ".png"
    (take,) = session.document.library.takes.values()
    assert (take.lineage.engine, take.lineage.cost) == ("stability", "0.03")
    assert take.lineage.request["prompt"] == "A red boat"
    assert session.document.library.media[take.media_id].path == found.image_reference
    session.document.undo()  # a step of its own; the picture stays in the pool
    again = session.document.project.storyboards[0].shot(shot)
    assert again is not None
    assert again.image_reference == ""
    assert len(session.document.library.media) == 1
    assert fakes.ledger.billed() == session.desk.book.spent().billed == Decimal("0.03")


def test_a_picture_is_changed_by_words_and_the_engine_here_says_that_it_cannot(
    session: Session, fakes: FakeProviders, loop: Loop, tmp_path: Path
) -> None:
    cv2.imwrite(str(tmp_path / "boat.png"), np.full((90, 160, 3), 90, np.uint8))
    wish = AssetWish("picture", "At night", "stability", source=str(tmp_path / "boat.png"))
    assert session.assets.plan(wish).request.model == "sd3.5-large"
    session.assets.make(wish)
    loop.run_until(lambda: over(session))
    assert fakes.ledger.count() == 1
    for engine in ("", "luma"):
        with pytest.raises(EngineError, match="change pictures by words"):
            session.assets.plan(AssetWish("picture", "At night", engine, source=wish.source))
    assert session.assets.plan(AssetWish("picture", "At night", "auto", source=wish.source)).engine == "stability"


def test_the_engine_here_draws_a_picture_free(session: Session, loop: Loop) -> None:
    session.assets.make(AssetWish("picture", "A red boat on a lake", "", size=(320, 180)))
    loop.run_until(lambda: over(session), 60)
    (media,) = session.document.library.media.values()
    assert (media.width, media.height, media.has_video) == (320, 180, True)
    picture = cv2.imread(media.path)
    assert picture is not None
    assert picture.std() > 10


def test_music_of_a_service_lies_on_a_track_of_its_own_for_the_range(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    stretch = TimeRange(RationalTime(2), RationalTime(6))
    wish = AssetWish("music", "Slow piano", "auto", stretch=stretch)
    plan = session.assets.plan(wish)
    assert (plan.engine, plan.request.model, plan.cost) == ("elevenlabs", "music_v2", Decimal("0.08"))
    session.assets.make(wish)
    loop.run_until(lambda: over(session))
    track = session.sequence.tracks[-1]
    assert (track.kind, track.name) == (TrackKind.AUDIO, "Music")
    ((clip, place),) = track.clips()
    assert (place.start, place.duration, clip.name) == (stretch.start, stretch.duration, "Slow piano")
    with pytest.raises(EngineError, match=r"30 seconds at most; 50 were asked for\. Mark a shorter range"):
        session.assets.plan(
            AssetWish("sound", "Rain", "elevenlabs", stretch=TimeRange(RationalTime(0), RationalTime(50)))
        )
    with pytest.raises(EngineError, match="composes by moods"):
        session.assets.plan(AssetWish("music", "Slow piano", "", stretch=stretch))


def test_what_waits_when_the_project_is_closed_is_made_when_it_opens_and_a_failed_one_is_made_again(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    session.settings.values.cap_project_hard = 0.01
    session.settings_changed.emit()
    session.assets.make(AssetWish("picture", "A red boat", "stability/core"))
    (entry,) = session.desk.book.all()
    assert (entry.state.value, fakes.ledger.count()) == ("over_budget", 0)
    session.document.replace(session.document.saved, None)
    session.settings.values.cap_project_hard = 0.0
    session.settings_changed.emit()
    loop.run_until(lambda: len(session.document.library.media) == 1)
    session.assets.make(AssetWish("picture", "A hill #fail-moderation", "stability/core"))
    loop.run_until(lambda: over(session))
    failed = session.desk.book.all()[-1]
    assert failed.state.value == "failed"
    assert session.records.verbs(failed)[:1] == (Verb.RETRY,)
    session.records.do(Verb.RETRY, failed)
    loop.run_until(lambda: over(session))
    assert len(session.desk.book.all()) == 3
