"""Where the nodes of a family stand: columns by generation, as few crossings as sweeps find, rows evenly apart.

After Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures" (1981): long edges get a
place in each column they pass, columns are ordered by the mean place of their neighbours, back and forth. Rows are then
the least squares answer to "stand beside your neighbours, keep your distance" (isotonic regression, pool adjacent violators).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from timeline.lineage import LineageGraph

NODE = (196.0, 60.0)
"""Width and height of a node, logical pixels."""
ACROSS, DOWN = 248.0, 76.0
"""From one column to the next, from one row to the next."""
MARGIN = 24.0
_SWEEPS = 12
_SETTLINGS = 6
_MOST_SWAPPED = 160
"""Nodes and passing edges of a family up to which neighbours are tried the other way round too."""
_PASSING = 0.5
"""Room an edge takes that passes through a column, in rows."""
_APART = 0.4
"""Between two families, in rows."""
Spot = tuple[int, float]
"""Column and row. Rows are those of nodes, 0 at the top."""


@dataclass(frozen=True)
class LineageLayout:
    """Places of nodes, and of the edges that pass columns on their way. `columns` and `rows` are how much room all take."""

    places: Mapping[str, Spot] = field(default_factory=dict)
    ways: Mapping[tuple[str, str], tuple[Spot, ...]] = field(default_factory=dict)
    columns: int = 0
    rows: float = 0.0


def laid_out(graph: LineageGraph) -> LineageLayout:
    """Families one below another, in order of arrival; nodes without kin under them. The same graph always lies the same."""
    first = min((node.generation for node in graph.nodes.values()), default=0)
    places: dict[str, Spot] = {}
    ways: dict[tuple[str, str], tuple[Spot, ...]] = {}
    top = 0.0
    kin = graph.families()
    known = frozenset[str]().union(*kin)
    for family in (*kin, *(frozenset((one,)) for one in graph.nodes if one not in known)):
        rows = _Rows(graph, family, first)
        rows.order()
        height = rows.settle()
        for key in graph.in_order(family):
            places[key] = (rows.column[key], top + rows.row[key])
        ways.update(rows.ways(top))
        top += height + (1 + _APART if family in kin else 1)
    columns = max((column for column, _ in places.values()), default=-1) + 1
    return LineageLayout(places, ways, columns, max((row + 1 for _, row in places.values()), default=0.0))


def place_of(spot: Spot) -> tuple[float, float]:
    """Top left corner of a node."""
    return (MARGIN + spot[0] * ACROSS, MARGIN + spot[1] * DOWN)


def size_of(layout: LineageLayout) -> tuple[float, float]:
    """What a drawing of a layout takes with its margins."""
    width = (layout.columns - 1) * ACROSS + NODE[0] if layout.columns else 0.0
    height = (layout.rows - 1) * DOWN + NODE[1] if layout.rows else 0.0
    return (width + 2 * MARGIN, height + 2 * MARGIN)


def line_of(layout: LineageLayout, source: str, target: str) -> tuple[tuple[float, float], ...]:
    """Points an edge goes by, from the right of one node to the left of the other; where it passes a column, both its sides."""
    x, y = place_of(layout.places[source])
    points = [(x + NODE[0], y + NODE[1] / 2)]
    for spot in layout.ways.get((source, target), ()):
        x, y = place_of(spot)
        points += [(x, y + NODE[1] / 2), (x + NODE[0], y + NODE[1] / 2)]
    x, y = place_of(layout.places[target])
    return (*points, (x, y + NODE[1] / 2))


class _Rows:
    """One family: its columns, with a stand-in in each column that an edge passes."""

    def __init__(self, graph: LineageGraph, family: Iterable[str], first: int) -> None:
        members = graph.in_order(frozenset(family))
        self.column = {key: graph.nodes[key].generation - first for key in members}
        self.above: dict[str, list[str]] = {key: [] for key in members}
        self.below: dict[str, list[str]] = {key: [] for key in members}
        self.passing: dict[tuple[str, str], list[str]] = {}
        for target in members:
            for source in graph.parents(target):
                self._join(source, target)
        self.columns: list[list[str]] = [[] for _ in range(max(self.column.values()) + 1)]
        for key in self._walk(members):
            self.columns[self.column[key]].append(key)
        self.stand_ins = frozenset(self.column) - set(members)
        self.row: dict[str, float] = {}

    def _join(self, source: str, target: str) -> None:
        """An edge, by way of the columns between."""
        row = [f"{source}\n{target}\n{column}" for column in range(self.column[source] + 1, self.column[target])]
        for column, key in enumerate(row, self.column[source] + 1):
            self.column[key] = column
            self.above[key], self.below[key] = [], []
        for one, other in pairwise((source, *row, target)):
            self.below[one].append(other)
            self.above[other].append(one)
        self.passing[source, target] = row

    def _walk(self, members: Sequence[str]) -> list[str]:
        """All from the roots on, children right behind their parent: a first order with few crossings."""
        seen: dict[str, None] = {}
        for root in members:
            waiting = [root] if not self.above[root] else []
            while waiting:
                one = waiting.pop()
                if one not in seen:
                    seen[one] = None
                    waiting += reversed(self.below[one])
        return list(seen)

    # order

    def order(self) -> None:
        """The order of each column with the fewest crossings found."""
        best, fewest = [list(one) for one in self.columns], self._crossings()
        for sweep in range(_SWEEPS):
            if not fewest:
                break
            self._sweep(forwards=sweep % 2 == 0)
            if len(self.column) <= _MOST_SWAPPED:
                self._swap()
            count = self._crossings()
            if count < fewest:
                best, fewest = [list(one) for one in self.columns], count
        self.columns = best

    def _sweep(self, forwards: bool) -> None:
        near = self.above if forwards else self.below
        for column in self.columns if forwards else reversed(self.columns):
            place = {key: n for one in self.columns for n, key in enumerate(one)}
            column.sort(
                key=lambda key: sum(place[one] for one in near[key]) / len(near[key]) if near[key] else place[key]
            )

    def _swap(self) -> None:
        """Neighbours change places where that saves crossings."""
        for index, column in enumerate(self.columns):
            sides = [
                (near, {key: n for n, key in enumerate(self.columns[other])})
                for near, other in ((self.above, index - 1), (self.below, index + 1))
                if 0 <= other < len(self.columns)
            ]
            for n in range(len(column) - 1):
                a, b = column[n], column[n + 1]
                now = sum(_crossed(near[a], near[b], place) for near, place in sides)
                then = sum(_crossed(near[b], near[a], place) for near, place in sides)
                if then < now:
                    column[n], column[n + 1] = b, a

    def _crossings(self) -> int:
        found = 0
        for left, right in pairwise(self.columns):
            place = {key: n for n, key in enumerate(right)}
            seen: list[int] = []
            for key in left:
                ends = [place[one] for one in self.below[key]]
                found += sum(len(seen) - bisect_right(seen, end) for end in ends)
                for end in ends:
                    insort(seen, end)
        return found

    # rows

    def settle(self) -> float:
        """Give each its row; the rows that are taken, from the first to the last."""
        self.row = {key: float(n) for column in self.columns for n, key in enumerate(column)}
        for _ in range(_SETTLINGS):
            for column in self.columns:
                self._place(column, (self.above,))
            for column in reversed(self.columns):
                self._place(column, (self.below,))
        for column in self.columns:
            self._place(column, (self.above, self.below))
        for chain in self._chains():
            self._straighten(chain)
        least = min(self.row.values())
        self.row = {key: row - least for key, row in self.row.items()}
        return max(self.row.values())

    def _chains(self) -> list[list[str]]:
        """Runs of nodes in which each has one child, which has one parent."""
        chains = []
        for key in self.column:
            is_inner = len(self.above[key]) == 1 and len(self.below[self.above[key][0]]) == 1
            chain = [key]
            while len(self.below[chain[-1]]) == 1 and len(self.above[self.below[chain[-1]][0]]) == 1:
                chain += self.below[chain[-1]]
            if len(chain) > 1 and not is_inner:
                chains.append(chain)
        return chains

    def _straighten(self, chain: Sequence[str]) -> None:
        """One row for all of a chain, as near as may be to where they stand, if their neighbours leave one."""
        low, high = float("-inf"), float("inf")
        for key in chain:
            column = self.columns[self.column[key]]
            n = column.index(key)
            if n:
                low = max(low, self.row[column[n - 1]] + self._apart(column[n - 1], key))
            if n + 1 < len(column):
                high = min(high, self.row[column[n + 1]] - self._apart(key, column[n + 1]))
        if low <= high:
            middle = sum(self.row[key] for key in chain) / len(chain)
            self.row.update(dict.fromkeys(chain, min(max(middle, low), high)))

    def _apart(self, upper: str, lower: str) -> float:
        """The least distance of two neighbours in a column, in rows."""
        return sum(_PASSING if one in self.stand_ins else 1.0 for one in (upper, lower)) / 2

    def _place(self, column: Sequence[str], sides: Sequence[Mapping[str, Sequence[str]]]) -> None:
        wanted, offsets, at = [], [], 0.0
        for n, key in enumerate(column):
            if n:
                at += self._apart(column[n - 1], key)
            near = [self.row[one] for side in sides for one in side[key]]
            wanted.append((sum(near) / len(near) if near else self.row[key]) - at)
            offsets.append(at)
        for key, row, offset in zip(column, _rising(wanted), offsets, strict=True):
            self.row[key] = row + offset

    def ways(self, top: float) -> dict[tuple[str, str], tuple[Spot, ...]]:
        """Where edges pass the columns between their ends."""
        return {
            edge: tuple((self.column[key], top + self.row[key]) for key in row)
            for edge, row in self.passing.items()
            if row
        }


def _crossed(upper: Sequence[str], lower: Sequence[str], place: Mapping[str, int]) -> int:
    """How many edges of a node cross those of the one below it."""
    return sum(place[a] > place[b] for a in upper for b in lower)


def _rising(wanted: Sequence[float]) -> list[float]:
    """The row of never falling numbers that is nearest to `wanted` (least squares)."""
    blocks: list[tuple[float, int]] = []  # mean and how many
    for value in wanted:
        mean, count = value, 1
        while blocks and blocks[-1][0] >= mean:
            before, number = blocks.pop()
            mean, count = (before * number + mean * count) / (number + count), number + count
        blocks.append((mean, count))
    return [mean for mean, count in blocks for _ in range(count)]
