"""The family of a project's clips: which was made of which. A DAG, since a remix has several parents.

Nodes are files of the library, known by their media ids: footage and what engines made. A parent that the library knows
nothing of any more is a node too, a gone one, so that its children keep their place.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from timeline.time import ZERO, RationalTime

DEPTH = 10
"""How far a question about ancestors or descendants goes, where none is named."""

Kind = Literal["footage", "take", "gone"]
Role = Literal["current", "ancestor", "descendant", "other"]


@dataclass(frozen=True)
class LineageNode:
    """A file in the family. `generation` is 0 for what has no parents, else one more than that of its latest parent.

    `method` is the operation or the engine that made it, `parameters` what it was made with (both empty for footage).
    `is_present`: its file is there. `is_used`: a clip of the project shows it.
    """

    id: str
    label: str
    kind: Kind
    generation: int = 0
    duration: RationalTime = ZERO
    take_id: str | None = None
    shot_id: str | None = None
    relationship: str = ""
    method: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    engine: str = ""
    engine_version: str = ""
    seed: int | None = None
    cost: str = ""
    created: str = ""
    content_hash: str = ""
    is_present: bool = True
    is_used: bool = False


@dataclass(frozen=True)
class LineageEdge:
    """One parent of one child, and how the child was made of it."""

    source: str
    target: str
    relationship: str
    method: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LineageGraph:
    """A family, or many. Nodes stand in an order in which parents come before children.

    `refused` are parents a file named that would have made a clip its own ancestor: (source, target); they are left out.
    """

    nodes: Mapping[str, LineageNode] = field(default_factory=dict)
    edges: tuple[LineageEdge, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    def parents(self, node_id: str) -> tuple[str, ...]:
        """What a node was made of, in the order in which that was given."""
        return self._above.get(node_id, ())

    def children(self, node_id: str) -> tuple[str, ...]:
        """What was made of a node, in order of arrival."""
        return self._below.get(node_id, ())

    def ancestors(self, node_id: str, depth: int | None = DEPTH) -> dict[str, int]:
        """Ids of ancestors and how many steps up the nearest way leads; at most `depth` steps, None: all of them."""
        return self._reach(node_id, self.parents, depth)

    def descendants(self, node_id: str, depth: int | None = DEPTH) -> dict[str, int]:
        """Ids of descendants and how many steps down the nearest way leads; at most `depth` steps, None: all of them."""
        return self._reach(node_id, self.children, depth)

    def in_order(self, ids: Collection[str]) -> tuple[str, ...]:
        """Some nodes, parents before children."""
        return tuple(one for one in self.nodes if one in ids)

    def common_ancestor(self, a: str, b: str) -> str | None:
        """The latest ancestor of both, of two the nearer one; one of them, if it is the other's ancestor. None: they have none."""
        up_a, up_b = ({one: 0, **self.ancestors(one, None)} for one in (a, b))
        both = [one for one in self.nodes if one in up_a and one in up_b]
        return min(both, key=lambda one: (-self.nodes[one].generation, up_a[one] + up_b[one]), default=None)

    def family(self, node_id: str) -> frozenset[str]:
        """All that is kin to a node by any way, itself included; empty for an unknown one."""
        if node_id not in self.nodes:
            return frozenset()
        kin = self._reach(node_id, lambda one: (*self.parents(one), *self.children(one)), None)
        return frozenset((node_id, *kin))

    def families(self) -> tuple[frozenset[str], ...]:
        """The families of two or more, in order of arrival."""
        seen: set[str] = set()
        found = []
        for one in self.nodes:
            if one not in seen and (self.parents(one) or self.children(one)):
                found.append(self.family(one))
                seen |= found[-1]
        return tuple(found)

    def only(self, ids: Collection[str]) -> LineageGraph:
        """The part of the graph that lies between some of its nodes."""
        nodes = {key: node for key, node in self.nodes.items() if key in ids}
        edges = tuple(edge for edge in self.edges if edge.source in nodes and edge.target in nodes)
        return LineageGraph(nodes, edges, self.refused)

    def with_used(self, used: Collection[str]) -> LineageGraph:
        """The same graph where just these are used; itself when they are already."""
        other = {key: node for key, node in self.nodes.items() if node.is_used != (key in used)}
        if not other:
            return self
        nodes = {key: replace(node, is_used=key in used) if key in other else node for key, node in self.nodes.items()}
        return replace(self, nodes=nodes)

    def around(self, node_id: str, depth: int | None = DEPTH) -> LineageGraph:
        """A node with its ancestors and descendants."""
        return self.only({node_id, *self.ancestors(node_id, depth), *self.descendants(node_id, depth)})

    @cached_property
    def lit(self) -> frozenset[str]:
        """What the cut shows, and all that led to it: an edge is part of that path when its target is."""
        found: set[str] = set()
        waiting = [key for key, node in self.nodes.items() if node.is_used]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.parents(one)
        return frozenset(found)

    def roles(self, current: str | None = None) -> dict[str, Role]:
        """What each node is to a current one; without one, to all that the cut shows."""
        chosen = [current] if current is not None else [key for key, node in self.nodes.items() if node.is_used]
        roles: dict[str, Role] = dict.fromkeys(self.nodes, "other")
        for one in chosen:
            roles.update(dict.fromkeys(self.descendants(one, None), "descendant"))
        for one in chosen:
            roles.update(dict.fromkeys(self.ancestors(one, None), "ancestor"))
        roles.update(dict.fromkeys((one for one in chosen if one in self.nodes), "current"))
        return roles

    @cached_property
    def _above(self) -> dict[str, tuple[str, ...]]:
        return gathered((edge.target, edge.source) for edge in self.edges)

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        return gathered((edge.source, edge.target) for edge in self.edges)

    def _reach(self, node_id: str, way: Callable[[str], Iterable[str]], depth: int | None) -> dict[str, int]:
        steps = {node_id: 0}
        waiting = deque([node_id])
        while waiting:
            one = waiting.popleft()
            if depth is not None and steps[one] >= depth:
                continue
            for other in way(one):
                if other not in steps:
                    steps[other] = steps[one] + 1
                    waiting.append(other)
        del steps[node_id]
        return steps


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """All second ones of each first one, in order."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
