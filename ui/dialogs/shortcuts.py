"""The keys: search by name or by pressing one, change, presets, import and export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from studio_app.actions.registry import MENUS, Action
from studio_app.session.keymap import presets
from studio_app.session.session import Session
from timeline.errors import StudioError
from ui import words
from ui.dialogs.base import Dialog, resize_within_screen
from ui.form.editors.choice import Combo
from ui.fuzzy import score
from ui.key_field import KeyField
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP, help_of_action, of_action, of_menu, translated
from ui.widgets import ElidedLabel, label, push_button, row, search_mark, tool_button

_FILES: Final = QT_TRANSLATE_NOOP("ShortcutsDialog", "Starcut keys (*.json)")
_ID: Final = Qt.ItemDataRole.UserRole
_COLUMNS: Final = (
    QT_TRANSLATE_NOOP("ShortcutsDialog", "Command"),
    QT_TRANSLATE_NOOP("ShortcutsDialog", "Keys"),
    QT_TRANSLATE_NOOP("ShortcutsDialog", "Menu"),
    QT_TRANSLATE_NOOP("ShortcutsDialog", "Works in"),
)


class ShortcutsDialog(Dialog):
    """Not modal. What is changed counts at once, in menus and tooltips too."""

    def __init__(self, parent: QWidget | None, session: Session, actions: Iterable[Action], about: str = "") -> None:
        super().__init__(parent, QCoreApplication.translate("ShortcutsDialog", "Keyboard shortcuts"), 760)
        resize_within_screen(self, 820, 680)
        self._session, self._keymap = session, session.keymap
        self._actions = {one.id: one for one in sorted(actions, key=_by_menu)}
        self._waiting = ""
        self._top()
        self._list()
        self._bottom()
        self._subscription = self._keymap.changed.connect(self.refresh)
        self.finished.connect(lambda _: self._subscription.close())
        self.import_button = push_button(self.tr("Import…"), "download", large=True)
        self.export_button = push_button(self.tr("Export…"), "share", large=True)
        self.reset_all = push_button(self.tr("Reset all"), "rotate-ccw", large=True)
        self.import_button.clicked.connect(self._import)
        self.export_button.clicked.connect(self._export)
        self.reset_all.clicked.connect(self._keymap.reset_all)
        for place, button in enumerate((self.import_button, self.export_button, self.reset_all)):
            button.setAutoDefault(False)
            self._buttons.insertWidget(place, button)
        close = self.add_button(self.tr("Close"))
        close.setAutoDefault(True)
        close.setDefault(True)  # Enter closes; the accent is for verbs that do something
        self.search.setText(about)
        self.refresh()
        self.search.setFocus()

    # parts

    def _top(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by name"))
        self.search.setAccessibleName(self.tr("Search by name"))
        search_mark(self.search)
        self.search.textChanged.connect(lambda _: self._show_rows())
        self.by_key = KeyField(self.tr("Search by pressing a key"))
        self.by_key.pressed.connect(lambda _: self._show_rows())
        self.preset = Combo()
        self.preset.setAccessibleName(self.tr("Preset"))
        for one in presets().values():
            self.preset.addItem(one.title, one.id)
            self.preset.setItemData(self.preset.count() - 1, one.help, Qt.ItemDataRole.ToolTipRole)
        self.preset.activated.connect(lambda _: self._keymap.choose(self.preset.currentData()))
        for field in (self.search, self.by_key, self.preset):
            field.setProperty("large", True)
        self.preset.setFixedWidth(150)
        line = row(self.search, self.by_key, label(self.tr("Preset"), "secondary", "body"), self.preset)
        self.body.addWidget(line)

    def _list(self) -> None:
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Commands and their keys"))
        self.tree.setHeaderLabels([translated("ShortcutsDialog", one) for one in _COLUMNS])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 220), (2, 100), (3, 110)):
            self.tree.header().resizeSection(column, width)
        self.tree.header().setStretchLastSection(False)
        for one in self._actions.values():
            where = words.title_case(one.scope) if one.scope else self.tr("Everywhere")
            item = QTreeWidgetItem([of_action(one).rstrip("…"), "", of_menu(words.title_case(one.menu)), where])
            item.setData(0, _ID, one.id)
            item.setToolTip(0, help_of_action(one))
            item.setSizeHint(0, QSize(0, tokens.size("row")))
            for column in (2, 3):
                item.setForeground(column, tokens.color("text.muted"))
            self.tree.addTopLevelItem(item)
        self.tree.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.body.addWidget(self.tree, 1)
        self._outer.setStretchFactor(self.body, 1)

    def _bottom(self) -> None:
        self.chosen = ElidedLabel("", weight="medium", size="body")
        self.new_key = KeyField(self.tr("Press a new key"))
        self.new_key.setFixedWidth(170)
        self.new_key.pressed.connect(self._wanted)
        self.remove = tool_button("trash-2", self.tr("Remove all keys of this command"))
        self.reset_one = tool_button("rotate-ccw", self.tr("Reset this command"))
        self.remove.clicked.connect(lambda: self._keymap.assign(self.current, ()))
        self.reset_one.clicked.connect(lambda: self._keymap.reset(self.current))
        self.body.addWidget(row(self.chosen, self.new_key, self.remove, self.reset_one))
        self.note = ElidedLabel("", tone="secondary")
        self.take = push_button(self.tr("Take the key"))
        self.take.clicked.connect(self._take)
        self.take.setAutoDefault(False)
        line = row(self.note, self.take)
        line.setFixedHeight(tokens.size("control_dialog"))
        self.body.addWidget(line)

    # what is shown

    @property
    def current(self) -> str:
        """Id of the chosen command, or empty."""
        item = self.tree.currentItem()
        return str(item.data(0, _ID)) if item is not None else ""

    def choose(self, action_id: str) -> None:
        """Choose a command."""
        for item in self._items():
            if item.data(0, _ID) == action_id:
                self.tree.setCurrentItem(item)

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the commands that fit the search."""
        return tuple(str(item.data(0, _ID)) for item in self._items() if not item.isHidden())

    def refresh(self) -> None:
        """Show the keys in force."""
        self.preset.setCurrentIndex(self.preset.findData(self._keymap.preset))
        for item in self._items():
            action_id = str(item.data(0, _ID))
            item.setText(1, "   ".join(_native(keys) for keys in self._keymap.keys_of(action_id)))
            changed = self._keymap.is_changed(action_id)
            item.setForeground(1, tokens.color("accent.default" if changed else "text.primary"))
            item.setToolTip(1, self.tr("Changed by you") if changed else "")
        self.reset_all.setEnabled(any(self._keymap.is_changed(one) for one in self._actions))
        self._show_rows()
        self._show_chosen()

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _show_rows(self) -> None:
        wanted, key = self.search.text(), self.by_key.keys
        for item in self._items():
            action_id = str(item.data(0, _ID))
            fits = score(wanted, f"{item.text(0)} {item.text(2)}") is not None
            item.setHidden(not fits or bool(key and key not in self._keymap.keys_of(action_id)))

    def _show_chosen(self) -> None:
        one = self._actions.get(self.current)
        self._waiting = ""
        self.new_key.show_keys("")
        self.take.hide()
        for widget in (self.new_key, self.remove, self.reset_one):
            widget.setEnabled(one is not None)
        if one is None:
            self.chosen.setText("")
            self.note.setText(self.tr("Choose a command to change its keys."))
            return
        self.chosen.setText(of_action(one).rstrip("…"))
        self.remove.setEnabled(bool(self._keymap.keys_of(one.id)))
        self.reset_one.setEnabled(self._keymap.is_changed(one.id))
        self.note.setText(help_of_action(one))

    # changes

    def _wanted(self, keys: str) -> None:
        one = self._actions.get(self.current)
        self._waiting = keys
        self.take.hide()
        if one is None or not keys:
            self.note.setText(help_of_action(one) if one is not None else "")
            return
        others = [each for each in self._keymap.holders(keys, one.scope) if each != one.id]
        if keys in self._keymap.keys_of(one.id):
            self.note.setText(self.tr("{native} does this already.").format(native=_native(keys)))
        elif keys in ("Esc", "Tab", "Shift+Tab") or (keys == "Space" and one.id != "playback.toggle"):
            self._waiting = ""
            self.note.setText(
                self.tr("{native} stays what it is everywhere in the window.").format(native=_native(keys))
            )
        elif others:
            loser = of_action(self._actions[others[0]]).rstrip("…") if others[0] in self._actions else others[0]
            self.note.setText(
                self.tr("{native} is used by “{loser}”, which would lose it.").format(native=_native(keys), loser=loser)
            )
            self.take.setText(self.tr("Take the key"))
            self.take.show()
        else:
            self._take()

    def _take(self) -> None:
        if self._waiting and self.current:
            self._keymap.assign(self.current, (*self._keymap.keys_of(self.current), self._waiting))

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import keys"), "", translated("ShortcutsDialog", _FILES))
        if name:
            self._try(lambda: self._keymap.read(Path(name)))

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export keys"), "Starcut keys.json", translated("ShortcutsDialog", _FILES)
        )
        if name:
            self._try(lambda: self._keymap.write(Path(name)))

    def _try(self, call: Callable[[], None]) -> None:
        try:
            call()
        except StudioError as error:
            self.note.setText(error.message)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _by_menu(one: Action) -> tuple[int, int, str]:
    place = MENUS.index(one.menu) if one.menu in MENUS else len(MENUS)
    return (place, one.group, one.title)
