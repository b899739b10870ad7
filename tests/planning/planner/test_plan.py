"""Four strategies, and films that are as long as was asked for, to the frame."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.assemble import assemble, passages, total_length
from studio_app.planning.planner.plan import Brief, Strategy, Voice, planned
from studio_app.planning.planner.words import sentences, spread, style_of
from studio_app.planning.storyboard_file import parse_storyboard
from timeline.errors import StoryboardError
from timeline.storyboard import STRUCTURES
from timeline.time import RATES, RationalTime


def text_of(count: int) -> str:
    return " ".join(f"This is sentence number {index}." for index in range(1, count + 1))


def test_shot_markers_make_a_scene_each_with_the_picture_of_its_number() -> None:
    found = planned(Brief("<SHOT 1> A lake at dawn. Mist rises. < shot 2 >\n<SHOT 3> A boat.", ("a.png", "b.png")))
    assert found.strategy is Strategy.MARKERS
    assert [one.image_reference for one in found.board.shots] == ["a.png", "b.png", ""]
    assert [one.description for one in found.board.shots] == ["A lake at dawn. Mist rises.", "", "A boat."]
    assert [one.camera_motion for one in found.board.shots] == ["zoom_in", "zoom_in", "static"]


def test_sentences_make_a_scene_each_and_pictures_go_round() -> None:
    found = planned(Brief("A lake at 3.5 degrees. Dr. Who rows! Is it cold?", ("a.png", "b.png")))
    assert found.strategy is Strategy.SENTENCES
    assert [one.image_reference for one in found.board.shots] == ["a.png", "b.png", "a.png"]
    assert [one.overlays[0].style["text"] for one in found.board.shots] == [
        "A lake at 3.5 degrees.",
        "Dr. Who rows!",
        "Is it cold?",
    ]
    assert [one.transition for one in found.board.shots] == ["", "dissolve", "dissolve"]


def test_pictures_alone_and_nothing_at_all_make_films_too() -> None:
    assert planned(Brief(images=("a.png",))).strategy is Strategy.PICTURES
    empty = planned(Brief(" \n "))
    assert (empty.strategy, [one.name for one in empty.board.shots]) == (
        Strategy.TEMPLATE,
        ["Intro", "Feature", "Call to action"],
    )


def test_style_words_are_a_look_a_mood_and_a_camera_move() -> None:
    found = style_of("cinematic, warm, pan left, 35mm")
    assert (found.look, found.mood, found.camera) == ("cinematic 35mm", "warm", "pan_left")
    shot = planned(Brief("A lake.", style="elegant slow zoom")).board.shots[0]
    assert (shot.mood, shot.camera_motion) == ("elegant", "zoom_in")


@pytest.mark.parametrize("count", [1, 3, 5])
def test_fifteen_seconds_are_fifteen_seconds(count: int) -> None:
    board = planned(Brief(text_of(count), seconds=Fraction(15))).board
    assert total_length(board) == assemble(board, lambda _: None).duration == RationalTime(15)


def test_sixty_one_sentences_stay_within_the_minute_each_seen_for_a_second() -> None:
    found = planned(Brief(text_of(61)))
    sequence = assemble(found.board, lambda _: None)
    assert sequence.duration == RationalTime(60)
    assert len(found.board.shots) == 60
    assert min(item.duration for item in sequence.tracks[0].items) >= RationalTime(1)
    assert any("number 61" in one.overlays[0].style["text"] for one in found.board.shots)  # type: ignore[operator]
    with pytest.raises(StoryboardError, match="61 scenes need a second each"):
        planned(Brief(images=tuple(f"{index}.png" for index in range(61))))


def test_a_script_gives_each_scene_the_time_to_be_read_and_a_recording_is_cut_by_its_characters() -> None:
    script = "One two three four five six seven eight nine ten. Short one here now ok."
    board = planned(Brief("A lake. A boat.", voice=Voice(script))).board
    places = assemble(board, lambda _: None).tracks[0].items
    assert [one.duration for one in places] == [RationalTime(4), RationalTime(2)]
    cut = planned(Brief("A lake. A boat.", voice=Voice("aaaa aaaa. bbb.", Fraction(7), "voice.wav"))).board
    assert total_length(cut) == RationalTime(7)
    assert [one.duration for one in assemble(cut, lambda _: None).tracks[0].items] == [RationalTime(5), RationalTime(2)]
    assert cut.voice is not None


def test_descriptions_are_cut_between_words_and_captions_are_not() -> None:
    words = "An endlessly long sentence about a harbour " * 6
    shot = planned(Brief(words)).board.shots[0]
    assert len(shot.description) <= 120
    assert shot.description.endswith("…")
    assert shot.overlays[0].style["text"] == words.strip()


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 70),
    st.integers(1, 90),
    st.sampled_from(RATES),
    st.sampled_from(["", *STRUCTURES]),
    st.text("ab .", max_size=200),
)
def test_every_plan_keeps_its_length_and_its_least_second(
    count: int, seconds: int, rate: Fraction, structure: str, script: str
) -> None:
    voice = Voice(script) if sentences(script) else None
    board = planned(Brief(text_of(count), seconds=Fraction(seconds), rate=rate, structure=structure, voice=voice)).board
    assert total_length(board) == RationalTime(seconds).snapped(rate)
    ways = passages(board)
    for index, shot in enumerate(board.shots):
        tail = ways[index + 1].after if index + 1 < len(ways) else RationalTime(0)
        assert shot.duration - ways[index].before - tail >= min(RationalTime(1), total_length(board))


@given(st.lists(st.text("ab", min_size=1), max_size=12), st.integers(1, 8))
def test_nothing_that_is_said_is_lost_between_scenes(texts: list[str], count: int) -> None:
    found = spread(texts, count)
    assert len(found) == count
    assert " ".join(found).split() == texts


def test_captions_are_as_large_as_the_picture_asks_and_long_ones_smaller() -> None:
    reel = planned(Brief("A lake.", width=1080, height=1920)).board.shots[0].overlays[0]
    assert reel.style["size"] == 48.0
    long = planned(Brief("An endlessly long sentence about a harbour at dawn, " * 2, width=1080, height=1920)).board
    assert 30 <= float(str(long.shots[0].overlays[0].style["size"])) < 40


def test_a_text_file_with_shot_markers_is_a_storyboard_too() -> None:
    board = parse_storyboard("<SHOT 1> A lake. It rains. <SHOT 2> A boat.", ".txt", "film.txt")
    assert ([one.description for one in board.shots], total_length(board)) == (
        ["A lake. It rains.", "A boat."],
        RationalTime(15),
    )
