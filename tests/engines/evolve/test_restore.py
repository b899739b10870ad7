"""Denoise, upscale, sharpen, enhance: measured against what the camera should have seen."""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from effects.colour import yuv_of
from effects.frame import Frame
from engines.errors import EngineError
from engines.evolve.denoising import noise_of
from engines.evolve.sharpening import held
from engines.evolve.source import FramesClip
from engines.evolve.upscaling import Resolution, enlarged, size_for
from tests.engines.evolve.footage import camera_clip
from tests.engines.evolve.looking import film_of, source_of

Plane = NDArray[np.uint8]


def psnr(seen: Plane, truth: Plane) -> float:
    error = np.mean(np.subtract(seen, truth, dtype=np.float64) ** 2)
    return float(10 * np.log10(255**2 / max(float(error), 1e-9)))


def sharpness(luma: Plane) -> float:
    """Mean gradient."""
    across, down = cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1)
    return float(np.hypot(across, down).mean())


@pytest.mark.parametrize("noise", [6.0, 14.0])
def test_denoising_brings_three_decibels_and_more_and_does_not_smear_who_walks(noise: float) -> None:
    clip = camera_clip(noise=noise, sound=False, seconds=1.0)
    source, truth = source_of(clip), [yuv_of(one).planes[0] for one in clip.clean]
    film = film_of("evolve.denoise", [source], {"strength": 1.0})
    for index in (0, 11, 12):
        seen, given = film.frame(index).planes[0], source.frame(index).planes[0]
        assert psnr(seen, truth[index]) > psnr(given, truth[index]) + 4
        shift = clip.shake[index, :2]
        left, top, right, bottom = (round(v + s) for v, s in zip(clip.walker[index], (*shift, *shift), strict=True))
        walker = (slice(max(top, 0), bottom), slice(max(left, 0), right))
        assert psnr(seen[walker], truth[index][walker]) > psnr(given[walker], truth[index][walker]) + 2


def test_a_clean_clip_is_hardly_touched_by_denoising() -> None:
    source = source_of(camera_clip(noise=0, sound=False, seconds=0.5))
    assert noise_of(source).luma < 1.2
    film = film_of("evolve.denoise", [source], {"strength": 1.0})
    assert psnr(film.frame(5).planes[0], source.frame(5).planes[0]) > 38


@pytest.mark.parametrize("noise", [3.0, 8.0, 16.0])
def test_noise_is_measured_in_levels_of_luma(noise: float) -> None:
    clip = camera_clip(noise=noise, sound=False, seconds=0.5)
    difference = yuv_of(clip.pictures[3]).planes[0].astype(float) - yuv_of(clip.clean[3]).planes[0]
    assert noise_of(source_of(clip)).luma == pytest.approx(float(difference.std()), rel=0.2)


