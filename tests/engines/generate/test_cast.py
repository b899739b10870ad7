from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np
import pytest

from engines.generate.procedural.create.composition import related
from engines.generate.procedural.draw.layers import Sprites
from engines.generate.procedural.draw.poses import Poses
from engines.generate.procedural.draw.scene import Scene, furnished
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.subject_kind import subject_kinds
from engines.generate.procedural.scene.parts import Subject
from tests.engines.generate.casting import SIZE, change, figure_at, figures, spec_of
from tests.engines.generate.drawing import luma

ALL = sorted(subject_kinds())


def seen(setting: str, name: str, threshold: float = 8.0) -> float:
    """The share of the picture that a subject changes."""
    spec = spec_of(setting, Subject(name))
    return max(float((change(spec, t) > threshold).mean()) for t in (1.0, 2.6))


@pytest.mark.parametrize("setting", sorted(settings()))
def test_whoever_comes_finds_a_place(setting: str) -> None:
    names = ("sailboat", "fish", "plane", "car", "horse")
    stage = furnished(spec_of(setting, *(Subject(name) for name in names)), 96, 54)
    assert stage.placed == set(range(len(names)))
    assert {layer.subject for layer in stage.layers if isinstance(layer, Sprites) and layer.cast} >= set(
        range(len(names))
    )


@pytest.mark.slow
@pytest.mark.parametrize("setting", sorted(settings()))
def test_kinds_are_seen_in_every_setting(setting: str) -> None:
    """A third of the kinds in each setting, in turn, so that each kind is looked for in a third of the settings."""
    for name in ALL[sorted(settings()).index(setting) % 3 :: 3]:
        if (setting, name) != ("space", "planet"):  # it has one of its own in any case
            assert float((change(spec_of(setting, Subject(name)), 1.5, (96, 54)) > 8).mean()) > 0.0003, name


@pytest.mark.parametrize("name", ALL)
def test_every_kind_is_seen_on_land(name: str) -> None:
    assert seen("desert", name) > 0.0012


def travel(spec_fields: dict[str, object], subject: Subject, setting: str = "beach") -> tuple[float, float, float]:
    """How far the figure goes in two seconds: x, y, and its size at the end as a multiple of that at first."""
    spec = spec_of(setting, subject, **spec_fields)
    a, b = figure_at(spec, 0.5), figure_at(spec, 2.5)
    return b.x - a.x, b.y - a.y, (b.size * b.stretch) / (a.size * a.stretch)


@pytest.mark.parametrize(
    ("motion", "life"), [("slow", 0.6), ("medium", 1.0), ("fast", 1.8), ("walk", 1.0), ("run", 1.5)]
)
def test_a_motion_of_the_feet_carries_a_person_over_the_ground(motion: str, life: float) -> None:
    dx, dy, grown = travel({"subject_motion": motion, "life": life}, Subject("person", way="right"))
    assert dx > 0.05
    assert abs(dy) < 1e-9
    assert grown == pytest.approx(1)


def test_faster_motions_go_farther() -> None:
    ways = [
        travel({"subject_motion": motion, "life": life}, Subject("person", x=-0.4, way="right"))[0]
        for motion, life in (("none", 1.0), ("slow", 0.6), ("walk", 1.0), ("run", 1.5))
    ]
    assert ways[0] == 0
    assert ways == sorted(ways)
    assert ways[3] > 2 * ways[2]


def test_none_stands_still_to_the_pixel() -> None:
    spec = spec_of("beach", Subject("person"), subject_motion="none")
    (layer,) = figures(spec)
    assert layer.is_still
    assert layer.placements(0.0) == layer.placements(3.0)


@pytest.mark.parametrize("name", ["person", "car", "cat"])
def test_flying_leaves_the_ground_and_goes_on(name: str) -> None:
    grounded = figure_at(spec_of("beach", Subject(name, way="right")), 1.0)
    spec = spec_of("beach", Subject(name, way="right"), subject_motion="fly")
    first, later = figure_at(spec, 1.0), figure_at(spec, 2.0)
    assert first.y < grounded.y - 0.08
    assert later.x > first.x + 0.03


