"""What a storyboard lacks, and what mends it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.suggest.missing import Missing, mended, missing_in, size_of
from timeline.storyboard import CAMERA_MOTIONS, Shot, Storyboard
from timeline.time import RationalTime

DESCRIPTIONS = ("", "Wide shot of a harbour", "Close-up of a face", "A man runs", "A calm lake", "Explosion!")
SHOTS = st.builds(
    Shot,
    st.sampled_from(DESCRIPTIONS),
    duration=st.builds(RationalTime, st.integers(1, 30)),
    camera_motion=st.sampled_from(CAMERA_MOTIONS),
)
BOARDS = st.lists(SHOTS, max_size=9).map(lambda shots: Storyboard(shots=tuple(shots)))
GOOD = Storyboard(
    shots=(
        Shot("Wide shot of the harbour", camera_motion="static", duration=RationalTime(5)),
        Shot("The keeper walks", camera_motion="dolly_in", duration=RationalTime(7)),
        Shot("Close-up of her hands", camera_motion="static", duration=RationalTime(7)),
        Shot("The ferry leaves", camera_motion="pan_left", duration=RationalTime(6)),
    )
)


def kinds(board: Storyboard, *, has_takes: bool = True) -> list[str]:
    return [one.kind for one in missing_in(board, lambda _: has_takes)]


def only(board: Storyboard, kind: str) -> Missing:
    return next(one for one in missing_in(board, lambda _: True) if one.kind == kind)


@settings(max_examples=30, deadline=None)
@given(BOARDS, st.booleans())
def test_every_sentence_has_a_place_and_whatever_is_offered_can_be_done(board: Storyboard, has_takes: bool) -> None:
    for one in missing_in(board, lambda _: has_takes):
        assert one.sentence.endswith(".")
        assert 0 <= one.at < len(board.shots)
        assert 0 <= one.insert_at <= len(board.shots)
        assert {*one.shot_ids} <= {shot.id for shot in board.shots}
        after = mended(board, one)
        assert len(after.shots) == len(board.shots) + (one.shot is not None)
        if one.kind in ("establishing", "close_up", "direction", "camera", "rhythm"):
            assert len([each for each in missing_in(after, lambda _: has_takes) if each.kind == one.kind]) < len(
                [each for each in missing_in(board, lambda _: has_takes) if each.kind == one.kind]
            )


def test_a_storyboard_that_has_it_all_lacks_nothing_and_an_empty_one_is_not_judged() -> None:
    assert kinds(GOOD) == []
    assert kinds(Storyboard()) == []


def test_shots_without_takes_are_to_be_made_together() -> None:
    found = next(iter(missing_in(GOOD, lambda shot: shot is GOOD.shots[0])))
    assert (found.kind, found.generate, found.at) == ("takes", True, 1)
    assert found.shot_ids == tuple(shot.id for shot in GOOD.shots[1:])
    assert "3 of 4 shots" in found.sentence


def test_nobody_sees_where_we_are_without_a_wide_shot_at_the_beginning() -> None:
    board = replace(GOOD, shots=(*GOOD.shots[1:], Shot("A street", duration=RationalTime(9)), GOOD.shots[0]))
    found = only(board, "establishing")
    assert found.insert_at == 0
    assert found.shot is not None
    assert size_of(found.shot) == "wide"


def test_a_new_size_takes_the_place_of_the_one_that_was_said() -> None:
    board = replace(GOOD, shots=(Shot("Extreme close-up of her eye, in rain"), *GOOD.shots[1:]))
    found = only(board, "establishing")
    assert found.shot is not None
    assert found.shot.description == "Wide establishing shot: her eye, in rain"


def test_a_close_up_is_missed_at_the_tensest_shot() -> None:
    shots = (GOOD.shots[0], Shot("A chase, an explosion", subject_motion="run"), GOOD.shots[1], GOOD.shots[3])
    found = only(replace(GOOD, shots=shots), "close_up")
    assert (found.at, found.insert_at) == (1, 2)


def test_one_camera_for_all_is_told_and_another_one_offered() -> None:
    board = replace(GOOD, shots=tuple(replace(shot, camera_motion="dolly_in") for shot in GOOD.shots))
    found = only(board, "camera")
    assert "dolly in" in found.sentence
    assert found.change == {"camera_motion": "static", "extra": {"camera_chosen": True}}


@pytest.mark.parametrize("measured", [False, True])
def test_a_flip_of_the_screen_direction_is_found_by_plan_and_by_measure(measured: bool) -> None:
    ways = ("pan_left", "pan_right") if not measured else ("static", "static")
    shots = tuple(replace(shot, camera_motion=way) for shot, way in zip(GOOD.shots[1:3], ways, strict=True))
    board = replace(GOOD, shots=(GOOD.shots[0], *shots, replace(GOOD.shots[3], camera_motion="zoom_in")))
    went = dict(zip((one.id for one in shots), ("right", "left"), strict=True))
    found = missing_in(board, lambda _: True, lambda shot: went.get(shot.id, "") if measured else "")
    flip = next(one for one in found if one.kind == "direction")
    assert "right in shot 2 and left in shot 3" in flip.sentence
    assert flip.insert_at == 2


def test_an_act_that_is_far_too_short_is_named_with_what_it_has() -> None:
    lengths = (30, 30, 1, 1)
    shots = tuple(replace(shot, duration=RationalTime(n)) for shot, n in zip(GOOD.shots, lengths, strict=True))
    found = only(replace(GOOD, shots=shots), "act")
    assert found.sentence == "Resolution has 2.0 s of its 15.5 s: shots 3 to 4."
    assert found.shot is not None


def test_shots_of_one_length_have_no_rhythm() -> None:
    shots = tuple(
        replace(shot, duration=RationalTime(5)) for shot in (*GOOD.shots, Shot("A gull", camera_motion="zoom_in"))
    )
    found = only(replace(GOOD, shots=shots), "rhythm")
    assert found.change == {"duration": RationalTime(5, 2)}


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("Establishing shot of a town", "wide"),
        ("Extreme close-up of an eye", "extreme_close"),
        ("A drone over the coast", "wide"),
        ("They close the door", "close"),
        ("A disclosed letter", ""),
    ],
)
def test_the_size_of_a_shot_is_read_from_its_words(words: str, size: str) -> None:
    assert size_of(Shot(words)) == size
