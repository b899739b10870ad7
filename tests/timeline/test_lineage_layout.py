from __future__ import annotations

import random
from itertools import combinations, pairwise

from hypothesis import given

from tests.timeline.lineages import families, library_of
from timeline.library_lineage import lineage_of
from timeline.lineage import LineageGraph
from timeline.lineage_layout import laid_out


def crossings(graph: LineageGraph) -> int:
    """Pairs of one-column edges between the same columns that cross."""
    places = laid_out(graph).places
    lines = [(places[edge.source], places[edge.target]) for edge in graph.edges]
    short = [(a, b) for a, b in lines if b[0] - a[0] == 1]
    return sum((a[1] - c[1]) * (b[1] - d[1]) < 0 and a[0] == c[0] for (a, b), (c, d) in combinations(short, 2))


@given(families())
def test_columns_are_generations_and_nothing_lies_on_anything(family: dict[str, str]) -> None:
    graph = lineage_of(library_of(family))
    layout = laid_out(graph)
    assert layout.places.keys() == graph.nodes.keys()
    assert all(layout.places[key][0] == node.generation for key, node in graph.nodes.items())
    by_column: dict[int, list[tuple[float, float]]] = {}
    for column, row in layout.places.values():
        by_column.setdefault(column, []).append((row, 0.5))
    for spots in layout.ways.values():
        for column, row in spots:
            by_column.setdefault(column, []).append((row, 0.25))
    for spots_here in by_column.values():
        rows = sorted(spots_here)
        for (one, half), (other, more) in pairwise(rows):
            assert other - one >= half + more - 1e-6
    assert min(row for _, row in layout.places.values()) >= -1e-9
    assert layout == laid_out(graph)


@given(families())
def test_a_long_edge_has_a_place_in_each_column_it_passes(family: dict[str, str]) -> None:
    graph = lineage_of(library_of(family))
    layout = laid_out(graph)
    for edge in graph.edges:
        first, last = layout.places[edge.source][0], layout.places[edge.target][0]
        passed = layout.ways.get((edge.source, edge.target), ())
        assert [column for column, _ in passed] == list(range(first + 1, last))


def test_a_tree_crosses_nothing_and_parents_stand_in_the_middle() -> None:
    graph = lineage_of(library_of({"a": "", "b": "a", "c": "a", "d": "b", "e": "c", "f": "b", "g": "c"}))
    places = laid_out(graph).places
    assert crossings(graph) == 0
    assert places["a"][1] == (places["b"][1] + places["c"][1]) / 2
    assert {key: place[0] for key, place in places.items()}["g"] == 2


def test_sweeps_untangle_what_arrived_crosswise() -> None:
    graph = lineage_of(library_of({"a": "", "b": "", "c": "", "x": "c", "y": "b", "z": "a", "xy": "x y", "yz": "y z"}))
    assert crossings(graph) == 0


def test_nothing_takes_no_room() -> None:
    layout = laid_out(LineageGraph())
    assert (layout.columns, layout.rows, dict(layout.places)) == (0, 0.0, {})


def test_five_hundred_nodes_find_their_places() -> None:
    chance = random.Random(6)
    names: list[str] = []
    family: dict[str, str] = {}
    for n in range(500):
        recent = names[-60:]
        family[f"n{n}"] = " ".join(chance.sample(recent, min(len(recent), chance.choice((0, 1, 1, 1, 2)))))
        names.append(f"n{n}")
    layout = laid_out(lineage_of(library_of(family)))
    assert len(layout.places) == 500
