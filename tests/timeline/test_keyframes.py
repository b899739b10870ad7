"""Keyframes of one value: found within reach, set, removed; and where values of a clip are kept."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.timeline.notation import Cut, clip, f
from timeline.clip_values import ClipValue, Home, fields_with, held
from timeline.commands.set_each_clip import SetEachClip
from timeline.curve import Curve, Interpolation, Keyframe
from timeline.items import EffectUse, GeneratorSource
from timeline.keyframes import key_after, key_at, key_before, way_at, with_key, with_way, without_key, without_keys

HALF = f(Fraction(1, 2))
LINE = Curve((Keyframe(f(10), 1.0, Interpolation.EASE), Keyframe(f(20), 3.0)))


def test_a_keyframe_within_reach_is_there_and_not_its_own_neighbour() -> None:
    near = f(Fraction(41, 4))
    assert key_at(LINE, near, HALF) is LINE.keyframes[0]
    assert key_at(LINE, near) is None
    assert key_before(LINE, near, HALF) is None
    assert key_before(LINE, near) is LINE.keyframes[0]
    assert key_after(LINE, near, HALF) is LINE.keyframes[1]
    assert key_after(LINE, f(20), HALF) is None
    assert key_at(1.0, f(0)) is None


def test_the_first_keyframe_makes_a_curve_and_the_last_one_taken_away_leaves_its_value() -> None:
    first = with_key(5.0, f(3), 7.0)
    assert first == Curve((Keyframe(f(3), 7.0),))
    assert without_key(first, f(3)) == 7.0
    assert without_key(first, f(9)) is first
    assert without_key(LINE, f(10)) == Curve(LINE.keyframes[1:])
    assert without_keys(LINE, f(99)) == 3.0


def test_a_keyframe_that_is_there_keeps_its_time_and_a_new_one_goes_on_as_the_way_it_lies_on() -> None:
    there = with_key(LINE, f(Fraction(41, 4)), 9.0, HALF)
    assert there.keyframes[0] == replace(LINE.keyframes[0], value=9.0)
    between = with_key(LINE, f(15), 2.0)
    assert [key.time for key in between.keyframes] == [f(10), f(15), f(20)]
    assert between.keyframes[1].interpolation is Interpolation.EASE


def test_the_way_on_is_that_of_the_keyframe_here_else_of_the_one_before() -> None:
    assert way_at(LINE, f(15)) is Interpolation.EASE
    assert way_at(LINE, f(5)) is None
    held_on = with_way(LINE, f(15), Interpolation.HOLD)
    assert isinstance(held_on, Curve)
    assert held_on.at(f(19)) == 1.0
    assert with_way(LINE, f(5), Interpolation.HOLD) is LINE
    assert with_way(4.0, f(5), Interpolation.HOLD) == 4.0


def test_a_clip_knows_when_a_source_instant_is_seen() -> None:
    for one in (clip("A:10-34"), clip("A:10-34@2"), clip("A:10-34@-1")):
        assert one.offset_of(one.running_time(f(5))) == f(5)


def test_values_are_read_and_set_wherever_they_are_kept() -> None:
    blur = ClipValue("radius", Home.EFFECT, "blur", 1)
    scale = ClipValue("scale", Home.EFFECT, "transform", implied=True)
    text, opacity = ClipValue("text", Home.GENERATOR), ClipValue("opacity")
    one = clip("t:0-24", effects=(EffectUse("blur"), EffectUse("blur", {"radius": 2.0})))
    assert (held(one, blur), held(one, scale), held(one, text), held(one, opacity)) == (2.0, None, "t", 1.0)
    assert held(clip("A:0-24"), text) is None
    fields = fields_with(one, {blur: 5.0, scale: 50.0, text: "new", opacity: 0.5})
    after = replace(one, **fields)
    assert (held(after, blur), held(after, scale), held(after, text), held(after, opacity)) == (5.0, 50.0, "new", 0.5)
    assert [use.effect for use in after.effects] == ["transform", "blur", "blur"]
    assert fields_with(clip("A:0-24"), {blur: 5.0, text: "new"}) == {}


def test_each_clip_gets_what_is_its_own_as_one_step_that_merges() -> None:
    cut = Cut(V1="A:0-24 B:0-24", T1="t:0-24")
    command = SetEachClip("cut", {"A": {"opacity": 0.5}, "B": {"opacity": 0.25}}, "Opacity")
    cut.do(command)
    assert (cut.clip("A").opacity, cut.clip("B").opacity) == (0.5, 0.25)
    assert cut.history.undo_label == "Opacity"
    dragged = SetEachClip("cut", {"A": {"opacity": 0.4}, "B": {"opacity": 0.2}}, "Opacity")
    assert command.merge_key == dragged.merge_key != SetEachClip("cut", {"A": {"opacity": 0.4}}, "Opacity").merge_key
    assert "cannot be set" in cut.refuses(SetEachClip("cut", {"A": {"speed": Fraction(2)}}))
    assert "Nothing is selected" in cut.refuses(SetEachClip("cut", {}))
    cut.do(SetEachClip("cut", {"t": {"source": GeneratorSource("title", {"text": "new"})}}))
    assert held(cut.clip("t"), ClipValue("text", Home.GENERATOR)) == "new"
