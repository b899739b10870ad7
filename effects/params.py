"""Parameters that describe themselves: an effect's fields say what their form, keyframes and file look like."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, Field

_KEY = "starcut"


def param(
    default: Any,
    *,
    ge: float | None = None,
    le: float | None = None,
    unit: str = "",
    step: float | None = None,
    animatable: bool = True,
    widget: str = "",
    label: str = "",
    unset: str = "",
    help: str = "",  # noqa: A002 - reads best where effects are written
) -> Any:
    """A field of an effect. `unit` is shown behind the number; `widget` picks an editor (`colour`, `multiline`, `slider`, `file`).

    `unset`: the word for the value that leaves it to others (the least number, the choice `none`, an empty path).
    """
    extra: dict[str, Any] = {"unit": unit, "step": step, "animatable": animatable, "widget": widget, "label": label}
    extra["unset"] = unset
    return Field(default, ge=ge, le=le, description=help, json_schema_extra={_KEY: extra})


@dataclass(frozen=True)
class ParamSpec:
    """One parameter as a form sees it. `kind`: float, int, bool, text, choice or vector (a tuple of floats)."""

    name: str
    kind: str
    label: str
    default: Any
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    step: float | None = None
    animatable: bool = True
    widget: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()
    unset: str = ""
    """What the form calls the value that leaves it to others; empty: it has no word of its own."""


def specs_of(model: type[BaseModel]) -> tuple[ParamSpec, ...]:
    """The parameters of a model in the order they are written."""
    return tuple(_spec(name, field) for name, field in model.model_fields.items())


def _spec(name: str, field: Any) -> ParamSpec:
    extra = (field.json_schema_extra or {}).get(_KEY, {}) if isinstance(field.json_schema_extra, dict) else {}
    low = next((_number(m.ge if isinstance(m, Ge) else m.gt) for m in field.metadata if isinstance(m, (Ge, Gt))), None)
    high = next((_number(m.le if isinstance(m, Le) else m.lt) for m in field.metadata if isinstance(m, (Le, Lt))), None)
    kind, choices = _kind(field.annotation, field.default)
    return ParamSpec(
        name=name,
        kind=kind,
        label=extra.get("label") or name.replace("_", " ").capitalize(),
        default=field.default.value if isinstance(field.default, Enum) else field.default,
        minimum=low,
        maximum=high,
        unit=extra.get("unit", ""),
        step=extra.get("step"),
        animatable=extra.get("animatable", True) and kind in ("float", "int", "vector"),
        widget=extra.get("widget", ""),
        help=field.description or "",
        choices=choices,
        unset=extra.get("unset", ""),
    )


def _number(bound: Any) -> float:
    return float(bound)


def _kind(annotation: Any, default: Any) -> tuple[str, tuple[str, ...]]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "choice", tuple(str(member.value) for member in annotation)
    for kind, name in ((bool, "bool"), (int, "int"), (float, "float"), (str, "text")):
        if annotation is kind:
            return name, ()
    return ("vector", ()) if isinstance(default, tuple) else ("text", ())
