"""What is decoded for a picture nobody waits for any more is given up; a hand that never rests still sees pictures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from effects.frame import Frame
from engines.media.patience import GivenUp, check
from tests.engines.play.stage import CountingRenderer, Stage


class LongWay(CountingRenderer):
    """A film in which the way to a picture is long: it looks, as readers do, whether the picture is still wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.way = 0.0
        self.given_up = 0

    def frame(self, *asked: Any, full: bool = False) -> Frame:
        picture = super().frame(*asked, full=full)
        until = time.monotonic() + self.way
        while time.monotonic() < until:
            try:
                check()
            except GivenUp:
                self.given_up += 1
                raise
            time.sleep(0.001)
        return picture


class LongStage(Stage):
    def __init__(self) -> None:
        super().__init__()
        self.renderer = self.film = LongWay()


@pytest.fixture
def stage() -> Iterator[LongStage]:
    one = LongStage()
    one.open()
    yield one
    one.film.way = 0.0
    one.player.close()


def test_when_the_hand_rests_the_picture_before_is_given_up_for_the_last(stage: LongStage) -> None:
    stage.film.way = 3.0
    stage.seek(10)
    stage.until(lambda: stage.renderer.drawn[-1] == 10)
    stage.film.way = 0.05
    asked = time.monotonic()
    stage.seek(20)
    stage.until(lambda: stage.numbers[-1] == 20)
    assert time.monotonic() - asked < 1.0
    assert stage.numbers == [0, 20]
    assert stage.film.given_up == 1


def test_a_hand_that_never_rests_still_sees_pictures(stage: LongStage) -> None:
    stage.film.way = 0.1
    until, frame = time.monotonic() + 1.5, 0
    while time.monotonic() < until:
        frame = (frame + 7) % 250
        stage.seek(frame)
        time.sleep(0.06)  # slow enough for each place to seem the last one
    assert len(stage.numbers) >= 3


def test_the_originals_are_left_as_soon_as_the_hand_moves_again(stage: LongStage) -> None:
    stage.renderer.stood_in = True
    stage.seek(10)
    stage.until(lambda: stage.numbers[-1] == 10)
    stage.film.way = 3.0
    stage.until(lambda: stage.renderer.fulls == [10])
    stage.film.way = 0.0
    asked = time.monotonic()
    stage.seek(11)
    stage.until(lambda: stage.numbers[-1] == 11)
    assert time.monotonic() - asked < 0.5
    stage.until(lambda: stage.renderer.fulls == [10, 11])


def test_closing_and_playing_do_not_wait_for_a_picture(stage: LongStage) -> None:
    stage.film.way = 3.0
    stage.seek(10)
    stage.until(lambda: stage.renderer.drawn[-1] == 10)
    asked = time.monotonic()
    stage.player.play(1)
    stage.until(lambda: stage.film.given_up == 1)
    stage.player.close()
    assert time.monotonic() - asked < 1.0
