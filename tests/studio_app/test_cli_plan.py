"""starcut plan and starcut segments: what is written, what is refused in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from studio_app.cli import run
from studio_app.planning.assemble import total_length
from studio_app.planning.storyboard_file import read_storyboard
from tests.planning.planner.segments.test_groups import asked
from timeline.project import Project, Saved
from timeline.project_file import save
from timeline.time import RationalTime

pytestmark = pytest.mark.media
TEXT = "A red boat on a lake. It lands. Two people walk away."


def starcut(*words: str) -> int:
    def window(_: object, *__: object) -> int:
        raise AssertionError("no window was asked for")

    return run(words, open_window=window, draw_screens=window)  # type: ignore[arg-type]


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert starcut(*words, "--json") == 0
    return dict(json.loads(capsys.readouterr().out.strip().splitlines()[-1]))


def test_a_text_becomes_a_storyboard_and_that_a_scene_graph_and_a_timeline_and_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board, graph, reel, again = (str(tmp_path / name) for name in ("b.yaml", "g.json", "t.json", "again.yaml"))
    (tmp_path / "words.txt").write_text(TEXT, "utf-8")
    facts = told(capsys, "plan", str(tmp_path / "words.txt"), "--seconds", "12", "--style", "warm", "-o", board)
    assert (facts["strategy"], facts["scenes"], facts["seconds"]) == ("sentences", 3, 12.0)
    assert total_length(read_storyboard(Path(board))) == RationalTime(12)
    assert told(capsys, "plan", board, "-o", graph)["format"] == "graph"
    assert json.loads(Path(graph).read_text("utf-8"))["scenes"][2]["transition"] == "fade"
    assert told(capsys, "plan", board, "--format", "timeline", "-o", reel)["seconds"] == 12.0
    for source in (graph, reel):
        assert told(capsys, "plan", source, "-o", again)["scenes"] == 3
        assert total_length(read_storyboard(Path(again))) == RationalTime(12)
    assert total_length(read_storyboard(Path(graph))) == RationalTime(12)  # as produce and the window read it


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("A lake.", "--seconds", "soon"), '"soon" is no length'),
        (("A lake.", "--seconds", "0"), "A film lasts 1 to 3600 seconds"),
        (("A lake.", "--size", "10x10"), '"10x10" is no size'),
        (("A lake.", "--images", "words.txt"), "words.txt"),
        (("nowhere.txt",), "“nowhere.txt” cannot be read"),
        (("bad.json",), "bad.json: scenes[0].duration: 5 is too small; it is 1000 at least"),
    ],
)
def test_bad_words_are_refused_in_a_sentence_and_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.txt").write_text(TEXT, "utf-8")
    scene = {
        "id": 1,
        "description": "A lake",
        "duration": 5,
        "media": {"type": "video", "engine": "local", "prompt": "A lake"},
    }
    (tmp_path / "bad.json").write_text(json.dumps({"version": "2.0", "scenes": [scene]}), "utf-8")
    assert starcut("plan", *words, "-o", "board.yaml") == 1
    said = capsys.readouterr().err.strip()
    assert sentence in said
    assert "\n" not in said
    assert not (tmp_path / "board.yaml").exists()


def test_segments_are_told_with_their_reasons_before_anything_is_made_and_what_a_project_never_sends_is_in_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((90, 160, 3), np.uint8))
    file = tmp_path / "request.json"
    file.write_text(json.dumps(asked((1, 1), (1, 2), (2, 1), (3, 1), (4, 1))), "utf-8")
    assert starcut("segments", str(file), "--dry-run") == 1
    assert "ask for 2 requests with --batches" in capsys.readouterr().err
    facts = told(capsys, "segments", str(file), "--dry-run", "--batches", "--engine", "local")
    assert facts["requests"] == [["SEGMENT_1", "SEGMENT_2", "SEGMENT_3"], ["SEGMENT_4"]]
    assert facts["segments"][0]["template"].startswith("segment ")
    assert not (tmp_path / "demo").exists()
    film = tmp_path / "film.starcut"
    save(film, Saved(Project("Film", never_sent=("shows",))))
    for never_sent in (("--project", str(film)), ("--never-sent", "Fizzo, shows")):
        assert starcut("segments", str(file), "--dry-run", "--batches", "--engine", "local", *never_sent) == 1
        assert "words that the project never sends: “shows”" in capsys.readouterr().err


@pytest.mark.slow
def test_segments_are_made_and_their_answer_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.full((90, 160, 3), (40, 60, 200), np.uint8))
    file = tmp_path / "request.json"
    file.write_text(json.dumps(asked((1, 1), duration_per_segment=2.0)), "utf-8")
    facts = told(capsys, "segments", str(file), "-o", str(tmp_path / "out"))
    answer = json.loads((tmp_path / "out/demo/e1/segments.json").read_text("utf-8"))
    assert set(answer) == {"video_segments", "failed_segments"}
    assert facts["video_segments"] == answer["video_segments"]
    assert answer["video_segments"][0]["provider_metadata"]["webhook_id"] is None
    assert (tmp_path / "out/demo/e1/segment_1_1.mp4").stat().st_size > 1000
