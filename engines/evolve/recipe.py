"""How a film was made, kept in the film itself: its family is known wherever it goes, without a project.

A line of JSON in the container's synopsis: the operations with every value, the seed, and of each parent its name, the hash of its
content and, where it carries one, its own recipe. It holds no date and no path: the same recipe makes the same file, to the byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engines.media.note import RECIPE, text_of
from timeline.time import ZERO, RationalTime, TimeRange

MOST = 16_000
"""Characters of a recipe; where parents bring it over that, what they were made of is left out."""
_DEEPEST = 10
"""Generations that are read: a file may come from anywhere."""
_MOST_ROWS = 64


@dataclass(frozen=True)
class Origin:
    """What a film was made of. `recipe` says how that was made; None for footage, and for what says nothing."""

    name: str
    content_hash: str
    recipe: Recipe | None = None


@dataclass(frozen=True)
class Recipe:
    """How a film was made. `steps` are plain (operation, values); `part`: the stretch of the first parent that was taken."""

    version: str
    steps: tuple[Mapping[str, Any], ...]
    seed: int
    parents: tuple[Origin, ...]
    part: TimeRange | None = None
    words: tuple[str, ...] = ()

    @property
    def generation(self) -> int:
        """One more than its latest parent; what has no recipe is generation 0."""
        return 1 + max((one.recipe.generation for one in self.parents if one.recipe is not None), default=0)

    def written(self) -> str:
        """As it is kept; empty where it would be too long even without what its parents were made of."""
        text = json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"))
        if len(text) > MOST:
            bare = replace(self, parents=tuple(replace(one, recipe=None) for one in self.parents))
            text = json.dumps(_plain(bare), ensure_ascii=False, separators=(",", ":"))
        return text if len(text) <= MOST else ""


def recipe_of(path: Path | str) -> Recipe | None:
    """What a film says of how it was made; None where it says nothing that can be read."""
    text = text_of(path, RECIPE)
    if not text.startswith("{") or len(text) > 2 * MOST:
        return None
    try:
        return _read(json.loads(text), 0)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None  # somebody else's synopsis


def _plain(one: Recipe) -> dict[str, Any]:
    plain: dict[str, Any] = {"starcut": one.version, "steps": list(one.steps), "seed": one.seed}
    if one.part is not None:
        plain["part"] = [str(one.part.start), str(one.part.duration)]
    if any(one.words):
        plain["words"] = list(one.words)
    plain["parents"] = [
        {"name": parent.name, "hash": parent.content_hash}
        | ({"recipe": _plain(parent.recipe)} if parent.recipe is not None else {})
        for parent in one.parents
    ]
    return plain


def _read(plain: Mapping[str, Any], depth: int) -> Recipe:
    """Raises ValueError, KeyError or TypeError for what is no recipe."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    steps = tuple({"operation": str(one["operation"]), "values": dict(one["values"])} for one in _rows(plain["steps"]))
    parents = tuple(
        Origin(str(one["name"])[:200], str(one["hash"]), _read(one["recipe"], depth + 1) if "recipe" in one else None)
        for one in _rows(plain["parents"])
    )
    if not steps or not parents:
        raise ValueError("nothing was done to anything")
    start, length = (RationalTime.parse(str(one)) for one in plain["part"]) if "part" in plain else (None, None)
    part = TimeRange(start, length) if start is not None and length is not None else None
    if part is not None and (part.start < ZERO or part.duration <= ZERO):
        raise ValueError("no stretch")
    words = tuple(str(one) for one in _rows(plain.get("words", [])))
    return Recipe(str(plain["starcut"]), steps, int(plain["seed"]), parents, part, words)


def _rows(value: object) -> Sequence[Any]:
    if not isinstance(value, list) or len(value) > _MOST_ROWS:
        raise TypeError("no list")
    return value
