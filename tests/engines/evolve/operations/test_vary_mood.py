"""Another mood: grade, corners, speed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import film_of, pictures_of, source_of
from tests.engines.evolve.measuring import SIZE, colourfulness, falls, held, luma, meadow, rises, row, warmth

NAME = "vary.mood"


def test_moods_go_their_way_the_farther_the_stronger() -> None:
    wanted = (
        ("happy", luma, rises), ("happy", colourfulness, rises), ("happy", warmth, rises),
        ("tense", luma, falls), ("tense", colourfulness, falls),
        ("melancholic", colourfulness, falls), ("melancholic", warmth, falls),
        ("mysterious", luma, falls), ("mysterious", warmth, falls),
        ("energetic", colourfulness, rises),
    )  # fmt: skip
    for mood, measure, way in wanted:
        made = row(NAME, {"mood": mood, "pace": False}, meadow())
        assert way([measure(one) for one in made]), f"{mood}: {measure.__name__}"


def test_tense_corners_are_darker_than_the_middle() -> None:
    grey = held(np.full((*SIZE[::-1], 3), 150, np.uint8), 2)
    made = pictures_of(film_of(NAME, [grey], {"mood": "tense", "strength": 1}), [0])[0].mean(axis=2)
    assert made[:8, :8].mean() < 0.75 * made[50:58, 90:100].mean()


@pytest.mark.parametrize(("mood", "longer"), [("melancholic", True), ("energetic", False)])
def test_the_speed_follows_and_the_sound_with_it_at_its_pitch(mood: str, longer: bool) -> None:
    clip = source_of(camera_clip(SIZE, seconds=2.0, noise=0))
    film = film_of(NAME, [clip], {"mood": mood, "strength": 1})
    assert (film.count > clip.count) is longer
    assert film.samples is not None
    assert abs(len(film.samples) - film.count * 2000) <= 2000
    spectrum = np.abs(np.fft.rfft(film.samples[:48000, 0] * np.hanning(48000)))
    assert 217 <= 150 + int(np.argmax(spectrum[150:300])) <= 223  # the chord's 220 Hz
    kept = film_of(NAME, [clip], {"mood": mood, "strength": 1, "pace": False})
    assert kept.count == clip.count
    assert kept.samples is clip.samples()
