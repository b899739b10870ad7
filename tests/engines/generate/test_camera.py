"""The thirteen motions, measured by optical flow on small frames."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.generate.procedural.draw.camera import Camera, ease
from engines.generate.procedural.draw.window import noise_at
from engines.generate.procedural.spec import CameraPath
from tests.engines.generate.drawing import flow, scene_of, texture
from timeline.storyboard import CAMERA_MOTIONS

PROMPT = "desert by day, a house, cactus"
SIZE = (384, 216)


def motion_of(name: str, start: float = 1.8, step: float = 0.25) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    scene = scene_of("mountains by day, a house, no birds, no clouds", SIZE, camera_motion=name, subject_motion="none")
    a, b = scene.frame(0, start), scene.frame(0, start + step)
    return flow(a, b), texture(a)


def mean(field: NDArray[np.float32], where: NDArray[np.bool_], rows: slice, axis: int) -> float:
    part = np.zeros_like(where)
    part[rows] = True
    return float(np.median(field[..., axis][where & part]))


def divergence(field: NDArray[np.float32], where: NDArray[np.bool_]) -> float:
    height, width = where.shape
    x, y = np.meshgrid(np.arange(width) - width / 2, np.arange(height) - height / 2)
    outward = (field[..., 0] * x + field[..., 1] * y) / (np.hypot(x, y) + 1e-6)
    return float(outward[where].mean())


FAR, NEAR = slice(60, 120), slice(165, 212)


def test_pans_move_the_picture_against_the_camera_as_a_whole() -> None:
    left, right = motion_of("pan_left"), motion_of("pan_right")
    assert mean(*left, slice(0, 216), 0) > 0.8
    assert mean(*right, slice(0, 216), 0) < -0.8
    far, near = mean(*left, FAR, 0), mean(*left, NEAR, 0)
    assert near == pytest.approx(far, rel=0.35)


def test_tilts_move_the_picture_up_and_down() -> None:
    assert mean(*motion_of("tilt_up"), slice(0, 216), 1) > 0.5
    assert mean(*motion_of("tilt_down"), slice(0, 216), 1) < -0.5


def test_zooms_and_dollies_spread_from_the_middle_or_draw_together() -> None:
    for name, sign in (("zoom_in", 1), ("zoom_out", -1), ("dolly_in", 1), ("dolly_out", -1)):
        assert sign * divergence(*motion_of(name)) > 0.25, name


def test_orbits_move_near_and_far_against_each_other() -> None:
    for name, sign in (("orbit_right", 1), ("orbit_left", -1)):
        field = motion_of(name)
        far, near = mean(*field, FAR, 0), mean(*field, NEAR, 0)
        assert sign * (far - near) > 1.0, name


def test_cranes_move_the_near_more_than_the_far() -> None:
    for name, sign in (("crane_up", 1), ("crane_down", -1)):
        field = motion_of(name)
        far, near = mean(*field, FAR, 1), mean(*field, NEAR, 1)
        assert sign * near > 0.5, name
        assert sign * (near - far) > 0.5, name


def test_a_still_camera_stands_still() -> None:
    field, where = motion_of("static")
    assert abs(mean(field, where, FAR, 0)) < 0.05
    assert abs(mean(field, where, FAR, 1)) < 0.05


def camera(motion: str, **fields: float) -> Camera:
    return Camera(CameraPath(motion, **fields), 4.0, 16 / 9, 0.1)


def test_a_dolly_has_parallax_and_a_zoom_has_none() -> None:
    for name, has_parallax in (("dolly_in", True), ("zoom_in", False)):
        path = camera(name)
        grown = []
        for near in (0.05, 0.9):
            first, last = (path.matrix(path.view(t), near)[0, 0] for t in (0.0, 4.0))
            grown.append(last / first)
        assert (grown[1] > grown[0] * 1.15) == has_parallax, name


@pytest.mark.parametrize("motion", CAMERA_MOTIONS)
def test_every_path_is_smooth_and_stays_within_what_it_asked_for(motion: str) -> None:
    path = camera(motion, shake=0.008)
    for near, upright in ((0.0, True), (0.5, True), (0.9, False)):
        x0, y0, x1, y1 = path.needed(near, upright)
        places = []
        for time in np.linspace(0, 4, 97):
            matrix = path.matrix(path.view(float(time)), near, upright)
            places.append(matrix @ np.array([0.3, 0.2, 1.0]))
            back = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))
            for corner in ((-8 / 9, -0.5), (8 / 9, -0.5), (-8 / 9, 0.5), (8 / 9, 0.5)):
                x, y, _ = back @ np.array([*corner, 1.0])
                assert x0 - 1e-3 <= x <= x1 + 1e-3
                assert y0 - 1e-3 <= y <= y1 + 1e-3
        second = np.diff(np.array(places), n=2, axis=0)
        assert np.abs(second).max() < 0.002, "no jerk"


def test_easing_starts_and_ends_gently_and_never_goes_back() -> None:
    values = [ease(i / 100) for i in range(101)]
    assert values[0] == 0
    assert values[-1] == 1
    steps = np.diff(values)
    assert (steps > 0).all()
    assert steps[0] < steps[50] * 0.5


def test_noise_does_not_depend_on_the_window() -> None:
    whole = noise_at(np.linspace(0, 1, 101, dtype=np.float32), 7.0, 3)
    part = noise_at(np.linspace(0.5, 1, 51, dtype=np.float32), 7.0, 3)
    assert np.allclose(whole[50:], part, atol=1e-5)
