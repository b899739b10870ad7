"""Scenes in acts, by the count and by the length."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.narrative.acts import Scene, even_bounds, grouped, nearest_bounds
from studio_app.planning.narrative.structures import STRUCTURES, structure_of
from timeline.errors import StudioError
from timeline.time import ZERO, RationalTime, sums

LENGTHS = st.builds(RationalTime, st.integers(1, 4000), st.sampled_from((24, 25, 30000, 48000)))
SCENES = st.lists(LENGTHS, max_size=40).map(
    lambda lengths: [Scene(f"s{n}", f"Scene {n}", length) for n, length in enumerate(lengths)]
)
STRUCTURE = st.sampled_from(list(STRUCTURES.values()))
BY = st.sampled_from(("length", "count"))


def seconds(*lengths: int) -> list[Scene]:
    return [Scene(f"s{n}", f"Scene {n}", RationalTime(length)) for n, length in enumerate(lengths)]


def sizes(scenes: list[Scene], name: str, by: str = "length") -> list[int]:
    return [len(act.scenes) for act in grouped(scenes, structure_of(name), by)]  # type: ignore[arg-type]


@settings(deadline=None)
@given(SCENES, STRUCTURE, BY)
def test_every_scene_is_in_just_one_act_and_in_its_order(scenes: list[Scene], structure, by) -> None:  # type: ignore[no-untyped-def]
    acts = grouped(scenes, structure, by)
    assert [one for act in acts for one in act.scenes] == scenes
    assert len(acts) == len(structure.beats)


@settings(deadline=None)
@given(SCENES, STRUCTURE, BY)
def test_no_act_is_empty_that_need_not_be(scenes: list[Scene], structure, by) -> None:  # type: ignore[no-untyped-def]
    empty = sum(not act.scenes for act in grouped(scenes, structure, by))
    assert empty == max(0, len(structure.beats) - len(scenes))


@settings(deadline=None)
@given(SCENES, STRUCTURE, BY)
def test_acts_lie_end_to_end_and_last_exactly_as_long_as_their_scenes(scenes: list[Scene], structure, by) -> None:  # type: ignore[no-untyped-def]
    acts = grouped(scenes, structure, by)
    assert acts[0].range.start == ZERO
    assert all(one.range.end == other.range.start for one, other in pairwise(acts))
    assert all(act.range.duration == sums(one.duration for one in act.scenes)[-1] for act in acts)
    assert acts[-1].range.end == acts[-1].ideal.end == sums(one.duration for one in scenes)[-1]


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(1, 15))
def test_an_even_split_differs_by_one_scene_at_most(count: int, acts: int) -> None:
    parts = [end - start for start, end in pairwise(even_bounds(count, acts))]
    assert sum(parts) == count
    assert max(parts) - min(parts) <= 1


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=3, max_size=9))
def test_no_other_boundaries_lie_nearer_to_the_shares(lengths: list[int]) -> None:
    starts = [Fraction(sum(lengths[:n])) for n in range(len(lengths) + 1)]
    wanted = [starts[-1] * one for one in structure_of("three_act").bounds]
    found = nearest_bounds(starts, wanted)
    count = len(lengths)
    others = [(one, other) for one in range(1, count - 1) for other in range(one + 1, count)]

    def off(one: int, other: int) -> Fraction:
        return abs(starts[one] - wanted[1]) + abs(starts[other] - wanted[2])

    assert off(found[1], found[2]) == min(off(*each) for each in others)


def test_boundaries_fall_where_the_shares_do_and_not_where_the_count_does() -> None:
    scenes = seconds(10, 1, 1, 1, 1, 6, 20)
    assert sizes(scenes, "three_act") == [1, 5, 1]
    assert sizes(scenes, "three_act", "count") == [2, 3, 2]


def test_two_scenes_do_not_both_land_in_the_last_of_three_acts() -> None:
    assert sizes(seconds(5, 5), "three_act", "count") == [1, 0, 1]
    assert max(sizes(seconds(5, 5), "five_act")) == 1


def test_the_climax_is_the_tensest_scene_of_an_act_and_the_mean_goes_by_length() -> None:
    from studio_app.planning.narrative.tension import Tension

    scenes = [Scene("a", "a", RationalTime(1), Tension(0.9)), Scene("b", "b", RationalTime(3), Tension(0.1))]
    acts = grouped([*scenes, *seconds(40, 16)], structure_of("three_act"))
    assert acts[0].climax is scenes[0]
    assert len(acts[0].scenes) == 2
    assert acts[0].tension == pytest.approx((0.9 + 3 * 0.1) / 4)


@pytest.mark.parametrize("structure", STRUCTURES.values(), ids=lambda one: one.id)
def test_shares_sum_to_one_and_the_ideal_stays_between_none_and_all(structure) -> None:  # type: ignore[no-untyped-def]
    assert structure.bounds[-1] == 1
    assert all(0 <= level <= 1 for _, level in structure.points)
    assert structure.ideal(-1) == structure.ideal(0)
    assert structure.ideal(1) == pytest.approx(structure.points[-1][1])


def test_a_structure_is_found_by_the_names_people_give_it_and_another_one_is_refused() -> None:
    assert structure_of("Hero’s journey") is structure_of("heros_journey") is STRUCTURES["hero_journey"]
    with pytest.raises(StudioError, match="choose three_act, five_act"):
        structure_of("seven_act")
