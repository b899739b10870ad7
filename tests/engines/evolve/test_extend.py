"""Longer clips: what was there stays, what is added is moving, closes, mirrors, and sounds without a click."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import cv2
import numpy as np
import pytest

from effects.colour import yuv_of
from effects.frame import Frame, plain
from engines.errors import EngineError
from engines.evolve.base import SAMPLE_RATE, Film, Sound
from engines.evolve.continuing import continued_sound
from engines.evolve.scenery import chroma_of_frame, palette_of
from engines.evolve.sounding import sound_length
from engines.evolve.source import FramesClip, Kept
from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import film_of, source_of

SIZE = (160, 90)
CLIP = camera_clip(SIZE, seconds=1.5, noise=2)
SOURCE = source_of(CLIP)


def step(one: Frame, other: Frame) -> float:
    return float(np.abs(one.planes[0].astype(np.int16) - other.planes[0]).mean())


def steps(film: Film | Kept) -> list[float]:
    return [step(film.frame(index), film.frame(index + 1)) for index in range(film.count - 1)]


def jumps(sound: Sound) -> float:
    """The largest step between neighbouring samples."""
    return float(np.abs(np.diff(sound, axis=0)).max())


def same(one: Frame, other: Frame) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one.planes, other.planes, strict=True))


@pytest.mark.parametrize(("seconds", "rate"), [(2.0, Fraction(24)), (0.71, Fraction(30000, 1001)), (3.3, Fraction(25))])
@pytest.mark.parametrize("method", ["motion", "ping_pong", "freeze"])
def test_so_many_seconds_are_added_and_the_clip_stays(seconds: float, rate: Fraction, method: str) -> None:
    clip = camera_clip((96, 54), rate, 0.6, noise=2)
    source = source_of(clip)
    film = film_of("evolve.extend", [source], {"additional_seconds": seconds, "method": method})
    assert film.count == source.count + round(seconds * rate)
    assert all(film.frame(index) is source.frame(index) for index in range(source.count))
    assert film.samples is not None
    assert len(film.samples) == sound_length(film.count, rate)


def test_what_is_added_moves_on_without_a_jump_and_never_stops_dead() -> None:
    film = film_of("extend.continue", [SOURCE], {"target_duration": 4.0})
    assert film.count == 96
    own, made = steps(SOURCE), steps(film)
    assert max(made[SOURCE.count - 1 :]) <= 1.1 * max(own)
    smooth = np.convolve(made[SOURCE.count :], np.ones(24) / 24, "valid")
    assert smooth.min() > 0.15 * np.mean(own)


def test_no_picture_of_another_shot_comes_back() -> None:
    other = camera_clip(SIZE, seconds=1.0, noise=2, scene="street")
    both = FramesClip([yuv_of(one) for one in (*other.pictures, *CLIP.pictures[:8])], CLIP.rate)
    film = film_of("evolve.extend", [both], {"additional_seconds": 2.0})
    levels = [float(film.frame(index).planes[0].mean()) for index in range(both.count, film.count)]
    own = [float(both.frame(index).planes[0].mean()) for index in range(other.count, both.count)]
    assert max(abs(level - np.mean(own)) for level in levels) < 4


def test_the_clips_grain_goes_on() -> None:
    clip = camera_clip(SIZE, seconds=1.0, noise=8, shake=0, sound=False)
    source = source_of(clip)
    film = film_of("evolve.extend", [source], {"method": "freeze", "additional_seconds": 1.0})
    sky = (slice(2, 20), slice(2, 40))

    def life(first: int, of: Film | Kept) -> float:
        return float(np.std(of.frame(first).planes[0][sky].astype(float) - of.frame(first + 1).planes[0][sky]))

    assert life(film.count - 4, film) == pytest.approx(life(10, source), rel=0.35)


def test_added_sound_has_no_click_and_no_hole() -> None:
    t = np.arange(round(1.5 * SAMPLE_RATE)) / SAMPLE_RATE
    hum = np.repeat((0.3 * np.sin(2 * np.pi * 180.7 * t)).astype(np.float32)[:, None], 2, axis=1)
    made = continued_sound(hum, 36, 120, Fraction(24))
    assert made is not None
    assert len(made) == 5 * SAMPLE_RATE
    assert jumps(made) <= 1.5 * jumps(hum)
    loudness = np.sqrt(np.mean(made.reshape(50, -1) ** 2, axis=1))
    assert loudness.min() > 0.4 * loudness.mean()
    assert np.array_equal(made[:SAMPLE_RATE], hum[:SAMPLE_RATE])


def test_speech_is_not_repeated() -> None:
    rng = np.random.default_rng(1)
    quiet = rng.normal(0, 0.002, (2 * SAMPLE_RATE, 2)).astype(np.float32)
    loud = quiet.copy()
    loud[SAMPLE_RATE : SAMPLE_RATE + SAMPLE_RATE // 2] += rng.normal(0, 0.3, (SAMPLE_RATE // 2, 2)).astype(np.float32)
    loud[-SAMPLE_RATE // 4 :] += rng.normal(0, 0.3, (SAMPLE_RATE // 4, 2)).astype(np.float32)
    made = continued_sound(loud, 48, 96, Fraction(24))
    assert made is not None
    assert np.abs(made[2 * SAMPLE_RATE + 4000 :]).max() < 0.05


@pytest.mark.parametrize("values", [{}, {"target_duration": 4.0}, {"target_duration": 1.5}])
def test_a_loop_closes(values: dict[str, Any]) -> None:
    film = film_of("extend.loop", [SOURCE], values)
    if values:
        assert film.count == round(values["target_duration"] * 24)
    typical = max(steps(SOURCE))
    assert step(film.frame(film.count - 1), film.frame(0)) <= typical
    assert max(steps(film)) <= 1.2 * typical
    assert film.samples is not None
    assert len(film.samples) == sound_length(film.count, CLIP.rate)
    around = np.concatenate([film.samples[-64:], film.samples[:64]])
    assert jumps(around) <= 0.05
    assert jumps(film.samples) <= 1.3 * jumps(CLIP.samples if CLIP.samples is not None else film.samples)


def test_rounds_of_a_loop_are_alike() -> None:
    film = film_of("extend.loop", [SOURCE])
    half = film.count // 2
    assert all(same(film.frame(index), film.frame(index + half)) for index in range(0, half, 3))


def test_there_and_back_is_mirrored_exactly() -> None:
    film = film_of("extend.reverse", [SOURCE])
    assert film.count == 2 * SOURCE.count
    last = film.count - 1
    for index in range(SOURCE.count):
        assert film.frame(index) is SOURCE.frame(index)
        assert film.frame(last - index) is film.frame(index)
    assert film.samples is not None
    assert np.array_equal(film.samples, film.samples[::-1])
    longer = film_of("extend.reverse", [SOURCE], {"target_duration": 4.0})
    assert longer.count == 96
    assert longer.frame(film.count + 3) is SOURCE.frame(3)


@pytest.mark.parametrize("name", ["extend.continue", "extend.loop", "extend.reverse", "extend.new_scene"])
def test_a_target_below_the_clips_length_is_one_sentence(name: str) -> None:
    values = {"target_duration": 1.0} | ({"description": "the sea"} if name == "extend.new_scene" else {})
    with pytest.raises(EngineError, match=r"^The clip is 1\.50 s long; it cannot be extended to 1 s\. Choose more\.$"):
        film_of(name, [SOURCE], values)


def test_a_new_scene_is_joined_in_the_clips_colours() -> None:
    film = film_of("extend.new_scene", [SOURCE], {"description": "a harbour in the rain", "target_duration": 3.0})
    assert film.count == 72
    assert film.frame(20) is SOURCE.frame(20)
    assert max(steps(film)) < 1.2 * max(steps(SOURCE))  # the dissolve makes no jump
    assert step(film.frame(71), SOURCE.frame(35)) > 10
    grey = FramesClip([plain(96, 54, (level, 128, 128)) for level in (60, 120, 180)], Fraction(12))
    scene = film_of("extend.new_scene", [grey], {"description": "a red lighthouse", "target_duration": 1.0})
    assert chroma_of_frame(scene.frame(11)) < 1.5
    assert len(palette_of(SOURCE)) >= 3


def test_a_new_scene_needs_words() -> None:
    with pytest.raises(EngineError, match="Describe the new scene"):
        film_of("extend.new_scene", [SOURCE])
    told = FramesClip([plain(96, 54, (90, 120, 130))] * 3, Fraction(12), words="a quiet lake")
    assert "lake" in film_of("extend.new_scene", [told]).changes[0][1]


def test_a_pan_comes_to_rest_while_what_it_sees_goes_on() -> None:
    wide = camera_clip((240, 100), seconds=1.5, noise=0, shake=0, sound=False).pictures
    panned = [np.ascontiguousarray(one[5:95, 2 * place : 2 * place + 160]) for place, one in enumerate(wide)]
    source = FramesClip([yuv_of(one) for one in panned], Fraction(24))
    film = film_of("evolve.extend", [source], {"additional_seconds": 2.0})
    assert "comes to rest" in film.changes[0][1]
    sky = (slice(0, 40), slice(30, 130))
    lumas = [film.frame(index).planes[0][sky].astype(float) for index in range(source.count + 12, film.count, 4)]
    drift = [cv2.phaseCorrelate(lumas[0], one)[0] for one in lumas]
    assert np.abs(drift).max() < 1.0  # two pixels a picture before
    assert max(steps(film)[source.count - 1 :]) <= 1.1 * max(steps(source))