@pytest.mark.parametrize("factor", [2, 3])
@pytest.mark.parametrize("scene", ["meadow", "street"])
def test_upscaling_is_nearer_the_truth_than_cubic(scene: str, factor: int) -> None:
    clip = camera_clip((480, 270), noise=0, sound=False, seconds=0.2, scene=scene)
    small = (480 // factor, 270 // factor)
    truth = yuv_of(clip.clean[2])
    low = yuv_of(np.asarray(cv2.resize(clip.clean[2], small, interpolation=cv2.INTER_AREA), np.uint8))
    cubic = np.asarray(cv2.resize(low.planes[0], (480, 270), interpolation=cv2.INTER_CUBIC), np.uint8)
    plain = enlarged(low, (480, 270)).planes[0]
    assert psnr(plain, truth.planes[0]) > psnr(cubic, truth.planes[0]) + 0.2
    assert psnr(enlarged(low, (480, 270), 0.3).planes[0], truth.planes[0]) >= psnr(cubic, truth.planes[0])
    # reduced again it is what it came from
    again = np.asarray(cv2.resize(plain, small, interpolation=cv2.INTER_AREA), np.uint8)
    assert psnr(again, low.planes[0]) > 42


def test_enlarged_colours_stay_in_their_places() -> None:
    rgb = np.zeros((40, 64, 3), np.uint8)
    rgb[:, 32:] = (255, 0, 0)
    rgb[:, :32] = (0, 90, 255)
    made = enlarged(yuv_of(rgb), (256, 160))
    edge = np.abs(np.diff(made.planes[2][40].astype(float))).argmax() * 2 + 1.5  # where colour changes, in luma pixels
    luma = np.abs(np.diff(made.planes[0][80].astype(float))).argmax() + 1.0
    assert abs(edge - luma) <= 2


@pytest.mark.parametrize(
    ("size", "wanted", "made"),
    [
        ((640, 360), Resolution.P1080, (1920, 1080)),
        ((1280, 720), Resolution.UHD, (3840, 2160)),
        ((360, 640), Resolution.P720, (720, 1280)),
        ((1920, 800), Resolution.P1440, (2560, 1066)),
        ((1280, 720), Resolution.SOURCE, (1280, 720)),
    ],
)
def test_resolutions_keep_the_shape(size: tuple[int, int], wanted: Resolution, made: tuple[int, int]) -> None:
    assert size_for(size, wanted) == made


def test_a_clip_that_is_as_large_already_is_told() -> None:
    with pytest.raises(EngineError, match="is 1920x1080 already"):
        size_for((1920, 1080), Resolution.P720)
    source = source_of(camera_clip((96, 54), sound=False, seconds=0.2))
    film = film_of("evolve.upscale", [source], {"target_resolution": "720p"})
    assert film.size == film.frame(1).size == (1280, 720)


@pytest.mark.parametrize("name", ["evolve.sharpen", "evolve.enhance"])
def test_more_strength_is_sharper(name: str) -> None:
    source = source_of(camera_clip(noise=3, sound=False, seconds=0.3))
    values = [film_of(name, [source], {"strength": share}).frame(3) for share in (0.1, 0.4, 0.7, 1.0)]
    found = [sharpness(frame.planes[0]) for frame in values]
    assert found == sorted(found)
    assert found[-1] > 1.15 * found[0]


def test_sharpening_leaves_noise_and_colours_alone_and_makes_no_halos() -> None:
    flat = np.full((120, 160, 3), 110, np.uint8)
    flat[:, 80:] = 170
    edge = cv2.GaussianBlur(flat, (0, 0), 1.4)
    source = FramesClip([yuv_of(edge)] * 3, Fraction(24))
    made, given = film_of("evolve.sharpen", [source], {"strength": 1.0}).frame(1), source.frame(1)
    assert sharpness(made.planes[0]) >= sharpness(given.planes[0])
    assert (
        np.abs(np.diff(made.planes[0][60].astype(int))).max() > np.abs(np.diff(given.planes[0][60].astype(int))).max()
    )
    assert int(made.planes[0].max()) - int(given.planes[0].max()) <= 10
    assert int(given.planes[0].min()) - int(made.planes[0].min()) <= 10
    assert np.array_equal(made.planes[1], given.planes[1])
    noisy = source_of(camera_clip(noise=10, shake=0, sound=False, seconds=0.3))
    sky = (slice(4, 40), slice(4, 60))
    before, after = (
        one.planes[0][sky].astype(float)
        for one in (noisy.frame(2), film_of("evolve.sharpen", [noisy], {"strength": 0.7}).frame(2))
    )
    assert after.std() < 1.35 * before.std()


def test_what_is_held_stays_near_its_surroundings() -> None:
    luma = np.full((5, 5), 100, np.uint8)
    wild = luma.copy()
    wild[2, 2], wild[0, 0] = 255, 0
    kept = held(wild, luma, 6)
    assert (kept[2, 2], kept[0, 0]) == (106, 94)


def test_enhancing_spreads_a_flat_picture_without_flicker() -> None:
    clip = camera_clip(noise=0, shake=0, sound=False, seconds=0.5)
    flat = (clip.pictures.astype(np.float32) * 0.5 + 70).astype(np.uint8)
    source = source_of(clip, flat)
    film = film_of("evolve.enhance", [source], {"quality_boost": 1.0})
    lumas = [film.frame(index).planes[0].astype(float) for index in (0, 5, 11)]
    assert lumas[0].std() > 1.3 * source.frame(0).planes[0].std()
    assert np.ptp([luma.mean() for luma in lumas]) < 1


def test_enhancing_can_steady_and_enlarge_too() -> None:
    source = source_of(camera_clip((96, 54), seconds=0.5, shake=6))
    film = film_of("evolve.enhance", [source], {"improve_stabilization": "yes", "target_resolution": "720p"})
    assert film.size == (1280, 720)
    assert isinstance(film.frame(3), Frame)
    assert film.samples is source.samples()
