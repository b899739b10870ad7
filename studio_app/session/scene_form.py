"""A scene as forms: its groups and rows as parameter descriptions, and values put in and taken out by their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from pathlib import Path
from typing import Any

from effects.params import ParamSpec
from engines.errors import EngineError
from engines.generate.procedural.palette import PALETTES
from engines.generate.procedural.scene.file import from_plain, read_scene, to_plain, write_scene
from engines.generate.procedural.scene.light import LIGHTINGS
from engines.generate.procedural.scene.names import setting_names, subject_names
from engines.generate.procedural.scene.parts import Beat, PaletteUse, ShotPart, Subject, Text
from engines.generate.procedural.scene.rules import Choice, Flag, Number, Ruled, Words, fields_of
from engines.generate.procedural.scene.spec import Key, SceneSpec

Plain = Mapping[str, Any]
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Group:
    """A part of the form: fields at one place of the scene. `row`: one entry of a list, which can be taken out."""

    title: str
    place: Place
    specs: tuple[ParamSpec, ...]
    row: bool = False


@dataclass(frozen=True)
class Adder:
    """A list of the scene and the entry that is put at its end."""

    title: str
    name: str
    entry: Mapping[str, Any]


_PLAIN_GROUPS: tuple[tuple[str, Place, tuple[str, ...]], ...] = (
    ("Place", (), ("setting", "time", "weather", "weather_amount", "wind", "horizon", "sun_x")),
    ("Look", (), ("look", "look_amount")),
    ("Light", ("lighting",), ()),
    ("Sky", ("sky",), ()),
    ("Finish", ("finish",), ()),
    ("Camera", ("camera",), ()),
    ("Depth", (), ("depth_of_field", "focus", "shafts", "haze", "parallax")),
    ("Composition", (), ("balance", "symmetry", "gradient", "shape")),
    ("Life", (), ("subject_motion", "life", "mood", "genre", "pace", "tension", "loop")),
    ("Sound", ("sound",), ()),
)
_ROWS: tuple[tuple[str, str, type, Mapping[str, Any]], ...] = (
    ("Subject", "subjects", Subject, {"name": "boat"}),
    ("Palette", "palettes", PaletteUse, {"name": "ocean"}),
    ("Text", "texts", Text, {"words": "Title"}),
    ("Shot", "shots", ShotPart, {"at": 0.5}),
    ("Beat", "beats", Beat, {"name": "climax", "at": 0.6, "intensity": 1.0}),
)
_NAMES: Mapping[str, Callable[[], tuple[str, ...]]] = {"subjects": subject_names, "palettes": lambda: tuple(PALETTES)}
_BEHIND = {"Place": ("subjects",), "Look": ("palettes",), "Life": ("beats",), "Camera": ("shots",), "Sound": ("texts",)}
"""Which rows follow which group."""


def groups_of(plain: Plain) -> tuple[Group, ...]:
    """The form of a scene, in the order it is shown; lists have a group for each entry."""
    made: list[Group] = []
    for title, place, names in (*_PLAIN_GROUPS, *_changes(plain)):
        ruled = fields_of(_type_at(place))
        specs = tuple(_spec(ruled[name]) for name in (names or ruled) if _shown(ruled[name]))
        made.append(Group(title, place, specs, row=place[:1] == ("keys",) and len(place) == 2))
        for name in _BEHIND.get(title, ()):
            made += _rows(plain, name)
    return tuple(made)


def everything() -> tuple[Group, ...]:
    """Every group there can be, each list with one entry: for translators."""
    plain: dict[str, Any] = to_plain(SceneSpec(setting_names()[0]))
    for adder in adders():
        plain = with_row(plain, adder)
    return groups_of(plain)


def _changes(plain: Plain) -> list[tuple[str, Place, tuple[str, ...]]]:
    """What the scene becomes: when, and in what the other scene differs most."""
    made: list[tuple[str, Place, tuple[str, ...]]] = []
    for index in range(len(plain.get("keys", ()))):
        made.append(("Change", ("keys", index), ("at", "fade")))
        made.append(("Becomes", ("keys", index, "scene"), ("setting", "time", "weather", "weather_amount", "look")))
    return made


def _type_at(place: Place) -> type:
    """The dataclass whose fields stand at a place."""
    if not place:
        return SceneSpec
    if place[0] == "keys":
        return Key if len(place) == 2 else SceneSpec
    found: type = fields_of(SceneSpec)[str(place[0])].type
    return found


def adders() -> tuple[Adder, ...]:
    """What can be added to a scene."""
    rows = tuple(Adder(title, name, _entry(name, entry)) for title, name, _, entry in _ROWS)
    return (*rows, Adder("Change", "keys", {"at": 1.0}))


def value_at(plain: Plain, place: Place) -> Any:
    """What stands at a place of a scene."""
    value: Any = plain
    for step in place:
        value = value[step]
    return value


def with_value(plain: Plain, place: Place, value: Any) -> dict[str, Any]:
    """The scene with another value at a place. Raises EngineError when that makes no scene.

    Another name of a lighting brings all its numbers.
    """
    if place == ("lighting", "name") and value in LIGHTINGS:
        preset = {one: getattr(LIGHTINGS[value], one) for one in fields_of(type(LIGHTINGS[value]))}
        return _sound(_put(plain, ("lighting",), preset))
    return _sound(_put(plain, place, value))


def with_row(plain: Plain, adder: Adder) -> dict[str, Any]:
    """The scene with one entry more in a list. Raises EngineError when it is full."""
    if adder.name == "keys":
        last = plain["keys"][-1]["scene"] if plain["keys"] else plain
        scene = {
            name: value for name, value in last.items() if name not in ("scene", "keys", "shots", "texts", "beats")
        }
        entry = {**adder.entry, "fade": plain["seconds"] / 2, "scene": scene}
        return _sound(_put({**plain, "shots": []}, ("keys",), [*plain["keys"], entry]))
    return _sound(_put(plain, (adder.name,), [*plain[adder.name], dict(adder.entry)]))


def without_row(plain: Plain, place: Place) -> dict[str, Any]:
    """The scene without an entry of a list."""
    name, index = place
    rows = [one for number, one in enumerate(plain[str(name)]) if number != index]
    return _sound(_put(plain, (name,), rows))


def read(path: Path) -> dict[str, Any]:
    """The scene of a file as plain values. Raises EngineError."""
    return to_plain(read_scene(path))


def write(plain: Plain, path: Path) -> None:
    """Write a scene to a file. Raises EngineError, OSError."""
    write_scene(from_plain(plain), path)


def _sound(plain: Plain) -> dict[str, Any]:
    return to_plain(from_plain(plain))


def _put(plain: Any, place: Place, value: Any) -> Any:
    if not place:
        return value
    first, rest = place[0], place[1:]
    if isinstance(first, int):
        return [_put(one, rest, value) if number == first else one for number, one in enumerate(plain)]
    return {**plain, first: _put(plain[first], rest, value)}


def _rows(plain: Plain, name: str) -> list[Group]:
    title, cls = next((title, cls) for title, one, cls, _ in _ROWS if one == name)
    specs = tuple(_named(_spec(ruled), name) for ruled in fields_of(cls).values() if _shown(ruled))
    return [Group(title, (name, index), specs, row=True) for index in range(len(plain.get(name, ())))]


def _entry(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    names = _NAMES.get(name)
    known = names() if names else ()
    return {**entry, "name": entry["name"] if entry["name"] in known else known[0]} if known else dict(entry)


def _named(spec: ParamSpec, rows: str) -> ParamSpec:
    """The name of a subject or palette is chosen from what there is."""
    if spec.name != "name" or rows not in _NAMES:
        return spec
    return ParamSpec("name", "choice", "Kind", None, choices=_NAMES[rows](), help=spec.help)


def _shown(ruled: Ruled) -> bool:
    """Whether a hand can set it: a number, a word, a text, a switch."""
    return not ruled.is_group and isinstance(ruled.rule, (Number, Choice, Words, Flag))


def _spec(ruled: Ruled) -> ParamSpec:
    rule, default = ruled.rule, None if ruled.default is MISSING else ruled.default
    label = ruled.name.replace("_", " ").capitalize()
    if isinstance(rule, Number):
        kind = "int" if ruled.type is int else "float"
        return ParamSpec(
            ruled.name,
            kind,
            label,
            default,
            rule.low,
            rule.high,
            rule.unit,
            rule.step,
            animatable=False,
            help=rule.help,
        )
    if isinstance(rule, Choice):
        return ParamSpec(ruled.name, "choice", label, default, choices=rule.words, animatable=False, help=rule.help)
    if isinstance(rule, Flag):
        return ParamSpec(ruled.name, "bool", label, default, animatable=False, help=rule.help)
    if not isinstance(rule, Words):
        raise EngineError(f"The field {ruled.name} cannot be shown.")
    if ruled.name == "name" and ruled.default == "neutral":
        return ParamSpec(
            "name", "choice", "Lighting", default, choices=tuple(LIGHTINGS), animatable=False, help=rule.help
        )
    return ParamSpec(ruled.name, "text", label, default, widget=rule.widget, animatable=False, help=rule.help)
