"""Results on their way and results that are there: what the variants strip shows, and how four of them differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engines.evolve.run import Step
from studio_app.services.jobs import Job, JobState
from studio_app.session.evolve_offers import STRENGTH, OperationOffer, values_key
from studio_app.session.evolve_picks import Pick
from timeline.items import new_id
from timeline.time import TimeRange

SEED_STEP = 7
STRENGTHS = (0.25, 0.5, 0.75, 1.0)
OTHERS = (0.75, 0.25, 1.0, 0.5, 0.625, 0.375, 0.875, 0.125)
"""Strengths in the order in which they are tried where a word is there already."""
AT_ONCE = 4
_LARGEST_SEED = 9999


class Landing(StrEnum):
    """Where a result goes."""

    TAKE = "take"
    """One more take of the same shot."""
    CLIP = "clip"
    """A clip of its own in the pool."""
    EDIT = "edit"
    """Clips and cuts on tracks of their own, where the result is an edit."""


class Spread(StrEnum):
    """In what four variants differ."""

    VALUES = "values"
    STRENGTH = "strength"
    SEED = "seed"


@dataclass(eq=False)
class Attempt:
    """A result that was asked for, with all that is needed to make it (again)."""

    name: str
    steps: tuple[Step, ...]
    seed: int
    pick: Pick
    parents: tuple[str, ...]
    """Media ids; the pick's first."""
    part: TimeRange | None = None
    landing: Landing = Landing.TAKE
    job: Job | None = None
    media_id: str = ""
    """What came of it, once it is there."""
    id: str = field(default_factory=new_id)

    @property
    def state(self) -> str:
        """`queued`, `running`, `landing`, `ready`, `failed` or `cancelled`."""
        if self.media_id:
            return "ready"
        job = self.job
        if job is None:
            return "queued"
        if job.state is JobState.RUNNING and job.fraction is not None and job.fraction >= 1:
            return "landing"
        return "ready" if job.state is JobState.DONE else job.state.value

    @property
    def is_open(self) -> bool:
        """Whether it is still to come."""
        return self.state in ("queued", "running", "landing")


@dataclass(frozen=True)
class Variant:
    """One card of the strip."""

    id: str
    name: str
    seed: int
    state: str
    media_id: str = ""
    fraction: float | None = None
    seconds_left: float | None = None
    message: str = ""
    is_used: bool = False
    is_starred: bool = False
    steps: tuple[Step, ...] = ()


def spread_of(offer: OperationOffer, values: Mapping[str, Any], wish: Spread | None) -> Spread:
    """In what four variants of an operation differ: as wished, where it has such a thing; else in what it has."""
    has_values = offer.choice is not None and len(offer.choice.choices) > 1
    if wish is Spread.VALUES and has_values:
        return wish
    if wish is Spread.STRENGTH and offer.has_strength:
        return wish
    if wish is Spread.SEED:
        return wish
    return Spread.VALUES if has_values else Spread.STRENGTH if offer.has_strength else Spread.SEED


def four(
    offer: OperationOffer, values: Mapping[str, Any], seed: int, spread: Spread, made: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Mapping[str, Any], int], ...]:
    """Values and seed of four variants. Words already `made` come last, at another strength; each has a seed of its own."""
    choice = offer.choice
    seeds = [next_seed(seed, number) for number in range(AT_ONCE)]
    if spread is Spread.VALUES and choice is not None:
        now = str(getattr(values.get(choice.name), "value", values.get(choice.name)))
        known = {str(getattr(one.get(choice.name), "value", one.get(choice.name))) for one in made}
        order = sorted(choice.choices, key=lambda word: (word in known, word == now, choice.choices.index(word)))
        words = [order[number % len(order)] for number in range(AT_ONCE)]
        there = {values_key(one) for one in made}
        found = []
        for word in words:
            found.append(_another(offer, {**values, choice.name: word}, there))
            there.add(values_key(found[-1]))
        return tuple(zip(found, seeds, strict=True))
    if spread is Spread.STRENGTH:
        known_rows = {values_key(one) for one in made}
        rows = [{**values, STRENGTH: share} for share in STRENGTHS]
        if all(values_key(one) in known_rows for one in rows):  # once more: between those that are there
            rows = [{**values, STRENGTH: round(share - 0.125, 3)} for share in STRENGTHS]
        return tuple(zip(rows, seeds, strict=True))
    return tuple((dict(values), one) for one in seeds)


def _another(
    offer: OperationOffer, values: Mapping[str, Any], there: Collection[tuple[tuple[str, str], ...]]
) -> Mapping[str, Any]:
    """The values; where such a one is there, of another strength that is not. The same in all where each has been made."""
    if offer.has_strength:
        rows = [values, *({**values, STRENGTH: share} for share in OTHERS)]
        return next((one for one in rows if values_key(one) not in there), values)
    return values


def next_seed(seed: int, number: int = 1) -> int:
    """The seed `number` places on."""
    return (seed + SEED_STEP * number) % (_LARGEST_SEED + 1)
