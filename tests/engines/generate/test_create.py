"""What the words leave open is decided sensibly, and every word that is heard counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.generate.base import GenerationRequest, Keyframe
from engines.generate.procedural.create import create, describe
from engines.generate.procedural.create.genres import GENRES
from engines.generate.procedural.gallery import composed, jpeg_of, sheets
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.scene.file import checked, from_plain
from engines.generate.procedural.scene.light import LIGHTINGS
from engines.generate.procedural.scene.looks import LOOKS
from engines.generate.procedural.scene.parts import Beat, PaletteUse, ShotPart, Sky, Sound, Subject, Text
from engines.generate.procedural.scene.plan import parts_of
from engines.generate.procedural.scene.rules import Choice, Flag, Number, fields_of
from engines.generate.procedural.scene.spec import Key, SceneSpec
from engines.generate.procedural.scene.standing import standing
from engines.generate.registry import engine
from tests.engines.generate.drawing import drawn, luma

PAGE = Path(__file__).parents[3] / "docs" / "engine.md"


def spec_of(prompt: str, **fields: object) -> SceneSpec:
    request = GenerationRequest.model_validate({"prompt": prompt, "duration": 6.0, "seed": 1, **fields})
    return create(interpret(request), request)


PROMPTS = [
    "",
    "🚢🌊",
    "море на закате, чайки",
    "no no no not without",
    "bright dark day night sunny storm snow desert underwater red green",
    "a " * 5000,
    "forty-five umbrellas and sixty lighthouses and ninety cars and a thousand birds",
    "title '" + "x" * 300 + "' then then then -> -> then",
    'how to "',
]


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("fields", [{}, {"duration": 0.1}, {"duration": 600.0}, {"width": 32, "height": 4096}])
def test_any_prompt_makes_a_scene_within_its_bounds(prompt: str, fields: dict[str, object]) -> None:
    spec = spec_of(prompt, **fields)
    assert from_plain(spec.as_plain()) == spec
    assert parts_of(spec)
    assert describe(spec)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("slightly foggy", "weather_amount"), ("stormy", "weather"), ("strong wind", "wind"), ("red", "palettes"),
        ("watercolour", "look"), ("noir lighting", "lighting"), ("warm", "lighting"), ("dark", "finish"),
        ("high contrast", "finish"), ("desaturated", "finish"), ("intense", "finish"), ("zoom in", "camera"),
        ("close-up", "camera"), ("handheld", "camera"), ("telephoto", "parallax"), ("ease out", "camera"),
        ("left heavy", "balance"), ("symmetrical", "symmetry"), ("radial gradient", "gradient"), ("melancholic", "mood"),
        ("a story of loss", "mood"), ("slow burn", "beats"), ("seamless loop", "loop"), ("bokeh", "depth_of_field"),
        ("god rays", "shafts"), ("jerky", "hold"), ("pulsing", "rhythm"), ("fast", "life"), ("diagonal", "direction"),
        ("with a techno soundtrack", "sound"), ("title 'Hello'", "texts"), ("three boats", "subjects"),
        ("thriller", "shots"), ("then snow", "keys"),
    ],
)  # fmt: skip
def test_a_word_changes_its_field(words: str, field: str) -> None:
    plain, said = spec_of("the sea by day"), spec_of(f"the sea by day, {words}")
    assert getattr(plain, field) != getattr(said, field)


def test_stronger_words_do_more() -> None:
    slightly, plain, very = (spec_of(f"the sea by day, {how} warm") for how in ("slightly", "", "very"))
    assert 0 < slightly.lighting.temperature < plain.lighting.temperature < very.lighting.temperature


def test_several_palettes_are_mixed_by_weight() -> None:
    spec = spec_of("red and blue abstract")
    assert {use.name for use in spec.palettes} >= {"fire", "ocean"}


@pytest.mark.parametrize("genre", sorted(set(GENRES) - {"general"}))
def test_a_genre_brings_its_rules(genre: str) -> None:
    spec = spec_of(f"{genre} about the sea", duration=12.0)
    rules = GENRES[genre]
    assert spec.genre == genre
    assert spec.tension == rules.tension
    assert spec.lighting.name == rules.lighting
    assert [shot.size for shot in spec.shots[:2]] == list(rules.shots[:2])
    assert all(shot.transition == rules.transition for shot in spec.shots[1:])
    assert not spec_of(f"{genre} about the sea", duration=5.0).shots
    assert not spec_of(f"{genre} about the sea, close-up", duration=12.0).shots


def test_the_hero_stands_on_the_side_that_is_asked_for() -> None:
    hows = ("left heavy", "right heavy", "symmetrical")
    left, right, middle = (spec_of(f"a lighthouse, {how}").subjects[0].x for how in hows)
    assert left < -0.1
    assert right > 0.1
    assert middle == 0


def test_what_is_beside_or_left_of_something_stands_there() -> None:
    tree, house = spec_of("a tree left of a house in a meadow").subjects
    assert tree.x < house.x - 0.1
    behind, front = spec_of("a tree behind a house in a meadow").subjects
    assert behind.near < front.near


def test_a_keyframe_keeps_what_it_does_not_name() -> None:
    spec = spec_of(
        "mountains with a lake by day", keyframes=(Keyframe(at=3, prompt="night"), Keyframe(at=6, prompt="snow"))
    )
    assert [(key.at, key.fade) for key in spec.keys] == [(0.5, 3.0), (1.0, 3.0)]
    first, second = (key.scene for key in spec.keys)
    assert (first.setting, first.time, first.weather) == (spec.setting, "night", "clear")
    assert (second.time, second.weather) == ("night", "snow")


def test_then_leads_to_another_place_without_those_who_were_in_the_first() -> None:
    spec = spec_of("a boat on the sea at dawn, then a city at night")
    assert [one.name for one in spec.subjects] == ["sailboat"]
    (key,) = spec.keys
    assert (key.scene.setting, key.scene.time) == ("city", "night")
    assert not key.scene.subjects


def test_a_lesson_numbers_its_steps_and_an_explanation_shows_its_name() -> None:
    lesson = spec_of("how to plant a tree: dig a hole, then set the tree, then water it", duration=12.0)
    assert [text.words[0] for text in lesson.texts] == ["H", "1", "2", "3"]
    assert lesson.texts[-1].end == 1.0
    assert all(a.end == b.start for a, b in zip(lesson.texts[:-1], lesson.texts[1:], strict=True))
    assert "volcanoes" in spec_of("explain how volcanoes work").texts[0].words


def test_the_same_words_and_seed_make_the_same_scene_and_another_seed_another() -> None:
    assert spec_of("a tree in a meadow") == spec_of("a tree in a meadow")
    sides = {spec_of("a tree in a meadow", seed=seed).subjects[0].x > 0 for seed in range(8)}
    assert sides == {True, False}


def test_a_scene_that_is_given_is_drawn_at_the_size_length_and_seed_of_the_request() -> None:
    own = engine().scene(GenerationRequest(prompt="a boat at dusk", seed=4))
    again = from_plain(engine().scene(GenerationRequest(scene=own, width=200, height=100, duration=2.0, seed=9)))
    assert (again.width, again.height, again.seconds, again.seed) == (200, 100, 2.0, 9)
    assert replace(again, width=1280, height=720, seconds=5.0, seed=4) == from_plain(own)


def test_the_page_of_the_engine_names_every_field_with_its_bounds() -> None:
    text = PAGE.read_text("utf-8")
    for cls in (SceneSpec, Subject, Text, Beat, ShotPart, PaletteUse, Sky, Sound, Key, type(LIGHTINGS["noir"])):
        for name, ruled in fields_of(cls).items():
            told = getattr(ruled.rule, "help", "")
            assert f"| `{name}` | {told}" in text, f"{cls.__name__}.{name}"
            if isinstance(ruled.rule, Number) and name != "seed":
                assert f"| `{name}` | {told} | {ruled.rule.low:g} to {ruled.rule.high:g}" in text, name
            assert ruled.rule is None or not isinstance(ruled.rule, (Choice, Flag)) or told
    for genre, rules in GENRES.items():
        assert f"| `{genre}` | {rules.pace:g} | {rules.lighting} | {rules.tension} |" in text


def test_every_look_and_sheet_has_its_sentence_and_its_tiles() -> None:
    assert all(look.help.endswith(".") for look in LOOKS.values())
    plans = {name: plan() for name, plan in sheets(96).items()}
    for name, plan in plans.items():
        assert plan.tiles, name
        for tile in plan.tiles:
            checked(tile.spec)
    flat = [np.full((54, 96, 3), 90, np.uint8)] * 3
    assert composed(flat, ["a", "b", "c"], 2).shape[1] == 3 * 4 + 2 * 96
    assert jpeg_of(composed(flat, ["", "", ""], 2))[:2] == b"\xff\xd8"


def test_a_couple_is_two_and_who_rides_a_bicycle_is_drawn_once() -> None:
    assert [(one.name, one.count) for one in spec_of("a couple on the beach at sunset").subjects] == [("person", 2)]
    assert [one.name for one in spec_of("a man riding a bicycle on a country road").subjects] == ["bicycle"]


def test_a_village_has_snow_unless_it_is_another_season_and_a_castle_brings_no_village() -> None:
    assert spec_of("a village").weather == "snow"
    assert spec_of("a village in autumn").weather == "clear"
    assert spec_of("a castle").setting == "meadow"


@pytest.mark.parametrize(
    "prompt",
    ["a cup in a kitchen", "a woman in a street", "a cat in a meadow", "a fox in a forest", "a sailing boat at sea"],
)
def test_a_close_shot_shows_its_hero_wholly_or_from_the_head_down(prompt: str) -> None:
    spec = spec_of(f"{prompt}, close-up", width=640, height=360)
    hero = spec.subjects[0]
    found = standing(spec.setting, hero, spec.aspect, spec.horizon, spec.sun_x)
    assert found is not None
    top, bottom = (
        (y * spec.camera.zoom - spec.camera.focus_y * (spec.camera.zoom - 1))
        for y in (found.top, found.top + found.tall)
    )
    assert -0.5 < top < 0.05
    assert bottom < 0.5


def test_a_wood_brings_its_own_trees_and_a_red_planet_is_red() -> None:
    assert [one.name for one in spec_of("a deer between trees in a forest").subjects] == ["deer"]
    assert "tree" in [one.name for one in spec_of("a deer between three trees in a meadow").subjects]
    assert [one.name for one in spec_of("an astronaut on a red planet").palettes] == ["fire"]


def test_a_caravan_is_several_and_an_island_has_water_on_both_sides() -> None:
    assert [(one.name, one.count) for one in spec_of("a camel caravan in the desert").subjects] == [("camel", 5)]
    bare, land = (luma(drawn("sea", features=frozenset(one), time="day").frame(0, 0.0)) for one in ((), ("island",)))
    rows = slice(int(0.4 * len(bare)), int(0.52 * len(bare)))
    changed = np.abs(land[rows] - bare[rows]).max(axis=0) > 6
    assert 0.15 < changed.mean() < 0.75


def test_a_close_shot_by_the_water_keeps_the_horizon_that_it_mirrors() -> None:
    spec = spec_of("a man on the beach, close-up", width=360, height=640)
    top = (spec.camera.focus_y * (spec.camera.zoom - 1) - 0.5) / spec.camera.zoom
    assert top < spec.horizon
