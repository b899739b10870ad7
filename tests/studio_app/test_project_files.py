"""Projects on the disk: opened once, saved where they can be, kept beside it, and got back after a crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.play.audio_sink import WallClockSink
from studio_app.services.paths import user_paths
from studio_app.session.files import AlreadyOpenError
from studio_app.session.session import Session
from timeline.commands.rename_project import RenameProject
from timeline.errors import ProjectFileError
from timeline.project import Project, Saved
from timeline.project_file import save


@pytest.fixture
def session() -> Iterator[Session]:
    session = Session(user_paths(), WallClockSink())
    yield session
    session.close()


def test_a_project_opens_once(session: Session, tmp_path: Path) -> None:
    session.files.new("Film")
    path = session.files.save(tmp_path / "film.starcut")
    other = Session(user_paths(), WallClockSink(), session.post)
    try:
        with pytest.raises(AlreadyOpenError, match=r"film\.starcut"):
            other.files.open(path)
        other.files.open(path, as_copy=True)
        assert other.document.path is None
    finally:
        other.close()


def test_a_failed_open_keeps_the_open_project(session: Session, tmp_path: Path) -> None:
    session.files.new("Film")
    broken = tmp_path / "broken.starcut"
    broken.write_text("{")
    before = session.document.project
    with pytest.raises(ProjectFileError):
        session.files.open(broken)
    assert session.document.project is before


def test_autosave_never_touches_the_saved_file_and_a_save_clears_it(session: Session, tmp_path: Path) -> None:
    session.files.new("Film")
    path = session.files.save(tmp_path / "film.starcut")
    bytes_before = path.read_bytes()
    assert session.files.autosave() is None
    session.document.do(RenameProject("Other"))
    writing = session.files.autosave()
    assert writing is not None
    writing.join(10)
    (copy,) = session.paths.recovery.rglob("*.starcut")
    assert session.files.autosave() is None  # nothing new since
    assert path.read_bytes() == bytes_before
    session.files.save()
    assert not copy.exists()


def test_a_copy_that_failed_is_tried_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.files.new("Film")
    session.document.do(RenameProject("Other"))

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("studio_app.services.autosave.save", fail)
        writing = session.files.autosave()
        assert writing is not None
        writing.join(10)
    writing = session.files.autosave()
    assert writing is not None
    writing.join(10)
    assert list(session.paths.recovery.rglob("*.starcut"))


def test_what_a_crash_left_stays_until_it_is_safe_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    crashed = session.paths.recovery / "crashed"
    crashed.mkdir()
    save(crashed / "0.starcut", Saved(Project(name="Lost")))
    facts = {"newest": "0.starcut", "name": "Lost", "original": "", "written": "2025-01-01T00:00:00+00:00"}
    (crashed / "facts.json").write_text(json.dumps(facts))
    (left,) = session.files.recoverable()

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("studio_app.services.autosave.save", fail)
        session.files.recover(left)
    assert session.document.project.name == "Lost"
    assert left.newest.exists()
    session.files.recover(left)
    assert not left.newest.exists()


def test_opening_the_open_project_again_keeps_its_lock(session: Session, tmp_path: Path) -> None:
    session.files.new("Film")
    path = session.files.save(tmp_path / "film.starcut")
    session.files.open(path)
    other = Session(user_paths(), WallClockSink())
    with pytest.raises(AlreadyOpenError):
        other.files.open(path)
    other.close()
    session.files.close()
    assert [one.name for one in tmp_path.iterdir()] == ["film.starcut"]


def test_saving_into_a_folder_that_is_gone_is_a_sentence_and_loses_nothing(session: Session, tmp_path: Path) -> None:
    session.files.new("Film")
    with pytest.raises(ProjectFileError):
        session.files.save(tmp_path / "nowhere" / "film.starcut")
    assert session.document.is_open
    assert session.document.path is None


def test_a_name_without_its_ending_never_replaces_another_project(session: Session, tmp_path: Path) -> None:
    session.files.new("First")
    first = session.files.save(tmp_path / "film").read_bytes()
    session.files.new("Second")
    with pytest.raises(ProjectFileError, match="there already"):
        session.files.save(tmp_path / "film")
    assert (tmp_path / "film.starcut").read_bytes() == first
