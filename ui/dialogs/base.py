"""The frame of every dialog: title, body, buttons bottom right; Esc closes, Enter is primary."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.qt import tokens
from ui.widgets import ground, label, push_button
from ui.workspaces import room_on


def resize_within_screen(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog a size, or as much of it as its screen has (large letters on a small screen): its buttons must be seen."""
    room = room_on(dialog.screen())
    dialog.setMinimumSize(dialog.minimumSize().boundedTo(room))
    dialog.resize(QSize(width, height).boundedTo(room))


def shown_already(parent: QWidget, kind: type[QDialog]) -> bool:
    """Bring a dialog of this kind to the front that is open above a window; False: there is none."""
    found = next((one for one in parent.findChildren(kind) if one.isVisible()), None)
    if found is None:
        return False
    found.raise_()
    found.activateWindow()
    return True


class Dialog(QDialog):
    """A window of its own above the main window, in the overlay colour."""

    def __init__(self, parent: QWidget | None, title: str, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        ground(self, "surface.overlay")
        padding = tokens.space(6)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(padding, padding - 4, padding, padding - 4)
        self._outer.setSpacing(16)
        self._outer.addWidget(label(title, size="heading", weight="semibold"))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._outer.addLayout(self.body)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._outer.addSpacing(4)
        self._outer.addLayout(self._buttons)

    def add_words(self, text: str, tone: str = "secondary") -> None:
        """A paragraph."""
        words = label(text, tone, "body")
        words.setWordWrap(True)
        self.body.addWidget(words)

    def add_button(self, text: str, answer: str = "", *, primary: bool = False, icon: str = "") -> QPushButton:
        """A button that ends the dialog with `answer` (none: it only closes)."""
        button = push_button(text, icon, primary=primary, large=True)
        button.setDefault(primary)
        button.setAutoDefault(primary)
        button.clicked.connect(lambda: self.end(answer))
        self._buttons.addWidget(button)
        return button

    def end(self, answer: str) -> None:
        """Close with an answer."""
        self.answer = answer
        self.done(1 if answer else 0)

    answer = ""

    def ask(self) -> str:
        """Show it and wait; empty when closed."""
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.exec()
        return self.answer
