"""Project values to plain JSON values and back, led by the dataclasses' own types.

A clip field that has its default is not written, so a default never changes without a new file version. What the dataclass
does not know goes into its `extra` and is written back beside the known fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from timeline.media import Media
from timeline.plain_values import (
    Wrong,
    foreign,
    in_words,
    read_bool,
    read_float,
    read_fraction,
    read_int,
    read_str,
    read_time,
)
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.storyboard import Storyboard
from timeline.time import RationalTime
from timeline.validity import check

Decoder = Callable[[Any], Any]


# --- writing --------------------------------------------------------------------------------------------------------


def encode(value: Any) -> Any:
    """Anything in a project as what `json.dumps` takes."""
    if isinstance(value, (str, int, float, bool, NoneType)) and not isinstance(value, Enum):
        return value
    if isinstance(value, (RationalTime, Fraction)):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): encode(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [encode(one) for one in value]
    if is_dataclass(value):
        return _encode_object(value)
    raise TypeError(f"{type(value).__name__} cannot be kept in a project file")


def _encode_object(value: Any) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for one in _plan(value.__class__).fields:
        present = getattr(value, one.name)
        if one.always or present != one.default:
            is_values = isinstance(present, Mapping)
            result[one.name] = encode(dict(sorted(present.items())) if is_values else present)
    for name, unknown in getattr(value, "extra", {}).items():
        result.setdefault(name, encode(unknown))
    return result


# --- reading --------------------------------------------------------------------------------------------------------


def decode(hint: Any, value: Any) -> Any:
    """A JSON value as a value of type `hint`. Raises Wrong."""
    return _decoder(hint)(value)


def decode_as(cls: type, value: Any) -> Any:
    """A JSON object as a dataclass, with unknown fields in its `extra`. Raises Wrong."""
    if not isinstance(value, dict):
        raise Wrong(f"{_article(cls)} is expected here, not {in_words(value)}")
    plan = _plan(cls)
    found: dict[str, Any] = {}
    for one in plan.fields:
        if one.name in value:
            found[one.name] = _placed(one.decode, one.name, value[one.name])
        elif one.required:
            raise Wrong(f"{_article(cls)} needs “{one.name}”")
    unknown = {name: foreign(one) for name, one in value.items() if name not in plan.names}
    if unknown and plan.has_extra:
        found["extra"] = unknown
    result = cls(**found)
    problem = check(result)
    if problem is not None:
        raise Wrong(problem)
    return result


def _placed(read: Decoder, step: str | int, value: Any) -> Any:
    try:
        return read(value)
    except Wrong as error:
        error.place.insert(0, step)
        raise


def fits(cls: type, name: str, value: Any) -> bool:
    """Whether a value may stand in a field of a dataclass: it would come back from a file as it is."""
    one = next((each for each in _plan(cls).fields if each.name == name), None)
    try:
        return one is not None and bool(one.decode(encode(value)) == value)
    except (Wrong, TypeError):
        return False


# --- the plan of a class --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Field:
    name: str
    decode: Decoder
    default: Any
    required: bool
    always: bool


@dataclass(frozen=True)
class _Plan:
    fields: tuple[_Field, ...]
    names: frozenset[str]
    has_extra: bool


_WRITTEN_WHOLLY = (Project, Sequence, Storyboard, Media)
"""So that a reader of the file sees size and rate; of these there are few."""


@cache
def _plan(cls: type) -> _Plan:
    hints = get_type_hints(cls)
    row = []
    has_extra = False
    for one in fields(cls):
        if one.name == "extra":
            has_extra = True
            continue
        default = one.default
        if one.default_factory is dict:
            default = {}
        required = one.default is MISSING and one.default_factory is MISSING
        always = one.name == "kind" or default is MISSING or cls in _WRITTEN_WHOLLY
        row.append(_Field(one.name, _decoder(hints[one.name]), default, required, always))
    return _Plan(tuple(row), frozenset(one.name for one in row), has_extra)


@cache
def _decoder(hint: Any) -> Decoder:
    simple = _SIMPLE.get(hint)
    if simple is not None:
        return simple
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _union(args)
    if origin is Literal:
        return _one_of(args)
    if origin is tuple:
        return _row(args[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(args[1])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum(hint)
    if is_dataclass(hint):
        return lambda value: decode_as(cast(type, hint), value)
    raise TypeError(f"no way to read {hint} from a file")


def _union(args: tuple[Any, ...]) -> Decoder:
    objects = [one for one in args if is_dataclass(one)]
    simple = {bool: bool in args, int: int in args, float: float in args, str: str in args}
    rows = next((_decoder(one) for one in args if get_origin(one) is tuple), None)
    choose = _choice(objects) if objects else None
    known = (*objects, *simple, NoneType)
    others = [_decoder(one) for one in args if one not in known and get_origin(one) is not tuple]

    def read(value: Any) -> Any:
        if value is None and NoneType in args:
            return None
        if isinstance(value, dict) and choose is not None:
            return decode_as(choose(value), value)
        if isinstance(value, list) and rows is not None:
            return rows(value)
        for kind, reader in _SCALARS:
            if simple[kind] and isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
                return reader(value)
        if simple[float] and isinstance(value, int) and not isinstance(value, bool):
            return read_float(value)
        if others:
            return others[0](value)
        raise Wrong(f"{in_words(value)} does not belong here")

    return read


def _choice(classes: list[Any]) -> Callable[[Mapping[str, Any]], type]:
    """Which class a JSON object means: by its `kind`, else the first whose required fields are all there."""
    by_kind: dict[object, type] = {}
    otherwise: type = classes[0]
    needs: list[tuple[type, tuple[str, ...]]] = []
    for cls in classes:
        kind = get_type_hints(cls).get("kind")
        by_kind.update(dict.fromkeys(get_args(kind), cls))
        if kind is str:
            otherwise = cls
        elif not get_args(kind):
            needs.append((cls, tuple(one.name for one in _plan(cls).fields if one.required)))

    def choose(value: Mapping[str, Any]) -> type:
        kind = value.get("kind")
        if isinstance(kind, str) and kind in by_kind:
            return by_kind[kind]
        return next((cls for cls, names in needs if all(name in value for name in names)), otherwise)

    return choose


def _row(hint: Any) -> Decoder:
    inner = _decoder(hint)

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Wrong(f"a list is expected here, not {in_words(value)}")
        return tuple(_placed(inner, index, one) for index, one in enumerate(value))

    return read


def _mapping(hint: Any) -> Decoder:
    inner = foreign if hint is Any else _decoder(hint)

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(f"an object is expected here, not {in_words(value)}")
        return {key: _placed(inner, key, one) for key, one in value.items()}

    return read


def _enum(cls: type[Enum]) -> Decoder:
    return _one_of(tuple(cls), cls)


def _one_of(words: tuple[Any, ...], cls: type[Enum] | None = None) -> Decoder:
    def read(value: Any) -> Any:
        if isinstance(value, str) and value in words:
            return cls(value) if cls else value
        raise Wrong(f"{in_words(value)} is none of {', '.join(words)}")

    return read


_SCALARS: tuple[tuple[type, Decoder], ...] = ((bool, read_bool), (int, read_int), (float, read_float), (str, read_str))
_SIMPLE: Mapping[Any, Decoder] = {
    **dict(_SCALARS),
    Fraction: read_fraction,
    RationalTime: read_time,
    Any: foreign,
}


def _article(cls: type) -> str:
    name = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"
