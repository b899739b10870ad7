from fractions import Fraction

import pytest

from studio_app.planning.assemble import total_length
from studio_app.planning.sentence import storyboard_of
from timeline.errors import StoryboardError
from timeline.time import RationalTime, total


def test_each_sentence_becomes_a_shot() -> None:
    board = storyboard_of("A ferry leaves. The keeper watches! Is it night?")
    assert [shot.description for shot in board.shots] == ["A ferry leaves.", "The keeper watches!", "Is it night?"]


def test_a_longer_film_shows_a_sentence_in_several_views() -> None:
    board = storyboard_of("A lighthouse above the sea.", 30, rate=Fraction(25), title="Light")
    assert len(board.shots) == 5
    assert total(shot.duration for shot in board.shots) == RationalTime(30)
    assert len({shot.camera_motion for shot in board.shots}) == 5
    assert all("lighthouse above the sea" in shot.description for shot in board.shots)
    assert len({shot.id for shot in board.shots}) == 5


def test_no_shot_is_shorter_than_can_be_seen() -> None:
    board = storyboard_of(" ".join(f"Picture {number}." for number in range(30)), 15)
    assert {shot.duration for shot in board.shots} == {RationalTime(2)}


def test_the_film_is_as_long_as_asked_to_the_frame() -> None:
    board = storyboard_of(" ".join(f"Picture {number}." for number in range(7)), 15)
    assert total(shot.duration for shot in board.shots) == RationalTime(15)
    laid_out = storyboard_of("<SHOT 1> A lake. It rains. <SHOT 2> A boat.", 10, global_style="warm", rate=Fraction(25))
    assert ([shot.description for shot in laid_out.shots], total_length(laid_out)) == (
        ["A lake. It rains.", "A boat."],
        RationalTime(10),
    )


def test_without_words_there_is_a_sentence_about_it() -> None:
    with pytest.raises(StoryboardError):
        storyboard_of("  ")
