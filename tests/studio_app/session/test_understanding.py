from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from time import monotonic, sleep

import pytest

from engines.play.audio_sink import WallClockSink
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from studio_app.session.understanding import Rewording, Understanding
from timeline.commands.add_storyboard import AddStoryboard
from timeline.storyboard import Shot, Storyboard

SHOT = Shot("A red boat at dusk, no rain, glorbic", mood="calm")


@pytest.fixture
def session(own_home: Path) -> Session:
    made = Session(user_paths(), WallClockSink())
    made.files.new("Small", 1280, 720, Fraction(25))
    made.document.do(AddStoryboard(Storyboard(shots=(SHOT,), global_style="noir")))
    made.understanding.of(SHOT.id)
    until = monotonic() + 20
    while made.understanding.of(SHOT.id) is None and monotonic() < until:
        sleep(0.01)
    return made


def test_words_are_gathered_on_a_thread_the_first_time(session: Session) -> None:
    told: list[bool] = []
    other = Understanding(session.document)
    other.arrived.connect(lambda: told.append(True))
    assert other.of(SHOT.id) is None
    until = monotonic() + 20
    while not told and monotonic() < until:
        sleep(0.01)
    other.close(20)
    assert told == [True]
    assert other.of(SHOT.id) is not None


def description(session: Session) -> str:
    shot = session.document.project.shot(SHOT.id)
    assert shot is not None
    return shot.description


def test_words_of_the_description_have_their_place_and_others_none(session: Session) -> None:
    told = session.understanding.of(SHOT.id)
    assert told is not None
    here = [SHOT.description[chip.start : chip.end] for chip in told.chips if chip.start >= 0]
    assert here == ["red", "boat", "dusk", "rain"]
    assert {chip.value for chip in told.chips if chip.start < 0} == {"noir", "calm"}
    assert [one.word for one in told.unknown] == ["glorbic"]
    assert "boat" in told.seen


def test_a_chip_changed_is_one_step_back(session: Session) -> None:
    told = session.understanding.of(SHOT.id)
    assert told is not None
    dusk = next(chip for chip in told.chips if chip.phrase == "dusk")
    assert session.understanding.reword(SHOT.id, dusk, Rewording(value="dawn"))
    assert description(session) == "A red boat at dawn, no rain, glorbic"
    session.document.undo()
    assert description(session) == SHOT.description


def test_an_unknown_word_is_taken_out_or_replaced(session: Session) -> None:
    told = session.understanding.of(SHOT.id)
    assert told is not None
    assert session.understanding.replace(SHOT.id, told.unknown[0], "birds")
    assert description(session).endswith("no rain, birds")
    session.document.undo()
    assert session.understanding.replace(SHOT.id, told.unknown[0], "")
    assert description(session).endswith("no rain")


def test_a_shot_that_is_gone_is_not_understood(session: Session) -> None:
    assert session.understanding.of("gone") is None
