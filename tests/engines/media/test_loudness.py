"""Loudness of sound that goes by, by the signals of EBU Tech 3341 (table 1, those of stereo)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.media.loudness import loudness
from engines.media.running_loudness import Loudness, RunningLoudness

HZ = 48000
Part = tuple[float, float]


def tone(*parts: Part, hz: float = 997.0, rate: int = HZ) -> NDArray[np.float32]:
    """A sine in both channels: (peak level in dBFS, seconds) one after another."""
    levels = np.concatenate([np.full(round(seconds * rate), 10 ** (level / 20)) for level, seconds in parts])
    one = (levels * np.sin(2 * np.pi * hz * np.arange(len(levels)) / rate)).astype(np.float32)
    return np.stack([one, one], axis=1)


def heard(samples: NDArray[np.float32], rate: int = HZ, piece: int = 960) -> Loudness:
    running = RunningLoudness(rate)
    for start in range(0, len(samples), piece):
        running.add(samples[start : start + piece])
    return running.now


@pytest.mark.parametrize("rate", [44100, 48000, 96000])
def test_a_sine_of_minus_23_in_both_channels_has_minus_23_lufs(rate: int) -> None:
    found = heard(tone((-23, 5), rate=rate), rate)
    for value in (found.momentary, found.short_term, found.integrated):
        assert value == pytest.approx(-23, abs=0.1)
    assert heard(tone((-33, 5), rate=rate), rate).integrated == pytest.approx(-33, abs=0.1)


@pytest.mark.parametrize(
    "parts",
    [
        ((-36, 10), (-23, 60), (-36, 10)),
        ((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)),
        ((-26, 20), (-20, 20.1), (-26, 20)),
    ],
)
def test_the_gates_leave_out_what_is_quiet(parts: tuple[Part, ...]) -> None:
    shorter = tuple((level, seconds / 4) for level, seconds in parts)
    assert heard(tone(*shorter)).integrated == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize("piece", [64, 777, 4800, 50000])
def test_how_the_sound_is_cut_into_pieces_makes_no_difference(piece: int) -> None:
    samples = tone((-20, 0.35), (-30, 0.4), (-16, 0.65))
    assert heard(samples, piece=piece) == heard(samples, piece=960)


def test_momentary_and_short_term_forget_and_integrated_does_not() -> None:
    found = heard(np.concatenate([tone((-14, 4)), np.zeros((5 * HZ, 2), np.float32)]))
    assert found.momentary == -math.inf or found.momentary < -100
    assert found.short_term < -70
    assert found.integrated == pytest.approx(-14, abs=0.2)


def test_before_the_first_block_and_in_silence_there_is_none() -> None:
    assert heard(tone((-14, 0.39))) == Loudness()
    assert heard(np.zeros((HZ, 2), np.float32)) == Loudness()


def test_low_tones_count_less_and_high_ones_more() -> None:
    low, middle, high = (heard(tone((-23, 2), hz=hz)).integrated for hz in (40, 997, 10000))
    assert low < middle - 5
    assert high > middle + 3


def test_running_and_whole_measures_agree() -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, (4 * HZ, 2)).astype(np.float32)
    assert heard(noise).integrated == pytest.approx(loudness(noise, HZ), abs=0.1)


@pytest.mark.parametrize("value", [1e6, 3e38, math.inf, math.nan])
def test_sound_that_is_none_stops_nothing(value: float) -> None:
    running = RunningLoudness(HZ)
    running.add(np.full((HZ, 2), value, np.float32))
    assert running.add(tone((-23, 5))).short_term == pytest.approx(-23, abs=0.1)
