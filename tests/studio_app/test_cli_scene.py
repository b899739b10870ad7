"""Scenes on the command line: saved, edited, drawn; the gallery."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from engines.media.inspection import probe_here
from studio_app.cli import run


def starcut(*words: str) -> int:
    return run(words, lambda _: 0, lambda *_: [])


def test_a_scene_is_saved_without_making_a_film(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scene.json"
    assert starcut("generate", "A boat at dusk", "--save-spec", str(path), "--dry-run") == 0
    scene = json.loads(path.read_text("utf-8"))
    assert (scene["setting"], scene["time"], scene["width"]) == ("sea", "dusk", 1280)
    assert "sailboat" in capsys.readouterr().out
    assert starcut("generate", "A boat at dusk", "--save-spec", str(path)) == 0


@pytest.mark.media
def test_a_scene_that_was_edited_is_drawn_at_its_size_or_another(tmp_path: Path) -> None:
    path, film = tmp_path / "scene.json", tmp_path / "a.mp4"
    path.write_text(json.dumps({"setting": "sea", "width": 96, "height": 54, "seconds": 0.25, "rate": "12"}), "utf-8")
    assert starcut("generate", "--spec", str(path), "-o", str(film), "--silent") == 0
    media = probe_here(str(film))
    assert (media.width, media.rate, media.duration.nearest_frame(12)) == (96, 12, 3)
    assert starcut("generate", "--spec", str(path), "-o", str(film), "--silent", "--size", "64x64") == 0
    assert probe_here(str(film)).width == 64


@pytest.mark.media
def test_keyframes_in_words(tmp_path: Path) -> None:
    words = ("generate", "sea by day", "--key", "0.3: night", "--size", "64x36", "--duration", "0.5", "--silent")
    path = tmp_path / "scene.json"
    assert starcut(*words, "-o", str(tmp_path / "a.mp4"), "--save-spec", str(path)) == 0
    (key,) = json.loads(path.read_text("utf-8"))["keys"]
    assert key["scene"]["time"] == "night"
    assert key["at"] == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "prompt"),
        (("sea", "--spec", "{scene}"), "not both"),
        (("--spec", "{none}"), "none.json"),
        (("--spec", "{bad}"), "Did you mean"),
        (("sea", "--key", "night"), "keyframe"),
        (("sea", "--key", "-1: night"), "keyframe"),
        (("sea", "--save-spec", "{folder}/scene.png"), ".json"),
        (("sea", "--save-spec", "{scene}", "--engine", "slate"), "no scenes"),
        (("--spec", "{scene}", "-o", "{scene}"), ".mp4"),
        (("sea", "-o", "{folder}/a.mp4", "--duration", "0.1", "--fps", "500"), "frame rate"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    words: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"scene": "scene.json", "none": "none.json", "bad": "bad.json", "folder": "."}
    (tmp_path / "scene.json").write_text('{"setting": "sea"}', "utf-8")
    (tmp_path / "bad.json").write_text('{"seting": "sea"}', "utf-8")
    made = [word.format(**{name: tmp_path / file for name, file in places.items()}) for word in words]
    assert starcut("generate", *made) == 1
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert (tmp_path / "scene.json").read_text("utf-8") == '{"setting": "sea"}'
    assert not (tmp_path / "a.mp4").exists()


def test_the_gallery_draws_sheets(tmp_path: Path) -> None:
    assert starcut("gallery", "--engine", "-o", str(tmp_path / "out"), "--only", "aspects", "--width", "96") == 0
    sheet = cv2.imread(str(tmp_path / "out" / "aspects.jpg"))
    assert sheet is not None
    assert sheet.shape[1] > 200


@pytest.mark.parametrize(
    "words", [("-o", "x"), ("--engine", "-o", "x", "--only", "nothing"), ("--engine", "-o", "x", "--width", "5")]
)
def test_the_gallery_says_what_it_has(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert starcut("gallery", *words) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
