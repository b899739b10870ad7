"""The stop key held, the key beside it tapped or held: single frames and slow shuttle, by the real window's keys."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from timeline.time import RationalTime
from ui.jog import TAP_MS
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt
K, J, L = Qt.Key.Key_K, Qt.Key.Key_J, Qt.Key.Key_L


@pytest.fixture
def at_one_second(window: MainWindow) -> Iterator[MainWindow]:
    window.show_panel("timeline")
    window.session.transport.set_time(RationalTime(1))
    yield window
    window.session.transport.pause()


def test_taps_beside_the_held_stop_key_are_single_frames(at_one_second: MainWindow) -> None:
    window, transport = at_one_second, at_one_second.session.transport
    QTest.keyPress(window, K)
    for _ in range(3):
        QTest.keyPress(window, L)
        QTest.keyRelease(window, L)
    QTest.keyPress(window, J)
    QTest.keyRelease(window, J)
    QTest.keyRelease(window, K)
    assert transport.time == RationalTime(27, 25)
    assert not transport.playing


def test_holding_both_plays_at_a_quarter_until_one_is_let_go(at_one_second: MainWindow, qtbot: QtBot) -> None:
    window, transport = at_one_second, at_one_second.session.transport
    QTest.keyPress(window, K)
    QTest.keyPress(window, J)
    qtbot.waitUntil(lambda: transport.rate == Fraction(-1, 4), timeout=TAP_MS + 2000)
    QTest.keyRelease(window, J)
    assert not transport.playing
    QTest.keyRelease(window, K)
    QTest.keyPress(window, L)
    assert transport.rate == 1


def test_a_window_that_loses_the_keys_stops_the_slow_shuttle(at_one_second: MainWindow, qtbot: QtBot) -> None:
    window, transport = at_one_second, at_one_second.session.transport
    QTest.keyPress(window, K)
    QTest.keyPress(window, L)
    qtbot.waitUntil(lambda: transport.rate == Fraction(1, 4), timeout=TAP_MS + 2000)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusWindowChanged.emit(None)
    assert not transport.playing
