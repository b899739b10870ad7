"""Time, breakage, mirrors, pixels, genres: each by a measure of what it promises."""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from effects.colour import yuv_of
from effects.planes import mixed
from engines.evolve.datamosh import Mosh
from engines.evolve.source import FramesClip
from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import film_of, pictures_of, source_of

SIZE, RATE = (128, 72), Fraction(24)


def clip(seconds: float = 1.0, noise: float = 0, shake: float = 2) -> FramesClip:
    return source_of(camera_clip(SIZE, RATE, seconds, noise=noise, shake=shake))


def pitch_of(samples: NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(samples[:, 0] * np.hanning(len(samples))))
    return float(np.argmax(spectrum[50:]) + 50) * 48000 / len(samples)


def with_tone(seconds: float = 1.0, hertz: float = 440) -> FramesClip:
    t = np.arange(round(48000 * seconds)) / 48000
    tone = (0.4 * np.sin(2 * np.pi * hertz * t)).astype(np.float32)[:, None].repeat(2, 1)
    source = clip(seconds)
    return FramesClip([source.frame(index) for index in range(source.count)], RATE, tone)


def test_reverse_is_the_clip_backwards_picture_for_picture_and_sample_for_sample() -> None:
    source = clip(0.5)
    film = film_of("mutate.time_warp", [source])
    for index in range(film.count):
        twin = source.frame(source.count - 1 - index)
        assert all(np.array_equal(a, b) for a, b in zip(film.frame(index).planes, twin.planes, strict=True))
    heard = source.samples()
    assert heard is not None
    assert film.samples is not None
    assert np.array_equal(film.samples, heard[: len(film.samples)][::-1])