@pytest.mark.parametrize(("motion", "sign"), [("grow", 1), ("shrink", -1)])
def test_growing_and_shrinking_are_measured_in_the_picture(motion: str, sign: int) -> None:
    spec = spec_of("beach", Subject("tree"), subject_motion=motion)
    small, large = ((change(spec, t) > 8).sum() for t in ((0.3, 3.7) if sign > 0 else (3.7, 0.3)))
    assert large > 2 * small


@pytest.mark.parametrize("name", ["phone", "person", "tree"])
def test_spinning_shows_other_sides_and_stays_in_place(name: str) -> None:
    spec = spec_of("beach", Subject(name), subject_motion="spin")
    views = [figure_at(spec, t) for t in (0.0, 0.6, 1.2, 1.9)]
    assert len({(view.pose, round(view.size, 3), view.mirrored) for view in views}) > 2
    assert max(view.x for view in views) - min(view.x for view in views) < 1e-6
    a, b = (change(spec, t) for t in (0.0, 0.9))
    assert np.abs(a - b).max() > 8


@pytest.mark.parametrize(("way", "axis", "sign"), [("left", 0, -1), ("right", 0, 1), ("up", 1, -1), ("down", 1, 1)])
@pytest.mark.parametrize(("name", "setting"), [("person", "beach"), ("plane", "beach"), ("sailboat", "sea")])
def test_a_way_is_taken(way: str, axis: int, sign: int, name: str, setting: str) -> None:
    moved = travel({}, Subject(name, way=way), setting)
    assert moved[axis] * sign > 0.02
    if axis == 0:
        assert abs(moved[1]) < 0.03


@pytest.mark.parametrize("name", ["person", "car", "plane", "horse"])
def test_toward_grows_and_comes_down_the_picture_and_away_is_the_reverse(name: str) -> None:
    horizon = spec_of("beach").horizon
    toward, away = (spec_of("beach", Subject(name, way=way)) for way in ("toward", "away"))
    near, far = figure_at(toward, 3.5), figure_at(toward, 0.2)
    assert near.size > far.size * 1.25
    if subject_kinds()[name].ground != "flies":
        # On a plane sizes grow as distances from the horizon do.
        assert (near.y - horizon) / (far.y - horizon) == pytest.approx(near.size / far.size, rel=0.02)
    assert figure_at(away, 3.5).size < figure_at(away, 0.2).size / 1.25


def test_a_bouncing_ball_falls_as_things_fall_and_its_shadow_waits_below() -> None:
    spec = spec_of("beach", Subject("ball", bounces=True, way="none"))
    (layer,) = figures(spec)
    times = np.linspace(0, 2, 97)
    heights = np.array([layer.placements(t)[-1].y for t in times])
    patches = np.array([layer.placements(t)[0].y for t in times])
    assert np.ptp(patches) < 1e-9
    assert heights.max() <= patches[0] + 1e-6
    assert np.ptp(heights) > 0.1
    bends = np.diff(heights, 2)
    inside = bends[np.abs(bends) < 3 * np.median(np.abs(bends))]
    assert inside.std() < 0.05 * inside.mean(), "one pull down all the way"


def test_a_walker_in_the_picture_goes_as_far_as_its_placements_say() -> None:
    spec = spec_of("beach", Subject("person", x=-0.1, way="right", gait="walk", scale=1.6))
    middles = []
    for seconds in (1.0, 2.0):
        columns = (change(spec, seconds) > 12).sum(axis=0)
        middles.append(float((columns * np.arange(len(columns))).sum() / columns.sum()))
    expected = (figure_at(spec, 2.0).x - figure_at(spec, 1.0).x) * SIZE[1]
    assert middles[1] - middles[0] == pytest.approx(expected, rel=0.15)


def test_optical_flow_sees_a_car_drive() -> None:
    spec = spec_of("street", Subject("car", way="right", scale=2.0))
    scene = Scene(spec, *SIZE)
    first, second = (scene.frame(0, t).planes[0] for t in (1.0, 1.0 + 1 / 24))
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(first, second, None)  # type: ignore[call-overload]
    expected = (figure_at(spec, 1.0 + 1 / 24).x - figure_at(spec, 1.0).x) * SIZE[1]
    assert float(np.median(flow[change(spec, 1.0) > 25][:, 0])) == pytest.approx(expected, rel=0.35)


