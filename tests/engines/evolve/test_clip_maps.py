"""What lies where in a clip: sky, nearness, skin, and that it stands still where the picture does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engines.evolve.clip_maps import ClipMaps
from engines.evolve.seen import sky_in
from engines.evolve.source import FramesClip
from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import source_of
from tests.engines.evolve.measuring import SIZE, held, meadow, street


@pytest.mark.parametrize("scene", [meadow, street])
def test_the_sky_is_found_above_hills_and_houses(scene: Callable[[], FramesClip]) -> None:
    clip = scene()
    matte = ClipMaps(clip).sky_matte(4)
    assert matte.shape == SIZE[::-1]
    assert matte[:10].mean() > 0.8
    assert matte[75:].mean() < 0.02


def test_there_is_no_sky_in_a_plain_picture_or_a_lawn() -> None:
    grass = np.random.default_rng(1).integers(0, 60, (*SIZE[::-1], 3), np.uint8) + np.array((40, 90, 20), np.uint8)
    for picture in (np.full((*SIZE[::-1], 3), 120, np.uint8), grass.astype(np.uint8), np.zeros((36, 64, 3), np.uint8)):
        assert ClipMaps(held(picture, 2)).sky(0).mean() < 0.02


def test_the_ground_at_the_viewers_feet_is_nearer_than_the_hills_and_the_sky_farthest() -> None:
    near = ClipMaps(meadow()).near(4)
    assert near[:12].mean() < near[56:64].mean() < near[-12:].mean()


def test_skin_is_told_from_grass_and_sky() -> None:
    made = camera_clip(SIZE, seconds=0.5, noise=0, shake=0, sound=False)
    skin = ClipMaps(source_of(made)).skin(5)
    left, top, right, _ = made.walker[5]
    face = skin[round(top + 1) : round(top + 9), round(left + 6) : round(right - 6)]
    assert face.max() > 0.5
    assert skin[90:, :60].mean() < 0.02


def test_maps_of_a_still_noisy_picture_hardly_move() -> None:
    made = camera_clip(SIZE, seconds=0.5, noise=6, shake=0, sound=False)
    pictures = np.repeat(made.clean[:1], 12, axis=0).astype(int)
    pictures += np.random.default_rng(4).normal(0, 6, pictures.shape).astype(int)
    maps = ClipMaps(source_of(made, np.clip(pictures, 0, 255).astype(np.uint8)))
    for kind in (maps.sky, maps.near):
        fields = [kind(index) for index in range(4, 9)]
        assert np.abs(np.diff(fields, axis=0)).mean() < 0.012


def test_a_map_is_the_same_whatever_was_asked_before() -> None:
    clip = meadow()
    one, other = ClipMaps(clip), ClipMaps(clip)
    forwards = [one.near(index) for index in (2, 3, 4)]
    backwards = [other.near(index) for index in (4, 3, 2)][::-1]
    for a, b in zip(forwards, backwards, strict=True):
        assert np.array_equal(a, b)


def test_a_calm_sea_in_the_colours_of_its_sky_ends_the_sky_at_the_horizon() -> None:
    luma = np.repeat(np.linspace(0.5, 0.7, 144, dtype=np.float32)[:, None], 256, axis=1)
    luma[84:] -= 0.1
    luma[112:] = np.random.default_rng(2).uniform(0.1, 0.9, (32, 256))
    chroma = np.full_like(luma, 0.01)
    found = sky_in((luma, chroma, -chroma))
    assert found[:76].mean() > 0.9
    assert found[92:108].mean() < 0.2


def test_dark_yellow_crowns_are_no_sky() -> None:
    luma = np.full((144, 256), 0.85, np.float32)
    luma[:60] = 0.28
    yellow = np.full_like(luma, -0.1)
    assert sky_in((luma, yellow, np.zeros_like(luma)))[:50].mean() < 0.1
