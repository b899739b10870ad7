"""What is heard is measured: its peaks, at the place of the run where they are heard."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import log10
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.play.course import Leg, Span
from engines.play.levels import Level, Levels
from engines.play.run import Run
from tests.engines.play.stage import HZ, RATE, Stage

LEVEL = 10 ** (-18 / 20)


def sine(start: int, count: int) -> NDArray[np.float32]:
    """-18 dBFS at the left, 6 dB less at the right."""
    one = LEVEL * np.sin(2 * np.pi * 997 * np.arange(start, start + count) / HZ)
    return np.stack([one, one / 2], axis=1).astype(np.float32)


@pytest.fixture
def stage() -> Iterator[Stage]:
    one = Stage()
    samples: Any = lambda project, library, sequence_id, start, count: sine(start, count)  # noqa: E731
    one.renderer.samples = samples  # type: ignore[method-assign]
    yield one.open()
    one.player.close()


def peaks(levels: tuple[Level, ...]) -> tuple[float, float]:
    left, right = (20 * log10(max(level.peaks[side] for level in levels)) for side in (0, 1))
    return left, right


def test_a_sine_of_minus_18_reads_minus_18(stage: Stage) -> None:
    stage.start()
    stage.sink.take(1.0)
    stage.until(lambda: len(stage.player.levels_since(0)) >= 45)
    left, right = peaks(stage.player.levels_since(0))
    assert left == pytest.approx(-18.0, abs=0.1)
    assert right == pytest.approx(-24.0, abs=0.1)
    last = stage.player.levels_since(0)[-1].loudness
    assert last is not None
    assert last.momentary == pytest.approx(-18 + 10 * log10(1.25 / 2), abs=0.1)


def test_each_level_is_told_once_and_in_order(stage: Stage) -> None:
    stage.start()
    stage.sink.take(0.4)
    stage.until(lambda: len(stage.player.levels_since(0)) >= 15)
    first = stage.player.levels_since(0)
    assert [b.number - a.number for a, b in pairwise(first)] == [1] * (len(first) - 1)
    assert all(level.number > first[-1].number for level in stage.player.levels_since(first[-1].number))


def test_nothing_is_told_before_it_is_heard() -> None:
    """The device took half a second at once; its first sample is heard a tenth of a second later."""
    clock = 10.0
    leg = Leg(0, 0, Fraction(1), Span(0, 250), RATE, HZ)
    run = Run(leg, lambda: clock, seconds_ahead=1.0)
    run.is_ready = True
    run.ring.write(sine(0, HZ // 2))
    run.fill(np.zeros((HZ // 2, 2), np.float32), 0.1)
    levels = Levels()
    levels.follow(run)
    assert levels.since(0) == ()
    clock += 0.1 + 0.1001
    assert len(levels.since(0)) == 5
    clock += 1
    assert len(levels.since(0)) == 25


def test_what_was_mixed_and_replaced_before_the_device_took_it_does_not_count() -> None:
    leg = Leg(0, 0, Fraction(1), Span(0, 250), RATE, HZ)
    run = Run(leg, lambda: 10.0, seconds_ahead=1.0)
    run.is_ready = True
    run.ring.write(np.full((9600, 2), 0.9, np.float32))
    assert run.ring.cut(0) is not None
    run.ring.write(np.full((9600, 2), 0.1, np.float32))
    levels = Levels()
    run.fill(np.zeros((9600, 2), np.float32), -1.0)
    levels.follow(run)
    assert {round(level.peaks[0], 3) for level in levels.since(0)} == {0.1}


def test_the_last_moment_of_a_run_counts_too() -> None:
    leg = Leg(0, 0, Fraction(1), Span(0, 250), RATE, HZ)
    run = Run(leg, lambda: 10.0, seconds_ahead=1.0)
    run.is_ready = True
    run.ring.write(np.concatenate([np.zeros((960, 2), np.float32), np.ones((100, 2), np.float32)]))
    run.fill(np.zeros((1060, 2), np.float32), -1.0)
    levels = Levels()
    levels.follow(run)
    assert [level.peaks[0] for level in levels.since(0)] == [0.0]
    levels.follow(run, to_the_end=True)
    assert [level.peaks[0] for level in levels.since(0)] == [0.0, 1.0]


def test_a_dragged_playhead_is_heard_and_measured_without_loudness(stage: Stage) -> None:
    stage.player.seek(stage.sequence.frame, heard=True)
    stage.until(lambda: len(stage.player.levels_since(0)) == 1)
    (level,) = stage.player.levels_since(0)
    assert 20 * log10(level.peaks[0]) == pytest.approx(-18.0, abs=0.1)
    assert level.loudness is None


def test_at_rest_nothing_is_measured(stage: Stage) -> None:
    stage.seek(10)
    stage.until(lambda: stage.numbers[-1] == 10)
    assert stage.player.levels_since(0) == ()
