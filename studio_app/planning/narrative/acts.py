"""Scenes in acts: each scene in just one, in their order, and no act empty while there are scenes enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from studio_app.planning.narrative.structures import Beat, Structure
from studio_app.planning.narrative.tension import UNKNOWN, Tension
from timeline.time import ZERO, RationalTime, TimeRange, sums

By = Literal["length", "count"]
"""Boundaries where the shares of the running time fall, or the same number of scenes in each act."""


@dataclass(frozen=True)
class Scene:
    """What is ordered: a clip, a shot or a file. `place` says where it is found, for the screen."""

    id: str
    name: str
    duration: RationalTime
    tension: Tension = UNKNOWN
    place: str = ""
    path: str = ""
    """Its file; empty where nothing was shot yet."""


@dataclass(frozen=True)
class Act:
    """A beat and the scenes in it. `range` (record time, half-open) holds just its scenes; `ideal` is where its share lies."""

    beat: Beat
    scenes: tuple[Scene, ...]
    range: TimeRange
    ideal: TimeRange

    @property
    def climax(self) -> Scene | None:
        """Its tensest scene, the first of several; None where it is empty."""
        return max(self.scenes, key=lambda one: one.tension.value, default=None)

    @property
    def tension(self) -> float | None:
        """Of its scenes on the mean, each by its length."""
        length = self.range.duration
        if not self.scenes or not length:
            return None
        return sum(one.tension.value * float(one.duration / length) for one in self.scenes)


def grouped(scenes: Sequence[Scene], structure: Structure, by: By = "length") -> tuple[Act, ...]:
    """The acts of scenes in this order."""
    starts = sums(one.duration for one in scenes)
    whole = starts[-1]
    if by == "count" or not whole:
        bounds = even_bounds(len(scenes), len(structure.beats))
    else:
        bounds = nearest_bounds(
            [start.fraction for start in starts], [whole.fraction * one for one in structure.bounds]
        )
    ideals = [whole * share for share in structure.bounds]
    return tuple(
        Act(
            beat,
            tuple(scenes[bounds[place] : bounds[place + 1]]),
            TimeRange.between(starts[bounds[place]], starts[bounds[place + 1]]),
            TimeRange.between(ideals[place], ideals[place + 1]),
        )
        for place, beat in enumerate(structure.beats)
    )


def even_bounds(count: int, acts: int) -> list[int]:
    """Where `count` scenes are parted into acts: sizes differ by one at most, so none is empty where it need not be."""
    return [(2 * count * place + acts) // (2 * acts) for place in range(acts)] + [count]


def nearest_bounds(starts: Sequence[Fraction], wanted: Sequence[Fraction]) -> list[int]:
    """Numbers of the scenes that begin the acts, and at the end how many there are.

    `starts` of the scenes and the end of the last; `wanted` starts of the acts and the end. Those that lie nearest in sum, where
    each act has a scene at least; with fewer scenes than acts each has one at most. Of equals the earlier.
    """
    count, acts = len(starts) - 1, len(wanted) - 1
    least, most = (1, count) if count >= acts else (0, 1)
    costs: list[Fraction | None] = [Fraction(0) if place == 0 else None for place in range(count + 1)]
    ways: list[list[int]] = []
    for act in range(1, acts):
        costs, came = _step(costs, starts, wanted[act], least, most)
        ways.append(came)
    ending = [(cost, place) for place, cost in enumerate(costs) if cost is not None and least <= count - place <= most]
    bounds = [count, min(ending)[1]]
    for came in reversed(ways):
        bounds.append(came[bounds[-1]])
    return bounds[::-1]


def _step(
    costs: Sequence[Fraction | None], starts: Sequence[Fraction], wanted: Fraction, least: int, most: int
) -> tuple[list[Fraction | None], list[int]]:
    """The least it costs to begin the next act at each scene, and where the act before it then begins."""
    new: list[Fraction | None] = []
    came: list[int] = []
    best: tuple[Fraction, int] | None = None
    for place in range(len(costs)):
        if most == 1:  # too few scenes: none or one in an act, so only two places are looked at
            best = None
        for one in range(max(0, place - 1) if most == 1 else place - least, place - least + 1):
            cost = costs[one] if one >= 0 else None
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, one)
        new.append(None if best is None else best[0] + abs(starts[place] - wanted))
        came.append(0 if best is None else best[1])
    return new, came


def length_of(scenes: Sequence[Scene]) -> RationalTime:
    """All of them one after another."""
    return sums(one.duration for one in scenes)[-1] if scenes else ZERO
