"""Yes or no."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox

from effects.params import ParamSpec
from ui.form.editors.base import Editor


class ToggleEditor(Editor):
    """A check box."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.box = QCheckBox()
        self.box.setAccessibleName(spec.label)
        self.box.clicked.connect(self._clicked)
        self.row.addWidget(self.box)
        self.row.addStretch(1)

    def set_value(self, value: Any) -> None:
        """Show yes or no."""
        self.box.setChecked(bool(value))

    def value(self) -> Any:
        """Whether it is checked."""
        return self.box.isChecked()

    def _clicked(self) -> None:
        self.changed.emit(self.value())
        self.finished.emit()
