"""The window hears when the system tells it to end, and loses nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from studio_app.session.session import Session
from timeline.commands.rename_project import RenameProject
from ui.qt.ending import SIGNALS, when_told_to_end

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
