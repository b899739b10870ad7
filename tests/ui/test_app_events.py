"""One filter on the application: keys and tips reach who listens, whatever else happens is nobody's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ui.main_window import MainWindow
from ui.qt.app_events import AppEvents, app_events

pytestmark = pytest.mark.qt


@pytest.fixture
def events() -> AppEvents:
    found = app_events()
    assert found is not None
    assert app_events() is found
    return found


def test_the_latest_is_asked_first_and_ends_the_key_until_its_owner_is_gone(events: AppEvents, qtbot: QtBot) -> None:
    field, first, second, heard = QLineEdit(), QObject(), QObject(), list[str]()
    qtbot.addWidget(field)
    end = events.keys(first, lambda *_: bool(heard.append("first")))
    events.keys(second, lambda *_: not heard.append("second"))
    QTest.keyPress(field, Qt.Key.Key_A)
    assert (set(heard), field.text()) == ({"second"}, "")
    second.deleteLater()
    qtbot.waitUntil(lambda: not isValid(second))
    heard.clear()
    QTest.keyPress(field, Qt.Key.Key_A)
    assert (set(heard), field.text()) == ({"first"}, "a")
    end()
    heard.clear()
    QTest.keyPress(field, Qt.Key.Key_A)
    assert heard == []


def test_another_window_that_has_the_keys_is_told_of_once(events: AppEvents) -> None:
    owner, times = QObject(), list[None]()
    end = events.left(owner, lambda: times.append(None))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusWindowChanged.emit(None)
    end()
    app.focusWindowChanged.emit(None)
    assert times == [None]


def test_a_window_that_closes_listens_no_more(events: AppEvents, window: MainWindow) -> None:
    before = [len(one) for one in (events._keys, events._tips, events._left)]
    window.session.document.mark_saved(None)
    window.close()
    after = [len(one) for one in (events._keys, events._tips, events._left)]
    assert all(now < then for now, then in zip(after, before, strict=True))
