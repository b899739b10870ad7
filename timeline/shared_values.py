"""Many projects that have most in common, as plain values in which each common part stands once.

    {"rows": [["Clip", {...}, {}], ["Track", {...}, {"items": [0]}], ...], "projects": [7, 9]}

A row names its class, holds its own fields (by `timeline.codec`), and the numbers of the rows that are its parts. What was the
same object is the same object again, so steps of an edit cost what they change, on disk and in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from timeline.codec import decode_as, encode
from timeline.items import Clip, Gap, Transition
from timeline.plain_values import Wrong
from timeline.pool import Pool
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.track import Track
from timeline.validity import check

_PARTS: Final[Mapping[type, tuple[str, ...]]] = {
    Project: ("sequences", "storyboards"),
    Sequence: ("tracks",),
    Storyboard: ("shots",),
    Track: ("items", "transitions"),
    Clip: (),
    Gap: (),
    Transition: (),
    Shot: (),
    Pool: (),
}
_SINGLE: Final = {Project: "pool"}
"""A part that is one value, not a row of them."""
_NAMED: Final = {one.__name__: one for one in _PARTS}


def pack(projects: Iterable[Project]) -> dict[str, Any]:
    """Projects as plain values; what they share is written once."""
    projects = tuple(projects)  # alive until the end: parts are told apart by identity
    rows: list[Any] = []
    known: dict[int, int] = {}
    return {"projects": [_packed(one, rows, known) for one in projects], "rows": rows}


def _packed(value: Any, rows: list[Any], known: dict[int, int]) -> int:
    number = known.get(id(value))
    if number is None:
        cls = type(value)
        parts: dict[str, Any] = {
            name: [_packed(one, rows, known) for one in getattr(value, name)] for name in _PARTS[cls]
        }
        if single := _SINGLE.get(cls):
            parts[single] = _packed(getattr(value, single), rows, known)
        bare = replace(value, **dict.fromkeys(_PARTS[cls], ())) if _PARTS[cls] else value
        own = {name: one for name, one in encode(bare).items() if name not in parts}
        number = known[id(value)] = len(rows)
        rows.append([cls.__name__, own, parts])
    return number


def unpack(data: Any, like: Project | None = None) -> tuple[Project, ...]:
    """The projects again; what equals a part of `like` is that very part. Raises Wrong where `pack` did not write this."""
    there = _by_id(like) if like is not None else {}
    try:
        built: list[Any] = []
        for name, own, parts in data["rows"]:
            value = _built(_NAMED[name], own, parts, built)
            known = there.get(_key(value))
            built.append(known if known == value else value)
        found = tuple(built[number] for number in data["projects"])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError) as error:
        raise Wrong("these are no packed projects") from error
    if not all(isinstance(one, Project) for one in found):
        raise Wrong("these are no projects")
    return found


def _key(value: Any) -> tuple[type, str]:
    return type(value), getattr(value, "id", "")


def _by_id(value: Any) -> dict[tuple[type, str], Any]:
    """A value and all its parts, by class and id."""
    found = {_key(value): value}
    for name in _PARTS[type(value)]:
        for one in getattr(value, name):
            found.update(_by_id(one))
    if single := _SINGLE.get(type(value)):
        part = getattr(value, single)
        found[_key(part)] = part
    return found


_ALLOWED: Final[Mapping[str, tuple[type, ...]]] = {
    "sequences": (Sequence,),
    "storyboards": (Storyboard,),
    "tracks": (Track,),
    "shots": (Shot,),
    "items": (Clip, Gap),
    "transitions": (Transition,),
    "pool": (Pool,),
}


def _built(cls: type, own: Any, parts: Mapping[str, Any], built: list[Any]) -> Any:
    value = decode_as(cls, own)
    if not parts:
        return value
    found: dict[str, Any] = {}
    for name, numbers in parts.items():
        row = tuple(built[number] for number in (numbers if isinstance(numbers, list) else [numbers]))
        if not all(isinstance(one, _ALLOWED[name]) for one in row):
            raise Wrong(f"something else stands among the {name}")
        found[name] = row if isinstance(numbers, list) else row[0]
    whole = replace(value, **found)
    problem = check(whole)
    if problem is not None:
        raise Wrong(problem)
    return whole
