"""Two clips and more: measured beats, overlaps, places, sounds that never clip."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from effects.colour import yuv_of
from effects.planes import mixed
from engines.evolve.base import Making
from engines.evolve.beats import beats_of
from engines.evolve.registry import operation
from engines.evolve.source import FramesClip, Kept, alike
from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import Idle, film_of, source_of

SIZE, RATE = (96, 54), Fraction(24)


def clip(scene: str = "meadow", seconds: float = 1.0, bpm: float = 120, sound: bool = True) -> FramesClip:
    return source_of(camera_clip(SIZE, RATE, seconds, shake=0, noise=0, scene=scene, bpm=bpm, sound=sound))


def cuts_of(sources: list[Kept], **values: object) -> list[int]:
    edit = operation("remix.mashup", values).edit(alike(sources), Making(1, Idle()))
    assert edit is not None
    return sorted({piece.at.nearest_frame(RATE) for piece in edit.pieces if piece.lane == 1} - {0})


@pytest.mark.parametrize(("bpm", "seconds"), [(120, 2.0), (97, 6.0), (150, 5.0)])
def test_beats_are_heard_where_they_are(bpm: float, seconds: float) -> None:
    made = camera_clip((32, 18), RATE, seconds, bpm=bpm)
    found = beats_of(made.samples)
    assert len(found) == len(made.beats)
    assert max(abs(a - b) for a, b in zip(found, made.beats, strict=True)) < 1 / 60


def test_a_mashup_cuts_on_every_beat_within_a_frame() -> None:
    heard = camera_clip(SIZE, RATE, 3.0, shake=0, noise=0, bpm=112)
    cuts = cuts_of([source_of(heard), clip("street")])
    beats = [beat * float(RATE) for beat in heard.beats]
    assert len(cuts) == len(beats)
    assert all(abs(cut - beat) <= 1 for cut, beat in zip(cuts, beats, strict=True))
    assert cuts_of([source_of(heard), clip("street", 3.0)], beats=2) == cuts[::2]


def test_a_mashup_follows_the_clip_that_is_named_and_never_shows_one_twice_in_a_row() -> None:
    sources: list[Kept] = [clip(), clip("street", 2.0, bpm=90)]
    film = film_of("remix.mashup", sources, {"sound_of": 2})
    assert film.count == sources[1].count
    edit = operation("remix.mashup", {"sound_of": 2}).edit(alike(sources), Making(1, Idle()))
    assert edit is not None
    shots = [(piece.at, piece.source) for piece in edit.pieces if piece.lane == 1]
    assert all(one[1] != other[1] for one, other in pairwise(sorted(shots)))
    own = sources[1].samples()
    assert film.samples is not None
    assert own is not None
    assert np.abs(film.samples - own[: len(film.samples)])[400:-400].max() < 1e-6


def test_a_mashup_without_beats_cuts_evenly_and_says_so() -> None:
    film = film_of("remix.mashup", [clip(sound=False), clip("street", sound=False)])
    assert "no beat was heard" in dict(film.changes)["Cuts"]
    assert film.samples is None


def test_a_sequence_is_shorter_by_what_overlaps_and_mixes_there() -> None:
    one, two = clip(), clip("street")
    film = film_of("remix.transition", [one, two], {"transition_duration": 0.5})
    assert film.count == 48 - 12
    for index in (0, 11):
        assert np.array_equal(film.frame(index).planes[0], one.frame(index).planes[0])
    middle = mixed(one.frame(18), two.frame(6), 6.5 / 12)
    assert np.array_equal(film.frame(18).planes[0], middle.planes[0])
    assert np.array_equal(film.frame(30).planes[0], two.frame(18).planes[0])
    assert film_of("remix.transition", [one, two], {"transition": "cut"}).count == 48


def test_a_split_screen_shows_the_middle_of_each_unsqueezed() -> None:
    one, two = clip(), clip("street")
    film = film_of("remix.combine", [one, two], {"aim": "middle"})
    shown = film.frame(5).planes[0]
    assert np.array_equal(shown[:, :48], one.frame(5).planes[0][:, 24:72])
    assert np.array_equal(shown[:, 48:], two.frame(5).planes[0][:, 24:72])
    assert film_of("remix.combine", [one, clip("street", 1.5)], {"until": "longest"}).count == 36


def test_a_split_screen_keeps_who_walks_in_the_picture() -> None:
    made = camera_clip((320, 180), RATE, 1.0, shake=0, noise=2)
    aside = made.pictures[:, :, 70:310]  # they walk at the left
    sources: list[Kept] = [source_of(made, aside), source_of(made, aside)]
    edit = operation("remix.combine", {}).edit(sources, Making(1, Idle()))
    assert edit is not None
    place = edit.pieces[0].place
    assert place is not None
    left, right = made.walker[:, 0].min() - 70, made.walker[:, 2].max() - 70
    assert left < 60  # the middle half would cut them off
    assert place.crop[0] * 240 <= left + 6  # the box is drawn wide about swinging arms
    assert place.crop[2] * 240 >= right


def test_an_inset_lies_in_its_corner_and_the_rest_is_untouched() -> None:
    one, two = clip(), clip("street")
    shown = film_of("remix.collage", [one, two], {"positions": "top_left", "scale": 0.5}).frame(3).planes[0]
    given, inset = one.frame(3).planes[0], two.frame(3).planes[0]
    assert np.array_equal(shown[:, 60:], given[:, 60:])
    assert np.array_equal(shown[40:], given[40:])
    small = cv2.resize(inset, (48, 27), interpolation=cv2.INTER_AREA)
    assert np.abs(shown[4:27, 6:48].astype(float) - small[2:25, 4:46]).mean() < 12
    with pytest.raises(Exception, match="no place"):
        operation("remix.collage", {"positions": "under the table"})


@pytest.mark.parametrize(
    "name", ["remix.combine", "remix.collage", "remix.transition", "remix.interpolate", "remix.mashup"]
)
def test_loud_sounds_together_do_not_clip(name: str) -> None:
    frames = [yuv_of(np.full((18, 32, 3), 90, np.uint8))] * 24
    loud = np.sign(np.sin(2 * np.pi * 200 * np.arange(48000) / 48000))[:, None].repeat(2, 1).astype(np.float32)
    film = film_of(name, [FramesClip(frames, RATE, loud), FramesClip(frames, RATE, loud)])
    assert film.samples is not None
    assert float(np.abs(film.samples).max()) <= 0.98
    assert float(np.sqrt((film.samples**2).mean())) > 0.3


def sliding(texture: NDArray[np.uint8], start: float, step: float, count: int) -> FramesClip:
    """A window over a wide texture that goes `step` pixels a frame."""
    frames = []
    for index in range(count):
        matrix = np.array([[1.0, 0, -(start + step * index)], [0, 1.0, 0]])
        frames.append(yuv_of(np.asarray(cv2.warpAffine(texture, matrix, (160, 90), flags=cv2.INTER_CUBIC), np.uint8)))
    return FramesClip(frames, RATE)


def test_alike_shots_move_into_each_other_instead_of_fading() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (12, 40, 3)).astype(np.uint8)
    texture = np.asarray(cv2.resize(noise, (320, 90), interpolation=cv2.INTER_CUBIC), np.uint8)
    left, right = sliding(texture, 60, 0, 12), sliding(texture, 68, 0, 12)
    film = film_of("remix.interpolate", [left, right], {"morph_duration": 0.25})
    assert film.count == 18
    middle = 6 + 2
    way = (middle - 6 + 1) / 7
    way = way * way * (3 - 2 * way)
    truth = sliding(texture, 60 + 8 * way, 0, 1).frame(0).planes[0][:, 16:-16]
    faded = mixed(left.frame(0), right.frame(0), way).planes[0][:, 16:-16]

    def off(picture: NDArray[np.uint8]) -> float:
        return float(np.mean((picture.astype(float) - truth) ** 2))

    assert off(film.frame(middle).planes[0][:, 16:-16]) < off(faded) / 4