@pytest.mark.parametrize("count", [1, 2, 5, 12, 60])
def test_as_many_come_as_are_asked_for(count: int) -> None:
    (layer,) = figures(spec_of("beach", Subject("cat", count)))
    spots = layer.placements(1.0)
    assert (
        sum(
            1
            for one in spots
            if layer.poses[int(one.pose)].data[..., :3].max() > 0 and one.pose != 0 and one.stretch > 0
        )
        == count
    )
    edge = SIZE[0] / SIZE[1] / 2
    assert all(-edge - 0.1 < one.x < edge + 0.1 for one in spots if one.stretch > 0)


def test_a_crowd_is_many_and_different() -> None:
    (layer,) = figures(spec_of("street", Subject("crowd")))
    assert len({(round(one.x, 3)) for one in layer.placements(1.0)}) >= 12
    assert len({int(one.pose) for one in layer.placements(1.0)}) >= 8


def two(first: Subject, second: Subject, setting: str = "beach") -> tuple[list[float], list[float]]:
    """x, foot, size of both, the second's layer index minus the first's as the last number of the second."""
    spec = spec_of(setting, first, second)
    found = {}
    for index, layer in enumerate(figures(spec)):
        one = layer.placements(1.0)[-1]
        found[layer.subject] = [one.x, one.y, one.size, float(index)]
    return found[0], found[1]


def test_behind_is_smaller_higher_and_covered_and_before_the_reverse() -> None:
    person, house = Subject("person", gait="stand"), Subject("house")
    for word, nearer in (("behind", 1), ("in_front_of", 0)):
        pair = related((person, house), ((0, word, 1),), 0.2)
        one, other = two(*pair)
        alone = figure_at(spec_of("beach", person), 1.0)
        assert (one[3] < other[3]) == bool(nearer), word
        assert (one[1] < other[1] + 0.02) == bool(nearer), word
        assert alone.size > 0


@pytest.mark.parametrize(("word", "sign"), [("left_of", -1), ("right_of", 1)])
def test_left_and_right_of_are_obeyed(word: str, sign: int) -> None:
    one, other = two(*related((Subject("cat", gait="stand"), Subject("house")), ((0, word, 1),), 0.2))
    assert (one[0] - other[0]) * sign > 0.1


def test_beside_is_near_but_not_in_one_another() -> None:
    one, other = two(*related((Subject("person", gait="stand"), Subject("house")), ((0, "beside", 1),), 0.2))
    half = 0.5 * (0.5 * one[2] + subject_kinds()["house"].width * other[2])
    assert 0.6 * half < abs(one[0] - other[0]) < 2.2 * half + 0.1


def test_above_is_higher_up() -> None:
    plain = figure_at(spec_of("beach", Subject("balloon")), 1.0)
    lifted, _ = two(*related((Subject("balloon"), Subject("house")), ((0, "above", 1),), 0.2))
    assert lifted[1] < plain.y


def test_sizes_beside_one_another_are_nearer_to_those_of_the_world() -> None:
    person, house = (
        figure_at(spec_of("beach", Subject(name, gait="stand" if name == "person" else "")), 1.0).size
        for name in ("person", "house")
    )
    together = two(Subject("person", gait="stand"), Subject("house"))
    assert together[1][2] / together[0][2] > 1.4 * house / person


@pytest.mark.parametrize("sun_x", [-0.3, 0.3])
def test_shadows_fall_away_from_the_sun(sun_x: float) -> None:
    spec = spec_of("beach", Subject("tree", x=0.0), sun_x=sun_x, time="golden_hour")
    (layer,) = figures(spec)
    shadow = next(one for one in layer.placements(0.0) if one.stretch < 0)
    # Its top lies beyond its foot, on the far side from the sun, and toward the viewer.
    assert math.copysign(1, -shadow.lean) == -math.copysign(1, sun_x)
    assert shadow.stretch < 0


def test_a_low_sun_throws_longer_shadows_and_grey_weather_none() -> None:
    def length(**fields: object) -> float:
        (layer,) = figures(spec_of("beach", Subject("person", x=0.2, gait="stand"), sun_x=-0.3, **fields))
        return max((math.hypot(one.lean, one.stretch) for one in layer.placements(0.0) if one.stretch < 0), default=0.0)

    assert length(time="golden_hour") > length(time="day") > 0
    assert length(time="day", weather="rain") == 0


