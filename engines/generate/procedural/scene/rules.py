"""What each field of a scene may be: bounds and words, said once beside the field, read by the file, the form and the docs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

Names = Sequence[str] | Callable[[], Sequence[str]]


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`, both allowed."""

    low: float
    high: float
    help: str = ""
    unit: str = ""
    step: float | None = None


@dataclass(frozen=True)
class Choice:
    """One of some words, which may be found only when they are asked for. `optional`: empty is allowed, and means as usual."""

    names: Names
    help: str = ""
    optional: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """All that may be chosen."""
        found = tuple(self.names() if callable(self.names) else self.names)
        return ("", *found) if self.optional else found


@dataclass(frozen=True)
class Words:
    """A text of at most `most` characters."""

    help: str = ""
    most: int = 400
    widget: str = ""


@dataclass(frozen=True)
class Rows:
    """A list of at most `most` entries."""

    most: int
    help: str = ""


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    help: str = ""


Rule = Number | Choice | Words | Rows | Flag


@dataclass(frozen=True)
class Ruled:
    """One field: its name, its type without the rule, the rule, and what it is when nothing is said (MISSING: it must be said)."""

    name: str
    type: Any
    rule: Rule | None
    default: Any

    @property
    def is_group(self) -> bool:
        """Whether it is made of fields of its own."""
        return is_dataclass(self.type)

    @property
    def row_type(self) -> Any:
        """What a list holds; None for what is no list."""
        return get_args(self.type)[0] if get_origin(self.type) in (tuple, frozenset) else None


def fields_of(cls: type) -> Mapping[str, Ruled]:
    """The fields of a scene's dataclass with their rules, in the order they are written."""
    return _fields_of(cls)


@cache
def _fields_of(cls: type) -> Mapping[str, Ruled]:
    hints = get_type_hints(cls, include_extras=True)
    found: dict[str, Ruled] = {}
    for one in fields(cls):
        hint, rule = hints[one.name], None
        if get_origin(hint) is Annotated:
            hint, *told = get_args(hint)
            rule = next((each for each in told if isinstance(each, Rule)), None)
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        found[one.name] = Ruled(one.name, hint, rule, default)
    return MappingProxyType(found)
