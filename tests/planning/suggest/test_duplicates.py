"""What is there twice, and which to keep."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.suggest.duplicates import Copy, duplicates
from timeline.time import RationalTime

COPIES = st.lists(
    st.builds(
        Copy,
        id=st.sampled_from("abcdefgh"),
        name=st.just("clip"),
        content_hash=st.sampled_from(("", "h1", "h2")),
        uses=st.integers(0, 2),
        rating=st.integers(0, 5),
        pixels=st.sampled_from((100, 400)),
        arrived=st.integers(0, 9),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
PAIRS = st.lists(st.tuples(st.sampled_from("abcdefghx"), st.sampled_from("abcdefghx"), st.floats(0.9, 1)), max_size=8)


@settings(deadline=None)
@given(COPIES, PAIRS)
def test_groups_hold_every_clip_once_at_most_and_keep_one_that_is_used(copies: list[Copy], pairs) -> None:  # type: ignore[no-untyped-def]
    found = duplicates(copies, pairs)
    ids = [one.id for group in found for one in (group.keep, *(copy for copy, _ in group.others))]
    assert len(ids) == len(set(ids))
    for group in found:
        assert group.others
        assert all(0 <= likeness <= 1 for _, likeness in group.others)
        assert group.keep.uses or not any(copy.uses for copy, _ in group.others)
    alike = {frozenset((a, b)) for a, b, _ in pairs if a != b and {a, b} <= {one.id for one in copies}}
    together = [{group.keep.id, *(copy.id for copy, _ in group.others)} for group in found]
    assert all(any(pair <= each for each in together) for pair in alike)


@settings(deadline=None)
@given(COPIES)
def test_the_same_content_is_there_twice_whatever_it_looks_like(copies: list[Copy]) -> None:
    found = duplicates(copies, ())
    same = {
        one.content_hash
        for one in copies
        if one.content_hash and sum(one.content_hash == each.content_hash for each in copies) > 1
    }
    assert {group.keep.content_hash for group in found} == same
    assert all(likeness == 1 for group in found for _, likeness in group.others)


@pytest.mark.parametrize(
    ("better", "why"),
    [
        ({"uses": 1}, "used in a cut"),
        ({"rating": 1}, "has a star"),
        ({"rating": 4}, "4 stars"),
        ({"faults": 0}, "nothing was found wrong"),
        ({"pixels": 900}, "larger"),
        ({"duration": RationalTime(9)}, "longer"),
        ({}, "here first"),
    ],
)
def test_the_reason_is_the_first_thing_in_which_it_is_better(better: dict[str, object], why: str) -> None:
    plain = {"faults": 1, "pixels": 100, "duration": RationalTime(2)}
    copies = [Copy("a", "A", arrived=0, **{**plain, **better}), Copy("b", "B", arrived=1, **plain)]  # type: ignore[arg-type]
    group = duplicates(copies, [("b", "a", 0.98)])[0]
    assert group.keep.id == "a"
    assert why in group.sentence
    assert group.others == ((copies[1], 0.98),)
