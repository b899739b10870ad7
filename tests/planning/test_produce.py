"""A whole run: what is refused before it begins, what is kept from before, what is never written over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from studio_app.planning.produce import Produced, produce
from timeline.errors import StoryboardError
from timeline.items import Clip, MediaSource
from timeline.project_file import load, save

SCENES = """
title: Counters
target_resolution: 64x64
title_card: no
scenes:
  - {description: First, duration: 0.5}
  - {description: Second, duration: 0.5}
"""


def run(board: Path, folder: Path, engine: str = "slate") -> Produced:
    return produce(board, folder, engine=engine, say=lambda *_: None, check=lambda: None)


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "board.yaml"
    path.write_text(SCENES, "utf-8")
    return path


@pytest.mark.media
def test_scenes_that_move_on_are_not_made_anew(board: Path, tmp_path: Path) -> None:
    assert run(board, tmp_path / "out").made == 2
    text = SCENES.replace("scenes:\n", "scenes:\n  - {description: Before, duration: 0.5}\n")
    board.write_text(text, "utf-8")
    again = run(board, tmp_path / "out")
    assert (again.made, again.kept) == (1, 2)


@pytest.mark.media
def test_a_project_edited_since_is_kept_and_said(board: Path, tmp_path: Path) -> None:
    first = run(board, tmp_path / "out")
    assert not [note for note in run(board, tmp_path / "out").notes if "edited" in note]
    saved = load(first.project)
    save(first.project, replace(saved, project=replace(saved.project, name="My own cut")))
    again = run(board, tmp_path / "out")
    assert [note for note in again.notes if "film_edited.starcut" in note]
    assert load(tmp_path / "out" / "film_edited.starcut").project.name == "My own cut"
    assert load(again.project).project.name == "Counters"


@pytest.mark.media
def test_a_picture_the_storyboard_names_is_in_the_film(tmp_path: Path) -> None:
    red = np.zeros((64, 64, 3), np.uint8)
    red[..., 2] = 255
    cv2.imwrite(str(tmp_path / "red.png"), red)
    board = tmp_path / "board.yaml"
    board.write_text(SCENES + "  - {image_reference: red.png, duration: 0.5, camera_motion: zoom_in}\n", "utf-8")
    made = run(board, tmp_path / "out")
    assert made.made == 2
    clip = made.sequence.tracks[0].items[2]
    assert isinstance(clip, Clip)
    assert isinstance(clip.source, MediaSource)
    film = cv2.VideoCapture(str(made.film))
    frames = [film.read()[1] for _ in range(36)]
    assert not film.read()[0]
    assert frames[-1][..., 2].mean() > 200 > 60 > frames[-1][..., 0].mean()
    assert frames[0][..., 2].mean() < 200


@pytest.mark.media
@pytest.mark.parametrize(
    ("scene", "words"),
    [
        ("{description: Long, duration: 700}", "scene 3"),
        ("{description: x, engine: nobody}", "scene 3"),
        ("{image_reference: board.yaml}", "scene 3"),
    ],
)
def test_what_cannot_be_made_is_said_before_anything_is(scene: str, words: str, board: Path, tmp_path: Path) -> None:
    board.write_text(f"{SCENES}  - {scene}\n", "utf-8")
    with pytest.raises(StoryboardError, match=words):
        run(board, tmp_path / "out", engine="")
    assert not (tmp_path / "out").exists()


@pytest.mark.media
def test_a_run_never_writes_over_what_it_reads(board: Path, tmp_path: Path) -> None:
    first = run(board, tmp_path / "out")
    before = first.film.read_bytes()
    board.write_text(f"{SCENES}  - {{image_reference: out/film.mp4, duration: 0.5}}\n", "utf-8")
    with pytest.raises(StoryboardError, match="written over"):
        run(board, tmp_path / "out")
    assert first.film.read_bytes() == before
