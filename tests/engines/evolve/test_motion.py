"""Flow between two pictures, warps, and pictures in between."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from effects.colour import yuv_of
from effects.frame import Frame, plain
from effects.planes import mixed
from engines.evolve.motion import MotionAlong, MotionReader, in_between, warped
from tests.engines.evolve.footage import camera_clip


def _psnr(a: Frame, b: Frame, margin: int = 8) -> float:
    inner = (slice(margin, -margin), slice(margin, -margin))
    error = np.mean(np.subtract(a.planes[0][inner], b.planes[0][inner], dtype=np.float64) ** 2)
    return float(10 * np.log10(255**2 / max(float(error), 1e-9)))


def _shifted(frame: Frame, x: float, y: float) -> Frame:
    def moved(plane: np.ndarray, share: float) -> np.ndarray:
        matrix = np.array([[1, 0, x * share], [0, 1, y * share]], float)
        size = plane.shape[::-1]
        return cv2.warpAffine(plane, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)

    return replace(frame, planes=tuple(moved(p, s) for p, s in zip(frame.planes, (1, 0.5, 0.5), strict=True)))


def _scene(size: tuple[int, int] = (320, 180)) -> Frame:
    return yuv_of(camera_clip(size, seconds=0.2, noise=0, shake=0, sound=False).steady[0])


@pytest.mark.parametrize("size", [(320, 180), (640, 360)])
def test_a_shift_of_the_whole_picture_is_measured_in_its_own_pixels(size: tuple[int, int]) -> None:
    scene = _scene(size)
    motion = MotionReader().between(scene, _shifted(scene, 6, -3))
    middle = motion.forward[20:-20, 20:-20][motion.seen[20:-20, 20:-20] > 0.5]
    assert np.allclose(np.median(middle, axis=0), (6, -3), atol=0.3)
    assert motion.trust > 0.8


def test_the_second_picture_warped_by_the_flow_is_the_first() -> None:
    scene = _scene()
    later = _shifted(scene, 5, 2)
    motion = MotionReader().between(scene, later)
    assert _psnr(warped(later, motion.forward, fine=True), scene) > _psnr(later, scene) + 8


def test_the_picture_in_between_is_nearer_the_truth_than_a_mix() -> None:
    clip = camera_clip(seconds=1.0, noise=0, shake=0, sound=False)
    # a camera that pans at an even pace past somebody who walks
    first, truth, last = (_shifted(yuv_of(clip.steady[index]), 2.5 * index, 0) for index in (10, 11, 12))
    made = in_between(first, last, MotionReader().between(first, last), 0.5)
    assert _psnr(made, truth) > _psnr(mixed(first, last, 0.5), truth) + 3


def test_at_its_ends_it_is_the_pictures_themselves() -> None:
    scene = _scene()
    later = _shifted(scene, 5, 2)
    motion = MotionReader().between(scene, later)
    assert in_between(scene, later, motion, 0) is scene
    assert in_between(scene, later, motion, 1) is later


def test_over_a_cut_nothing_is_trusted_and_the_two_are_mixed() -> None:
    scene = _scene()
    noise = yuv_of(np.random.default_rng(1).integers(0, 255, (180, 320, 3), dtype=np.uint8))
    motion = MotionReader().between(scene, noise)
    assert motion.trust < 0.3
    assert _psnr(in_between(scene, noise, motion, 0.5), mixed(scene, noise, 0.5)) > 20


@pytest.mark.parametrize("size", [(2, 2), (33, 17), (30, 64), (97, 41)])
def test_small_and_odd_pictures_work(size: tuple[int, int]) -> None:
    a, b = plain(*size, (60, 128, 128)), plain(*size, (180, 100, 140))
    made = in_between(a, b, MotionReader().between(a, b), 0.25)
    assert [plane.shape for plane in made.planes] == [plane.shape for plane in a.planes]


def test_motion_along_a_clip_reads_each_pair_once_and_turns_it_round() -> None:
    scene = _scene()
    frames = [scene, _shifted(scene, 4, 0)]
    along = MotionAlong(lambda index: frames[index])
    there, back = along.between(0, 1), along.between(1, 0)
    assert back.forward is there.backward
    assert along.between(0, 1) is there
