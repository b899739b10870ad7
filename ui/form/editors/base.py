"""What every value editor is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from effects.params import ParamSpec

FIELD_WIDTH = 80
"""Of numbers; no control of a form needs more."""
DASH = "–"
"""What stands where several things have different values."""


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

    def show_mixed(self, mixed: bool) -> None:
        """Show a dash in place of the value: of several things each has another. Setting one sets it for all."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value; emits nothing."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value shown."""
        raise NotImplementedError
