"""JSON of others, read strictly: every fault is named by its path, in one sentence ("scenes[2].duration: …")."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from timeline.errors import StoryboardError

MOST_BYTES = 5_000_000


class Strict(BaseModel):
    """A group of fields; one that is not among them is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `scenes[2].duration`; the path is empty for the whole."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


class ContractError(StoryboardError):
    """JSON that breaks its contract. The message is the first fault; `faults` are all."""

    def __init__(self, faults: Sequence[Fault], where: str = "") -> None:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        first = str(faults[0]).rstrip(".")
        super().__init__(f"{where}{': ' if where else ''}{first}{more}.", "; ".join(str(one) for one in faults))
        self.faults = tuple(faults)


M = TypeVar("M", bound=BaseModel)


def read_text(path: Path) -> str:
    """The text of a JSON file. Raises StoryboardError."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise StoryboardError(f"“{path}” cannot be read: {error.strerror}.") from error
    if raw is None:
        raise StoryboardError(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB; that is no plan of a film.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoryboardError(f"{path.name} is not UTF-8 text; save it as UTF-8.") from error


def parsed(text: str, model: type[M], rules: Callable[[M], Sequence[Fault]], where: str = "") -> M:
    """The model in a text, its rules held. Raises ContractError naming the paths of all that is wrong."""
    try:
        json.loads(text, parse_constant=_no_constant)
        found = model.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise ContractError(_faults(error, model), where) from error
    except ValueError as error:
        raise ContractError([Fault("", f"This is not JSON: {error}")], where) from error
    except RecursionError as error:
        raise ContractError([Fault("", "This is nested too deeply")], where) from error
    if faults := rules(found):
        raise ContractError(faults, where)
    return found


def as_json(model: BaseModel) -> str:
    """The text of a model; what is empty is left out."""
    return model.model_dump_json(indent=2, exclude_none=True, by_alias=True) + "\n"


def path_of(place: Sequence[int | str]) -> str:
    """`("scenes", 2, "duration")` as `scenes[2].duration`."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _faults(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """All complaints; a list with a faulty item is counted as too short besides, which says nothing."""
    found = [dict(one) for one in error.errors()]
    places: list[tuple[int | str, ...]] = [one["loc"] for one in error.errors()]

    def is_echo(one: dict[str, Any]) -> bool:
        place = tuple(one["loc"])
        return one["type"] == "too_short" and any(len(at) > len(place) and at[: len(place)] == place for at in places)

    return [_fault(one, model) for one in found if not is_echo(one)]


def _fault(error: dict[str, Any], model: type[BaseModel]) -> Fault:
    """A complaint of pydantic in our words."""
    kind, place, given, context = error["type"], error["loc"], error.get("input"), error.get("ctx", {})
    path = path_of(place)
    shown = _shown(given)
    match kind:
        case "missing":
            return Fault(path, "It is missing")
        case "extra_forbidden":
            near = get_close_matches(str(place[-1]), _names(model), 1)
            return Fault(path, f"There is no such field{f'; did you mean “{near[0]}”?' if near else ''}")
        case "literal_error" | "enum":
            return Fault(
                path, f"{shown} is none of {context.get('expected', '')}".replace("'", "").replace(" or ", ", ")
            )
        case "greater_than_equal" | "greater_than":
            return Fault(path, f"{shown} is too small; it is {_bound(context)} at least")
        case "less_than_equal" | "less_than":
            return Fault(path, f"{shown} is too large; it is {_bound(context)} at most")
        case "too_short":
            return Fault(path, f"There must be {context.get('min_length')} at least")
        case "too_long":
            return Fault(
                path, f"There are {context.get('actual_length')}; {context.get('max_length')} at most are taken"
            )
        case "string_too_short":
            return Fault(path, "It is empty")
        case "string_too_long":
            return Fault(path, f"It is longer than {context.get('max_length')} characters")
        case "string_pattern_mismatch":
            return Fault(path, f"{shown} is not written as it must be ({context.get('pattern')})")
        case "json_invalid":
            return Fault("", f"This is not JSON: {context.get('error')}")
        case "value_error":
            return Fault(path, str(context.get("error", error["msg"])))
    wanted = next((words for start, words in _KINDS.items() if kind.startswith(start)), error["msg"])
    return Fault(path, f"{shown} is not {wanted}")


_KINDS = {
    "int": "a whole number", "float": "a number", "finite": "a number", "string": "a text", "bool": "true or false",
    "tuple": "a list", "list": "a list", "model": "a group of fields", "dict": "a group of fields",
}  # fmt: skip


def _shown(given: Any) -> str:
    if isinstance(given, dict | list):
        return "a group of fields" if isinstance(given, dict) else "a list"
    return json.dumps(given, ensure_ascii=False, default=str)[:60]


def _bound(context: dict[str, Any]) -> str:
    found = next((context[name] for name in ("ge", "gt", "le", "lt") if name in context), "")
    return f"{found:g}" if isinstance(found, int | float) else str(found)


def _names(model: type[BaseModel]) -> list[str]:
    """All names of fields, also those of groups within."""
    found: list[str] = []
    for key, definition in (
        ("", model.model_json_schema(by_alias=True)),
        *model.model_json_schema().get("$defs", {}).items(),
    ):
        found += [name for name in definition.get("properties", {}) if key is not None]
    return found
