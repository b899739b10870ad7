"""Keys go through here, and nowhere else: one table, one filter on the application.

Qt drops a key that two shortcuts share without a word, and gives Space to whatever button has the focus. So Qt's own
shortcuts are only shown in menus, never active; the filter decides by what has the focus (docs: editing conventions).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from studio_app.actions.registry import Action
from studio_app.session.keymap import Keymap, normal
from ui.held_edit import HeldEdit
from ui.held_tool import HeldTool
from ui.jog import Jog
from ui.key_spelling import spellings
from ui.panel import panel_of
from ui.qt.app_events import app_events
from ui.qt.own_keys import OWN_KEYS

_TEXT_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_TEXT_EDITING = frozenset(
    "Ctrl+A Ctrl+C Ctrl+V Ctrl+X Ctrl+Z Ctrl+Shift+Z Ctrl+Y Ctrl+Left Ctrl+Right Ctrl+Shift+Left Ctrl+Shift+Right "
    "Ctrl+Home Ctrl+End Ctrl+Shift+Home Ctrl+Shift+End Ctrl+Backspace Ctrl+Del Ctrl+Up Ctrl+Down".split()
)
_LIST_KEYS = frozenset(
    "Up Down Left Right Home End PgUp PgDown Return Enter Shift+Up Shift+Down Shift+Left Shift+Right".split()
)
_SLIDER_KEYS = frozenset("Up Down Left Right Home End PgUp PgDown".split())
_RESTING_KEYS = frozenset("Up Down Return Enter Tab Shift+Tab Ctrl+C".split())
_BEGINS = "0123456789-+.,"
_FIELD_FUNCTION_KEYS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F35.value + 1)


TRIAL = "trial"
"""Scope of what comes before every panel's own keys while it lasts (a take is tried)."""
WRONG = "wrong"
"""Property of a field: what is typed there cannot be taken, Enter does not end the typing."""


class KeyConflictError(ValueError):
    """Two actions share a key in one scope."""


def table_of(
    actions: Iterable[Action], keys_of: Callable[[str], tuple[str, ...]] | None = None
) -> dict[tuple[str, str], Action]:
    """`(scope, keys)` to action, by the keys in force. Raises KeyConflictError when two actions want the same."""
    table: dict[tuple[str, str], Action] = {}
    for action in actions:
        for keys in action.keys if keys_of is None else keys_of(action.id):
            place = (action.scope, QKeySequence(normal(keys)).toString(QKeySequence.SequenceFormat.PortableText))
            if not place[1]:
                raise KeyConflictError(f"{action.id} has a key that Qt cannot read: {keys!r}")
            if place in table and table[place].id != action.id:
                raise KeyConflictError(f"{action.id} and {table[place].id} share {keys} in scope {action.scope!r}")
            table[place] = action
    return table


