"""What workers post comes in order, and a burst of it lets the window breathe."""

from __future__ import annotations

import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from ui.qt.main_thread import post

pytestmark = pytest.mark.qt


def busy(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_burst_is_called_in_order_and_over_several_turns(qtbot: QtBot) -> None:
    called: list[int] = []

    def land(number: int) -> None:
        busy(0.006)
        called.append(number)

    def send() -> None:
        for number in range(12):
            post(partial(land, number))

    worker = threading.Thread(target=send)
    worker.start()
    worker.join()
    most = before = 0
    while len(called) < 12:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        most, before = max(most, len(called) - before), len(called)
    assert called == list(range(12))
    assert most <= 4  # two at posting and two by the timer, whatever was posted


def test_what_was_posted_goes_on_while_a_dialog_of_one_of_them_is_open(qtbot: QtBot) -> None:
    called: list[str] = []

    def dialog() -> None:
        loop = QEventLoop()
        post(lambda: called.append("posted from inside"))
        QTimer.singleShot(200, loop.quit)
        loop.exec()
        called.append("closed")

    post(dialog)
    post(lambda: called.append("waited behind it"))
    qtbot.waitUntil(lambda: "closed" in called)
    assert called == ["waited behind it", "posted from inside", "closed"]


def test_one_that_fails_does_not_take_the_rest_with_it(qtbot: QtBot) -> None:
    called: list[str] = []

    def fails() -> None:
        raise RuntimeError("a bug")

    with qtbot.captureExceptions() as caught:
        post(fails)
        post(lambda: called.append("after it"))
        qtbot.waitUntil(lambda: bool(called))
    assert [one[0] for one in caught] == [RuntimeError]
