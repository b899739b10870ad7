"""Another pace: lengths, cuts on beats, pictures in between, and sound at its pitch."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from engines.evolve.base import Edit, Making
from engines.evolve.registry import operation
from engines.evolve.source import FramesClip
from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import Idle, film_of, pictures_of, source_of

NAME = "vary.pacing"
RATE = Fraction(24)


def _clip(seconds: float = 4.0) -> FramesClip:
    return source_of(camera_clip((96, 54), RATE, seconds, noise=0, shake=0))


def _edit(clip: FramesClip, values: dict[str, Any]) -> Edit:
    made = operation(NAME, values).edit([clip], Making(1, Idle()))
    assert made is not None
    return made


@pytest.mark.parametrize("pace", ["slow", "fast", "frenetic"])
def test_more_of_a_pace_is_longer_or_shorter(pace: str) -> None:
    clip = _clip()
    counts = [film_of(NAME, [clip], {"pace": pace, "strength": strength}).count for strength in (0.25, 0.5, 1.0)]
    ways = [counts[0] - clip.count, counts[1] - counts[0], counts[2] - counts[1]]
    assert all(way > 0 for way in ways) if pace == "slow" else all(way < 0 for way in ways)


def test_frenetic_is_shorter_than_fast() -> None:
    fast, frenetic = (film_of(NAME, [_clip()], {"pace": pace, "strength": 0.8}) for pace in ("fast", "frenetic"))
    assert frenetic.count < fast.count


def test_slow_draws_pictures_in_between() -> None:
    clip = _clip(1.0)
    film = film_of(NAME, [clip], {"pace": "slow", "strength": 1})
    made = pictures_of(film, range(8, 20)).astype(int)
    assert np.abs(np.diff(made, axis=0)).mean(axis=(1, 2, 3)).min() > 0.02  # none stands twice
    assert film.count == round(clip.count / 0.45)


def test_fast_jumps_from_beat_to_beat_and_keeps_what_moves() -> None:
    made = camera_clip((96, 54), RATE, 4.0, noise=0, shake=0)
    pictures = made.pictures.copy()
    pictures[24:48] = pictures[24]  # nothing happens for a second
    clip = source_of(made, pictures)
    edit = _edit(clip, {"pace": "fast", "strength": 0.6})
    starts = [piece.start.fraction for piece in edit.pieces]
    for start in starts[1:]:
        assert min(abs(float(start) - beat) for beat in made.beats) <= 1 / 24 + 1e-6
    shown = [(float(p.start.fraction), float(p.start.fraction + p.length.fraction * p.speed)) for p in edit.pieces]
    still = sum(max(0.0, min(b, 1.9) - max(a, 1.3)) for a, b in shown)
    assert still < 0.3
    assert starts == sorted(starts)


def test_the_edit_and_the_film_are_the_same_pictures() -> None:
    clip = _clip(2.0)
    values = {"pace": "fast", "strength": 0.7}
    film, edit = film_of(NAME, [clip], values), _edit(clip, values)
    assert film.count == edit.count
    piece = edit.pieces[1]
    first = piece.at.nearest_frame(RATE)
    assert film.frame(first) is clip.frame(piece.start.nearest_frame(RATE))
    for one in edit.pieces:  # no piece reaches beyond its source
        assert one.start.fraction + one.length.fraction * one.speed <= Fraction(clip.count) / RATE


@pytest.mark.parametrize("pace", ["slow", "fast", "frenetic"])
def test_sound_goes_along_at_its_pitch(pace: str) -> None:
    film = film_of(NAME, [_clip()], {"pace": pace, "strength": 0.5})
    assert film.samples is not None
    assert abs(len(film.samples) - film.count * 2000) <= 2000
    length = min(len(film.samples), 48000)
    spectrum = np.abs(np.fft.rfft(film.samples[:length, 0] * np.hanning(length), 48000))
    assert 210 <= 150 + int(np.argmax(spectrum[150:300])) <= 230


def test_medium_slows_what_is_fast_and_hurries_what_is_slow() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (24, 54, 96, 3), np.uint8)
    for pictures, longer in ((noise, True), (np.repeat(noise[:1] // 2, 24, axis=0), False)):
        clip = source_of(camera_clip((96, 54), RATE, 1.0, sound=False), pictures)
        film = film_of(NAME, [clip], {"pace": "medium", "strength": 1})
        assert (film.count > clip.count) is longer
