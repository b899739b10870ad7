"""Shots split, merged, directed and begun from templates."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.planning.act_starts import act_starts
from studio_app.planning.director import BANDS, as_directed, band_of, directed
from studio_app.planning.shot_edits import dialogue_of, halves, merged
from studio_app.planning.templates import Template, templates
from timeline.errors import EditRefused
from timeline.storyboard import CAMERA_MOTIONS, Overlay, Shot, Storyboard
from timeline.time import RationalTime

RATE = Fraction(24)


def frames(*shots: Shot) -> list[int]:
    return [shot.duration.frames(RATE) for shot in shots]


def test_a_split_shot_shares_its_sentences_and_frames_and_the_first_keeps_its_takes() -> None:
    shot = Shot("A boat leaves. The keeper waits.", duration=RationalTime.from_frames(25, RATE), seed=4)
    first, second = halves(shot, RATE)
    assert (first.description, second.description) == ("A boat leaves.", "The keeper waits.")
    assert frames(first, second) == [13, 12]
    assert first.id == shot.id != second.id
    assert second.transition == "cut"
    with pytest.raises(EditRefused, match="one frame"):
        halves(replace(shot, duration=RationalTime.from_frames(1, RATE)), RATE)


def test_merged_shots_are_as_long_as_all_and_what_lay_over_them_stays_where_it_was() -> None:
    second = RationalTime(1)
    shots = [
        Shot("A boat", duration=RationalTime(3), tags=("sea",), extra={"dialogue": "Go."}),
        Shot("A hill.", duration=RationalTime(2), tags=("sea", "land"), overlays=(Overlay("text", start=second),)),
    ]
    one = merged(shots)
    assert (one.id, one.description, one.duration) == (shots[0].id, "A boat. A hill.", RationalTime(5))
    assert (one.tags, dialogue_of(one)) == (("sea", "land"), "Go.")
    assert (one.overlays[0].start, one.overlays[0].duration) == (RationalTime(4), second)
    with pytest.raises(EditRefused):
        merged(shots[:1])


@given(st.integers(2, 500), st.text(max_size=60))
def test_what_was_split_and_merged_is_as_long_as_before(length: int, words: str) -> None:
    shot = Shot(words, duration=RationalTime.from_frames(length, RATE))
    assert merged(halves(shot, RATE)).duration == shot.duration


def test_the_borders_of_the_four_bands_belong_to_the_upper_one() -> None:
    found = [band_of(mood).id for mood in (-3, 0, 24, 25, 49, 50, 74, 75, 100, 130)]
    assert found == [
        "surreal_trip", "surreal_trip", "surreal_trip", "intimate_story", "intimate_story",
        "luxury_reveal", "luxury_reveal", "high_energy", "high_energy", "high_energy",
    ]  # fmt: skip
    assert all(len(band.variants) == 3 for band in BANDS)
    assert {one.camera for band in BANDS for one in band.variants} <= set(CAMERA_MOTIONS)


def test_directing_a_shot_twice_leaves_only_the_words_of_the_second_way() -> None:
    shot = Shot("A lake at night.")
    once = as_directed(shot, 80, BANDS[3].variants[0])
    twice = directed(once, 10, BANDS[0].variants[2])
    assert twice["description"] == "A lake at night, the view spirals inwards"
    assert (twice["camera_motion"], twice["mood"], twice["extra"]["director_mood"]) == ("zoom_in", "surreal", 10)


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.id)
def test_every_template_is_a_storyboard_about_what_is_typed(template: Template) -> None:
    found = template.board('a "red" bicycle')
    assert len(found.shots) >= 5
    assert not any("{" in shot.description for shot in found.shots)
    assert any("a 'red' bicycle" in shot.description.lower() for shot in found.shots)
    again = template.board()
    assert {shot.id for shot in found.shots}.isdisjoint(shot.id for shot in again.shots)


def test_acts_begin_where_their_share_of_the_running_time_does() -> None:
    shots = tuple(Shot(str(n), duration=RationalTime(n), id=str(n)) for n in (2, 3, 4, 6, 5))
    board = Storyboard(shots=shots, narrative_structure="three_act")
    assert act_starts(board) == {"2": "Setup", "4": "Confrontation", "5": "Resolution"}
    assert act_starts(replace(board, narrative_structure="linear")) == {}
