"""A clip that is slowed or reversed and the same place over a film at 100 %: what is seen when stays."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.timeline.notation import clip, f
from timeline.curve import Curve, Interpolation, Keyframe, value_at
from timeline.errors import EditRefused
from timeline.items import Clip, Marker
from timeline.respeeding import at_full_speed, at_speed

CURVE = Curve((Keyframe(f(12), 0.0, Interpolation.EASE), Keyframe(f(20), 1.0), Keyframe(f(36), 0.25)))


def opacities(one: Clip) -> list[float]:
    return [float(value_at(one.opacity, one.running_time(f(number)))) for number in range(one.duration.frames(24))]  # type: ignore[arg-type]


@pytest.mark.parametrize("speed", ["1", "1/2", "2", "-1", "-3/2"])
def test_what_is_animated_is_seen_at_the_same_moments_and_the_way_back_is_the_same_clip(speed: str) -> None:
    old = clip(f"A:12-36@{speed}", opacity=CURVE, markers=(Marker(f(18), duration=f(6)), Marker(f(30))))
    new = at_full_speed(old, f(8))
    assert (new.speed, new.duration, new.source_range.start) == (1, old.duration, f(8))
    assert opacities(new) == pytest.approx(opacities(old))
    assert [one.duration for one in new.markers] == [f(6) / abs(old.speed), f(0)]
    first = old.running_time(f(-8))
    assert at_speed(new, first, Fraction(speed)) == old


def test_a_curve_that_jumps_is_not_turned_round() -> None:
    held = Curve((Keyframe(f(12), 0.0, Interpolation.HOLD), Keyframe(f(20), 1.0)))
    with pytest.raises(EditRefused, match="plays backwards"):
        at_full_speed(clip("A:12-36@-1", opacity=held), f(0))
    assert at_full_speed(replace(clip("A:12-36@1/2"), opacity=held), f(0)).duration == f(48)
