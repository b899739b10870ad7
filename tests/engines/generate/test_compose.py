"""The embedded composer: length, loudness, stereo, form; measured, since nobody listens in a test."""

from __future__ import annotations

import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from engines.errors import EngineError
from engines.generate.procedural.compose import Score, compose, compose_blocks, compose_file
from engines.generate.procedural.compose_moods import MOODS, nearest_mood
from engines.generate.procedural.compose_plan import fitted_tempo, plan_piece
from engines.media.loudness import loudness
from timeline.errors import Cancelled

RATE = 48000


def true_peak(samples: np.ndarray) -> float:
    """Highest absolute value after fourfold oversampling."""
    spectrum = np.fft.rfft(samples, axis=0)
    size = samples.shape[0]
    padded = np.zeros((2 * size + 1, samples.shape[1]), complex)
    padded[: spectrum.shape[0]] = spectrum
    return float(np.abs(np.fft.irfft(padded, 4 * size, axis=0)).max() * 4)


def k_weighted_over_time(samples: np.ndarray) -> np.ndarray:
    """The two biquads of BS.1770 (coefficients of the recommendation, 48 kHz) run sample by sample."""
    result = samples.astype(float)
    for b, a in (
        ((1.53512485958697, -2.69169618940638, 1.19839281085285), (-1.69065929318241, 0.73248077421585)),
        ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621)),
    ):
        out = np.zeros_like(result)
        x1 = x2 = y1 = y2 = np.zeros(samples.shape[1])
        for index, x in enumerate(result):
            y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2
            x2, x1, y2, y1 = x1, x, y1, y
            out[index] = y
        result = out
    return result


@pytest.fixture(scope="module")
def calm() -> Score:
    return compose("calm", 24.0, 5)


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_every_mood_is_as_loud_as_promised_and_never_clips(mood: str) -> None:
    score = compose(mood, 16.0, 1)
    assert score.samples.shape == (16 * RATE, 2)
    assert score.samples.dtype == np.float32
    assert loudness(score.samples, RATE) == pytest.approx(-16, abs=0.7)
    assert true_peak(score.samples) < 10 ** (-1 / 20)
    assert np.abs(score.samples.mean(axis=0)).max() < 1e-3
    mid, side = score.samples.sum(axis=1), score.samples[:, 0] - score.samples[:, 1]
    assert 0.1 < np.sqrt((side**2).mean() / (mid**2).mean()) < 0.6


@pytest.mark.parametrize("seconds", [0.0001, 0.1, 0.5, 1.0, 2.5, 7.31, 36.0417, 61.0])
def test_the_length_is_exact_and_the_ends_are_silent(seconds: float) -> None:
    score = compose("hopeful", seconds, 3)
    assert score.samples.shape[0] == max(1, round(seconds * RATE))
    assert np.abs(score.samples[0]).max() < 1e-6
    assert np.abs(score.samples[-1]).max() < 1e-6
    assert np.isfinite(score.samples).all()
    if seconds >= 0.5:
        assert np.abs(score.samples).max() > 0.05


def test_the_same_seed_gives_the_same_music_and_another_seed_does_not(calm: Score) -> None:
    assert np.array_equal(calm.samples, compose("calm", 24.0, 5).samples)
    assert not np.array_equal(calm.samples, compose("calm", 24.0, 6).samples)


def test_no_clicks_stand_in_the_music(calm: Score) -> None:
    jumps = np.abs(np.diff(calm.samples, n=2, axis=0)).max(axis=1)
    assert jumps.max() < 0.1
    assert jumps.max() < 60 * jumps.mean()


def test_the_piece_rises_and_comes_to_rest(calm: Score) -> None:
    assert [section.name for section in calm.sections] == ["intro", "build", "main", "end"]
    assert calm.sections[0].start == 0
    assert calm.sections[-1].end == pytest.approx(24.0)
    levels = [np.sqrt((calm.samples[round(s.start * RATE) : round(s.end * RATE)] ** 2).mean()) for s in calm.sections]
    assert levels[0] < levels[2]
    assert levels[3] < levels[2]


