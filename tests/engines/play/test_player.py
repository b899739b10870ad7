"""Playing: the clock follows the samples taken, pictures follow the clock, the latest request wins."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from engines.errors import MediaError
from engines.play.audio_sink import AudioCallback, WallClockSink
from engines.play.course import Leg, Span
from engines.play.player import PlayedFrame, Player
from engines.play.run import Run, SampleRing
from engines.render.renderer import Renderer
from tests.engines.play.stage import HZ, RATE, HandSink, Stage
from timeline.media import Library
from timeline.time import RationalTime


@pytest.fixture
def stage() -> Iterator[Stage]:
    one = Stage().open()
    yield one
    one.renderer.gate.set()
    one.player.close()
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith(("player", "wall"))]


def test_opening_shows_the_first_frame_once(stage: Stage) -> None:
    time.sleep(0.05)
    assert stage.numbers == [0]
    assert stage.shown[0].bgra.shape == (36, 64, 4)
    assert stage.shown[0].bgra[0, 0].tolist() == [0, 0, 0, 255]


def test_each_seek_shows_one_frame(stage: Stage) -> None:
    for frame in (10, 20, 15):
        stage.seek(frame)
        stage.until(lambda wanted=frame: stage.numbers[-1] == wanted)  # type: ignore[misc]
    time.sleep(0.03)
    assert stage.numbers == [0, 10, 20, 15]


def test_of_seeks_that_pile_up_only_the_last_is_drawn(stage: Stage) -> None:
    stage.renderer.gate.clear()
    stage.seek(10)
    stage.until(lambda: stage.renderer.drawn[-1] == 10)
    for frame in range(11, 60):
        stage.seek(frame)
    stage.renderer.gate.set()
    stage.until(lambda: stage.numbers[-1] == 59)
    assert stage.numbers == [0, 10, 59]
    numbers = [one.number for one in stage.shown]
    assert numbers == sorted(numbers)


def test_a_new_size_is_drawn_at_once(stage: Stage) -> None:
    stage.player.set_size((100, 50))
    stage.until(lambda: stage.shown[-1].bgra.shape == (50, 100, 4))
    stage.player.set_size((100, 50))
    time.sleep(0.03)
    assert len(stage.shown) == 2


def test_pictures_follow_the_samples_taken(stage: Stage) -> None:
    stage.start()
    assert stage.player.is_playing
    stage.until(lambda: len(stage.player._deck.shelf) >= 5)
    stage.sink.take(0.4)
    stage.until(lambda: stage.numbers[-1] == 10)
    time.sleep(0.03)
    assert stage.numbers[-1] == 10
    assert stage.player.time == RationalTime.from_frames(10, RATE)
    np.testing.assert_array_equal(stage.sink.samples, np.arange(round(0.4 * HZ)))


def test_without_samples_time_stands_still(stage: Stage) -> None:
    stage.start()
    stage.sink.take(0.2)
    stage.until(lambda: stage.numbers[-1] == 5)
    stage.sink.clock += 60
    time.sleep(0.05)
    assert stage.player.time == RationalTime.from_frames(5, RATE)


def test_pause_stays_on_the_frame_that_is_seen(stage: Stage) -> None:
    stage.start()
    stage.sink.take(0.2)
    stage.until(lambda: stage.numbers[-1] == 5)
    stage.player.pause()
    assert stage.player.time == RationalTime.from_frames(5, RATE)
    assert not stage.player.is_playing
    time.sleep(0.05)
    assert stage.numbers[-1] == 5
    before = len(stage.sink.heard)
    stage.sink.take(0.1)
    heard = np.concatenate(stage.sink.heard[before:])
    assert (np.diff(np.abs(heard[:, 0])) <= 0).all()  # out within some milliseconds, without a click
    assert not heard[round(0.005 * HZ) :].any()
    stage.until(lambda: stage.sink.calls[-1] == "stop")


def test_backwards_plays_sound_and_pictures_in_reverse(stage: Stage) -> None:
    stage.seek(50)
    stage.until(lambda: stage.numbers[-1] == 50)
    stage.start(-1)
    stage.sink.take(0.2)
    stage.until(lambda: stage.numbers[-1] <= 46)
    end = RationalTime.from_frames(51, RATE).samples(HZ)
    np.testing.assert_array_equal(stage.sink.samples, end - 1 - np.arange(round(0.2 * HZ)))
    played = stage.numbers[1:]
    assert played == sorted(played, reverse=True)


def test_double_speed_is_heard_and_eightfold_is_silent(stage: Stage) -> None:
    stage.start(2)
    stage.sink.take(0.2)
    assert stage.sink.samples[-1] == pytest.approx(0.4 * HZ, abs=0.06 * HZ)
    stage.until(lambda: stage.player.time == RationalTime.from_frames(10, RATE))
    stage.player.play(8)
    stage.turned()
    stage.sink.take(0.1)
    stage.sink.heard.clear()
    at = stage.player.time
    stage.sink.take(0.5)
    assert not stage.sink.samples.any()
    assert stage.player.time - at == RationalTime.from_frames(100, RATE)


def test_a_seek_while_playing_goes_on_from_there(stage: Stage) -> None:
    stage.start()
    stage.sink.take(0.2)
    stage.seek(100)
    stage.until(lambda: (run := stage.player._deck.run) is not None and run.is_ready)
    stage.sink.heard.clear()
    stage.sink.take(0.2)
    stage.until(lambda: stage.numbers[-1] == 105)
    assert stage.sink.samples[0] == 4 * HZ


def test_an_edit_while_playing_is_seen_without_a_stop(stage: Stage) -> None:
    stage.player.set_quality("full")
    stage.start()
    stage.sink.take(0.2)
    stage.player.set_size((32, 18))
    stage.player.set_project(stage.project, Library(), stage.sequence.id)
    stage.sink.take(0.2)
    stage.until(lambda: stage.numbers[-1] == 10)
    assert stage.shown[-1].bgra.shape == (18, 32, 4)
    np.testing.assert_array_equal(stage.sink.samples, np.arange(round(0.4 * HZ)))


def test_the_end_stops_on_the_last_frame() -> None:
    stage = Stage(length=10).open()
    stage.start()
    stage.sink.take(0.6)
    assert stage.stopped.wait(5)
    assert not stage.player.is_playing
    assert stage.player.time == RationalTime.from_frames(9, RATE)
    stage.until(lambda: stage.numbers[-1] == 9)
    stage.stopped.clear()
    stage.start(-4)
    stage.sink.take(0.3)
    assert stage.stopped.wait(5)
    assert stage.player.time == RationalTime(0)
    stage.player.close()


def test_slow_pictures_are_dropped_and_counted_while_time_goes_on() -> None:
    stage = Stage(WallClockSink(), delay=0.1, length=1000).open()
    stage.player.play()
    time.sleep(1.5)
    lag = stage.player.time - stage.shown[-1].time
    stage.player.pause()
    assert stage.player.measures.dropped > 5
    assert lag < RationalTime(1, 2)
    assert 3 < len(stage.shown) < 20
    assert stage.player.measures.render_ms > 90
    stage.player.close()


def test_the_wall_clock_keeps_time() -> None:
    stage = Stage(WallClockSink(), length=1000).open()
    stage.player.play()
    stage.until(lambda: (run := stage.player._deck.run) is not None and run.is_ready)
    started = time.perf_counter()
    time.sleep(0.6)
    passed, at = time.perf_counter() - started, stage.player.time.to_seconds()
    stage.player.close()
    assert at == pytest.approx(passed, abs=0.25)
    assert len(stage.shown) > 10


def test_without_a_device_the_wall_clock_takes_over() -> None:
    class NoDevice(HandSink):
        def open(self, sample_rate: int, callback: AudioCallback) -> None:
            raise MediaError("There is no sound device.")

    sink = NoDevice()
    stage = Stage(sink, length=1000)
    stage.player._deck._now = time.perf_counter
    stage.open()
    stage.player.play()
    stage.until(lambda: len(stage.shown) > 5)
    stage.player.close()
    assert sink.calls == ["close"]


def test_a_frame_that_cannot_be_drawn_is_dark_and_says_why(stage: Stage) -> None:
    stage.renderer.failing = True
    stage.seek(10)
    stage.until(lambda: len(stage.shown) == 2)
    assert stage.shown[1].notes == ("The film is gone.",)
    assert stage.shown[1].bgra[..., :3].max() == 0


def test_a_failing_listener_does_not_stop_the_picture() -> None:
    seen: list[int] = []

    def listener(frame: PlayedFrame) -> None:
        seen.append(frame.time.frames(RATE))
        raise ZeroDivisionError

    stage = Stage()
    player = Player(stage.sink, listener, make_renderer=lambda: stage.renderer)  # type: ignore[arg-type,return-value]  # a stand-in
    player.set_project(stage.project, Library(), stage.sequence.id)
    stage.until(lambda: seen == [0])
    player.seek(RationalTime.from_frames(3, RATE))
    stage.until(lambda: seen == [0, 3])
    player.close()


def test_closing_before_anything_was_opened_is_fine() -> None:
    sink = HandSink()
    player = Player(sink, lambda frame: None, make_renderer=Renderer)
    player.play()
    player.close()
    player.close()
    assert not player.is_playing


def test_the_ring_gives_back_what_was_written_across_its_end() -> None:
    ring = SampleRing(100)
    numbers = np.arange(1000, dtype=np.float32)
    data = np.stack([numbers, numbers], axis=1)
    heard, written = [], 0
    while written < 1000 or ring.waiting:
        count = min(ring.room, 37, 1000 - written)
        ring.write(data[written : written + count])
        written += count
        out = np.zeros((23, 2), np.float32)
        heard.append(out[: ring.read_into(out)])
    np.testing.assert_array_equal(np.concatenate(heard), data)


def test_the_clock_never_runs_backwards_and_counts_from_when_a_sample_is_heard() -> None:
    clock = [0.0]
    leg = Leg(0, 2 * HZ, Fraction(1), Span(0, 250), RATE, HZ)
    run = Run(leg, lambda: clock[0])
    run.ring.write(np.zeros((9600, 2), np.float32))
    run.is_ready = True
    out = np.zeros((4800, 2), np.float32)
    run.fill(out, 0.05)
    assert run.seconds == 2.0
    clock[0] = 0.1
    assert run.seconds == pytest.approx(2.05)
    run.fill(out, 0.2)
    assert run.seconds == pytest.approx(2.05)
    clock[0] = 9.0
    assert run.seconds == pytest.approx(2.2)
