"""Every control of the real window and its dialogs has a name for a screen reader and is reached by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio_app.actions.registry import Actions
from studio_app.session.session import Session
from ui.dialogs.attributes import AttributesDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.gain import GainDialog
from ui.dialogs.new_project import NewProjectDialog
from ui.dialogs.preferences import PreferencesDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.dialogs.speed import SpeedDialog
from ui.main_window import MainWindow
from ui.palette import Palette
from ui.status_line import _Fact as Fact

pytestmark = pytest.mark.qt
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
COMPOSED = (QAbstractSpinBox, QComboBox, QLineEdit)
"""Qt makes their parts."""


def controls(root: QWidget) -> Iterator[QWidget]:
    """What can be used: controls of Qt's kinds, and whatever else takes the focus."""
    for widget in (root, *root.findChildren(QWidget)):
        inside = widget.parentWidget()
        if isinstance(widget, QHeaderView) or widget.objectName().startswith("qt_") or is_part(widget):
            continue  # Qt's own parts of a control
        if isinstance(widget, QScrollBar) and isinstance(inside and inside.parentWidget(), QAbstractScrollArea):
            continue  # the area scrolls by keys
        if isinstance(widget, CONTROLS) or (widget is not root and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
            yield widget


def is_part(widget: QWidget) -> bool:
    """Whether Qt made it within a control: the field of a number, the list of a choice."""
    inside = widget.parentWidget()
    return inside is not None and (isinstance(inside, COMPOSED) or is_part(inside))


def name_of(widget: QWidget) -> str:
    face = QAccessible.queryAccessibleInterface(widget)
    return str(face.text(QAccessible.Text.Name)).strip() if face is not None else ""


def place(widget: QWidget) -> str:
    """Where in the tree, for the message."""
    names: list[str] = []
    one: QWidget | None = widget
    while one is not None and len(names) < 5:
        names.append(type(one).__name__ + (f" '{one.toolTip()}'" if one.toolTip() else ""))
        one = one.parentWidget()
    return " < ".join(names)


def nameless(root: QWidget) -> list[str]:
    """Those a screen reader has no word for; a fact of the status line has one while it shows."""
    return [place(one) for one in controls(root) if not name_of(one) and not (isinstance(one, Fact) and one.isHidden())]


def unreachable(root: QWidget) -> list[str]:
    """Controls that Tab never comes to and that no arrow key reaches from one it comes to."""
    return [f"{name_of(one)}: {place(one)}" for one in controls(root) if not is_reached(one)]


def is_reached(widget: QWidget) -> bool:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return True
    if isinstance(widget, QScrollBar):
        return True  # what it scrolls is reached: the page follows the playhead and the focus
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive():
        return any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in group.buttons())  # arrows go on from there
    return isinstance(widget.parentWidget(), Palette)  # its list: up and down in the line above


def judged(root: QWidget) -> list[str]:
    return [*(f"no name: {one}" for one in nameless(root)), *(f"not reached: {one}" for one in unreachable(root))]


def test_the_start_page(bare_session: Session, actions: Actions) -> None:
    window = MainWindow(bare_session, actions)
    window.show()
    QApplication.processEvents()
    assert judged(window) == []
    window.close()


def test_all_panels_of_the_window(window: MainWindow, session: Session) -> None:
    for name in window.docks:
        window.show_panel(name)
        QApplication.processEvents()
    for chosen in (["picture", "sound"], ["title"]):
        session.selection.items.set(chosen)
        window.show_panel("inspector")
        QApplication.processEvents()
        assert judged(window) == []
    session.selection.shots.set(["s1"])
    QApplication.processEvents()
    assert judged(window) == []


def test_a_small_window_too(window: MainWindow) -> None:
    window.resize(1366, 768)
    QApplication.processEvents()
    assert judged(window) == []


DIALOGS: dict[str, Callable[[QWidget, Session], QWidget]] = {
    "export": ExportDialog,
    "gain": GainDialog,
    "speed": SpeedDialog,
    "attributes": AttributesDialog,
    "new project": NewProjectDialog,
    "preferences": lambda parent, session: PreferencesDialog(parent, session, ""),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog(name: str, session: Session, qtbot: QtBot) -> None:
    session.selection.items.set(["picture"])
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = DIALOGS[name](parent, session)
    dialog.show()
    QApplication.processEvents()
    assert judged(dialog) == []
    dialog.close()


def test_palette_and_shortcuts(window: MainWindow) -> None:
    window.palette_box.open()
    assert judged(window.palette_box) == []
    window.open_shortcuts("")
    QApplication.processEvents()
    (dialog,) = window.findChildren(ShortcutsDialog)
    assert judged(dialog) == []
    dialog.close()


def test_tab_goes_round_all_of_the_window(window: MainWindow) -> None:
    """By Qt's own way from one control to the next, not only by what each says of itself."""
    there = {one for one in controls(window.centralWidget() or window) if one.focusPolicy() & Qt.FocusPolicy.TabFocus}
    came, one = set(), window.nextInFocusChain()
    while one is not None and one not in came:
        came.add(one)
        one = one.nextInFocusChain()
    assert there <= came
