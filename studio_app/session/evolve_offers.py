"""What can be made of a clip: the operations as the window shows them, and how results of theirs are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc
from typing import Any

from effects.params import ParamSpec, specs_of
from engines.evolve.base import FAMILIES, Operation
from engines.evolve.registry import operation_class, operations
from engines.evolve.run import Step
from timeline.errors import StudioError

STRENGTH = "strength"
_ORDER = (
    "enhance extend stabilize upscale color_grade denoise sharpen pacing angle lighting composition mood weather time_of_day "
    "interpolate combine transition collage mashup genre_shift time_warp glitch kaleidoscope pixelate abstract "
    "continue loop reverse new_scene"
).split()
"""Where a name stands in the grid; one that is not among them comes last in its family."""
DEFAULT_PACE = 0.25
"""Seconds for a million pixels of film, until it was measured here."""


@dataclass(frozen=True)
class Family:
    """A heading of the grid: `Vary`, `same shot, one thing different`."""

    id: str
    title: str
    about: str


def relationship_of(family: str) -> str:
    """What the results of a family are to their parents."""
    return FAMILIES[family][0]


@dataclass(frozen=True)
class OperationOffer:
    """An operation as the window shows it; `sentence` says what it does and what it cannot."""

    id: str
    family: str
    title: str
    sentence: str
    specs: tuple[ParamSpec, ...]
    least: int
    most: int
    has_edit: bool
    keeps_length: bool
    restyle: str

    @property
    def takes_more(self) -> bool:
        """Whether it takes several clips at once; else each chosen clip is made one of its own."""
        return self.most > 1

    @property
    def choice(self) -> ParamSpec | None:
        """What chiefly decides the result: the first value with words to choose from; None where the amount comes first."""
        if self.specs[:1] and self.specs[0].name == STRENGTH:
            return None
        return next((one for one in self.specs if one.kind == "choice"), None)

    @property
    def has_strength(self) -> bool:
        """Whether there is an amount."""
        return any(one.name == STRENGTH for one in self.specs)

    def defaults(self) -> dict[str, Any]:
        """Every value as it is at first."""
        return {one.name: one.default for one in self.specs}


def families() -> tuple[Family, ...]:
    """The headings, in their order."""
    return tuple(Family(name, name.capitalize(), about) for name, (_, about) in FAMILIES.items())


def operation_offers() -> tuple[OperationOffer, ...]:
    """All operations that could be loaded; in each family what is reached for most comes first."""
    place = {name: at for at, name in enumerate(_ORDER)}
    ids = sorted(operations().classes, key=lambda name: place.get(name.partition(".")[2], len(place)))
    return tuple(_offer(name) for name in ids)


@cache
def _offer(operation_id: str) -> OperationOffer:
    kind = operations().classes[operation_id]
    return OperationOffer(
        operation_id,
        operation_id.split(".")[0],
        kind.shown_name(),
        " ".join(cleandoc(kind.__doc__ or "").split()),
        specs_of(kind),
        *kind.sources,
        kind.edit is not Operation.edit,
        kind.keeps_length,
        kind.restyle,
    )


def offer_named(operation_id: str) -> OperationOffer | None:
    """An operation by its id; None where it is not there."""
    return _offer(operation_id) if operation_id in operations().classes else None


def shown_step(step: Step) -> str:
    """A result in a few words: `Night 62 %`, `Denoise 40 %`, `Kaleidoscope 6, 50 %`, `Split screen, grid`, `Loop`."""
    offer = offer_named(step.operation)
    if offer is None:
        return step.operation
    values = {**offer.defaults(), **step.values}
    choice, amount = offer.choice, values.get(STRENGTH)
    word = str(getattr(values[choice.name], "value", values[choice.name])) if choice is not None else ""
    word = word.replace("_", " ") if word != "none" else ""
    share = f"{round(float(amount) * 100)} %" if isinstance(amount, int | float) else ""
    if not word:
        return f"{offer.title} {share}".strip()
    if word[0].isdigit():
        return ", ".join(one for one in (f"{offer.title} {word}", share) if one)
    # a look goes by its own name; a layout or a way of joining says little without what it is of
    return f"{word.capitalize()} {share}" if share else f"{offer.title}, {word}"


def shown_steps(steps: tuple[Step, ...]) -> str:
    """A row of them: the last one, and that others come before."""
    if len(steps) < 2:
        return shown_step(steps[0]) if steps else ""
    return ", ".join([shown_step(steps[0]), *(shown_step(one).lower() for one in steps[1:])])


def titles_of(steps: tuple[Step, ...]) -> str:
    """`Denoise, upscale, colour grade`."""
    titles = [offer.title if (offer := offer_named(one.operation)) else one.operation for one in steps]
    return ", ".join([*titles[:1], *(one.lower() for one in titles[1:])])


def checked(step: Step) -> Step:
    """The step with every value as the operation reads it. Raises StudioError for one that does not fit."""
    made = step.made()
    return Step(step.operation, made.model_dump(mode="json"))


def is_known(step: Step) -> bool:
    """Whether a kept step still fits what is installed."""
    try:
        operation_class(step.operation)
        step.made()
    except StudioError:
        return False
    return True


def values_key(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Values as something that can be compared."""
    return tuple(sorted((name, str(getattr(value, "value", value))) for name, value in values.items()))