class Shortcuts(QObject):
    """Runs the action of a pressed key, unless the focused widget needs that key itself."""

    keypad_typed = Signal(str)
    """A digit, sign or period of the numeric keypad, outside a text field: the beginning of a timecode."""
    field_left = Signal(object)
    """Enter or Esc was pressed in this field, and has been dealt with by it."""

    def __init__(
        self,
        actions: Iterable[Action],
        run: Callable[[str], object],
        is_enabled: Callable[[Action], bool],
        keymap: Keymap,
    ) -> None:
        super().__init__()
        self._actions, self._keymap = tuple(actions), keymap
        self._table: Mapping[tuple[str, str], Action] = {}
        self._subscription = keymap.changed.connect(self._look)
        self._look()
        self._run = run
        self._is_enabled = is_enabled
        self.jog = Jog(run)
        self.held_tool = HeldTool(self)
        self.held_edit = HeldEdit(self)
        self.window: QWidget | None = None
        self._ends: list[Callable[[], None]] = []
        self.rests: Callable[[], bool] = lambda: False
        """Whether something lies over the whole window and has the keys to itself."""

    def _look(self) -> None:
        """Other keys are in force."""
        self._table = table_of(self._actions, self._keymap.keys_of)

    def install(self, window: QWidget) -> None:
        """Begin to listen to the keys of `window` and of the panels floating beside it."""
        self.window = window
        if (events := app_events()) is not None:
            self._ends = [events.keys(self, self._key_moved), events.left(self, self._let_go)]

    def remove(self) -> None:
        """Stop listening."""
        self._subscription.close()
        while self._ends:
            self._ends.pop()()

    def _let_go(self, event: QKeyEvent | None = None) -> None:
        """A key came up, or the window lost the keys."""
        self.jog.let_go(event)
        self.held_tool.let_go(event)
        self.held_edit.let_go(event)

    def _key_moved(self, watched: QObject, event: QKeyEvent) -> bool:
        """Any key of the application; only those of our window matter."""
        kind = event.type()
        if kind is QEvent.Type.KeyRelease:
            self._let_go(event)
            return False
        if kind is not QEvent.Type.KeyPress or not isinstance(watched, QWidget):
            return False
        if QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None:
            return False
        if not self._is_ours(watched) or self.rests():
            return False
        focus = QApplication.focusWidget() or watched
        if _ends_field(focus, event):
            QTimer.singleShot(0, focus, lambda: self.field_left.emit(focus))
        if first := keypad_text(event, focus):
            self.keypad_typed.emit(first)
            return True
        action = self.action_for(event, focus)
        if action is None or not self._is_enabled(action):
            return False
        if not self.jog.takes(action.id, event) and (action.repeats or not event.isAutoRepeat()):
            self.held_tool.took(action.id, event)
            if action.repeats:
                self.held_edit.took(event)
            self._run(action.id)
        return True

    def action_for(self, event: QKeyEvent, focus: QWidget) -> Action | None:
        """The action a key press means while `focus` has the focus: the panel's own first, then the window's."""
        written = spellings(event)
        if needs_key(focus, event, written[0]):
            return None
        for keys in written:
            if (first := self._table.get((TRIAL, keys))) is not None and self._is_enabled(first):
                return first
        panel = panel_of(focus)
        for scope in (panel.id, panel.also, "") if panel is not None else ("",):
            for keys in written:
                if action := self._table.get((scope, keys)):
                    return action
        return None

    def _is_ours(self, widget: QWidget) -> bool:
        own = widget.window()
        if isinstance(own, QDialog):  # there Space presses the button and Esc closes
            return False
        return self.window is not None and (own is self.window or own.parentWidget() is self.window)


def keypad_text(event: QKeyEvent, focus: QWidget) -> str:
    """What a key of the numeric keypad begins a timecode with; empty for other keys, and where text is typed."""
    own = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    keypad = event.modifiers() & Qt.KeyboardModifier.KeypadModifier
    text = event.text().replace(",", ".")
    if not keypad or own or is_text_field(focus) or len(text) != 1 or text not in "0123456789+-.":
        return ""
    return text


def is_text_field(widget: QWidget | None) -> bool:
    """Whether keys are typed into it."""
    return isinstance(widget, _TEXT_FIELDS) or (isinstance(widget, QComboBox) and widget.isEditable())


def is_resting(focus: QWidget) -> bool:
    """A number that has the keys and is not typed into yet."""
    return isinstance(focus, QLineEdit) and focus.isReadOnly()


def _ends_field(focus: QWidget, event: QKeyEvent) -> bool:
    """Whether a key ends the typing: Enter in a line, Esc anywhere; but not in an item of a list."""
    if not is_text_field(focus) or _is_cell_editor(focus) or event.modifiers() & _COMMAND:
        return False
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        # In a resting number Enter begins the typing; with what is wrong one stays, to mend it.
        return not (isinstance(focus, (QTextEdit, QPlainTextEdit)) or is_resting(focus) or focus.property(WRONG))
    return event.key() == Qt.Key.Key_Escape


def needs_key(focus: QWidget, event: QKeyEvent, keys: str) -> bool:
    """Whether the focused widget must get this key itself: text while typing, arrows in a list or on a slider."""
    if is_resting(focus):
        return keys in _RESTING_KEYS or bool(
            event.text() and not event.modifiers() & _COMMAND and event.text() in _BEGINS
        )
    if is_text_field(focus):
        if event.key() in _FIELD_FUNCTION_KEYS:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and _is_cell_editor(focus):
            return True
        return not event.modifiers() & _COMMAND or keys in _TEXT_EDITING
    if isinstance(focus, (QAbstractItemView, QComboBox)):
        return keys in _LIST_KEYS
    if own := focus.property(OWN_KEYS):
        return keys in str(own).split()
    return isinstance(focus, QAbstractSlider) and keys in _SLIDER_KEYS


def _is_cell_editor(focus: QWidget) -> bool:
    """Whether a text is being written inside an item of a view: Enter, with or without Ctrl, first accepts it."""
    holder = focus.parentWidget()
    return holder is not None and isinstance(holder.parentWidget(), QAbstractItemView)
