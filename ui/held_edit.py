"""A key that is held makes one edit: told when it is let go, the history begins a new step."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent


class HeldEdit(QObject):
    """Told of presses of keys whose action repeats, and of keys let go."""

    ended = Signal()
    """The key came up, or is pressed anew: what it did so far is one step."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._key: int | None = None

    def took(self, event: QKeyEvent) -> None:
        """A key whose action repeats was pressed, or repeats now."""
        if not event.isAutoRepeat():
            self._key = event.key()
            self.ended.emit()

    def let_go(self, event: QKeyEvent | None) -> None:
        """A key came up, or (None) the window lost the keys."""
        is_other = event is not None and (event.isAutoRepeat() or event.key() != self._key)
        if self._key is not None and not is_other:
            self._key = None
            self.ended.emit()
