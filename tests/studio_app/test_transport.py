"""What the transport asks of the player: ranges, loops, shuttle, scrubbing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from studio_app.session.document import Document
from studio_app.session.transport import Transport
from tests.timeline.notation import Cut, f
from timeline.project import Saved
from timeline.time import RationalTime, TimeRange


class NotedPlayer:
    """Notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.is_playing = False
        self.time = RationalTime(0)

    def set_project(self, *_: object) -> None:
        pass

    def seek(self, time: RationalTime, *, heard: bool = False) -> None:
        self.time = time
        self.asked.append(("seek", time, heard))

    def play(self, rate: Fraction, within: TimeRange | None = None, *, loop: bool = False) -> None:
        self.is_playing = True
        self.asked.append(("play", rate, within, loop))

    def pause(self) -> None:
        self.is_playing = False
        self.asked.append(("pause",))


@pytest.fixture
def player() -> NotedPlayer:
    return NotedPlayer()


@pytest.fixture
def transport(player: NotedPlayer) -> Transport:
    cut = Cut(V1="a:0-480")
    document = Document()
    transport = Transport(document, player)  # type: ignore[arg-type]  # a stand-in
    document.replace(Saved(cut.history.project, cut.library), None)
    transport.set_time(f(100))
    player.asked.clear()
    return transport


def frames(first: int, end: int) -> TimeRange:
    return TimeRange.between(f(first), f(end))


def test_a_loop_runs_between_the_marks_and_follows_them(transport: Transport, player: NotedPlayer) -> None:
    transport.set_loop(True)
    transport.set_marks(f(50), f(200))
    transport.play()
    transport.set_marks(f(50), f(150))
    transport.set_loop(False)
    assert player.asked == [
        ("play", 1, frames(50, 200), True),
        ("play", 1, frames(50, 150), True),
        ("play", 1, None, False),
    ]


def test_without_marks_a_loop_is_the_whole_sequence(transport: Transport, player: NotedPlayer) -> None:
    transport.set_loop(True)
    transport.play()
    assert player.asked == [("play", 1, None, True)]


def test_behind_the_mark_out_a_loop_begins_at_the_mark_in(transport: Transport, player: NotedPlayer) -> None:
    transport.set_marks(f(20), f(60))
    transport.set_loop(True)
    transport.play()
    assert player.asked == [("seek", f(20), False), ("play", 1, frames(20, 60), True)]


def test_play_around_comes_back_to_where_it_was(transport: Transport, player: NotedPlayer) -> None:
    transport.play_around()
    assert player.asked == [("seek", f(52), False), ("play", 1, frames(52, 149), False)]
    player.is_playing, player.time = False, f(148)
    transport.stopped()
    assert transport.time == f(100)
    assert not transport.playing
    transport.play()
    player.is_playing, player.time = False, f(479)
    transport.stopped()
    assert transport.time == f(479)


def test_in_to_out_plays_what_is_marked(transport: Transport, player: NotedPlayer) -> None:
    transport.set_marks(f(10), f(40))
    transport.play_in_to_out()
    assert player.asked == [("seek", f(10), False), ("play", 1, frames(10, 40), False)]


def test_the_shuttle_goes_along_its_ladder_also_from_slow(transport: Transport, player: NotedPlayer) -> None:
    rates = []
    for direction in (1, 1, 1, 1, 1, -1, -1, -1, -1, -1):
        transport.shuttle(direction)
        rates.append(int(transport.rate))
    assert rates == [1, 2, 4, 8, 8, 4, 2, 1, -1, -2]
    transport.play(Fraction(1, 4))
    transport.shuttle(1)
    assert transport.rate == 1


def test_scrubbing_and_stepping_are_heard_unless_switched_off(transport: Transport, player: NotedPlayer) -> None:
    transport.scrub(f(30))
    transport.step(1)
    transport.go_to_edit(-1)
    transport.scrub_sound = False
    transport.scrub(f(40))
    assert player.asked == [
        ("seek", f(30), True),
        ("seek", f(31), True),
        ("seek", f(0), False),
        ("seek", f(40), False),
    ]