def test_beats_of_a_driven_piece_are_where_the_drum_is() -> None:
    score = compose("energetic", 30.0, 2)
    low = np.convolve(np.abs(np.diff(score.samples.sum(axis=1), prepend=0)), np.ones(240) / 240, "same")
    inner = [beat for beat in score.beats if 14 < beat < 24]
    on = np.mean([low[round(beat * RATE) : round((beat + 0.03) * RATE)].mean() for beat in inner])
    between = np.mean([low[round((beat + 0.14) * RATE) : round((beat + 0.17) * RATE)].mean() for beat in inner])
    assert on > 1.15 * between
    assert np.allclose(np.diff(score.beats), 60 / score.bpm)


@pytest.mark.parametrize("seconds", [15.0, 36.0, 60.0, 90.0, 143.7])
def test_tempo_is_fitted_to_the_length_within_two_percent(seconds: float) -> None:
    for mood in MOODS.values():
        fitted = fitted_tempo(mood.bpm, seconds)
        assert abs(fitted / mood.bpm - 1) <= 0.02


def test_chords_move_smoothly() -> None:
    for mood in MOODS:
        piece = plan_piece(mood, 90.0, np.random.default_rng(4))
        voicings = [passage.voicing for passage in piece.passages]
        steps = [abs(a - b) for one, two in pairwise(voicings) for a, b in zip(one, two, strict=True)]
        assert np.mean(steps) < 3
        assert all(40 <= note <= 84 for voicing in voicings for note in voicing)


def test_any_word_finds_a_mood() -> None:
    assert [
        nearest_mood(word) for word in ("Calm", "upbeat", "melancholic", "dremy", "wistful and slow", "", "§$%")
    ] == [
        "calm",
        "energetic",
        "melancholy",
        "dreamy",
        "melancholy",
        "neutral",
        "neutral",
    ]


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf"), 1e9])
def test_impossible_lengths_are_refused(seconds: float) -> None:
    with pytest.raises(EngineError, match="hours long"):
        compose("calm", seconds, 1)


@pytest.mark.parametrize("rate", [22050, 44100, 96000])
def test_other_sample_rates_sound_as_loud(rate: int) -> None:
    score = compose("dreamy", 9.0, 1, rate)
    assert score.samples.shape[0] == 9 * rate
    assert loudness(score.samples, rate) == pytest.approx(-16, abs=0.7)


def test_our_loudness_agrees_with_the_filters_of_the_recommendation(calm: Score) -> None:
    part = calm.samples[5 * RATE : 9 * RATE]
    weighted = k_weighted_over_time(part)
    blocks = [(weighted[at : at + 19200] ** 2).mean(axis=0).sum() for at in range(0, part.shape[0] - 19199, 4800)]
    exact = -0.691 + 10 * np.log10(np.mean(blocks))
    assert loudness(part, RATE) == pytest.approx(exact, abs=0.1)
    sine = np.sin(2 * np.pi * 997 * np.arange(5 * RATE) / RATE)[:, None].astype(np.float32)
    assert loudness(sine, RATE) == pytest.approx(-3.01, abs=0.02)  # BS.1770: a full-scale 997 Hz tone in one channel


def test_a_file_holds_the_same_samples_and_appears_only_when_complete(tmp_path: Path) -> None:
    compose_file(tmp_path / "music.wav", "soft", 5.0, 9)
    with wave.open(str(tmp_path / "music.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes()) == (
            2,
            3,
            RATE,
            5 * RATE,
        )
        raw = np.frombuffer(file.readframes(5 * RATE), np.uint8).reshape(-1, 3)
    words = np.zeros((raw.shape[0], 4), np.uint8)
    words[:, 1:] = raw
    heard = words.view("<i4").reshape(-1, 2) / 2**31
    assert np.abs(heard - compose("soft", 5.0, 9).samples).max() < 1e-6

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        compose_file(tmp_path / "other.wav", "soft", 5.0, 9, check=stop)
    with pytest.raises(EngineError, match="cannot be written"):
        compose_file(tmp_path / "no" / "music.wav", "soft", 5.0, 9)
    assert [path.name for path in tmp_path.iterdir()] == ["music.wav"]


@pytest.mark.slow
def test_an_hour_of_music_needs_little_memory_and_stays_level() -> None:
    import tracemalloc

    tracemalloc.start()
    count, loudest, levels = 0, 0.0, []
    for block in compose_blocks("uplifting", 3600.0, 1):
        count += block.shape[0]
        loudest = max(loudest, float(np.abs(block).max()))
        levels.append(float(np.sqrt((block**2).mean())))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3600 * RATE
    assert peak < 200e6
    assert loudest < 10 ** (-1 / 20)
    assert max(levels) < 3 * np.median(levels)
