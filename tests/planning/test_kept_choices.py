"""What is chosen for a shot or a storyboard and kept in files: a static camera, what happens after a failure, kind and preset."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engines.generate.fallback import Finish
from engines.generate.prompting import Parts, build
from engines.generate.routing import Kind
from studio_app.planning.camera_choice import chosen_camera, filmed
from studio_app.planning.director import BANDS, as_directed
from studio_app.planning.film_kind import kind_of, preset_of
from studio_app.planning.finishing import CHOICES as FINISHES
from studio_app.planning.finishing import finish_of, with_finish
from studio_app.planning.planner.plan import Brief, planned
from studio_app.planning.request import request_for
from studio_app.planning.storyboard_file import parse_storyboard
from studio_app.planning.storyboard_yaml import as_yaml
from studio_app.planning.templates import templates
from timeline.errors import StoryboardError
from timeline.storyboard import CAMERA_MOTIONS, Shot, Storyboard

BOARD = Storyboard(seed=1)


def test_what_was_saved_before_says_nothing_of_the_camera() -> None:
    old = Shot("The camera pans over a lake", camera_motion="static")
    assert request_for(BOARD, old).camera_motion == ""
    assert request_for(BOARD, Shot("A lake")).camera_motion == ""


@pytest.mark.parametrize("motion", CAMERA_MOTIONS)
def test_each_of_the_thirteen_reaches_the_services_and_is_kept_in_files(motion: str, tmp_path: Path) -> None:
    shot = filmed(Shot("A lake", id="one"), motion)
    request = request_for(BOARD, shot)
    assert request.camera_motion == motion
    assert build(Parts("A lake", camera=request.camera_motion), 200).text != "A lake"
    (read,) = parse_storyboard(as_yaml(replace(BOARD, shots=(shot,)), tmp_path), ".yaml", "board").shots
    assert chosen_camera(read) == motion
    assert chosen_camera(filmed(shot, "")) == ""
    assert filmed(shot, "") == filmed(Shot("A lake", id="one"), "")


def test_a_camera_that_no_file_names_is_not_chosen(tmp_path: Path) -> None:
    text = as_yaml(replace(BOARD, shots=(Shot("A lake"),)), tmp_path)
    assert "camera_motion" not in text
    (read,) = parse_storyboard(text, ".yaml", "board").shots
    assert (read.camera_motion, chosen_camera(read)) == ("static", "")


def test_the_director_and_style_words_choose_static_too() -> None:
    band, still = next((band, one) for band in BANDS for one in band.variants if one.camera == "static")
    assert chosen_camera(as_directed(Shot("A lake"), band.start, still)) == "static"
    shots = planned(Brief("A lake. A hill.", style="noir, static camera")).board.shots
    assert {chosen_camera(one) for one in shots} == {"static"}
    assert {chosen_camera(one) for one in planned(Brief("A lake. A hill.", style="noir")).board.shots} == {""}


def test_what_a_shot_does_after_a_failure_is_kept_in_files(tmp_path: Path) -> None:
    shots = tuple(Shot("A lake", extra=with_finish(Shot(""), value)) for value in FINISHES)
    read = parse_storyboard(as_yaml(replace(BOARD, shots=shots), tmp_path), ".yaml", "board").shots
    assert [finish_of(one) for one in read] == [None, Finish.ALWAYS, Finish.STRICT]
    with pytest.raises(StoryboardError, match="is not a failure policy"):
        parse_storyboard("scenes:\n  - {description: A lake, failure_policy: never}\n", ".yaml", "board")


def test_kind_and_preset_of_a_storyboard_are_kept_in_files(tmp_path: Path) -> None:
    extra = {"kind": "reel", "preset": "cinematic_story"}
    board = replace(BOARD, shots=(Shot("A lake"),), extra=extra)
    assert parse_storyboard(as_yaml(board, tmp_path), ".yaml", "board").extra == extra
    reel = next(one for one in templates() if one.id == "product_reel").board()
    assert (kind_of(reel, reel.shots[0]), preset_of(reel, reel.shots[0])) == (Kind.REEL, "product_hero_clean")
