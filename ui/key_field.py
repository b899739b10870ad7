"""A field that takes a pressed key instead of text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from ui.key_spelling import canonical
from ui.qt import icons

_LEFT_ALONE = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class KeyField(QLineEdit):
    """Emits `pressed` with the key's portable text. Tab goes on to the next widget, Esc empties it; in an empty one it is the dialog's."""

    pressed = Signal(str)

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.keys = ""
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setReadOnly(True)
        self.setProperty("search", True)
        self.addAction(icons.icon("keyboard", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        """Every key but Tab is meant as itself, Enter and Space too."""
        left_alone = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) if self.keys else _LEFT_ALONE
        if isinstance(event, QKeyEvent) and event.key() not in left_alone:
            if event.type() is QEvent.Type.KeyPress:
                self._take(event)
            event.accept()
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.show_keys("")
            self.pressed.emit("")
        elif keys := canonical(event):
            self.show_keys(keys)
            self.pressed.emit(keys)

    def show_keys(self, keys: str) -> None:
        """Show a key; emits nothing."""
        self.keys = keys
        self.setText(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
