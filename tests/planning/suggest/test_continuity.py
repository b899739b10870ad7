"""How well a cut goes on: colour, motion, composition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.analyse.edges import Edge
from studio_app.planning.suggest.continuity import continuity, direction

NUMBER = st.floats(-1, 1)
EDGES = st.builds(
    lambda level, x, y, moves, speed: Edge(np.full((3, 4, 3), level), (x, y), moves, speed),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.none() | st.tuples(NUMBER, NUMBER),
    st.floats(0, 2),
)


def edge(level: float = 0.5, at: tuple[float, float] = (0.5, 0.5), moves: tuple[float, float] | None = (0, 0)) -> Edge:
    return Edge(np.full((3, 4, 3), level), at, moves, float(np.hypot(*(moves or (0, 0)))))


@settings(deadline=None)
@given(EDGES, EDGES)
def test_it_lies_between_none_and_all_and_is_the_same_both_ways(one: Edge, other: Edge) -> None:
    there, back = continuity(one, other), continuity(other, one)
    assert 0 <= there.score <= 1
    assert there.score == pytest.approx(back.score)


@settings(deadline=None)
@given(EDGES)
def test_nothing_goes_on_better_than_the_same_picture(one: Edge) -> None:
    same = continuity(one, one)
    assert same.colour == same.composition == 1
    assert "jump" in same.reasons[0]
    assert continuity(one, edge(5.0, (9, 9))).score < same.score


def test_each_of_the_three_is_told_when_it_breaks() -> None:
    here = edge(0.5, (0.3, 0.5), (0.3, 0))
    assert "the direction flips" in " ".join(continuity(here, edge(0.52, (0.3, 0.5), (-0.3, 0))).reasons)
    assert "both go right" in continuity(here, edge(0.52, (0.3, 0.5), (0.28, 0))).reasons
    assert "colours apart" in continuity(here, edge(0.9, (0.3, 0.5), (0.3, 0))).reasons
    assert any("jump 60 %" in one for one in continuity(here, edge(0.5, (0.9, 0.5), (0.3, 0))).reasons)


def test_the_way_of_a_picture_is_its_stronger_side_and_none_where_it_stands() -> None:
    assert [direction(edge(moves=one)) for one in ((0.2, 0.1), (-0.2, 0.1), (0.1, -0.3), (0.001, 0), None)] == [
        "right",
        "left",
        "up",
        "",
        "",
    ]
