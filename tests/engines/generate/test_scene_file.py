"""A scene as data: both ways exactly, with bounds, and refused in a sentence."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from engines.generate.procedural.scene.file import from_plain, read_scene, to_plain, write_scene
from engines.generate.procedural.scene.parts import Beat, PaletteUse, ShotPart, Subject, Text
from engines.generate.procedural.scene.rules import Choice, Flag, Number, Ruled, Words, fields_of
from engines.generate.procedural.scene.spec import Key, SceneSpec
from engines.generate.registry import engine

FULL = SceneSpec(
    "sea",
    frozenset({"beach", "big moon"}),
    "dusk",
    "rain",
    palettes=(PaletteUse("ocean", 2.0), PaletteUse("own", 1.0, ("102030", "a0b0c0"))),
    subjects=(Subject("tree", 3, -0.2, lift=0.1), Subject("house")),
    beats=(Beat("setup", 0.0, 0.3), Beat("climax", 0.6, 1.0)),
    shots=(ShotPart(0.0), ShotPart(0.5, "close", "zoom_in", "dissolve", 0.4)),
    texts=(Text("Grüße 👋\nzwei", "lower_third", "caption", 0.1, 0.9),),
    rate=Fraction(30000, 1001),
    seed=2**53 + 1,
    seconds=1 / 3,
)
KEYED = replace(FULL, shots=(), keys=(Key(0.5, SceneSpec("mountains", time="night"), 0.25, "then mountains at night"),))


@pytest.mark.parametrize("spec", [SceneSpec("sea"), FULL, KEYED])
def test_a_scene_comes_back_from_its_file_as_it_was(spec: SceneSpec, tmp_path: Path) -> None:
    write_scene(spec, tmp_path / "scene.json")
    again = read_scene(tmp_path / "scene.json")
    assert again == spec
    assert (again.light, again.grade) == (spec.light, spec.grade)
    assert to_plain(from_plain(json.loads(json.dumps(to_plain(spec))))) == to_plain(spec)


def values_of(ruled: Ruled) -> st.SearchStrategy[Any]:
    rule = ruled.rule
    if ruled.is_group:
        return st.builds(ruled.type, **{name: values_of(one) for name, one in fields_of(ruled.type).items()})
    if isinstance(rule, Number):
        if ruled.type is float:
            return st.floats(rule.low, rule.high)
        if ruled.type is Fraction:
            return st.fractions(int(rule.low), int(rule.high), max_denominator=1001)
        return st.integers(int(rule.low), int(rule.high))
    if isinstance(rule, Choice):
        return st.sampled_from(rule.words)
    if isinstance(rule, Flag):
        return st.booleans()
    if isinstance(rule, Words) and rule.widget != "colour":
        return st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=min(rule.most, 12))
    return st.just(ruled.default)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_scene_within_its_bounds_comes_back_exactly(data: st.DataObject) -> None:
    made = {name: data.draw(values_of(ruled)) for name, ruled in fields_of(SceneSpec).items()}
    spec = SceneSpec(**made)
    assert from_plain(json.loads(json.dumps(to_plain(spec)))) == spec


def test_every_field_has_a_rule_or_fields_of_its_own() -> None:
    for cls in (SceneSpec, Subject, Text, Beat, ShotPart, PaletteUse):
        for name, ruled in fields_of(cls).items():
            assert ruled.is_group or ruled.rule is not None, f"{cls.__name__}.{name}"
            if isinstance(ruled.rule, Number) and isinstance(ruled.default, (int, float, Fraction)):
                assert ruled.rule.low <= ruled.default <= ruled.rule.high, name
            if isinstance(ruled.rule, Choice) and isinstance(ruled.default, str):
                assert ruled.default in ruled.rule.words, name
    assert [one.name for one in fields(SceneSpec)] == list(fields_of(SceneSpec))


def test_a_scene_may_say_no_more_than_where_it_is() -> None:
    assert from_plain({"setting": "sea"}) == SceneSpec("sea")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"settings": "sea"}, "Did you mean “setting”"),
        ({"setting": "mountain"}, "Did you mean “mountains”"),
        ({"camera": {"motoin": "static"}}, "“motoin” is not a field of camera. Did you mean “motion”"),
        ({"camera": {"motion": "wobble"}}, "“camera.motion” cannot be “wobble”"),
        ({"camera": "static"}, "“camera” must be a group of fields"),
        ({"life": 99}, "“life” must be a number from 0 to 4, not “99”"),
        ({"life": "fast"}, "“life” must be a number"),
        ({"life": True}, "“life” must be a number"),
        ({"life": float("nan")}, "“life” must be a number"),
        ({"seed": 1.5}, "whole number"),
        ({"rate": "0"}, "“rate”"),
        ({"rate": "1/0"}, "“rate”"),
        ({"width": 16}, "“width” must be a number from 32"),
        ({"seconds": 601}, "“seconds”"),
        ({"loop": 1}, "true or false"),
        ({"subjects": [{"name": "unicorn"}]}, "“unicorn” cannot be drawn"),
        ({"subjects": [{"count": 2}]}, "“subjects\\[0\\]” needs “name”"),
        ({"subjects": [{"name": "tree"}] * 25}, "24 are the most"),
        ({"palettes": [{"name": "oceann"}]}, "Did you mean “ocean”"),
        ({"palettes": [{"name": "own", "colours": ["red"]}]}, "not a colour"),
        ({"texts": [{"words": "a", "start": 0.5, "end": 0.5}]}, "must end after it starts"),
        ({"texts": [{"words": "a" * 500}]}, "longer than 400"),
        ({"texts": [{"words": "a", "colour": "blue"}]}, "colour"),
        ({"keys": [{"at": 0.5, "scene": {"setting": "sea", "keys": [{"at": 0, "scene": {"setting": "sea"}}]}}]}, "keyframes"),
        ({"scene": 99}, "newer Starcut"),
    ],
)  # fmt: skip
def test_what_does_not_belong_is_refused_in_one_sentence(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(EngineError, match=words) as refused:
        from_plain({"setting": "sea", **changed})
    assert "\n" not in refused.value.message
    assert refused.value.message.endswith((".", "?"))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"setting": ', "\udcff", "[" * 5000])
def test_a_file_that_is_no_scene_is_refused_in_one_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "scene.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(EngineError, match="scene"):
        read_scene(path)


def test_a_missing_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be read"):
        read_scene(tmp_path / "none.json")


def test_the_scene_of_a_prompt_drawn_by_itself_gives_the_same_pixels() -> None:
    request = GenerationRequest(prompt="a boat on the sea at dusk, rain", width=128, height=72, duration=2.0, seed=5)
    scene = engine().scene(request)
    own = GenerationRequest(scene=scene, width=128, height=72, duration=2.0, seed=5)
    words, data = (engine().sketch(one, 1.0, (128, 72)) for one in (request, own))
    assert words is not None
    assert data is not None
    assert all((a == b).all() for a, b in zip(words.planes, data.planes, strict=True))
