"""How well an order of scenes serves the ideal curve, and which moves would serve it better.

A film has its own loud and quiet: tensions are stretched to the lowest and highest of the ideal before they are compared. The
fit is 1 less the mean distance of the two curves. Moves are looked for one at a time, the best first; of equals the one that
moves an earlier scene less far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio_app.planning.narrative.acts import Scene
from studio_app.planning.narrative.structures import Floats, Structure

Order = NDArray[np.int64]
"""Numbers of scenes, as they stand in the row that was given."""
LEAST_GAIN = 0.005
"""A move that gains less is not worth a new cut."""
MOST_MOVES = 12
_FLAT = 0.02
"""Of tensions: what lies nearer together tells no curve."""
_SEARCHED = 120
"""So many scenes are searched move by move to the end; more are laid by rank first."""
_LOOKED_AT = 3_000_000
"""So many moves at most are weighed for proposals: a thousand scenes are offered three, within a second."""


@dataclass(frozen=True)
class Move:
    """A scene is taken out at `start` and put in before what then stands at `end`."""

    scene: Scene
    start: int
    end: int


@dataclass(frozen=True)
class Proposal:
    """Another order: `moves` lead there one after another from the order that was given; `fit` of it, and what that `gain`s."""

    order: tuple[Scene, ...]
    moves: tuple[Move, ...]
    fit: float
    gain: float


def levels_of(scenes: Sequence[Scene], structure: Structure) -> Floats:
    """The tensions stretched to the range of the ideal curve; all at its middle where they hardly differ.

    The range is that of so many equal pieces of the curve: a scene has one tension, so it never stands at a peak's very top.
    """
    values = np.array([one.tension.value for one in scenes], np.float64)
    if not len(values):
        return values
    edges = np.linspace(0, 1, len(values) + 1)
    ideal = structure.means(edges[:-1], edges[1:])
    low, high = float(ideal.min()), float(ideal.max())
    spread = float(np.ptp(values))
    if spread < _FLAT:
        return np.full(len(values), (low + high) / 2)
    return np.asarray(low + (values - values.min()) / spread * (high - low), np.float64)


def fit_of(scenes: Sequence[Scene], structure: Structure) -> float:
    """How near the scenes in this order come to the ideal curve, 0..1."""
    if not scenes:
        return 0.0
    return 1 - float(np.sum(_Row(scenes, structure).costs(np.arange(len(scenes), dtype=np.int64))))


def proposals(scenes: Sequence[Scene], structure: Structure, most: int = MOST_MOVES) -> tuple[Proposal, ...]:
    """Better orders: the one that needs one move first, each next with one move more. None where no move is worth it."""
    row = _Row(scenes, structure)
    found = []
    moves: list[Move] = []
    order = np.arange(len(scenes), dtype=np.int64)
    fit = first = 1 - float(np.sum(row.costs(order))) if len(order) else 0.0
    most = min(most, 1 + _LOOKED_AT // max(1, len(scenes)) ** 2)
    while len(moves) < most and (better := row.best_move(order)) is not None:
        gain, start, end = better
        moves.append(Move(scenes[int(order[start])], start, end))
        order, fit = _moved(order, start, end), fit + gain
        found.append(Proposal(tuple(scenes[one] for one in order.tolist()), tuple(moves), fit, fit - first))
    return tuple(found)


def best_order(scenes: Sequence[Scene], structure: Structure) -> tuple[Scene, ...]:
    """The order that serves the curve best of those that can be found: of the given one, and of ranks laid to ranks.

    Scenes that serve it as they stand stay: where nothing is gained, the order given.
    """
    row = _Row(scenes, structure)
    given = np.arange(len(scenes), dtype=np.int64)
    ranked = row.by_rank()
    tried = [row.searched(one) for one in ((given, ranked) if len(scenes) <= _SEARCHED else (ranked,))]
    costs = [float(np.sum(row.costs(one))) for one in (given, *tried)]
    best = int(np.argmin(costs))
    if not len(given) or costs[0] - costs[best] < LEAST_GAIN:
        return tuple(scenes)
    return tuple(scenes[one] for one in (given, *tried)[best])


class _Row:
    """Scenes as levels and lengths (shares of the whole); orders are arrays of their numbers."""

    def __init__(self, scenes: Sequence[Scene], structure: Structure) -> None:
        self._structure = structure
        self._levels = levels_of(scenes, structure)
        lengths = np.array([one.duration.to_seconds() for one in scenes], np.float64)
        whole = float(lengths.sum())
        self._lengths = lengths / whole if whole > 0 else np.full(len(lengths), 1 / max(1, len(lengths)))
        self._flat = not len(lengths) or float(np.ptp(self._levels)) == 0

    def costs(self, order: Order) -> Floats:
        """Of each scene in its place: how far it is from the ideal, times its length."""
        lengths = self._lengths[order]
        ends = np.cumsum(lengths)
        return self._off(self._levels[order], ends - lengths, ends)

    def _off(self, levels: Floats, starts: Floats, ends: Floats) -> Floats:
        return np.asarray(np.abs(levels - self._structure.means(starts, ends)) * (ends - starts))

    def best_move(self, order: Order) -> tuple[float, int, int] | None:
        """What the best move of one scene gains, from where to where; None where none is worth it."""
        if self._flat or len(order) < 2:
            return None
        lengths, levels = self._lengths[order], self._levels[order]
        ends = np.cumsum(lengths)
        starts = ends - lengths
        now = self._off(levels, starts, ends)
        best = (LEAST_GAIN, 0, 0)
        for place in range(len(order)):
            length, level = lengths[place], levels[place]
            later, earlier = slice(place + 1, None), slice(0, place)
            # What it leaves behind moves up by its length, what it is put before moves down.
            up = np.cumsum(now[later] - self._off(levels[later], starts[later] - length, ends[later] - length))
            up += now[place] - self._off(np.full(len(up), level), ends[later] - length, ends[later])
            off = now[earlier] - self._off(levels[earlier], starts[earlier] + length, ends[earlier] + length)
            down = np.cumsum(off[::-1])[::-1]
            down = down + now[place] - self._off(np.full(len(down), level), starts[earlier], starts[earlier] + length)
            for gains, first in ((down, 0), (up, place + 1)):
                if len(gains):
                    nearest = int(np.argmax(gains)) if first else len(gains) - 1 - int(np.argmax(gains[::-1]))
                    if gains[nearest] > best[0] + 1e-12:
                        best = (float(gains[nearest]), place, first + nearest)
        return best if best[1] != best[2] else None

    def by_rank(self) -> Order:
        """The tensest scene where the ideal is highest, and so on down; scenes as tense as each other keep their order."""
        count = len(self._levels)
        edges = np.linspace(0, 1, count + 1)
        slots = np.argsort(self._structure.means(edges[:-1], edges[1:]), kind="stable")
        order = np.zeros(count, np.int64)
        order[slots] = np.argsort(self._levels, kind="stable")
        return np.arange(count, dtype=np.int64) if self._flat else order

    def searched(self, order: Order) -> Order:
        """The order once no single move gains any more."""
        for _ in range(2 * len(order)):
            better = self.best_move(order) if len(order) <= _SEARCHED else None
            if better is None:
                break
            order = _moved(order, better[1], better[2])
        return order


def _moved(order: Order, start: int, end: int) -> Order:
    return np.asarray(np.insert(np.delete(order, start), end, order[start]), np.int64)
