from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Action, Actions
from studio_app.session.keymap import normal
from ui.main_window import MainWindow
from ui.panel import discover
from ui.shortcuts import TRIAL, KeyConflictError, Shortcuts, table_of

pytestmark = pytest.mark.qt


@pytest.fixture
def ran(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The ids of actions that keys ran, instead of running them."""
    ids: list[str] = []
    window.shortcuts.remove()
    probe = Shortcuts(window.every_action, ids.append, lambda _: True, window.session.keymap)
    probe.install(window)
    yield ids
    probe.remove()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def test_no_two_actions_share_a_key_in_a_scope(window: MainWindow) -> None:
    assert len(table_of(window.every_action)) == sum(len(one.keys) for one in window.every_action)


def test_a_shared_key_is_an_error() -> None:
    actions = [Action("a", "A", lambda _: None, ("Ctrl+K",)), Action("b", "B", lambda _: None, ("Ctrl+K",))]
    with pytest.raises(KeyConflictError, match="share Ctrl"):
        table_of(actions)


def test_the_same_key_may_mean_something_else_in_another_panel() -> None:
    actions = [
        Action("a", "A", lambda _: None, ("Delete",)),
        Action("b", "B", lambda _: None, ("Del",), scope="storyboard"),
    ]
    assert table_of(actions)[("storyboard", normal("Delete"))].id == "b"


def test_scopes_are_ids_of_panels(actions: Actions) -> None:
    assert {one.scope for one in actions} <= {"", TRIAL, *(panel.id for panel in discover())}


def test_letters_typed_into_a_field_run_nothing(window: MainWindow, ran: list[str], qtbot: QtBot) -> None:
    field = QLineEdit(window.docks["timeline"].panel)
    field.show()
    field.setFocus()
    for key in (Qt.Key.Key_V, Qt.Key.Key_Space, Qt.Key.Key_C, Qt.Key.Key_Left, Qt.Key.Key_Delete):
        press(key)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ran == []
    assert field.text().startswith("v")


def test_commands_with_control_still_run_from_a_field(window: MainWindow, ran: list[str]) -> None:
    field = QLineEdit(window.docks["timeline"].panel)
    field.show()
    field.setFocus()
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["file.save"]


def test_space_plays_even_when_a_button_has_the_focus(window: MainWindow, ran: list[str]) -> None:
    button = QPushButton("Press", window.docks["inspector"].panel)
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    button.show()
    button.setFocus()
    press(Qt.Key.Key_Space)
    assert ran == ["playback.toggle"]
    assert pressed == []


def test_arrows_move_in_a_list_and_step_elsewhere(window: MainWindow, ran: list[str]) -> None:
    window.show_panel("media_pool")
    press(Qt.Key.Key_Right)
    assert ran == []
    window.show_panel("timeline")
    press(Qt.Key.Key_Right)
    assert ran == ["playback.step_forward"]


def test_a_held_key_repeats_only_where_that_makes_sense(window: MainWindow, ran: list[str]) -> None:
    from PySide6.QtGui import QKeyEvent

    window.show_panel("timeline")
    focus = QApplication.focusWidget()
    assert focus is not None
    for key, text in ((Qt.Key.Key_Space, " "), (Qt.Key.Key_Right, "")):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, True)
        QApplication.sendEvent(focus, event)
    assert ran == ["playback.step_forward"]


def test_symbols_that_need_shift_on_other_keyboards_are_found(window: MainWindow, ran: list[str]) -> None:
    from PySide6.QtGui import QKeyEvent

    window.show_panel("timeline")
    focus = QApplication.focusWidget()
    assert focus is not None
    shift = Qt.KeyboardModifier.ShiftModifier
    QApplication.sendEvent(focus, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Equal, shift, "="))
    assert ran == ["view.zoom_in"]


def test_menus_show_the_keys_they_do_not_bind(window: MainWindow) -> None:
    save = window.menus.qt["file.save"]
    assert save.shortcut().toString() == "Ctrl+S"
    assert save.shortcutContext() is Qt.ShortcutContext.WidgetShortcut
