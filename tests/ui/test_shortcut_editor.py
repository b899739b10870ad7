from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ui.dialogs.shortcuts import ShortcutsDialog
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> Iterator[ShortcutsDialog]:
    window.run("help.shortcuts")
    dialog = window.findChild(ShortcutsDialog)
    assert isinstance(dialog, ShortcutsDialog)
    yield dialog
    if isValid(dialog):
        dialog.close()


def test_commands_are_found_by_name_and_by_pressing_a_key(dialog: ShortcutsDialog) -> None:
    dialog.search.setText("add edit")
    assert set(dialog.shown) == {"clip.add_edit", "clip.add_edit_all"}
    dialog.search.clear()
    QTest.keyClick(dialog.by_key, Qt.Key.Key_K, CTRL)
    assert set(dialog.shown) == {"clip.add_edit", "shot.split"}
    QTest.keyClick(dialog.by_key, Qt.Key.Key_Escape)
    assert len(dialog.shown) > 50
    assert dialog.isVisible()
    QTest.keyClick(dialog.by_key, Qt.Key.Key_Escape)
    assert not isValid(dialog) or not dialog.isVisible(), "with nothing in the field Esc is the dialog's"


def test_a_key_in_use_is_named_before_it_is_taken(dialog: ShortcutsDialog, window: MainWindow) -> None:
    keymap = window.session.keymap
    dialog.choose("clip.speed")
    QTest.keyClick(dialog.new_key, Qt.Key.Key_K, CTRL)
    assert "“Add edit”, which would lose it" in dialog.note.text()
    assert keymap.keys_of("clip.add_edit") == ("Ctrl+K",)
    dialog.take.click()
    assert keymap.keys_of("clip.speed") == ("Ctrl+R", "Ctrl+K")
    assert keymap.keys_of("clip.add_edit") == ()
    dialog.choose("clip.add_edit")
    dialog.reset_one.click()
    assert keymap.keys_of("clip.add_edit") == ("Ctrl+K",)
    assert keymap.keys_of("clip.speed") == ("Ctrl+R",)


def test_a_free_key_is_taken_at_once_and_all_goes_back(dialog: ShortcutsDialog, window: MainWindow) -> None:
    keymap = window.session.keymap
    dialog.choose("view.meters")
    QTest.keyClick(dialog.new_key, Qt.Key.Key_F8)
    assert keymap.keys_of("view.meters") == ("F8",)
    assert window.menus.qt["view.meters"].shortcut().toString() == "F8"
    dialog.remove.click()
    assert keymap.keys_of("view.meters") == ()
    dialog.reset_all.click()
    assert not dialog.reset_all.isEnabled()


def test_keys_that_must_stay_are_refused(dialog: ShortcutsDialog, window: MainWindow) -> None:
    dialog.choose("clip.speed")
    QTest.keyClick(dialog.new_key, Qt.Key.Key_Space)
    assert "stays" in dialog.note.text()
    assert window.session.keymap.keys_of("playback.toggle") == ("Space",)


def test_a_preset_counts_at_once_and_travels_as_a_file(
    dialog: ShortcutsDialog, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keymap = window.session.keymap
    dialog.preset.setCurrentIndex(dialog.preset.findData("avid"))
    dialog.preset.activated.emit(dialog.preset.currentIndex())
    assert keymap.keys_of("clip.insert")[0] == "V"
    assert window.menus.qt["clip.insert"].shortcut().toString() == "V"
    path = tmp_path / "keys.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    dialog.export_button.click()
    keymap.choose("default")
    dialog.import_button.click()
    assert keymap.preset == "avid"
    path.write_text("no keys")
    dialog.import_button.click()
    assert "holds no keys" in dialog.note.text()
    assert keymap.preset == "avid"
