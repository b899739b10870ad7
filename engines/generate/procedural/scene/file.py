"""A scene as plain values and as a JSON file, both ways exactly; what does not belong is refused in one sentence with its place."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any

from effects.colour import parse_colour
from engines.errors import EngineError
from engines.generate.procedural.palette import PALETTES
from engines.generate.procedural.scene.parts import Subject
from engines.generate.procedural.scene.rules import Choice, Flag, Number, Rows, Ruled, Words, fields_of
from engines.generate.procedural.scene.spec import SceneSpec
from timeline.atomic import write_atomically

VERSION = 1
SUFFIXES = (".json",)
_MOST_BYTES = 2_000_000


def to_plain(spec: SceneSpec) -> dict[str, Any]:
    """Every field of a scene, in order, as what JSON can hold; with the version of this form in front."""
    return {"scene": VERSION, **_plain(spec)}


def from_plain(value: object) -> SceneSpec:
    """A scene from plain values; what is not said is as usual. Raises EngineError that names the place."""
    if not isinstance(value, Mapping):
        raise EngineError("A scene is a group of fields, such as {“setting”: “sea”}.")
    version = value.get("scene", VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= VERSION:
        raise EngineError("This scene was written by a newer Starcut; update, or make it anew.")
    spec: SceneSpec = _group(SceneSpec, {k: v for k, v in value.items() if k != "scene"}, "")
    return checked(spec)


def checked(spec: SceneSpec) -> SceneSpec:
    """The scene itself, if what it names is there and fits together; else EngineError."""
    for key in spec.keys:
        if key.scene.keys or key.scene.shots:
            raise EngineError("A scene that a keyframe leads to cannot have keyframes or shots of its own.")
        checked(key.scene)
    for use in spec.palettes:
        if not use.colours and use.name not in PALETTES:
            raise EngineError(f"“{_short(use.name)}” is not a palette. {_nearest(use.name, tuple(PALETTES))}")
        for code in use.colours:
            if len(code.removeprefix("#")) != 6 or any(c not in "0123456789abcdefABCDEF" for c in code.lstrip("#")):
                raise EngineError(f"“{_short(code)}” in the palette “{_short(use.name)}” is not a colour like ff7850.")
    for text in spec.texts:
        if text.end <= text.start:
            raise EngineError(f"The text “{_short(text.words)}” must end after it starts.")
    for subject in spec.subjects:
        _known(subject)
    return spec


def _known(subject: Subject) -> None:
    from engines.generate.procedural.scene.names import subject_names

    names = subject_names()
    if subject.name not in names:
        raise EngineError(f"“{_short(subject.name)}” cannot be drawn. {_nearest(subject.name, names)}")


def read_scene(path: Path) -> SceneSpec:
    """The scene in a JSON file. Raises EngineError in one sentence."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise EngineError(f"“{path.name}” is too large for a scene.")
        value = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise EngineError(f"“{path.name}” cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise EngineError(f"“{path.name}” is not a scene: it is no JSON text{line}.") from error
    try:
        return from_plain(value)
    except EngineError as error:
        raise EngineError(f"{path.name}: {error.message}") from error


def write_scene(spec: SceneSpec, path: Path) -> None:
    """Write a scene as a JSON file that hands can edit, wholly or not at all."""
    text = json.dumps(to_plain(spec), indent=2, ensure_ascii=False)
    write_atomically(path, (text + "\n").encode())


# --- writing --------------------------------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


# --- reading --------------------------------------------------------------------------------------------------------


def _group(cls: type, value: object, place: str) -> Any:
    if not isinstance(value, Mapping):
        raise EngineError(f"{_at(place)} must be a group of fields, not {_shown(value)}.")
    known = fields_of(cls)
    for name in value:
        if name not in known:
            there = f" of {place}" if place else " of a scene"
            raise EngineError(f"“{_short(str(name))}” is not a field{there}. {_nearest(str(name), tuple(known))}")
    found: dict[str, Any] = {}
    for name, ruled in known.items():
        here = f"{place}.{name}" if place else name
        if name in value:
            found[name] = _read(ruled, value[name], here)
        elif ruled.default is MISSING:
            raise EngineError(f"{_at(place) if place else 'A scene'} needs “{name}”.")
    return cls(**found)


def _read(ruled: Ruled, value: object, place: str) -> Any:
    rule = ruled.rule
    if ruled.is_group:
        return _group(ruled.type, value, place)
    if isinstance(rule, Rows):
        return _rows(ruled, rule, value, place)
    if isinstance(rule, Flag):
        if not isinstance(value, bool):
            raise EngineError(f"{_at(place)} must be true or false, not {_shown(value)}.")
        return value
    if isinstance(rule, Number):
        return _number(ruled, rule, value, place)
    if not isinstance(value, str) or "\0" in value:
        raise EngineError(f"{_at(place)} must be text, not {_shown(value)}.")
    if isinstance(rule, Choice) and value not in rule.words:
        raise EngineError(f"{_at(place)} cannot be “{_short(value)}”. {_nearest(value, rule.words)}")
    if isinstance(rule, Words):
        if len(value) > rule.most:
            raise EngineError(f"{_at(place)} is longer than {rule.most} characters.")
        if rule.widget == "colour" and value:
            _colour(value, place)
    return value


def _rows(ruled: Ruled, rule: Rows, value: object, place: str) -> Any:
    if not isinstance(value, (list, tuple, frozenset)):
        raise EngineError(f"{_at(place)} must be a list, not {_shown(value)}.")
    if len(value) > rule.most:
        raise EngineError(f"{_at(place)} has {len(value)} entries; {rule.most} are the most.")
    inner = ruled.row_type
    if is_dataclass(inner):
        rows = [_group(inner, one, f"{place}[{n}]") for n, one in enumerate(value)]  # type: ignore[arg-type]
    else:
        plain = Ruled(ruled.name, str, Words("", 80), MISSING)
        rows = [_read(plain, one, f"{place}[{n}]") for n, one in enumerate(value)]
    return frozenset(rows) if isinstance(ruled.default, frozenset) else tuple(rows)


def _number(ruled: Ruled, rule: Number, value: object, place: str) -> Any:
    wanted = f"{_at(place)} must be a number from {rule.low:g} to {rule.high:g}, not {_shown(value)}."
    if ruled.type is Fraction:
        try:
            number: Any = Fraction(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None
        except (ValueError, ZeroDivisionError):
            number = None
    else:
        number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    if number is None or (isinstance(number, float) and not math.isfinite(number)):
        raise EngineError(wanted)
    if not rule.low <= number <= rule.high:
        raise EngineError(wanted)
    if ruled.type is int:
        if number != int(number):
            raise EngineError(f"{_at(place)} must be a whole number, not {_shown(value)}.")
        return int(number)
    return number if ruled.type is Fraction else float(number)


def _colour(value: str, place: str) -> None:
    try:
        parse_colour(value)
    except ValueError as error:
        raise EngineError(f"{_at(place)}: {error}.") from error


# --- sentences ------------------------------------------------------------------------------------------------------


def _at(place: str) -> str:
    return f"“{place}”" if place else "A scene"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a group of fields"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f"“{_short(str(value))}”"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def _nearest(word: str, names: tuple[str, ...]) -> str:
    close = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{close[0]}”?"
    shown = [name for name in names if name]
    return f"It can be {', '.join(shown[:-1])} or {shown[-1]}." if len(shown) <= 40 else "See docs/engine.md."
