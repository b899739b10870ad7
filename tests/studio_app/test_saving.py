"""Saving on a thread: what counts as saved, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from engines.play.audio_sink import WallClockSink
from studio_app.services.jobs import Joinable, plain_thread
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from timeline.commands.rename_project import RenameProject
from timeline.errors import StudioError
from timeline.project_file import load


class Loop:
    """What was posted waits until the main thread is free; the thread that saves waits until it may."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []
        self.may_write = Event()

    def post(self, function: Callable[[], None]) -> None:
        self.waiting.append(function)

    def start_thread(self, name: str, work: Callable[[], None]) -> Joinable:
        def later() -> None:
            assert name != "save" or self.may_write.wait(10)
            work()

        return plain_thread(name, later)

    def run(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def session(own_home: Path, tmp_path: Path, loop: Loop) -> Iterator[Session]:
    session = Session(user_paths(), WallClockSink(), loop.post, loop.start_thread)
    session.files.new("Film")
    session.files.save(tmp_path / "film.starcut")
    session.document.do(RenameProject("First"))
    yield session
    loop.may_write.set()
    session.close()


def never(error: StudioError) -> None:
    raise AssertionError(error.message)


def test_the_project_is_unsaved_until_the_file_is_written(session: Session, loop: Loop, tmp_path: Path) -> None:
    session.files.save_soon(never)
    assert not session.document.is_saved
    assert load(tmp_path / "film.starcut").project.name == "Film"
    loop.may_write.set()
    session.files.finish_saving()
    assert session.document.is_saved
    assert load(tmp_path / "film.starcut").project.name == "First"


def test_an_edit_made_while_a_save_is_written_is_not_in_the_file(session: Session, loop: Loop, tmp_path: Path) -> None:
    session.files.save_soon(never)
    session.document.do(RenameProject("Second"))
    loop.may_write.set()
    session.files.finish_saving()
    loop.run()
    assert load(tmp_path / "film.starcut").project.name == "First"
    assert not session.document.is_saved
    session.document.undo()
    assert session.document.is_saved


def test_a_save_that_fails_is_told_and_leaves_the_project_unsaved(session: Session, loop: Loop, tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "film.starcut").unlink()
    (tmp_path / "film.starcut").mkdir()
    loop.may_write.set()
    session.files.save_soon(lambda error: told.append(error.message))
    session.files.finish_saving()
    assert len(told) == 1
    assert "film.starcut" in told[0]
    assert not session.document.is_saved


def test_another_project_is_opened_only_when_the_last_one_is_in_its_file(
    session: Session, loop: Loop, tmp_path: Path
) -> None:
    session.files.save_soon(never)
    loop.may_write.set()
    session.files.new("Other")
    assert load(tmp_path / "film.starcut").project.name == "First"
    assert session.document.project.name == "Other"
    assert session.document.path is None


def test_saving_twice_writes_both_states_in_order(session: Session, loop: Loop, tmp_path: Path) -> None:
    loop.may_write.set()
    session.files.save_soon(never)
    session.document.do(RenameProject("Second"))
    session.files.save_soon(never)
    session.files.finish_saving()
    assert load(tmp_path / "film.starcut").project.name == "Second"
    assert session.document.is_saved
