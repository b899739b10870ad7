"""The gallery of operations: sheets of a clip, before and after, with every choice; sentences for what cannot be."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import cv2
import pytest

from engines.evolve.gallery import COLUMNS, rows_of, sheet_names
from engines.evolve.registry import operations
from studio_app.cli import run
from tests.engines.evolve.footage import camera_clip


def starcut(*words: str) -> int:
    return run(words, lambda _: 0, lambda *_: [])


def test_every_choice_of_every_operation_has_a_row() -> None:
    assert sheet_names() == tuple(operations().classes)
    assert [row.values.get("style") for row in rows_of("mutate.abstract")] == [None, "fluid", "fractal"]
    assert {"layout": "grid"} in [row.values for row in rows_of("remix.combine")]
    assert {"keep_pitch": False} in [row.values for row in rows_of("mutate.time_warp")]
    assert all(row.values["description"] for row in rows_of("extend.new_scene"))


@pytest.mark.media
def test_sheets_are_drawn_of_the_clips_that_are_given(tmp_path: Path) -> None:
    clips = [str(camera_clip((96, 54), Fraction(12), 0.5, scene=scene).path) for scene in ("meadow", "street")]
    given = [word for clip in clips for word in ("--clip", clip)]
    only = "mutate.abstract,remix.combine,evolve.upscale"
    assert starcut("gallery", "--evolve", "-o", str(tmp_path), "--only", only, "--width", "96", *given) == 0
    for name in ("mutate.abstract", "remix.combine"):
        sheet = cv2.imread(str(tmp_path / f"{name}.jpg"))
        assert sheet is not None
        assert sheet.shape[1] == COLUMNS * 100 + 4
        assert sheet.shape[0] == len(rows_of(name)) * (54 + 24 + 4) + 4


@pytest.mark.parametrize(
    "words",
    [
        ("--evolve", "--only", "mutate.nothing"),
        ("--evolve", "--clip", "missing.mp4"),
        ("--engine", "--clip", "missing.mp4"),
    ],
)
def test_the_gallery_of_operations_says_what_is_wrong(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert starcut("gallery", "-o", "x", *words) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
