"""A session whose services are the fakes, for the tests of generation: nothing waits, and every key is good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from engines.play.audio_sink import WallClockSink
from studio_app.services.keys import Keys
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from tests.fakes.providers import FakeProviders
from tests.studio_app.test_session import Loop
from timeline.command import Batch
from timeline.commands.add_shot import AddShot
from timeline.commands.set_storyboard import SetStoryboard
from timeline.storyboard import Shot
from timeline.time import RationalTime

RUNWAY = {"RUNWAYML_API_SECRET": "good-key"}


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def session(fakes: FakeProviders, loop: Loop) -> Iterator[Session]:
    one = open_session(fakes, loop)
    one.files.new("Film", 320, 180)
    yield one
    one.close()


def open_session(
    fakes: FakeProviders, loop: Loop, keys: Mapping[str, str] = RUNWAY, reached: Sequence[str] = ("runway",)
) -> Session:
    """A session that has these keys, and reaches these services at the fakes."""
    session = Session(user_paths(), WallClockSink(), loop.post, keys=Keys(environment=dict(keys)))
    session.settings.values.engine_addresses = {name: fakes.base(name) for name in reached}
    session.desk.access.pace = 0.002
    return session


def board(session: Session, *prompts: str, engine: str = "runway") -> list[str]:
    found = session.document.project.storyboards[0]
    shots = tuple(Shot(prompt, duration=RationalTime(2), engine=engine) for prompt in prompts)
    changes = {"width": 320, "height": 180, "narrative_structure": "linear", "title_card": False}
    assert session.document.do(Batch((SetStoryboard(found.id, changes), *(AddShot(found.id, one) for one in shots))))
    return [one.id for one in shots]


def over(session: Session) -> bool:
    return all(job.is_over for job in session.jobs.all)
