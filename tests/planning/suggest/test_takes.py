"""Which unused take is nearest."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.suggest.takes import Candidate, nearest

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.uuids().map(str),
        st.just("take"),
        st.floats(0, 1),
        st.booleans(),
        st.booleans(),
        st.integers(0, 5),
    ),
    max_size=20,
)


@settings(deadline=None)
@given(CANDIDATES, st.integers(0, 9), st.floats(0, 1))
def test_only_unused_ones_are_offered_the_best_first_and_no_more_than_asked_for(
    candidates: list[Candidate], most: int, threshold: float
) -> None:
    found = nearest(candidates, most, threshold)
    assert len(found) <= most
    assert all(not one.candidate.is_used for one in found)
    assert all(one.candidate.is_own or one.candidate.likeness >= threshold for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@settings(deadline=None)
@given(CANDIDATES, st.floats(0, 1))
def test_the_order_in_which_they_are_given_does_not_matter(candidates: list[Candidate], likeness: float) -> None:
    twin = [replace(one, likeness=likeness) for one in candidates]
    assert nearest(twin) == nearest(twin[::-1])


def test_a_take_of_the_shot_itself_goes_before_one_that_is_a_little_more_like_it() -> None:
    own, other = Candidate("a", "own", 0.6, is_own=True), Candidate("b", "other", 0.7)
    assert [one.candidate for one in nearest([other, own])] == [own, other]
    assert "made for this shot" in nearest([own])[0].reasons
