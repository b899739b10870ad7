"""Sounds made by formula: loudness, tempo, onsets, what they sound like."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.analyse.base import Clip
from engines.analyse.measures.sound import Sound, SoundMeasure
from engines.generate.procedural.compose.brief import MusicBrief
from engines.generate.procedural.compose.score import compose
from tests.engines.analyse.clips import clicks, hiss, sine
from timeline.media import Media, MediaKind


def heard(samples: NDArray[np.float32], at_once: int = 240_000) -> Sound:
    seconds = len(samples) / 48000
    measure = SoundMeasure(Clip(Media("/none.wav", MediaKind.AUDIO, has_audio=True), seconds, 0.0, whole=True))
    for start in range(0, len(samples), at_once):
        measure.hear(samples[start : start + at_once])
    found = measure.found()
    assert found is not None
    return found


@pytest.mark.parametrize("bpm", [60, 97.5, 120, 170])
def test_clicks_have_their_tempo_within_a_hundredth(bpm: float) -> None:
    found = heard(clicks(bpm, 12))
    assert found.tempo == pytest.approx(bpm, rel=0.01)
    assert found.tempo_sure > 0.5
    expected = [0.5 + n * 60 / bpm for n in range(len(found.onsets))]
    assert list(found.onsets) == pytest.approx(expected, abs=0.02)


def test_a_tone_is_a_tone_and_a_hiss_is_noise() -> None:
    tone, noise = heard(sine(440, 5)), heard(hiss(5))
    assert tone.tonality > 0.9
    assert tone.centroid == pytest.approx(440, rel=0.02)
    assert (tone.kind, noise.kind) == ("music", "noise")
    assert noise.tonality < 0.1
    assert tone.tempo is None
    assert noise.tempo is None


def test_the_loudness_of_a_sine_is_known() -> None:
    found = heard(sine(997, 5, amplitude=0.1))
    assert found.loudness == pytest.approx(-20.0, abs=0.3), (
        "a stereo sine of -20 dBFS is -20 LUFS (BS.1770: about 1 kHz)"
    )
    assert found.peak == pytest.approx(-20.0, abs=0.1)


def test_silence_is_silent_and_a_gap_counts() -> None:
    nothing = heard(np.zeros((96000, 2), np.float32))
    assert (nothing.kind, nothing.silence, nothing.loudness, nothing.onsets) == ("silence", 1.0, None, ())
    half = heard(np.concatenate((sine(440, 10), np.zeros((480_000, 2), np.float32))))
    assert half.silence == pytest.approx(0.5, abs=0.1)


def test_a_broken_voice_is_told_from_a_held_chord() -> None:
    assert heard(spoken(8)).kind == "speech"
    chord = sum((sine(hertz, 8, 0.08) for hertz in (220, 277.2, 329.6)), np.zeros((384_000, 2), np.float32))
    assert heard(chord).kind == "music"


def test_the_pieces_in_which_it_comes_change_nothing() -> None:
    samples = clicks(110, 6) + sine(300, 6, 0.05)
    whole, pieces = heard(samples, len(samples)), heard(samples, 31_337)
    assert whole.tempo == pieces.tempo
    assert whole.onsets == pieces.onsets
    assert whole.loudness == pytest.approx(pieces.loudness, abs=0.02)


@pytest.mark.slow
def test_composed_music_is_music_at_the_tempo_of_its_score() -> None:
    score = compose(MusicBrief(mood="uplifting", genre="techno", seed=3), 15.0)
    found = heard(score.samples.astype(np.float32))
    assert found.tempo == pytest.approx(score.bpm, rel=0.02)
    assert found.kind == "music"


def test_what_is_no_number_does_no_harm() -> None:
    samples = sine(440, 2)
    samples[1000:1100] = np.nan
    assert heard(samples).loudness is not None


def spoken(seconds: float) -> NDArray[np.float32]:
    """Syllables of a hiss and a vowel, in words, with gaps."""
    random = np.random.default_rng(7)
    out = np.zeros(int(seconds * 48000))
    at = 4800
    while at < len(out) - 48000:
        for _ in range(random.integers(1, 4)):
            size = int(48000 * random.uniform(0.03, 0.08))
            out[at : at + size] += np.diff(random.normal(size=size) * 0.1 * np.hanning(size), prepend=0)
            at += size
            size = int(48000 * random.uniform(0.08, 0.16))
            t, pitch, formant = np.arange(size) / 48000, random.uniform(95, 140), random.uniform(400, 900)
            weights = [np.exp(-(((pitch * k - formant) / 400) ** 2)) + 0.1 for k in range(1, 25)]
            vowel = sum(w * np.sin(2 * np.pi * pitch * (1 - 0.1 * t) * k * t) for k, w in enumerate(weights, 1))
            out[at : at + size] += 0.12 * vowel * np.hanning(size)
            at += size
        at += int(48000 * random.uniform(0.08, 0.35))
    return np.repeat(out[:, None], 2, axis=1).astype(np.float32)
