"""Every motion, measured by optical flow on small frames."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.generate.procedural.draw.camera import Camera, ease
from engines.generate.procedural.draw.layers import Canvas, Placement, Pose, Sprites
from engines.generate.procedural.draw.moves import MOVES
from engines.generate.procedural.draw.scene import turned
from engines.generate.procedural.draw.window import Window, noise_at
from engines.generate.procedural.spec import CameraPath
from tests.engines.generate.drawing import drawn, flow, luma, scene_of, texture
from timeline.storyboard import CAMERA_MOTIONS

PROMPT = "desert by day, a house, cactus"
SIZE = (384, 216)


def flow_of(name: str, start: float = 1.8, step: float = 0.25) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    scene = drawn("desert", SIZE, camera=CameraPath(name), life=0.0, time="morning")
    a, b = scene.frame(0, start), scene.frame(0, start + step)
    return flow(a, b), texture(a)


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


def curl(field: NDArray[np.float32], where: NDArray[np.bool_]) -> float:
    height, width = where.shape
    x, y = np.meshgrid(np.arange(width) - width / 2, np.arange(height) - height / 2)
    around = (field[..., 1] * x - field[..., 0] * y) / (np.hypot(x, y) + 1e-6)
    return float(around[where].mean())


def test_rolls_turn_the_whole_picture() -> None:
    for name, sign in (("roll", 1), ("rotate", -1), ("birds_eye", 1)):
        assert sign * curl(*flow_of(name)) > 0.3, name


def test_a_roll_turns_what_stands_in_the_scene_with_it() -> None:
    """A sprite's upright edge leans as far as the horizon does."""
    sprite = np.zeros((60, 60, 4), np.uint8)
    sprite[5:55, 28:33] = (200, 128, 128, 255)
    window = Window.around(-0.5, -1.0, 0.5, 0.0, 60)
    tower = Sprites([Pose(sprite, window)], lambda seconds: [Placement(0.0, 0.3, 0.6)], 0.5)
    path = Camera(CameraPath("roll"), 4.0, 16 / 9, 0.1)
    leaning = []
    for seconds in (0.0, 2.0, 4.0):
        canvas = Canvas(*path.canvas_size(320, 180), path)
        view = path.view(seconds)
        tower.draw(canvas, view, seconds, canvas.height)
        ys, xs = np.nonzero(turned(canvas.data, view.turn, (320, 180))[..., 0] > 100)
        leaning.append(float(np.arctan(-np.polyfit(ys, xs, 1)[0])))
        assert leaning[-1] == pytest.approx(view.turn, abs=0.03)
    assert leaning[0] < -0.15 < 0.15 < leaning[2]


def test_travel_sideways_leaves_the_far_behind() -> None:
    for name, sign in (("truck_right", -1), ("truck_left", 1), ("tracking", -1)):
        field = flow_of(name)
        far, near = mean(*field, FAR, 0), mean(*field, NEAR, 0)
        assert sign * near > 1.0, name
        assert abs(far) < abs(near) / 2, name


def test_a_pedestal_lifts_the_near_and_an_arc_goes_round() -> None:
    for name, sign in (("pedestal_up", 1), ("pedestal_down", -1)):
        assert sign * mean(*flow_of(name), NEAR, 1) > 0.5, name
    field = flow_of("arc")
    assert mean(*field, FAR, 0) - mean(*field, NEAR, 0) > 1.0


def test_a_whip_pan_rests_throws_itself_round_and_rests() -> None:
    path = camera("whip_pan")
    speed = np.abs(np.diff([path.view(float(t)).pan_x for t in np.linspace(0, 4, 97)]))
    assert speed[48] > 20 * speed[4]
    assert speed[48] > 20 * speed[-4]
    scene = drawn("desert", SIZE, camera=CameraPath("whip_pan"), life=0.0)
    sharp, smeared = (np.abs(np.diff(luma(scene.frame(0, at)), axis=1)).mean() for at in (0.2, 2.0))
    assert smeared < sharp * 0.8


def test_a_hand_trembles_about_one_place() -> None:
    path = camera("handheld")
    places = np.array([(view.pan_x, view.pan_y) for view in map(path.view, np.linspace(0, 4, 97))])
    assert 0.001 < np.abs(places).max() < 0.02
    assert np.abs(places.mean(axis=0)).max() < 0.004
    assert np.abs(np.diff(places, n=2, axis=0)).max() < 0.0005


def test_easings_say_when_a_move_is_fast() -> None:
    def half_way(easing: str) -> float:
        path = Camera(CameraPath("dolly_in", easing=easing), 4.0, 16 / 9, 0.1)
        return path.view(2.0).dolly / path.view(4.0).dolly

    assert half_way("ease_in") < 0.3 < half_way("constant") < 0.6 < half_way("ease_out")
    assert half_way("constant") == half_way("ease_in_out") == pytest.approx(0.5)


def test_a_path_of_a_loop_ends_where_it_began() -> None:
    for name in ("pan_left", "dolly_in", "roll", "handheld"):
        path = Camera(CameraPath(name), 4.0, 16 / 9, 0.1, loop=True)
        views = [path.view(t) for t in (0.0, 4.0, 2.0)]
        assert astuple(views[0]) == pytest.approx(astuple(views[1]), abs=1e-9), name
        assert astuple(views[0]) != pytest.approx(astuple(views[2]), abs=1e-3), name


def test_a_still_camera_stands_truly_still() -> None:
    """With all life out of it, a scene under a still camera is one picture, to the bit."""
    for setting in ("mountains", "desert"):
        scene = drawn(setting, life=0.0, features=frozenset({"no birds"}))
        first, later = scene.frame(0, 0.0), scene.frame(0, 3.1)
        assert all(np.array_equal(a, b) for a, b in zip(first.planes, later.planes, strict=True)), setting


def test_far_things_stand_before_a_still_camera() -> None:
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


def test_every_motion_of_storyboards_is_known() -> None:
    assert set(CAMERA_MOTIONS) < set(MOVES)


@pytest.mark.parametrize("motion", sorted(set(MOVES) - {"whip_pan"}))
def test_every_path_is_smooth_and_stays_within_what_it_asked_for(motion: str) -> None:
    path = camera(motion, shake=0.008)
    half = path.aspect / 2
    for near, upright in ((0.0, True), (0.5, True), (0.9, False)):
        x0, y0, x1, y1 = path.needed(near, upright)
        places = []
        for time in np.linspace(0, 4, 97):
            matrix = path.matrix(path.view(float(time)), near, upright)
            places.append(matrix @ np.array([0.3, 0.2, 1.0]))
            back = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))
            for corner in ((-half, -0.5), (half, -0.5), (-half, 0.5), (half, 0.5)):
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
