"""The line over a clip, its keyframes and the fade handles, as numbers."""

from dataclasses import replace

import pytest

from tests.timeline.notation import clip, f
from timeline.curve import Curve, Interpolation, Keyframe
from ui.timeline_view import rubber


def curve(*points: tuple[int, float]) -> Curve:
    return Curve(tuple(Keyframe(f(at), value) for at, value in points))


@pytest.mark.parametrize("name", ["volume", "opacity"])
@pytest.mark.parametrize("value", [0.0, 0.25, 0.5, 1.0])
def test_a_value_comes_back_from_the_y_it_lies_at(name: rubber.Name, value: float) -> None:
    y = rubber.y_of(name, value, 20, 50)
    assert 20 <= y <= 70
    assert rubber.value_at_y(name, y, 20, 50) == pytest.approx(value, abs=1e-9)


def test_beyond_the_body_the_line_stays_at_its_ends() -> None:
    assert rubber.value_at_y("volume", -100, 20, 50) == pytest.approx(4.0)
    assert rubber.value_at_y("volume", 500, 20, 50) == 0.0
    assert rubber.value_at_y("opacity", -100, 20, 50) == 1.0


def test_keyframes_lie_where_their_pictures_are_also_when_played_backwards_and_fast() -> None:
    forwards = clip("A:10-34", volume=curve((10, 1.0), (22, 0.5)))
    assert [point.offset for point in rubber.points(forwards, "volume")] == [f(0), f(12)]
    backwards = clip("A:10-34@-2", volume=curve((10, 1.0), (22, 0.5)))
    assert [(point.offset, point.place) for point in rubber.points(backwards, "volume")] == [(f(6), 1), (f(12), 0)]


def test_a_keyframe_is_added_moved_and_taken_away() -> None:
    one = clip("A:10-34")
    line = rubber.with_key(one, "volume", f(6), 0.5)
    assert line == curve((16, 0.5))
    two = replace(one, volume=rubber.with_key(replace(one, volume=line), "volume", f(12), 1.0))
    assert two.volume == curve((16, 0.5), (22, 1.0))
    assert rubber.with_key_moved(two, "volume", 0, f(8), 0.25) == curve((18, 0.25), (22, 1.0))
    assert rubber.with_key_moved(two, "volume", 0, f(12), 0.25) is None
    assert rubber.without_key(two, "volume", 1) == curve((16, 0.5))
    assert rubber.without_key(replace(one, volume=line), "volume", 0) == 0.5


def test_a_second_click_at_the_same_moment_changes_the_keyframe_that_is_there() -> None:
    one = clip("A:0-24", opacity=curve((6, 0.5)))
    assert rubber.with_key(one, "opacity", f(6), 0.75) == curve((6, 0.75))


def test_the_way_from_a_keyframe_is_linear_eased_held_in_turn() -> None:
    one = clip("A:0-24", volume=curve((6, 0.5)))
    kinds = []
    for _ in range(3):
        line = rubber.with_interpolation(one, "volume", 0)
        assert line is not None
        one = replace(one, volume=line)
        kinds.append(line.keyframes[0].interpolation)
    assert kinds == [Interpolation.EASE, Interpolation.HOLD, Interpolation.LINEAR]


def test_pulling_the_line_keeps_its_shape() -> None:
    sound = clip("A:0-24", volume=curve((0, 0.5), (12, 1.0)))
    assert rubber.shifted_line(sound, "volume", 1.0, 2.0) == curve((0, 1.0), (12, 2.0))
    picture = clip("A:0-24", opacity=curve((0, 0.5), (12, 1.0)))
    assert rubber.shifted_line(picture, "opacity", 1.0, 0.75) == curve((0, 0.25), (12, 0.75))
    assert rubber.shifted_line(clip("A:0-24"), "volume", 1.0, 0.5) == 0.5


def test_decibels_and_gain_are_each_others_inverse_and_silence_is_silence() -> None:
    assert rubber.from_db(rubber.to_db(0.5)) == pytest.approx(0.5)
    assert rubber.to_db(0) == rubber.QUIETEST_DB
    assert rubber.from_db(rubber.QUIETEST_DB) == 0.0


def test_a_fade_handle_never_lies_in_the_trim_zone() -> None:
    assert rubber.fade_handle_x(100, 300, 0, "in") == 114
    assert rubber.fade_handle_x(100, 300, 50, "in") == 150
    assert rubber.fade_handle_x(100, 300, 50, "out") == 250
    assert rubber.fade_handle_x(100, 300, 200, "in") == 286
    assert not rubber.has_handles(39, 50)
    assert not rubber.has_handles(200, 12)