def test_slow_motion_draws_what_lies_between_better_than_a_mix() -> None:
    truth = camera_clip((320, 180), Fraction(48), 0.25, noise=0, shake=5).pictures
    source = FramesClip([yuv_of(one) for one in truth[::2]], RATE)
    film = film_of("mutate.time_warp", [source], {"time_effect": "slow_motion"})
    assert film.count == 2 * source.count
    drawn = faded = 0.0
    for index in range(1, 2 * source.count - 2, 2):
        wanted = yuv_of(truth[index]).planes[0].astype(float)
        blend = mixed(source.frame(index // 2), source.frame(index // 2 + 1), 0.5).planes[0]
        drawn += float(((film.frame(index).planes[0] - wanted) ** 2).mean())
        faded += float(((blend - wanted) ** 2).mean())
    assert drawn < 0.8 * faded


@pytest.mark.parametrize(("effect", "speed"), [("slow_motion", 0.5), ("time_lapse", 4.0)])
def test_sound_of_another_pace_keeps_its_pitch_where_asked(effect: str, speed: float) -> None:
    source = with_tone(2.0)
    kept = film_of("mutate.time_warp", [source], {"time_effect": effect})
    taped = film_of("mutate.time_warp", [source], {"time_effect": effect, "keep_pitch": False})
    for film, wanted in ((kept, 440.0), (taped, 440.0 * speed)):
        assert film.count == round(48 / speed)
        assert film.samples is not None
        assert abs(len(film.samples) / 48000 - film.count / 24) < 0.01
        assert pitch_of(film.samples) == pytest.approx(wanted, rel=0.02)


def test_a_frozen_frame_stands_and_then_the_clip_goes_on() -> None:
    source = clip(0.5)
    film = film_of("mutate.time_warp", [source], {"time_effect": "freeze_frame", "strength": 0.25})
    assert film.count == 12 + 24
    assert all(film.frame(index) is source.frame(6) for index in range(6, 31))
    assert film.frame(31) is source.frame(7)
    assert film.frame(35) is source.frame(11)


@pytest.mark.parametrize("symmetry", ["4", "6", "8"])
def test_mirrored_halves_of_a_kaleidoscope_are_equal(symmetry: str) -> None:
    film = film_of("mutate.kaleidoscope", [clip(0.5)], {"symmetry": symmetry})
    for index in (0, 7):
        luma = film.frame(index).planes[0]
        assert np.array_equal(luma, luma[::-1])
        assert np.array_equal(luma, luma[:, ::-1])


def test_eight_bits_are_sixteen_colours_in_even_squares() -> None:
    source = source_of(camera_clip((320, 180), RATE, 0.25, noise=0))
    film = film_of("mutate.pixelate", [source], {"pixel_size": "large"})
    picture = pictures_of(film, [3])[0]
    side = 3  # 320 wide, 96 squares across
    rows, columns = picture.shape[0] // side, picture.shape[1] // side
    lefts = [column * side - (side - 320 % side) % side // 2 for column in range(1, columns)]
    tops = [row * side - (side - 180 % side) % side // 2 for row in range(1, rows)]
    luma = film.frame(3).planes[0]
    for top in tops:
        for left in lefts:
            assert np.ptp(luma[top : top + side, left : left + side]) == 0
    assert len(np.unique(luma)) <= 16


def moving(texture: NDArray[np.uint8], step: float, count: int) -> list[NDArray[np.uint8]]:
    found = []
    for index in range(count):
        matrix = np.array([[1.0, 0, -80 + step * index], [0, 1.0, -20]])
        found.append(np.asarray(cv2.warpAffine(texture, matrix, (160, 90), flags=cv2.INTER_CUBIC), np.uint8))
    return found


def test_datamosh_drags_one_part_by_the_motion_of_another() -> None:
    draw = np.random.default_rng(4)
    still, fast = (
        np.asarray(cv2.resize(draw.integers(40, 215, (20, 50, 3)).astype(np.uint8), (400, 160)), np.uint8)
        for _ in range(2)
    )
    # the first half moves to the right, the second stands still
    frames = [yuv_of(one) for one in (*moving(fast, 3.0, 24), *moving(still, 0.0, 24))]
    mosh = Mosh(FramesClip(frames, RATE), 3, 1.0)
    first, end, other = next(one for one in mosh._stretches if one[0] < 8 and one[2] >= 24)
    after = min(5, min(end, 24) - first - 1)
    shown, dragged = mosh.frame(first + after).planes[0], frames[other].planes[0]
    shift, sure = cv2.phaseCorrelate(dragged.astype(np.float32), shown.astype(np.float32))
    assert shift[0] > 2.5 * after
    assert sure > 0.1


def test_a_glitched_sound_hangs_where_the_picture_breaks_and_nowhere_else() -> None:
    source = with_tone(2.0)
    film = film_of("mutate.glitch", [source], {"strength": 0.4}, seed=2)
    heard, given = film.samples, source.samples()
    assert heard is not None
    assert given is not None
    whole = [index for index in range(film.count) if film.frame(index) is source.frame(index)]  # untouched
    assert 0 < len(whole) < film.count
    changed = np.abs(heard - given[: len(heard)]).max(axis=1) > 1e-4
    broken = [index for index in range(film.count) if changed[index * 2000 : (index + 1) * 2000].any()]
    assert broken
    assert not set(broken) & set(whole)


def test_genres_change_palette_and_outlines_each_its_own_way() -> None:
    source = clip(0.25, noise=3)
    given = pictures_of(film_of("mutate.kaleidoscope", [source], {"strength": 0.0001}), [2])[0].astype(float)
    made = {
        genre: pictures_of(film_of("mutate.genre_shift", [source], {"target_genre": genre, "strength": 0.7}), [2])[0]
        for genre in ("anime", "noir", "sci-fi", "horror")
    }
    chroma = {genre: float(np.ptp(one.astype(float), axis=2).mean()) for genre, one in made.items()}
    assert chroma["noir"] < 12
    assert chroma["anime"] > 1.1 * float(np.ptp(given, axis=2).mean())
    grass = (slice(50, 70), slice(0, 40))
    assert made["anime"][grass].astype(float).std(axis=(0, 1)).mean() < 0.8 * given[grass].std(axis=(0, 1)).mean()
    assert made["sci-fi"][..., 2].mean() > made["sci-fi"][..., 0].mean() + 25
    assert made["horror"].mean() < 0.6 * given.mean()
