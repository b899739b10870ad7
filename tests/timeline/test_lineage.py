from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.lineages import cut_of, families, library_of
from timeline.codec import decode, encode
from timeline.library_lineage import lineage_of, parent_ids
from timeline.media import Lineage, Take


def test_a_remix_has_two_parents_and_stands_one_below_the_later() -> None:
    graph = lineage_of(library_of({"shot": "*", "other": "", "sharp": "shot", "rain": "sharp", "both": "rain other"}))
    generations = {key: node.generation for key, node in graph.nodes.items()}
    assert generations == {"shot": 0, "other": 0, "sharp": 1, "rain": 2, "both": 3}
    assert graph.parents("both") == ("rain", "other"), "the first one leads"
    assert graph.children("shot") == ("sharp",)
    assert {key: node.kind for key, node in graph.nodes.items()}["other"] == "footage"
    edge = graph.edges[-1]
    assert (edge.source, edge.target, edge.relationship, edge.method) == ("other", "both", "remix", "remix.combine")
    assert edge.parameters == {"strength": 0.7}
    assert graph.nodes["shot"].method == "procedural"


@given(families())
def test_generations_distances_and_order_hold_in_any_family(family: dict[str, str]) -> None:
    graph = lineage_of(library_of(family))
    place = {key: n for n, key in enumerate(graph.nodes)}
    for key, row in family.items():
        parents = row.split()
        assert graph.parents(key) == tuple(parents)
        assert graph.nodes[key].generation == 1 + max((graph.nodes[one].generation for one in parents), default=-1)
        assert all(place[one] < place[key] for one in parents)
        above = graph.ancestors(key, None)
        assert set(above) == {one for parent in parents for one in (parent, *graph.ancestors(parent, None))}
        assert all(key in graph.descendants(one, None) for one in above)
        assert all(graph.descendants(one, None)[key] == steps for one, steps in above.items())
        assert key not in above
        assert set(graph.ancestors(key, 1)) == set(parents)
        assert graph.ancestors(key, 0) == {}
    assert len(graph.edges) == sum(len(row.split()) for row in family.values())


@given(families(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_no_family(family: dict[str, str], chance: random.Random) -> None:
    library = library_of(family)
    rows = list(library.media.items()), list(library.takes.items())
    for row in rows:
        chance.shuffle(row)
    shuffled = replace(library, media=dict(rows[0]), takes=dict(rows[1]))
    one, other = lineage_of(library), lineage_of(shuffled)
    assert dict(one.nodes) == dict(other.nodes)
    assert not other.refused
    assert {(edge.source, edge.target) for edge in one.edges} == {(edge.source, edge.target) for edge in other.edges}


@given(families(), st.data())
def test_families_part_the_graph_and_kin_has_a_common_ancestor_or_none(
    family: dict[str, str], data: st.DataObject
) -> None:
    graph = lineage_of(library_of(family))
    kin = graph.families()
    assert sum(map(len, kin)) == len({one for each in kin for one in each})
    assert all(len(each) > 1 and all(graph.family(one) == each for one in each) for each in kin)
    a, b = (data.draw(st.sampled_from(list(family))) for _ in range(2))
    found = graph.common_ancestor(a, b)
    assert found == graph.common_ancestor(b, a)
    up_a, up_b = ({one, *graph.ancestors(one, None)} for one in (a, b))
    assert (found is None) == (not up_a & up_b)
    assert found is None or found in up_a & up_b
    assert graph.common_ancestor(a, a) == a
    assert all(graph.common_ancestor(a, one) == one for one in up_a)


@given(families(), st.data())
def test_the_path_lit_is_what_the_cut_shows_and_all_it_came_from(family: dict[str, str], data: st.DataObject) -> None:
    used = data.draw(st.lists(st.sampled_from(list(family)), max_size=3, unique=True))
    graph = lineage_of(library_of(family), cut_of(*used))
    assert graph.lit == {one for key in used for one in (key, *graph.ancestors(key, None))}
    assert graph.with_used(used) is graph
    assert graph.with_used(()).lit == frozenset()
    roles = graph.roles()
    assert {key for key, role in roles.items() if role == "current"} == set(used)


def test_a_circle_in_a_damaged_file_is_left_out_and_named() -> None:
    library = library_of({"a": "*", "b": "a", "c": "b"})
    first = library.takes["take a"]
    damaged = library.with_take(replace(first, lineage=replace(first.lineage, input_media_ids=("c",))))
    graph = lineage_of(damaged)
    assert graph.refused == (("c", "a"),)
    assert graph.ancestors("c") == {"b": 1, "a": 2}
    itself = library.with_take(replace(first, lineage=replace(first.lineage, input_media_ids=("a",))))
    assert lineage_of(itself).refused == (("a", "a"),)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40))
def test_whatever_a_file_says_the_graph_has_no_circle(pairs: list[tuple[int, int]]) -> None:
    library = library_of({f"n{n}": "*" for n in range(10)})
    for n in range(10):
        take = library.takes[f"take n{n}"]
        parents = tuple(f"n{source}" for source, target in pairs if target == n)
        library = library.with_take(replace(take, lineage=replace(take.lineage, input_media_ids=parents)))
    graph = lineage_of(library)
    assert len(graph.nodes) == 10
    assert all(key not in graph.descendants(key, None) for key in graph.nodes)
    assert len(graph.edges) + len(graph.refused) == len(set(pairs))


def test_a_parent_nobody_knows_any_more_keeps_its_place_and_its_name() -> None:
    graph = lineage_of(library_of({"a": "*", "b": "a", "c": "b"}, without="a b"))
    gone = graph.nodes["b"]
    assert (gone.kind, gone.label, gone.content_hash, gone.is_present) == ("gone", "was b", "hash b", False)
    assert (gone.generation, graph.nodes["c"].generation) == (1, 2)
    assert graph.parents("c") == ("b",)


def test_a_file_that_is_not_there_is_known_all_the_same() -> None:
    graph = lineage_of(library_of({"a": "*", "b": "a"}), missing={"a"})
    assert [node.is_present for node in graph.nodes.values()] == [False, True]
    assert graph.nodes["a"].kind == "take"


def test_records_without_file_ids_are_read_by_their_takes() -> None:
    library = library_of({"a": "*", "b": "a"})
    old = Take("b", Lineage("evolve", input_take_ids=("take a", "lost")), id="take b")
    assert parent_ids(old, library.with_take(old)) == ("a", "lost")
    data = encode(old)
    assert "input_media_ids" not in data["lineage"], "what is not said is not written"
    assert decode(Take, data) == old


def test_footage_laid_beside_takes_was_not_made() -> None:
    library = library_of({"a": ""}).with_take(Take("a", Lineage("", relationship="import")))
    assert lineage_of(library).nodes["a"].kind == "footage"


def test_only_a_part_of_it() -> None:
    graph = lineage_of(library_of({"a": "", "b": "a", "c": "b", "x": "", "y": "x c", "z": "a"}))
    assert list(graph.around("b").nodes) == ["a", "b", "c", "y"]
    assert list(graph.around("b", 1).nodes) == ["a", "b", "c"]
    roles = graph.roles("b")
    assert roles == {"a": "ancestor", "b": "current", "c": "descendant", "x": "other", "y": "descendant", "z": "other"}
    assert graph.in_order({"y", "a", "b"}) == ("a", "b", "y")
