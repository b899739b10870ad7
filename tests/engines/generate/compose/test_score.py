"""The embedded composer: length, loudness, peaks, stereo, tempo, form; measured, since nobody listens in a test."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from engines.errors import EngineError
from engines.generate.procedural.compose import performance
from engines.generate.procedural.compose.brief import Cue, Genre, MusicBrief, Picture, Presence, Tempo
from engines.generate.procedural.compose.moods import MAJOR, MINOR, MOODS
from engines.generate.procedural.compose.notes import STEMS
from engines.generate.procedural.compose.paper import write_piece
from engines.generate.procedural.compose.score import Score, compose, compose_blocks, compose_file
from engines.media.loudness import loudness
from tests.engines.generate.compose.hearing import (
    RATE,
    SECONDS,
    brightness,
    chroma,
    heard_tempo,
    piece,
    tempo_error,
    true_peak,
)
from timeline.errors import Cancelled

_SEA = Picture(setting="sea", weather="storm", cuts=(3.0,), cues=(Cue(5.0, "thunder"),))


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_every_mood_is_as_loud_as_promised_never_clips_and_keeps_its_tempo(mood: str) -> None:
    score = piece(mood)
    assert score.samples.shape == (SECONDS * RATE, 2)
    assert score.samples.dtype == np.float32
    assert loudness(score.samples, RATE) == pytest.approx(-14, abs=0.3)
    assert true_peak(score.samples) < 10 ** (-1 / 20)
    assert np.abs(score.samples.mean(axis=0)).max() < 2e-3
    mid, side = score.samples.sum(axis=1), score.samples[:, 0] - score.samples[:, 1]
    assert 0.1 < np.sqrt((side**2).mean() / (mid**2).mean()) < 0.7
    assert abs(score.bpm / MOODS[mood].bpm - 1) < 0.04
    assert tempo_error(heard_tempo(score.samples), score.bpm) < 0.02


@pytest.mark.parametrize(
    ("genre", "low", "high"),
    [("ambient", 78, 82), ("deep_house", 118, 126), ("techno", 124, 130), ("cinematic", 88, 92)],
)
def test_genres_keep_their_tempo_and_have_their_sections(genre: str, low: float, high: float) -> None:
    score = compose(MusicBrief(mood="neutral", genre=Genre(genre)), 24.0)
    assert low * 0.98 <= score.bpm <= high * 1.02
    assert tempo_error(heard_tempo(score.samples), score.bpm) < 0.02
    names = [section.name for section in score.sections]
    assert names[0] == "intro"
    assert ("drop" in names) == (genre != "ambient")
    assert loudness(score.samples, RATE) == pytest.approx(-14, abs=0.3)


@pytest.mark.parametrize("bpm", [62.0, 97.0, 133.0])
def test_a_tempo_asked_for_is_heard_within_two_percent(bpm: float) -> None:
    score = piece("uplifting", Genre.NONE, bpm)
    assert abs(score.bpm / bpm - 1) <= 0.02
    assert tempo_error(heard_tempo(score.samples), bpm) < 0.025
    assert np.allclose(np.diff(score.beats), 60 / score.bpm)


def test_words_for_tempo_are_slower_and_faster() -> None:
    def bpm(tempo: Tempo, genre: Genre = Genre.NONE) -> float:
        return write_piece(MusicBrief(mood="hopeful", genre=genre, tempo=tempo), 30.0, Picture()).bpm

    assert bpm(Tempo.SLOW) < 98 < bpm(Tempo.MEDIUM) < 124 < bpm(Tempo.FAST)
    assert bpm(Tempo.SLOW, Genre.DEEP_HOUSE) < bpm(Tempo.FAST, Genre.DEEP_HOUSE) < 129


@pytest.mark.parametrize("seconds", [0.0001, 0.1, 0.5, 1.0, 2.5, 7.31, 36.0417])
def test_the_length_is_exact_and_the_ends_are_silent(seconds: float) -> None:
    score = compose(MusicBrief(mood="hopeful", seed=3), seconds)
    assert score.samples.shape[0] == max(1, round(seconds * RATE))
    assert np.abs(score.samples[0]).max() < 1e-6
    assert np.abs(score.samples[-1]).max() < 1e-6
    assert np.isfinite(score.samples).all()
    if seconds >= 0.5:
        assert np.abs(score.samples).max() > 0.05


def test_the_same_brief_gives_the_same_music_and_another_seed_does_not() -> None:
    calm = compose(MusicBrief(seed=5), 6.0)
    assert np.array_equal(calm.samples, compose(MusicBrief(seed=5), 6.0).samples)
    assert not np.array_equal(calm.samples, compose(MusicBrief(seed=6), 6.0).samples)


def test_a_fresh_process_makes_the_same_samples() -> None:
    program = (
        "import hashlib\n"
        "from engines.generate.procedural.compose.brief import MusicBrief, Picture\n"
        "from engines.generate.procedural.compose.score import compose\n"
        "score = compose(MusicBrief(mood='tense', presence='full', seed=4), 5.0, Picture(setting='forest', time='night', cuts=(2.0,)))\n"
        "print(hashlib.sha256(score.samples.tobytes()).hexdigest())\n"
    )
    said = {
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(said) == 1
    assert len(said.pop()) == 65


def test_no_clicks_stand_in_quiet_music() -> None:
    samples = piece("calm").samples
    jumps = np.abs(np.diff(samples, n=2, axis=0)).max(axis=1)
    assert jumps.max() < 0.03
    assert jumps.max() < 80 * jumps.mean()


@pytest.mark.parametrize("genre", [Genre.DEEP_HOUSE, Genre.CINEMATIC])
def test_no_step_between_samples_is_that_of_a_cut_wave(genre: Genre) -> None:
    samples = compose(MusicBrief(mood="intense", genre=genre), 12.0).samples
    low = np.stack(
        [np.convolve(channel, np.hanning(33) / 16, "valid") for channel in samples.T], 1
    )  # a click is wide, a hat is not
    assert np.abs(np.diff(low, axis=0)).max() < 0.12


def test_the_piece_rises_and_comes_to_rest() -> None:
    score = compose(MusicBrief(seed=5), 24.0)
    assert [section.name for section in score.sections] == ["intro", "build", "main", "end"]
    assert score.sections[0].start == 0
    assert score.sections[-1].end == pytest.approx(24.0)
    levels = [np.sqrt((score.samples[round(s.start * RATE) : round(s.end * RATE)] ** 2).mean()) for s in score.sections]
    assert levels[0] < levels[2]
    assert levels[3] < levels[2]


def test_moods_differ_in_brightness_tempo_and_mode() -> None:
    assert brightness(piece("bright").samples) > brightness(piece("ominous").samples) + 9
    assert piece("energetic").bpm > 1.6 * piece("melancholy").bpm
    for mood in ("uplifting", "melancholy", "calm", "dark"):
        tonic = MOODS[mood].tonic % 12
        found = chroma(piece(mood).samples)
        third = {MAJOR: 4, MINOR: 3}[MOODS[mood].scale]
        other = 7 - third
        assert found[(tonic + third) % 12] > 4 * found[(tonic + other) % 12], mood


def test_strokes_are_where_the_picture_is_cut() -> None:
    cuts = (5.21, 9.87)
    score = compose(MusicBrief(mood="dramatic"), 14.0, Picture(cuts=cuts), stems=True)
    power = (score.stems["drums"] ** 2).sum(axis=1)
    for cut in cuts:
        at, short = round(cut * RATE), RATE // 80
        assert power[at : at + 2 * short].sum() > 4 * power[at - short : at].sum()


def test_tempo_bends_a_little_so_that_cuts_fall_on_beats() -> None:
    def off(cuts: tuple[float, ...], told: tuple[float, ...]) -> float:
        bpm = write_piece(MusicBrief(mood="uplifting", bpm=112), 30.0, Picture(cuts=told)).bpm
        return float(np.mean([abs(cut * bpm / 60 - round(cut * bpm / 60)) for cut in cuts]))

    cuts = tuple(60 / 110.0 * beat for beat in (9, 21, 34))
    assert off(cuts, cuts) < 0.02 < off(cuts, ())


def test_stems_add_up_to_the_mix_and_hold_what_they_say() -> None:
    brief = MusicBrief(mood="uplifting", presence=Presence.FULL)
    score = compose(brief, 10.0, _SEA, stems=True)
    assert tuple(sorted(score.stems)) == tuple(sorted(STEMS))
    assert np.abs(sum(score.stems.values()) - score.samples).max() < 1e-6
    assert all(np.sqrt((stem**2).mean()) > 1e-3 for stem in score.stems.values())
    plain = compose(brief, 10.0, _SEA)
    assert np.abs(plain.samples - score.samples).max() < 0.02  # one room or six: the same sound
    middle = {name: chroma_centre(stem) for name, stem in score.stems.items()}
    assert middle["bass"] < 250 < middle["chords"]
    assert middle["bass"] < middle["melody"]


def chroma_centre(samples: np.ndarray) -> float:
    """Mean frequency of the power."""
    power = np.abs(np.fft.rfft(samples.mean(axis=1))) ** 2
    return float((power * np.fft.rfftfreq(samples.shape[0], 1 / RATE)).sum() / power.sum())


def test_presence_decides_what_is_heard() -> None:
    heard: dict[Presence, Score] = {one: compose(MusicBrief(presence=one), 6.0, _SEA, stems=True) for one in Presence}
    assert not heard[Presence.SILENCE].samples.any()
    loud = {
        one: {name for name, stem in score.stems.items() if np.abs(stem).max() > 1e-4} for one, score in heard.items()
    }
    assert loud[Presence.AMBIENT] == {"ambience"}
    assert loud[Presence.SFX] == {"effects"}
    assert loud[Presence.MUSIC] == {"drums", "bass", "chords", "melody"}
    assert loud[Presence.FULL] == set(STEMS)
    assert loudness(heard[Presence.AMBIENT].samples, RATE) == pytest.approx(-26, abs=0.5)
    assert np.abs(heard[Presence.SFX].samples).max() < 10 ** (-5.5 / 20)


@pytest.mark.parametrize("seconds", [8.0, 3.3])
def test_a_loop_joins_its_own_start(seconds: float) -> None:
    brief = MusicBrief(mood="energetic", genre=Genre.DEEP_HOUSE, presence=Presence.FULL)
    score = compose(brief, seconds, Picture(setting="sea", loops=True))
    around = np.concatenate([score.samples[-2400:], score.samples[:2400]])
    steps = np.abs(np.diff(around, axis=0)).max(axis=1)
    assert steps[2399] <= 1.5 * max(steps[2350:2399].max(), steps[2400:2450].max())
    assert np.abs(around[2300:2500]).max() > 0.01  # no fade
    assert true_peak(np.concatenate([score.samples, score.samples])[: 2 * RATE]) < 10 ** (-1 / 20)
    assert {"intro", "end"}.isdisjoint(section.name for section in score.sections)


@pytest.mark.parametrize("loud", [-23.0, -16.0])
def test_another_loudness_can_be_asked_for(loud: float) -> None:
    assert loudness(compose(MusicBrief(loudness=loud), 9.0).samples, RATE) == pytest.approx(loud, abs=0.3)


@pytest.mark.parametrize("rate", [22050, 44100, 96000])
def test_other_sample_rates_sound_as_loud(rate: int) -> None:
    score = compose(MusicBrief(mood="dreamy", presence=Presence.FULL), 6.0, _SEA, rate)
    assert score.samples.shape[0] == 6 * rate
    assert loudness(score.samples, rate) == pytest.approx(-14, abs=0.4)


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf"), 1e9])
def test_impossible_lengths_are_refused(seconds: float) -> None:
    with pytest.raises(EngineError, match="hours long"):
        compose(MusicBrief(), seconds)
    with pytest.raises(EngineError, match="minutes long"):
        compose(MusicBrief(), seconds, Picture(loops=True))


def test_a_file_holds_the_same_samples_and_appears_only_when_complete(tmp_path: Path) -> None:
    brief = MusicBrief(mood="soft", seed=9)
    compose_file(tmp_path / "music.wav", brief, 5.0, stems=tmp_path / "stems")
    heard = _read(tmp_path / "music.wav", 5)
    assert np.abs(heard - compose(brief, 5.0, stems=True).samples).max() < 1e-6
    parts = [_read(tmp_path / "stems" / f"{name}.wav", 5) for name in STEMS]
    assert np.abs(sum(parts) - heard).max() < 2e-6

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        compose_file(tmp_path / "other.wav", brief, 5.0, check=stop)
    with pytest.raises(EngineError, match="cannot be written"):
        compose_file(tmp_path / "no" / "music.wav", brief, 5.0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["music.wav", "stems"]


def _read(path: Path, seconds: int) -> np.ndarray:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 3, RATE)
        assert file.getnframes() == seconds * RATE
        raw = np.frombuffer(file.readframes(seconds * RATE), np.uint8).reshape(-1, 3)
    words = np.zeros((raw.shape[0], 4), np.uint8)
    words[:, 1:] = raw
    return words.view("<i4").reshape(-1, 2) / 2**31


def test_a_long_piece_played_in_blocks_is_the_one_that_is_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    brief = MusicBrief(mood="intense", presence=Presence.FULL)
    held = compose(brief, 9.0, _SEA).samples
    monkeypatch.setattr(performance, "_IN_MEMORY_SECONDS", 1.0)
    streamed = compose(brief, 9.0, _SEA).samples
    assert streamed.shape == held.shape
    ratio = float((streamed * held).sum() / (held**2).sum())
    assert ratio == pytest.approx(1, abs=0.15)  # what the limiter took is not made up for
    assert np.abs(streamed / ratio - held).max() < 0.1
    assert true_peak(streamed) < 10 ** (-1 / 20)
    plain = np.abs(np.diff(held, axis=0)).max()
    for border in range(131072, held.shape[0], 131072):
        assert np.abs(np.diff(streamed[border - 8 : border + 8], axis=0)).max() < plain


@pytest.mark.slow
def test_twenty_minutes_of_music_need_little_memory_and_stay_level() -> None:
    import tracemalloc

    tracemalloc.start()
    count, loudest, levels = 0, 0.0, []
    for block in compose_blocks(MusicBrief(mood="uplifting", seed=1), 1200.0):
        count += block.shape[0]
        loudest = max(loudest, float(np.abs(block).max()))
        levels.append(float(np.sqrt((block**2).mean())))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1200 * RATE
    assert peak < 250e6  # held whole it would be 460 MB and more
    assert loudest < 10 ** (-1 / 20)
    assert max(levels) < 3 * np.median(levels)
