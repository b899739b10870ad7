from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.fuzzy import score
from ui.main_window import MainWindow
from ui.palette import Entry, found

pytestmark = pytest.mark.qt


def entry(title: str, why: str = "") -> Entry:
    return Entry(title, title, "Clip", "", "", why)


def titles(window: MainWindow) -> list[str]:
    return [one.title for one in window.palette_box.model.rows]


def test_words_are_found_by_beginning_inside_and_letter_by_letter() -> None:
    assert score("add", "Add edit") == 80
    assert (score("ed", "Add edit") or 0) > (score("di", "Add edit") or 0)
    assert score("aded", "Add edit") is not None
    assert score("add x", "Add edit") is None
    assert score("", "Add edit") == 0


def test_what_cannot_run_comes_last_and_what_ran_last_first() -> None:
    rows = [entry("Mark in"), entry("Mark out"), entry("Mark clip", "Not possible now")]
    assert [one.title for one in found(rows, "mark", ["Mark out"])] == ["Mark out", "Mark in", "Mark clip"]


def test_it_opens_by_its_keys_finds_by_words_and_runs_by_enter(window: MainWindow) -> None:
    window.show_panel("timeline")
    before = QApplication.focusWidget()
    assert before is not None
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(before, Qt.Key.Key_P, held)
    box = window.palette_box
    assert box.isVisible()
    assert len(titles(window)) == len(window.every_action)
    QTest.keyClicks(box.field, "mark in")
    assert titles(window)[0] == "Mark in"
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert QApplication.focusWidget() is before
    assert window.session.transport.mark_in is not None
    box.open()
    assert titles(window)[0] == "Mark in"
    QTest.keyClick(box.field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_what_cannot_run_says_why_and_stays(window: MainWindow) -> None:
    box = window.palette_box
    box.open()
    QTest.keyClicks(box.field, "lift")
    assert box.model.rows[0].why.startswith("Only when a range")
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    assert box.isVisible()
    QTest.keyClicks(box.field, " zzzz")
    assert not titles(window)
    assert box.nothing.isVisible()
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    box.close_up()


def test_arrows_choose_and_the_focus_elsewhere_closes(window: MainWindow) -> None:
    box = window.palette_box
    box.open()
    QTest.keyClick(box.field, Qt.Key.Key_Down)
    QTest.keyClick(box.field, Qt.Key.Key_PageDown)
    assert box.view.currentIndex().row() == 13
    field = QLineEdit(window.docks["inspector"].panel)
    field.show()
    field.setFocus()
    assert not box.isVisible()


def test_it_shows_the_keys_in_force(window: MainWindow) -> None:
    window.session.keymap.assign("sequence.mark_in", ["F8"])
    window.palette_box.open()
    assert next(one.keys for one in window.palette_box.model.rows if one.id == "sequence.mark_in") == "F8"
    assert window.menus.qt["sequence.mark_in"].toolTip().startswith("Mark in (F8)")
    window.palette_box.close_up()
