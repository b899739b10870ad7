"""Keys alone: Tab goes into the panel that has them, and after a visit elsewhere they are back where they were."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from timeline.time import RationalTime
from ui.main_window import MainWindow
from ui.panel import panel_of
from ui.toasts import Toast

pytestmark = pytest.mark.qt


def press(window: MainWindow, *row: str) -> None:
    for keys in row:
        one = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(QApplication.focusWidget() or window, one.key(), one.keyboardModifiers())
        QTest.qWait(0)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_tab_goes_into_the_panel_that_has_the_keys(window: MainWindow) -> None:
    window.activateWindow()
    window.session.selection.items.set(["title"])
    for keys in ("Shift+5", "Shift+4", "Shift+1"):
        press(window, keys)
        panel = panel_of(focus())
        assert panel is window.panels.active
        press(window, "Tab")
        first = focus()
        assert panel_of(first) is panel
        assert first is not panel
        press(window, "Tab")
        assert focus() is not first


def test_tab_rests_on_nothing_that_cannot_be_seen(window: MainWindow) -> None:
    window.activateWindow()
    press(window, "Shift+1")
    start, seen = focus(), []
    for _ in range(400):
        press(window, "Tab")
        if focus() is start:
            break
        seen.append(focus())
    assert focus() is start, "Tab comes round"
    assert len(seen) > 20
    assert all(one.isVisible() and one.width() > 4 and one.height() > 4 for one in seen)
    behind = window.docks["history"].panel
    assert not any(behind.isAncestorOf(one) for one in seen), "a panel behind another tab"
    for one in reversed(seen):
        press(window, "Shift+Tab")
        assert focus() is one


VISITS = {
    "a marker named": (["M", "M"], "Name", "Return"),
    "a marker let be": (["M"], "Name", "Esc"),
    "a time": (["Ctrl+J"], "100", "Return"),
    "no time": (["Ctrl+J"], "1", "Esc"),
    "the palette": (["Ctrl+Shift+P"], "rip", "Esc"),
    "trim mode": (["Shift+T"], "", "Esc"),
    "a panel in full": (["`"], "", "`"),
}


def test_after_a_visit_the_timeline_has_the_keys_again(window: MainWindow) -> None:
    window.activateWindow()
    press(window, "Shift+3")
    before = focus()
    for visit, (keys, text, end) in VISITS.items():
        press(window, *keys)
        QTest.keyClicks(focus(), text)
        press(window, end)
        assert focus() is before, visit


def test_after_a_field_the_media_pool_has_the_keys_again(window: MainWindow) -> None:
    window.activateWindow()
    press(window, "Shift+1")
    before = focus()
    for keys in (["Ctrl+F"], ["Home", "F2"], ["Ctrl+B"]):
        for end in ("Return", "Esc"):
            press(window, *keys)
            assert focus() is not before, keys
            press(window, end)
            assert focus() is before, (keys, end)
    press(window, "Ctrl+Shift+F")
    assert focus() is not before
    press(window, "Esc")
    assert focus() is before


def test_a_bar_that_goes_with_a_click_gives_the_keys_back(window: MainWindow) -> None:
    window.activateWindow()
    press(window, "Shift+3")
    before = focus()
    bar = window.format_bar
    bar.show()
    QTest.mouseClick(bar.keep, Qt.MouseButton.LeftButton)
    assert focus() is before
    window.session.tell("A file is gone.", error=True)
    close = next(one for one in window.findChildren(Toast)).close_button
    close.setFocus()
    close.click()
    QApplication.processEvents()
    assert panel_of(focus()) is window.docks["timeline"].panel


def test_a_wrong_time_stays_to_be_mended(window: MainWindow) -> None:
    window.activateWindow()
    press(window, "Shift+3", "Ctrl+J")
    field = focus()
    QTest.keyClicks(field, "abc")
    press(window, "Return")
    assert focus() is field
    press(window, "Ctrl+A")
    QTest.keyClicks(field, "12")
    press(window, "Return")
    assert window.session.transport.time == RationalTime(12, 25)
    assert panel_of(focus()) is window.docks["timeline"].panel
