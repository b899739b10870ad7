"""Finds the operations: `operations/vary_time_of_day.py` holds `vary.time_of_day`."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any

from pydantic import ValidationError

from effects.registry import Registry, discover
from engines.errors import EngineError
from engines.evolve.base import FAMILIES, Operation


@cache
def operations() -> Registry[Operation]:
    """All of `engines/evolve/operations` by their ids, in the order of the families."""
    import engines.evolve.operations

    found = discover(engines.evolve.operations, Operation)  # type: ignore[type-abstract]
    order = list(FAMILIES)
    ids = sorted(found.classes, key=lambda name: (order.index(name.split("_")[0]), name))
    return Registry({_id(name): found.classes[name] for name in ids}, {_id(k): v for k, v in found.unavailable.items()})


def _id(name: str) -> str:
    return name.replace("_", ".", 1)


def operation_class(operation_id: str) -> type[Operation]:
    """The class of an operation by its id. Raises EngineError for an unknown one, naming what is near."""
    found = operations().classes.get(operation_id)
    if found is not None:
        return found
    why = operations().unavailable.get(operation_id, "")
    near = get_close_matches(operation_id, operations().classes, 3) or list(operations().classes)
    raise EngineError(f"There is no operation {operation_id!r}; choose {', '.join(near)}.", why)


def operation(operation_id: str, values: Mapping[str, Any]) -> Operation:
    """An operation with its values, by their names or the names scripts know them by. Raises EngineError in one sentence."""
    kind = operation_class(operation_id)
    known = kind.model_fields
    own: dict[str, Any] = {}
    for name, value in values.items():
        field = name if name in known else kind.aliases.get(name, "")
        if not field:
            names = ", ".join([*known, *kind.aliases]) or "none"
            raise EngineError(f"{operation_id} has no value {name!r}; it has {names}.")
        own[field] = _spelt(kind, field, value)
    try:
        return kind.model_validate(own)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        raise EngineError(f"{operation_id}: {name} {own.get(name)!r} {_reason(kind, name, first['msg'])}.") from error


def _spelt(kind: type[Operation], name: str, value: Any) -> Any:
    """A choice in the spelling it has here: `sci_fi`, `Sci-Fi` and `sci fi` are one."""
    annotation = kind.model_fields[name].annotation
    if not (isinstance(value, str) and isinstance(annotation, type) and issubclass(annotation, Enum)):
        return value
    spellings = {_plain(str(one.value)): one.value for one in annotation}
    return spellings.get(_plain(value), value)


def _plain(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")


def _reason(kind: type[Operation], name: str, message: str) -> str:
    annotation = kind.model_fields[name].annotation if name in kind.model_fields else None
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return f"is none of {', '.join(str(one.value) for one in annotation)}"
    return f"does not fit: {message[:1].lower()}{message[1:]}"
