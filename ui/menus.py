"""Menus from the registered actions. Keys are shown here and handled by `shortcuts`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from studio_app.actions.registry import MENUS, Action
from studio_app.session.session import Session
from ui.qt import icons
from ui.qt.language import help_of_action, of_action, of_menu


class Menus(QObject):
    """One QAction for each action, and the menu bar made of them."""

    def __init__(self, actions: Iterable[Action], session: Session, run: Callable[[str], object]) -> None:
        super().__init__()
        self._session = session
        self._all = tuple(actions)
        self.qt: dict[str, QAction] = {one.id: self._made(one, run) for one in self._all}
        self._subscription = session.keymap.changed.connect(self.show_keys)
        self.show_keys()

    def fill(self, bar: QMenuBar) -> None:
        """Add the menus that have entries, in the order of `MENUS`."""
        for name in MENUS:
            entries = sorted((one for one in self._all if one.menu == name), key=lambda one: one.group)
            if not entries:
                continue
            menu = QMenu(of_menu(name), bar)
            menu.setToolTipsVisible(False)
            group = entries[0].group
            for one in entries:
                if one.group != group:
                    menu.addSeparator()
                    group = one.group
                menu.addAction(self.qt[one.id])
            menu.aboutToShow.connect(lambda entries=entries: self.refresh(entries))
            bar.addMenu(menu)

    def refresh(self, entries: Iterable[Action] | None = None) -> None:
        """Ask each action whether it can be used now."""
        for one in self._all if entries is None else entries:
            action = self.qt[one.id]
            action.setEnabled(one.enabled(self._session))
            if one.checked is not None:
                action.setChecked(one.checked(self._session))

    def show_keys(self) -> None:
        """Write the keys in force into menus and tooltips."""
        for one in self._all:
            action, keys = self.qt[one.id], self._session.keymap.keys_of(one.id)
            shown = QKeySequence(keys[0] if keys else "")
            action.setShortcut(shown)
            text = f" ({shown.toString(QKeySequence.SequenceFormat.NativeText)})" if keys else ""
            action.setToolTip(f"{of_action(one)}{text}\n{help_of_action(one)}".strip())

    def release(self) -> None:
        """The window closes: stop listening."""
        self._subscription.close()

    def _made(self, one: Action, run: Callable[[str], object]) -> QAction:
        action = QAction(of_action(one), self)
        if one.icon in icons.names():
            action.setIcon(icons.icon(one.icon))
        # Shown, never active: a menu's widget has no focus while the keys are ours.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setCheckable(one.checked is not None)
        action.triggered.connect(lambda _=False: run(one.id))
        return action
