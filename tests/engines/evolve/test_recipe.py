"""The recipe a film carries: written, read, kept short, and nobody else's text taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engines.evolve import recipe as recipes
from engines.evolve.recipe import Origin, Recipe, recipe_of
from timeline.time import RationalTime, TimeRange

STEP = {"operation": "vary.mood", "values": {"mood": "tense", "strength": 0.5}}
FOOTAGE = Origin("sea.mp4", "a" * 32)


def read(monkeypatch: pytest.MonkeyPatch, text: str) -> Recipe | None:
    monkeypatch.setattr(recipes, "text_of", lambda path, name: text)
    return recipe_of(Path("film.mp4"))


def grown(generations: int, words: str = "") -> Recipe:
    one = Recipe("1", (STEP,), 1, (FOOTAGE,), words=(words,) if words else ())
    for number in range(generations - 1):
        one = Recipe("1", (STEP,), number, (Origin(f"take {number}.mp4", f"{number:032}", one), FOOTAGE))
    return one


def test_what_is_written_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    part = TimeRange(RationalTime(1), RationalTime(5, 2))
    made = Recipe("1", (STEP, STEP), 9, (Origin("take.mp4", "b" * 32, grown(2)), FOOTAGE), part, ("a sea",))
    assert read(monkeypatch, made.written()) == made
    assert made.generation == 3


def test_parents_that_make_it_too_long_are_told_by_name_and_content_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Recipe("1", (STEP,), 9, (Origin("take.mp4", "b" * 32, grown(2, "x" * recipes.MOST)), FOOTAGE))
    found = read(monkeypatch, made.written())
    assert found is not None
    assert [one.name for one in found.parents] == ["take.mp4", "sea.mp4"]
    assert all(one.recipe is None for one in found.parents)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A film about the sea.",
        "{",
        "{}",
        '{"starcut": "1", "steps": [], "seed": 1, "parents": []}',
        '{"starcut": "1", "steps": 3, "seed": 1, "parents": [{"name": "a", "hash": "b"}]}',
        json.dumps({"starcut": "1", "steps": [STEP], "seed": "x", "parents": [{"name": "a", "hash": "b"}]}),
        json.dumps(
            {"starcut": "1", "steps": [STEP], "seed": 1, "parents": [{"name": "a", "hash": "b"}], "part": ["1"]}
        ),
        '{"starcut": "1", "steps": [{"operation": "a", "values": {}}], "seed": Infinity, "parents": [{"name": "a", "hash": "b"}]}',
        json.dumps(
            {"starcut": "1", "steps": [STEP], "seed": 1, "parents": [{"name": "a", "hash": "b"}], "part": ["0", "-1"]}
        ),
        grown(30).written(),
    ],
)
def test_a_text_that_is_no_recipe_says_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, text) is None
