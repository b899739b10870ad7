"""The window hears when the system tells it to end, and loses nothing; a thread that hangs is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from engines.play.audio_sink import WallClockSink
from studio_app.services.paths import user_paths
from studio_app.session import session as session_module
from studio_app.session.session import Session
from timeline.commands.rename_project import RenameProject
from ui.qt.ending import SIGNALS, when_told_to_end
from ui.qt.job_threads import JobThread, qthread
from ui.qt.main_thread import post

pytestmark = [pytest.mark.qt, pytest.mark.skipif(os.name == "nt", reason="no signals to oneself")]


@pytest.fixture
def signals_restored() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    signal.set_wakeup_fd(-1)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_is_heard_while_qt_waits(qtbot: QtBot, signals_restored: None, number: signal.Signals) -> None:
    parent, heard = QObject(), list[str]()
    when_told_to_end(parent, lambda: heard.append("end"))
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: heard == ["end"], timeout=2000)


def test_what_was_not_saved_is_kept_when_ended_from_outside(bare_session: Session) -> None:
    bare_session.files.new("Small", 640, 360)
    bare_session.document.do(RenameProject("Renamed"))
    bare_session.files.keep_for_recovery()
    copies = list(bare_session.paths.recovery.glob("*/*.starcut"))
    assert len(copies) == 1
    assert "Renamed" in copies[0].read_text("utf-8")


HANGS = """
import sys, time
from PySide6.QtCore import QCoreApplication
from studio_app.services.jobs import plain_thread
from ui.qt.ending import leave
app = QCoreApplication([])
plain_thread("hangs", lambda: time.sleep(60))
{how}
"""


QTHREAD = HANGS.replace(
    "studio_app.services.jobs import plain_thread", "ui.qt.job_threads import qthread as plain_thread"
)


def test_a_qthread_that_hangs_is_left_behind_before_qt_can_abort(own_home: Path) -> None:
    script = QTHREAD.format(how="leave(3, ('hangs',))")
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30)
    assert (ended.returncode, "Destroyed" in ended.stderr) == (3, False), ended.stderr


def test_jobs_of_the_window_run_on_qthreads(own_home: Path, qtbot: QtBot) -> None:
    session = Session(user_paths(), WallClockSink(), post, qthread)
    seen: list[QThread] = []
    session.jobs.submit("Generate", lambda job: seen.append(QThread.currentThread()), kind="generate")
    qtbot.waitUntil(lambda: bool(seen), timeout=5000)
    assert isinstance(seen[0], JobThread)
    assert session.close() == ()


@pytest.mark.parametrize("how", ["sys.exit(3)", "leave(3, ('hangs',))"])
def test_a_thread_that_hangs_does_not_abort_the_process_that_ends(how: str) -> None:
    begun = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", HANGS.format(how=how)], capture_output=True, text=True, timeout=30)
    assert (ended.returncode, "Destroyed" in ended.stderr) == (3, False), ended.stderr
    assert time.monotonic() - begun < 20


def test_closing_a_session_does_not_wait_for_ever_for_a_file_that_hangs(
    bare_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "CLOSING_SECONDS", 0.3)
    go_on, hangs = threading.Event(), threading.Event()

    def make() -> NDArray[np.uint8]:
        hangs.set()
        go_on.wait(20)
        return np.zeros(1, np.uint8)

    bare_session.tiles.take(("hangs",), "hangs", make)
    assert hangs.wait(10)
    begun = time.monotonic()
    try:
        assert bare_session.close() == ("tiles",)
        assert time.monotonic() - begun < 5
    finally:
        go_on.set()
    assert bare_session.threads.wait(10) == ()
