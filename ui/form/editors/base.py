"""What every value editor is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from effects.params import ParamSpec


class Editor(QWidget):
    """Edits one value. Emits `changed` while the hand moves, `finished` when it lets go (the end of an undo step)."""

    changed = Signal(object)
    finished = Signal()

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__()
        self.spec = spec
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)

    def name_parts(self) -> None:
        """The controls it is made of are called as the value, for a screen reader."""
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not part.accessibleName():
                part.setAccessibleName(self.spec.label)

    def show_animated(self, animated: bool) -> None:
        """What keyframes move cannot be set here, but is read: it keeps the ink of a value."""
        if self.isEnabled() is animated:
            self.setEnabled(not animated)
            for field in self.findChildren(QLineEdit):
                field.setProperty("animated", animated)
                field.style().polish(field)

    def set_value(self, value: Any) -> None:
        """Show a value; emits nothing."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value shown."""
        raise NotImplementedError
