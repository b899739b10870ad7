"""Steps come back after save and reopen, and only where they belong."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest

from engines.play.audio_sink import WallClockSink
from studio_app.services.paths import user_paths
from studio_app.session import undo_file
from studio_app.session.session import Session
from studio_app.session.undo_file import read_steps, write_steps
from tests.timeline.notation import Cut
from timeline.commands.delete_items import DeleteItems
from timeline.commands.rename_project import RenameProject
from timeline.commands.set_clip import SetClip
from timeline.history import History
from timeline.project import Saved
from timeline.project_file import load, save


def edited(steps: int = 3) -> Cut:
    cut = Cut(V1="A:0-24 B:0-24 _12 C:0-48", A1="D:0-96")
    for number in range(steps):
        cut.history.do(SetClip("cut", ("A",), {"name": f"Take {number}"}), cut.library)
        cut.history.seal()
    return cut


def test_steps_come_back_around_the_project_that_was_opened(tmp_path: Path) -> None:
    cut = edited()
    cut.history.undo()
    write_steps(tmp_path, cut.history.states, cut.history.place)
    save(tmp_path / "film.starcut", Saved(cut.history.project, cut.library))
    opened = load(tmp_path / "film.starcut").project
    found = read_steps(tmp_path, opened)
    assert found is not None
    history = History(opened)
    history.restore(*found)
    assert history.states == cut.history.states
    assert history.project is opened
    assert (history.undo_label, history.redo_label) == (cut.history.undo_label, cut.history.redo_label)
    change = history.undo()
    assert change is not None
    assert change.clips == {"A"}, "what a step did not touch is the same object on both sides"
    assert history.redo() is not None
    assert history.redo() is not None
    assert history.redo() is None
    assert history.project == cut.history.states[-1].project


def test_steps_of_another_state_are_left_alone(tmp_path: Path) -> None:
    cut = edited()
    write_steps(tmp_path, cut.history.states, cut.history.place)
    cut.history.do(RenameProject("Other"), cut.library)
    assert read_steps(tmp_path, cut.history.project) is None


@pytest.mark.parametrize("damage", ["cut", "flip", "text", "empty", "foreign", "bomb"])
def test_a_damaged_file_is_ignored(tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = edited()
    write_steps(tmp_path, cut.history.states, cut.history.place)
    path = next(tmp_path.glob("*.undo"))
    data = path.read_bytes()
    if damage == "bomb":
        monkeypatch.setattr(undo_file, "MOST_UNPACKED", 100)
    path.write_bytes(
        {
            "cut": data[: len(data) // 2],
            "flip": bytes([*data[:60], data[60] ^ 255, *data[61:]]),
            "text": b"not packed",
            "empty": b"",
            "foreign": zlib.compress(
                b'{"starcut_undo": 1, "place": 0, "labels": [""], "packed": {"rows": [["Clip", {}, {}]], "projects": [0]}}'
            ),
            "bomb": data,
        }[damage]
    )
    assert read_steps(tmp_path, cut.history.project) is None


def test_only_so_many_steps_and_bytes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = edited(30)
    monkeypatch.setattr(undo_file, "MOST_STEPS", 8)
    write_steps(tmp_path, cut.history.states, cut.history.place)
    found = read_steps(tmp_path, cut.history.project)
    assert found is not None
    assert (len(found[0]), found[1]) == (9, 8)
    monkeypatch.setattr(undo_file, "MOST_BYTES", next(tmp_path.glob("*.undo")).stat().st_size - 1)
    write_steps(tmp_path, cut.history.states, cut.history.place)
    found = read_steps(tmp_path, cut.history.project)
    assert found is not None
    assert len(found[0]) < 9


def test_only_the_newest_files_stay_and_a_project_without_steps_leaves_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_file, "MOST_FILES", 2)
    for number in range(4):
        cut = edited(1)
        states = cut.history.states
        path = tmp_path / f"old{number}.undo"
        path.write_bytes(b"x")
        write_steps(tmp_path, states, 1)
    assert len(list(tmp_path.glob("*.undo"))) == 2
    write_steps(tmp_path, states[:1], 0)
    assert read_steps(tmp_path, states[1].project) is not None


def test_a_step_in_a_long_project_costs_little(tmp_path: Path) -> None:
    cut = Cut(V1=" ".join(f"C{number}:0-24" for number in range(1000)))
    for number in range(100):
        cut.history.do(SetClip("cut", (f"C{number}",), {"name": "X"}), cut.library)
        cut.history.seal()
    began = time.perf_counter()
    write_steps(tmp_path, cut.history.states, cut.history.place)
    assert time.perf_counter() - began < 3
    assert next(tmp_path.glob("*.undo")).stat().st_size < 400_000


def test_any_state_can_be_gone_to() -> None:
    cut = edited(4)
    states = cut.history.states
    for place in (0, 4, 1, 3, 2):
        change = cut.history.go_to(place)
        assert change is not None
        assert change.clips == {"A"}
        assert cut.history.project is states[place].project
        assert cut.history.place == place
        assert cut.history.states == states
    assert cut.history.go_to(2) is None
    assert cut.history.go_to(9) is None
    assert cut.history.go_to(-1) is None
    cut.history.do(DeleteItems("cut", ("B",)), cut.library)
    assert len(cut.history.states) == 4
    cut.history.restore(states, 0)
    assert len(cut.history.states) == 4, "steps made meanwhile stay"


def test_undo_goes_on_after_save_and_reopen(own_home: Path, tmp_path: Path) -> None:
    session = Session(user_paths(), WallClockSink())
    session.files.new("Film")
    session.document.do(RenameProject("First"))
    session.document.seal()
    session.document.do(RenameProject("Second"))
    session.files.save(tmp_path / "film.starcut")
    session.document.do(RenameProject("Third"))
    session.files.save()
    session.files.open(tmp_path / "film.starcut")
    document = session.document
    assert document.place == 3
    assert [one.project.name for one in document.states] == ["Film", "First", "Second", "Third"]
    document.undo()
    document.undo()
    assert document.project.name == "First"
    assert not document.is_saved
    document.go_to(3)
    assert document.is_saved
    session.close()
