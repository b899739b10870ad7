"""A plan beside what is there: who stays, who goes, how long it is, and the steps that make it so."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.assemble import total_length
from studio_app.planning.planner.again import Proposal, commands_of, is_as_planned, marked, proposed
from studio_app.planning.planner.plan import Brief, Strategy, planned
from studio_app.planning.shot_edits import copied, halves
from timeline.command import Batch
from timeline.errors import StoryboardError
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime

SCRIPT = "A harbour at dawn. Gulls over the pier. The ferry leaves. A window at night."


def plan_of(text: str, seconds: int | None = 20) -> Storyboard:
    return planned(Brief(text, seconds=Fraction(seconds) if seconds else None)).board


def taken(old: Storyboard, proposal: Proposal) -> Storyboard:
    """The storyboard after the commands."""
    project = Project(sequences=(Sequence(),), storyboards=(old,))
    return Batch(commands_of(old, proposal, {}), "Plan").apply(project, Library()).storyboards[0]


def first(text: str = SCRIPT, seconds: int = 20) -> Storyboard:
    old = Storyboard("Film", id="b")
    return taken(old, proposed(old, plan_of(text, seconds), ()))


def test_the_first_plan_makes_every_shot_and_each_knows_it_was_planned() -> None:
    board = first()
    assert [shot.description for shot in board.shots] == SCRIPT.replace(". ", ".|").split("|")
    assert total_length(board) == RationalTime(20)
    assert all(map(is_as_planned, board.shots))
    assert board.title == "Film"


def test_the_same_plan_again_changes_nothing() -> None:
    board = first()
    again = proposed(board, plan_of(SCRIPT), ())
    assert {row.fate for row in again.rows} == {"same"}
    assert taken(board, again).shots == board.shots


def test_what_was_changed_by_hand_stays_and_the_rest_makes_up_the_length() -> None:
    board = first()
    edited = replace(board.shots[1], description="Gulls, many of them", duration=RationalTime(9))
    board = replace(board, shots=(board.shots[0], edited, *board.shots[2:]))
    assert not is_as_planned(edited)
    text = SCRIPT.replace("The ferry leaves. ", "") + " A storm comes up."
    found = proposed(board, plan_of(text, 30), (edited.id,), length=RationalTime(30))
    assert [row.fate for row in found.rows] == ["changed", "kept", "gone", "changed", "new"]
    after = taken(board, found)
    assert after.shots[1] == edited
    assert total_length(after) == RationalTime(30)
    assert [shot.id for shot in after.shots[:3]] == [board.shots[0].id, edited.id, board.shots[3].id]


def test_shots_of_ones_own_keep_their_place_among_new_words() -> None:
    board = first()
    own = Shot("My own", id="own", duration=RationalTime(3))
    board = replace(board, shots=(*board.shots[:2], own, *board.shots[2:]))
    found = proposed(board, plan_of("Something else. And more."), ("own",), length=RationalTime(20))
    assert [row.fate for row in found.rows if row.shot.id == "own"] == ["kept"]
    assert found.count("gone") == 4
    assert own in taken(board, found).shots
    assert total_length(found.board) == RationalTime(20)


def test_a_film_that_cannot_be_so_short_says_so() -> None:
    board = first()
    long = replace(board.shots[0], duration=RationalTime(40))
    board = replace(board, shots=(long, *board.shots[1:]))
    found = proposed(board, plan_of(SCRIPT, 20), (long.id,), length=RationalTime(20))
    assert found.notes
    assert "lasts" in found.notes[-1]
    assert proposed(board, plan_of(SCRIPT, 20), (long.id,)).notes == ()  # nobody asked for a length


def test_words_that_change_places_take_their_shots_along() -> None:
    board = first()
    turned = " ".join(reversed([shot.description for shot in board.shots]))
    after = taken(board, proposed(board, plan_of(turned), ()))
    assert [shot.id for shot in after.shots] == [shot.id for shot in reversed(board.shots)]


def test_copies_and_halves_are_no_planned_shots() -> None:
    shot = marked(Shot("One. Two.", duration=RationalTime(4)))
    assert is_as_planned(shot)
    assert not is_as_planned(copied(shot))
    assert not any(map(is_as_planned, halves(shot, Fraction(24))))


@pytest.mark.parametrize("strategy", list(Strategy))
def test_a_strategy_that_is_asked_for_is_used_or_refused(strategy: Strategy) -> None:
    text, images = "Before. <SHOT 1> A lake. A boat. <SHOT 2> Night.", ("a.png",)
    found = planned(Brief(text, images, strategy=strategy))
    assert found.strategy is strategy
    counts = {Strategy.MARKERS: 2, Strategy.SENTENCES: 4, Strategy.PICTURES: 1, Strategy.TEMPLATE: 3}
    assert len(found.board.shots) == counts[strategy]
    if strategy is not Strategy.TEMPLATE:
        with pytest.raises(StoryboardError, match=r"There (is|are) no"):
            planned(Brief("", strategy=strategy))


@settings(max_examples=60, deadline=None)
@given(
    was=st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=7),
    now=st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=7),
    keep=st.sets(st.integers(0, 6)),
    seconds=st.integers(15, 60),
)
def test_kept_shots_are_never_touched_and_the_steps_give_what_was_proposed(
    was: list[str], now: list[str], keep: set[int], seconds: int
) -> None:
    board = first(" ".join(f"Shot {one}." for one in was), 20)
    kept = {shot.id for n, shot in enumerate(board.shots) if n in keep}
    found = proposed(
        board, plan_of(" ".join(f"Shot {one}." for one in now), seconds), kept, length=RationalTime(seconds)
    )
    after = taken(board, found)
    assert after.shots == found.board.shots
    assert all(after.shot(shot.id) == shot for shot in board.shots if shot.id in kept)
    assert {row.shot.id for row in found.rows if row.fate == "gone"} == {s.id for s in board.shots} - {
        s.id for s in after.shots
    }
    assert not found.notes or kept
    assert found.notes or total_length(after) == RationalTime(seconds)