def test_what_stands_touches_the_ground_with_a_dark_patch_in_any_light() -> None:
    for time_of_day in ("day", "dusk", "night"):
        spec = spec_of("beach", Subject("horse", gait="stand"), time=time_of_day)
        with_it, bare = (luma(Scene(one, *SIZE).frame(0, 1.0)) for one in (spec, replace(spec, subjects=())))
        place = figure_at(spec, 1.0)
        row = round((place.y + 0.5) * SIZE[1])
        column = round((place.x + SIZE[0] / SIZE[1] / 2) * SIZE[1])
        part = np.s_[row - 2 : row + 3, column - 12 : column + 12]
        assert float((with_it[part] - bare[part]).mean()) < -1.0, time_of_day


def test_a_person_costs_nothing_after_one_cycle() -> None:
    spec = spec_of("studio", Subject("person", gait="walk", way="right"))
    (layer,) = [one for one in furnished(spec, *SIZE).layers if getattr(one, "cast", False)]
    assert layer.poses.made == 0  # type: ignore[attr-defined]
    for index in range(96):
        for one in layer.placements(index / 24):  # type: ignore[attr-defined]
            layer.poses[int(one.pose)]  # type: ignore[attr-defined]
    made = layer.poses.made  # type: ignore[attr-defined]
    assert made <= 1 + 2 * 24
    for index in range(96, 192):
        for one in layer.placements(index / 24):  # type: ignore[attr-defined]
            layer.poses[int(one.pose)]  # type: ignore[attr-defined]
    assert layer.poses.made == made  # type: ignore[attr-defined]


def test_a_look_and_a_soft_background_paint_no_pose_ahead() -> None:
    (layer,) = figures(spec_of("studio", Subject("person"), look="cartoon", depth_of_field=1.0, focus=0.1))
    assert isinstance(layer.poses, Poses)
    assert layer.poses.made == 0
    assert layer.poses[1].data.max() > 0
    assert layer.poses.made == 1


@pytest.mark.parametrize(("name", "seconds"), [("dog", 4.0), ("dog", 6.0), ("person", 9.0)])
def test_a_hero_that_runs_is_in_the_frame_for_most_of_the_film(name: str, seconds: float) -> None:
    spec = spec_of("park", Subject(name, x=0.19, gait="run"), seconds=seconds)
    (layer,) = figures(spec)
    edge = spec.width / spec.height / 2
    moments = [seconds * k / 20 for k in range(21)]
    inside = [any(one.pose != 0 and abs(one.x) < edge for one in layer.placements(t)) for t in moments]
    assert sum(inside) >= 18
    assert inside[0]
    assert inside[-1]


def test_a_group_that_runs_keeps_its_order() -> None:
    (layer,) = figures(spec_of("beach", Subject("dog", 3, gait="run", way="right"), seconds=3.0))
    rows = [[round(one.x, 6) for one in layer.placements(t) if one.stretch > 0 and one.pose != 0] for t in (0.2, 0.6)]
    steps = {round(b - a, 4) for a, b in zip(*rows, strict=True)}
    assert len(set(rows[0])) == 3
    assert min(steps) > 0.75 * max(steps), "the nearer a little faster, as on any plane"


@pytest.mark.parametrize("setting", ["city", "village", "mountains"])
def test_the_moon_stands_behind_all_that_is_on_the_land(setting: str) -> None:
    layers = furnished(spec_of(setting, Subject("moon"), time="night"), 64, 36).layers
    (place,) = (index for index, layer in enumerate(layers) if isinstance(layer, Sprites) and layer.cast)
    assert place < len(layers) / 3


def test_by_night_there_is_one_moon() -> None:
    spec = spec_of("sea", Subject("moon"), time="night")
    picture = luma(Scene(spec, *SIZE).frame(0, 1.0))
    found, _, boxes, _ = cv2.connectedComponentsWithStats((picture[: SIZE[1] // 2] > 170).astype(np.uint8))
    assert sum(1 for box in boxes[1:] if box[cv2.CC_STAT_AREA] > 12) == 1, found


@pytest.mark.parametrize("name", ["person", "car", "birds", "fish"])
def test_the_same_scene_gives_the_same_subjects(name: str) -> None:
    frames = [Scene(spec_of("sea", Subject(name, 3)), *SIZE).frame(0, 1.3).planes[0] for _ in range(2)]
    assert np.array_equal(*frames)
