"""Yes or no."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from effects.params import ParamSpec
from ui.form.editors.base import Editor
from ui.qt.language import FORM, translated


class ToggleEditor(Editor):
    """A check box."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.box = QCheckBox()
        self.box.setAccessibleName(spec.label)
        # What is meant, where the label is a verb: `Protect: Faces and skin`.
        self.box.setText(translated(FORM, spec.unit))
        self.box.clicked.connect(self._clicked)
        self.row.addWidget(self.box)
        self.row.addStretch(1)

    def set_value(self, value: Any) -> None:
        """Show yes or no."""
        self.box.setChecked(bool(value))

    def show_mixed(self, mixed: bool) -> None:
        """A box between yes and no; a click makes it yes."""
        self.box.setTristate(mixed)
        if mixed:
            self.box.setCheckState(Qt.CheckState.PartiallyChecked)

    def value(self) -> Any:
        """Whether it is checked."""
        return self.box.isChecked()

    def _clicked(self) -> None:
        self.box.setTristate(False)
        self.changed.emit(self.value())
        self.finished.emit()
