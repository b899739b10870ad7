from fractions import Fraction

import pytest

from tests.timeline.notation import clip, f
from timeline.curve import Curve, Interpolation, Keyframe, value_at


def curve(*keys: tuple[int, object, Interpolation]) -> Curve:
    return Curve(tuple(Keyframe(f(time), value, how) for time, value, how in keys))  # type: ignore[arg-type]


def test_a_curve_holds_before_its_first_and_after_its_last_keyframe() -> None:
    one = curve((10, 1.0, Interpolation.LINEAR), (20, 3.0, Interpolation.LINEAR))
    assert [one.at(f(time)) for time in (0, 10, 15, 20, 99)] == [1.0, 1.0, 2.0, 3.0, 3.0]


def test_a_curve_can_hold_and_ease() -> None:
    assert curve((0, 1.0, Interpolation.HOLD), (10, 3.0, Interpolation.LINEAR)).at(f(9)) == 1.0
    ease = curve((0, 0.0, Interpolation.EASE), (10, 1.0, Interpolation.LINEAR))
    assert ease.at(f(5)) == pytest.approx(0.5)
    assert ease.at(f(Fraction(5, 2))) == pytest.approx(0.15625)


def test_tuples_are_mixed_part_by_part_and_words_are_not_mixed() -> None:
    assert curve((0, (0.0, 4.0), Interpolation.LINEAR), (10, (1.0, 0.0), Interpolation.LINEAR)).at(f(5)) == (0.5, 2.0)
    assert curve((0, "left", Interpolation.LINEAR), (10, "right", Interpolation.LINEAR)).at(f(5)) == "left"
    assert curve((0, True, Interpolation.LINEAR), (10, False, Interpolation.LINEAR)).at(f(5)) is True


def test_a_plain_value_is_itself_at_any_time() -> None:
    assert value_at(4.0, f(3)) == 4.0
    assert value_at(curve((0, 2.0, Interpolation.LINEAR)), f(3)) == 2.0


def test_a_clip_knows_the_source_instant_shown_at_any_speed() -> None:
    assert clip("A:10-34").source_time(f(5)) == f(15)
    assert clip("A:10-34@2").source_time(f(5)) == f(20)
    assert clip("A:10-34@-1").source_time(f(5)) == f(29)
    assert clip("A:10-34@-1/2").duration == f(48)
