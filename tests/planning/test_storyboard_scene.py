"""A storyboard that brings scenes along: as files, as groups, and written back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engines.generate.base import GenerationRequest
from engines.generate.registry import engine
from studio_app.planning.request import request_for
from studio_app.planning.storyboard_file import parse_storyboard, read_storyboard, write_storyboard
from timeline.errors import StoryboardError

INLINE = """
scenes:
  - description: A harbour
    scene:
      setting: sea
      time: dusk
      features: [harbour]
      camera: {motion: dolly_in, zoom: 1.5}
      loop: true
      seed: 12
      texts: [{words: "12", place: bottom}]
"""


def test_a_group_of_fields_is_drawn_as_it_is() -> None:
    board = parse_storyboard(INLINE, ".yaml", "film.yaml")
    scene = board.shots[0].scene
    assert (scene["time"], scene["camera"]["zoom"], scene["loop"], scene["texts"][0]["words"]) == (
        "dusk",
        1.5,
        True,
        "12",
    )
    request = request_for(board, board.shots[0])
    assert request.seed == 12
    assert engine().scene(request)["features"] == ["harbour"]


def test_a_file_is_drawn_as_it_is_and_needs_no_words(tmp_path: Path) -> None:
    (tmp_path / "night.json").write_text(json.dumps({"setting": "city", "time": "night"}), "utf-8")
    (tmp_path / "film.yaml").write_text("scenes:\n  - scene: night.json\n", "utf-8")
    board = read_storyboard(tmp_path / "film.yaml")
    assert board.shots[0].scene["setting"] == "city"


def test_a_scene_comes_back_from_the_file_that_is_written(tmp_path: Path) -> None:
    scene = engine().scene(
        GenerationRequest(prompt="a boat at dusk, then night, title '7 1/2'", width=320, height=180, seed=3)
    )
    board = parse_storyboard(INLINE, ".yaml", "film.yaml")
    shot = board.shots[0].__class__("A boat", scene=scene, id="boat")
    board = board.__class__("Film", (shot,), width=320, height=180)
    write_storyboard(board, tmp_path / "film.yaml")
    again = read_storyboard(tmp_path / "film.yaml").shots[0]
    drawn = [engine().scene(request_for(board, one)) for one in (shot, again)]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("scenes:\n  - scene: none.json\n", "none.json"),
        ("scenes:\n  - description: x\n    scene: {setting: see}\n", "line 3.*setting"),
        ("scenes:\n  - description: x\n    scene: [1]\n", "group of fields"),
        ("scenes:\n  - description: x\n    scene: {setting: sea, life: many}\n", "0 to 4"),
    ],
)
def test_a_wrong_scene_is_named_by_its_line(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(StoryboardError, match=words):
        parse_storyboard(text, ".yaml", "film.yaml", tmp_path)
