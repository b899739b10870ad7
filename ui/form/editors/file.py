"""A file by its path."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFileDialog, QLineEdit

from effects.params import ParamSpec
from ui.form.editors.base import DASH, Editor
from ui.widgets import tool_button


class FileEditor(Editor):
    """A line and a button that chooses."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.field = QLineEdit()
        self.field.setPlaceholderText(spec.unset)
        self.field.editingFinished.connect(self._typed)
        button = tool_button("folder-open", self.tr("Choose {label}").format(label=spec.label.lower()))
        button.clicked.connect(self._choose)
        self.row.addWidget(self.field, 1)
        self.row.addWidget(button)

    def set_value(self, value: Any) -> None:
        """Show a path."""
        self.field.setText(str(value))
        self.field.setModified(False)

    def show_mixed(self, mixed: bool) -> None:
        """No path, a dash in its place."""
        self.field.setPlaceholderText(DASH if mixed else self.spec.unset)
        if mixed and not self.field.isModified():
            self.field.clear()

    def value(self) -> Any:
        """The path."""
        return self.field.text()

    def _typed(self) -> None:
        if self.field.isModified():
            self.field.setModified(False)
            self.changed.emit(self.value())
            self.finished.emit()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window(), self.tr("Choose {label}").format(label=self.spec.label.lower()), self.field.text()
        )
        if name:
            self.field.setText(name)
            self.changed.emit(name)
            self.finished.emit()
