"""What the command line refuses to write to, and that nothing is lost where it does."""

from __future__ import annotations

import io
import json
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from engines.errors import ExportError
from studio_app.cli import run
from studio_app.cli.target import target_file
from timeline.media import Library, Media, MediaKind
from timeline.project import Project, Saved
from timeline.project_file import save
from timeline.sequence import Sequence


def starcut(*words: str) -> int:
    return run(words, open_window=lambda _: 0, draw_screens=lambda _, __: [])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "film.starcut"
    footage = tmp_path / "footage.mp4"
    footage.write_bytes(b"precious")
    media = Media(str(footage), MediaKind.VIDEO, has_video=True, rate=Fraction(24))
    save(path, Saved(Project(sequences=(Sequence(),)), Library().with_media(media)))
    return path


@pytest.mark.parametrize("command", ["render", "export"])
@pytest.mark.parametrize(
    "name", ["film.starcut", "footage.mp4", "film", "film.doc", "folder.mp4", "no/film.mp4", "", "."]
)
def test_a_film_is_refused_where_it_would_destroy_or_confuse(
    command: str, name: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.parent)
    (project.parent / "folder.mp4").mkdir()
    before = {path.name: path.read_bytes() for path in project.parent.iterdir() if path.is_file()}
    assert starcut(command, "film.starcut", "-o", name) == 1
    said = capsys.readouterr()
    assert not said.out
    assert len(said.err.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in project.parent.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("name", ["clip", "clip.txt", ".", "", "folder.mp4", "x" * 300 + ".mp4"])
def test_a_clip_is_refused_before_it_is_made(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.mp4").mkdir()
    assert starcut("generate", "sea", "-o", name, "--engine", "slate") == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["folder.mp4"]


def test_a_file_that_is_no_file_is_refused(tmp_path: Path) -> None:
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes among its files")
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(ExportError, match="not a file"):
        target_file(str(tmp_path / "pipe.mp4"), (".mp4",))


def test_a_name_the_terminal_cannot_show_is_told_all_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(project, Saved(Project(name="Łódź \ud800 🌊", sequences=(Sequence(),)), Library()))
    for words in (("info", str(project)), ("info", str(project), "--json")):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1"))
        assert starcut(*words) == 0
        sys.stdout.flush()
        text = raw.getvalue().decode("ascii" if "--json" in words else "latin-1")
        assert "d" in text
    assert json.loads(text)["name"] == "Łódź \ud800 🌊"
