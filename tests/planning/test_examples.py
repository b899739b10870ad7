"""The example storyboards, and the ones shown in docs/storyboards.md, are read as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studio_app.planning.assemble import total_length
from studio_app.planning.storyboard_file import BOARD_FIELDS, SCENE_FIELDS, parse_storyboard, read_storyboard
from timeline.storyboard import CAMERA_MOTIONS, OVERLAYS, TRANSITIONS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "storyboards.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "size", "scenes", "seconds"),
    [
        ("last_ferry", (1280, 720), 8, 36),
        ("paper_boat_vertical", (720, 1280), 5, 14.5),
        ("night_drive_music", (1280, 720), 8, 30),
    ],
)
def test_an_example_is_what_it_says(name: str, size: tuple[int, int], scenes: int, seconds: float) -> None:
    board = read_storyboard(ROOT / "examples" / f"{name}.yaml")
    assert (board.width, board.height) == size
    assert len(board.shots) == scenes
    assert total_length(board).to_seconds() == pytest.approx(seconds, abs=0.5)
    assert board.music is not None
    assert len({shot.camera_motion for shot in board.shots}) >= 4


def test_every_storyboard_in_the_documentation_is_read() -> None:
    blocks = re.findall(r"```(yaml|text)\n(.*?)```", DOCUMENT, re.DOTALL)
    boards = {kind: parse_storyboard(text, {"yaml": ".yaml", "text": ".txt"}[kind], "docs") for kind, text in blocks}
    assert [len(board.shots) for board in boards.values()] == [3, 3]
    assert boards["text"].title == "The last ferry"
    assert boards["text"].shots[2].name == "Night"


def test_every_field_and_word_is_documented() -> None:
    for word in (*BOARD_FIELDS, *SCENE_FIELDS, *CAMERA_MOTIONS, *TRANSITIONS, *OVERLAYS):
        assert f"`{word}`" in DOCUMENT
