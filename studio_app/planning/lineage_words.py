"""How clips were made, in few words: "Time of day, night", "Enhance, 80 %", "Text, Starcut, free"."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from effects.params import specs_of
from engines.evolve.registry import operations
from engines.generate.registry import engines
from studio_app.services.money import price
from timeline.lineage import LineageNode


def made_by(node: LineageNode) -> tuple[str, ...]:
    """What made a clip, what chiefly decided it, who was sent it and what it cost: English names, each to be translated by itself."""
    if node.kind == "footage":
        return ("Footage",)
    if node.kind == "gone":
        return ()
    steps, kind = steps_in(node), engines().classes.get(node.engine)
    if steps:
        sent = (kind.label, shown_cost(node.cost)) if kind is not None else ()
        return (*made_by_steps(steps), *sent)
    return ("Text", kind.label if kind is not None else node.engine, shown_cost(node.cost))


def steps_in(node: LineageNode) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The operations of a clip, each with its values; none where it was made from words."""
    if isinstance(chain := node.parameters.get("chain"), list):
        return tuple((str(one["operation"]), one["values"]) for one in chain)
    return ((node.method, node.parameters),) if "." in node.method else ()


def made_by_steps(steps: tuple[tuple[str, Mapping[str, Any]], ...]) -> tuple[str, ...]:
    """One operation with what decided it; of several, their names."""
    if len(steps) > 1:
        return tuple(_title(name) for name, _ in steps)
    name, values = steps[0]
    return tuple(one for one in (_title(name), _chiefly(name, values)) if one)


def shown_cost(cost: str) -> str:
    """`free`, or `$ 0.96`."""
    try:
        return price(Decimal(cost or "0"))
    except InvalidOperation:
        return cost


def _title(operation_id: str) -> str:
    kind = operations().classes.get(operation_id)
    return kind.shown_name() if kind is not None else operation_id


def _chiefly(operation_id: str, values: Mapping[str, Any]) -> str:
    """What an operation names first: a word, a strength or a length."""
    kind = operations().classes.get(operation_id)
    for spec in specs_of(kind)[:1] if kind is not None else ():
        value = values.get(spec.name)
        if spec.kind == "choice":
            return str(value).replace("_", " ") if value not in (None, "none") else ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            if spec.name == "strength":
                return f"{round(value * 100)} %"
            if spec.unit == "s" and value:
                return f"{value:.1f} s"
    return ""
