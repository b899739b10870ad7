"""The desktop is told when all is ready and nobody looks; over a bus of the test's own."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio_app.services.jobs import Job, Jobs
from studio_app.services.notices import Notices
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore
from tests.ui.test_awake_bus import bus
from timeline.errors import StudioError
from ui.qt.desktop import WindowDesktop

__all__ = ["bus"]


class Seen:
    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        self.shares: list[float | None] = []

    def tell(self, title: str, text: str) -> None:
        self.notes.append((title, text))

    def progress(self, fraction: float | None) -> None:
        self.shares.append(fraction)


class Later:
    """Starts nothing by itself."""

    def __init__(self) -> None:
        self.runs: list = []  # type: ignore[type-arg]

    def __call__(self, name: str, run: object) -> Later:
        self.runs.append(run)
        return self

    def is_alive(self) -> bool:
        return False

    def join(self, timeout: float | None = None) -> None:
        pass


def fail(job: Job) -> None:
    raise StudioError("The disk is full.")


def test_one_note_tells_of_all_that_ended_and_none_while_the_window_is_in_front() -> None:
    later, seen, front = Later(), Seen(), [False]
    jobs, settings = Jobs(start_thread=later, limits={"generate": 3}), SettingsStore(user_paths().settings_file)
    notices = Notices(jobs, settings, lambda: front[0], seen)
    jobs.submit("Lake", lambda job: None, kind="generate")
    jobs.submit("Hill", fail, kind="generate")
    jobs.submit("Bird.mp4", lambda job: None, kind="import")
    for run in later.runs:
        run()
    assert seen.notes == [("1 ready, 1 failed", "Lake, Hill")]
    assert seen.shares == [0.0, 0.5, None]
    front[0] = True
    jobs.submit("Sea", lambda job: None, kind="export")
    later.runs[-1]()
    front[0], settings.values.notify_when_done = False, False
    jobs.submit("Sky", lambda job: None, kind="export")
    later.runs[-1]()
    assert len(seen.notes) == 1
    settings.values.notify_when_done = True
    jobs.submit("Film.mp4", fail, kind="export")
    later.runs[-1]()
    assert seen.notes[-1] == ("Film.mp4 failed", "The disk is full.")
    notices.close()


@pytest.mark.qt
@pytest.mark.skipif(not sys.platform.startswith("linux") or not shutil.which("dbus-monitor"), reason="no D-Bus here")
def test_the_bus_carries_what_the_desktop_wants_to_hear(bus: QDBusConnection, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with subprocess.Popen(["dbus-monitor", "--session"], stdout=subprocess.PIPE, text=True) as listener:
        assert listener.stdout is not None
        listener.stdout.readline()  # it listens from its first line on
        desktop = WindowDesktop(window)
        desktop.progress(0.5)
        desktop.tell("Film.mp4 is ready", "Read back and verified")
        heard = ""
        while "Read back" not in heard or "Film.mp4" not in heard:
            heard += listener.stdout.readline()
        listener.terminate()
    QDBusConnection.disconnectFromBus("starcut-notes")
    assert "com.canonical.Unity.LauncherEntry" in heard
    assert "double 0.5" in heard
    assert "member=AddNotification" in heard
    assert 'string "Film.mp4 is ready"' in heard
