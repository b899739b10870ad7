"""A tool whose key is held down works until the key comes up; a tap takes the tool for good."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtGui import QKeyEvent

HELD_MS: Final = 350
"""A key down for longer than this is held."""
_TOOLS: Final = "tool."


class HeldTool(QObject):
    """Told of the actions keys mean and of keys let go; whatever keys those are, by the user's own table."""

    went_down = Signal()
    """A tool's key is pressed; its tool is not taken yet."""
    came_up = Signal(bool)
    """It came up; True: it was held, False: it was a tap."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key: int | None = None
        self._since = QElapsedTimer()

    def took(self, action_id: str, event: QKeyEvent) -> None:
        """A key is about to run an action."""
        if action_id.startswith(_TOOLS) and not event.isAutoRepeat() and self._key is None:
            self._key = event.key()
            self._since.start()
            self.went_down.emit()

    def let_go(self, event: QKeyEvent | None) -> None:
        """A key came up, or (None) the window lost the keys."""
        if self._key is None:
            return
        if event is not None and (event.isAutoRepeat() or event.key() != self._key):
            return
        self._key = None
        self.came_up.emit(self._since.elapsed() > HELD_MS)
