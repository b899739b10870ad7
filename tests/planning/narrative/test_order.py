"""Orders that serve the ideal curve better, and the sequence made of one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.narrative.acts import Scene
from studio_app.planning.narrative.order import best_order, fit_of, proposals
from studio_app.planning.narrative.story import Story, bars, story_of
from studio_app.planning.narrative.structures import STRUCTURES, Structure
from studio_app.planning.narrative.tension import Tension
from timeline.time import RationalTime

THREE = STRUCTURES["three_act"]


def scene(n: int, tension: float, frames: int = 96) -> Scene:
    return Scene(f"s{n}", f"Scene {n}", RationalTime(frames, 24), Tension(tension))


SCENES = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 400)), max_size=14).map(
    lambda rows: [scene(n, tension, frames) for n, (tension, frames) in enumerate(rows)]
)
STRUCTURE = st.sampled_from(list(STRUCTURES.values()))


def taken(order: tuple[Scene, ...], moves) -> tuple[Scene, ...]:  # type: ignore[no-untyped-def]
    row = list(order)
    for move in moves:
        assert row[move.start] is move.scene
        row.insert(move.end, row.pop(move.start))
    return tuple(row)


@settings(max_examples=60, deadline=None)
@given(SCENES, STRUCTURE)
def test_each_proposal_is_a_permutation_reached_by_its_moves_with_one_more_than_the_last(
    scenes: list[Scene], structure: Structure
) -> None:
    given_fit, last = fit_of(scenes, structure), fit_of(scenes, structure)
    for count, one in enumerate(proposals(scenes, structure), 1):
        assert len(one.moves) == count
        assert taken(tuple(scenes), one.moves) == one.order
        assert one.fit == pytest.approx(fit_of(one.order, structure))
        assert one.fit > last
        assert one.gain == pytest.approx(one.fit - given_fit)
        last = one.fit


@settings(max_examples=60, deadline=None)
@given(SCENES, STRUCTURE)
def test_the_best_order_holds_every_scene_once_and_is_never_worse(scenes: list[Scene], structure: Structure) -> None:
    order = best_order(scenes, structure)
    assert sorted(one.id for one in order) == sorted(one.id for one in scenes)
    assert fit_of(order, structure) >= fit_of(scenes, structure) - 1e-9
    assert 0 <= fit_of(scenes, structure) <= 1


def test_scenes_that_serve_the_curve_stay_where_they_are() -> None:
    good = [scene(n, THREE.ideal((n + 0.5) / 8)) for n in range(8)]
    assert proposals(good, THREE) == ()
    assert best_order(good, THREE) == tuple(good)
    assert fit_of(good, THREE) > 0.97


def test_scenes_as_tense_as_each_other_are_not_moved() -> None:
    same = [scene(n, 0.6) for n in range(6)]
    assert best_order(same, THREE) == tuple(same)
    assert any("no order" in note for note in story_of(same, THREE).notes)


def test_a_climax_at_the_beginning_is_what_is_moved_first() -> None:
    scenes = [scene(0, 0.95), *(scene(n, 0.1 + 0.08 * n) for n in range(1, 8))]
    first = proposals(scenes, THREE)[0]
    assert first.moves[0].scene is scenes[0]
    assert first.moves[0].end >= 5


def test_a_thousand_scenes_are_ordered_too() -> None:
    many = [scene(n, (n * 617 % 1000) / 1000) for n in range(1000)]
    assert fit_of(best_order(many, THREE), THREE) > 0.93


def test_a_story_says_its_curve_its_climax_and_all_of_it_for_programs() -> None:
    story: Story = story_of([scene(0, 0.1), scene(1, 0.5), scene(2, 0.9), scene(3, 0.2)], THREE)
    assert story.climax is story.scenes[2]
    curve = story.curve(8)
    assert [level for _, level, _ in curve[:2]] == [story.levels[0]] * 2
    assert len(bars([0, 0.5, 1])) == 3
    plain = story.as_plain()
    assert [one for act in plain["acts"] for one in act["scenes"]] == ["s0", "s1", "s2", "s3"]
    assert plain["fit"] == pytest.approx(story.fit, abs=1e-4)
    assert story_of([], THREE).as_plain()["curve"] == []
