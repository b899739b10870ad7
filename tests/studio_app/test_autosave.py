"""Recovery copies: they rotate, they never touch the saved file, and only what a crash left behind is offered."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from studio_app.services.autosave import SLOTS, Autosave, forget, load_recovered, recoverable
from studio_app.services.settings import Settings
from timeline.project import Project, Saved


def test_copies_rotate_through_the_slots(tmp_path: Path) -> None:
    autosave = Autosave(tmp_path, "film")
    names = [autosave.write(Saved(Project(name=str(number))), None).name for number in range(SLOTS + 2)]
    assert len(set(names)) == SLOTS
    assert names[0] == names[SLOTS]
    autosave.close()


def test_a_living_editor_is_not_offered_for_recovery_and_a_closed_one_leaves_nothing(tmp_path: Path) -> None:
    autosave = Autosave(tmp_path, "film")
    autosave.write(Saved(Project(name="Film")), None)
    assert recoverable(tmp_path) == ()
    autosave.close()
    assert recoverable(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def _edit_until_killed(root: str) -> None:
    autosave = Autosave(Path(root), "film")
    autosave.write(Saved(Project(name="First")), Path("/films/film.starcut"))
    autosave.write(Saved(Project(name="Second")), Path("/films/film.starcut"))
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_after_a_crash_the_newest_copy_is_offered(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_edit_until_killed, args=(str(tmp_path),))
    process.start()
    process.join(30)
    (left,) = recoverable(tmp_path)
    assert left.name == "Second"
    assert left.original == Path("/films/film.starcut")
    assert load_recovered(left).project.name == "Second"
    left.newest.write_bytes(left.newest.read_bytes()[:40])  # the crash hit the newest copy itself
    assert load_recovered(left).project.name == "First"
    forget(left)
    assert recoverable(tmp_path) == ()


def test_a_crash_costs_a_few_seconds_of_work_at_most() -> None:
    assert Settings().autosave_seconds <= 5
