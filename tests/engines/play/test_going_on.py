"""A run that goes on otherwise: another rate, a loop, an edit, a range. Nothing is silent, nothing is shown twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from engines.play.strand import RAMP_SECONDS
from tests.engines.play.stage import HZ, RATE, Stage
from timeline.items import Clip, GeneratorSource
from timeline.media import Library
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RAMP = round(RAMP_SECONDS * HZ)


@pytest.fixture
def stage() -> Iterator[Stage]:
    one = Stage().open()
    yield one
    one.player.close()


def frames(first: int, end: int) -> TimeRange:
    return TimeRange.from_frames(first, end - first, RATE)


def test_a_loop_sounds_on_over_its_seam_to_the_sample(stage: Stage) -> None:
    stage.seek(20)
    stage.player.play(1, frames(10, 30), loop=True)
    stage.until(lambda: (run := stage.player._deck.run) is not None and run.is_ready and stage.sink.running)
    stage.sink.take(2.0)
    first, end = (round(frame / RATE * HZ) for frame in (10, 30))
    expected = np.concatenate(
        [np.arange(2 * first, end), np.arange(first, end), np.arange(first, end)], dtype=np.float32
    )[: 2 * HZ]
    seams = [end - 2 * first, 2 * end - 3 * first]
    exact = np.ones(len(expected), bool)
    for seam in seams:
        exact[seam : seam + RAMP] = False
        blend = stage.sink.samples[seam : seam + RAMP]
        assert blend[0] > 0.9 * end  # it leaves where it was
        assert blend[-1] == pytest.approx(first, rel=0.1)  # and arrives
    np.testing.assert_array_equal(stage.sink.samples[exact], expected[exact])


def test_a_loop_shows_every_frame_in_its_turn(stage: Stage) -> None:
    stage.player.play(1, frames(0, 7), loop=True)
    stage.until(lambda: (run := stage.player._deck.run) is not None and run.is_ready and stage.sink.running)
    for _ in range(25):
        seen = len(stage.shown)
        stage.until(lambda: len(stage.player._deck.shelf) >= 2)
        stage.sink.take(0.04)
        stage.until(lambda seen=seen: len(stage.shown) > seen)  # type: ignore[misc]
    played = stage.numbers[1:]
    assert played == [number % 7 for number in range(len(played))]
    assert stage.player.measures.dropped == 0
    assert stage.player.is_playing


def test_a_loop_runs_backwards_too(stage: Stage) -> None:
    stage.player.play(-1, frames(5, 10), loop=True)
    stage.until(lambda: (run := stage.player._deck.run) is not None and run.is_ready and stage.sink.running)
    stage.sink.take(0.5)
    end = round(10 / RATE * HZ)
    np.testing.assert_array_equal(stage.sink.samples[: HZ // 25 - 1], (HZ // 25 * 6 - 1 - np.arange(HZ // 25 - 1)))
    assert stage.sink.samples[HZ // 25 + RAMP] == end - 1 - RAMP


def test_in_to_out_stops_on_the_last_frame_inside(stage: Stage) -> None:
    stage.seek(10)
    stage.player.play(1, frames(10, 20))
    stage.until(lambda: (run := stage.player._deck.run) is not None and run.is_ready and stage.sink.running)
    stage.sink.take(0.6)
    assert stage.stopped.wait(5)
    assert stage.player.time == RationalTime.from_frames(19, RATE)
    sound = stage.sink.samples
    first, length = round(10 / RATE * HZ), round(10 / RATE * HZ)
    np.testing.assert_array_equal(sound[:length], np.arange(first, first + length))
    assert not sound[length + RAMP :].any()  # what lies behind the out point is not heard


def test_another_rate_is_heard_soon_and_without_a_hole(stage: Stage) -> None:
    stage.start()
    stage.sink.take(0.5)
    heard = len(stage.sink.samples)
    stage.player.play(2)
    assert stage.player.rate == 2
    stage.turned()
    stage.sink.take(0.6)
    sound = stage.sink.samples
    assert sound.min() >= 0
    assert (sound[1:] != 0).all()  # no hole
    turn = heard + round(0.1 * HZ)
    np.testing.assert_array_equal(sound[:heard], np.arange(heard))
    gained = sound[-1] - sound[turn]
    assert gained == pytest.approx(2 * (len(sound) - turn), rel=0.15)
    before = stage.numbers
    assert before == sorted(before)


def test_turning_back_is_heard_from_the_same_place(stage: Stage) -> None:
    stage.seek(100)
    stage.until(lambda: stage.numbers[-1] == 100)
    stage.start()
    stage.sink.take(0.4)
    stage.player.play(-1)
    stage.turned()
    stage.sink.take(0.4)
    sound = stage.sink.samples
    top = sound.argmax()
    assert 4 * HZ + 0.4 * HZ < sound[top] < 4 * HZ + 0.55 * HZ
    back = sound[top + RAMP + 1 :]
    np.testing.assert_array_equal(np.diff(back), -1)
    stage.until(lambda: stage.numbers[-1] < 110)
    shown = stage.numbers
    assert shown[-1] < max(shown)


def test_a_quarter_of_the_speed_shows_every_frame_for_longer(stage: Stage) -> None:
    stage.start(Fraction(1, 4))
    for frame in range(6):
        stage.until(lambda frame=frame: stage.numbers[-1] == frame)  # type: ignore[misc]
        stage.until(lambda: len(stage.player._deck.shelf) >= 2)
        stage.sink.take(0.16)
    assert stage.player.time == RationalTime.from_frames(6, RATE)
    assert stage.player.measures.dropped == 0


def test_pictures_made_ahead_are_kept_when_the_rate_changes(stage: Stage) -> None:
    stage.start()
    stage.until(lambda: len(stage.player._deck.shelf) == 40)
    made = set(stage.renderer.drawn)
    already = len(stage.renderer.drawn)
    stage.player.play(2)
    stage.turned()
    stage.until(lambda: len(stage.player._deck.shelf) == 40)
    again = made.intersection(stage.renderer.drawn[already + 1 :])  # one may have been in the making
    assert again == set()
    waiting = [one.frame for one in stage.player._deck.shelf._waiting]
    assert waiting == sorted(set(waiting))


def test_an_edit_behind_the_playhead_of_a_range_shortens_the_run(stage: Stage) -> None:
    stage.start()
    stage.sink.take(0.2)
    clip = Clip(GeneratorSource("solid"), TimeRange.from_frames(0, 20, RATE))
    shorter = replace(stage.sequence, tracks=(Track(TrackKind.VIDEO, (clip,)),))
    stage.player.set_project(replace(stage.project, sequences=(shorter,)), Library(), shorter.id)
    stage.turned()
    stage.sink.take(1.0)
    assert stage.stopped.wait(5)
    assert stage.player.time == RationalTime.from_frames(19, RATE)


def test_a_scrub_is_heard_for_a_moment_and_the_latest_wins(stage: Stage) -> None:
    for frame in (50, 100):
        stage.player.seek(RationalTime.from_frames(frame, RATE), heard=True)
    stage.until(lambda: stage.sink.running and stage.sounding.snippets.ring.waiting > 0)
    time.sleep(0.05)
    stage.sink.take(0.2)
    sound = stage.sink.samples
    heard = np.flatnonzero(sound)
    assert round(0.035 * HZ) <= len(heard) <= round(0.06 * HZ)
    middle = sound[heard[len(heard) // 2]]
    assert 4 * HZ <= middle < 4 * HZ + 0.06 * HZ
    assert sound[heard[0]] < 0.01 * middle
    assert sound[heard[-1]] < 0.01 * middle


def test_a_new_place_is_heard_at_once_in_the_middle_of_the_last(stage: Stage) -> None:
    stage.player.seek(RationalTime.from_frames(50, RATE), heard=True)
    stage.until(lambda: stage.sink.running and stage.sounding.snippets.ring.waiting > 0)
    stage.sink.take(0.01)
    stage.player.seek(RationalTime.from_frames(200, RATE), heard=True)
    stage.until(lambda: stage.sounding.snippets.ring.written > 0.05 * HZ)
    stage.sink.take(0.2)
    sound = stage.sink.samples
    new = np.flatnonzero(sound > 7 * HZ)
    assert len(new)
    assert new[0] < 0.04 * HZ
    assert (sound[10 : new[0]] > 0).all()


def test_a_silent_seek_is_silent(stage: Stage) -> None:
    stage.player.seek(RationalTime(2))
    stage.until(lambda: stage.numbers[-1] == 50)
    assert not stage.sink.calls
