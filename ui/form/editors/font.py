"""A font family: the bundled one first, then what the system has."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFontDatabase

from effects.params import ParamSpec
from ui.form.editors.base import DASH, Editor
from ui.form.editors.choice import Combo
from ui.qt import tokens


class FontEditor(Editor):
    """A combo box of families."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.box = Combo()
        families = [name for name in QFontDatabase.families() if name != tokens.FAMILY and not name.startswith(".")]
        self.box.addItems(list(dict.fromkeys([str(spec.default), *families])))
        self.box.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self.box.activated.connect(self._chosen)
        self.row.addWidget(self.box, 1)

    def set_value(self, value: Any) -> None:
        """Show a family; one that is not installed is added."""
        if self.box.findText(str(value)) < 0:
            self.box.addItem(str(value))
        self.box.setCurrentText(str(value))

    def show_mixed(self, mixed: bool) -> None:
        """No family, a dash in its place."""
        if mixed:
            self.box.setPlaceholderText(DASH)
            self.box.setCurrentIndex(-1)

    def value(self) -> Any:
        """The family's name."""
        return self.box.currentText()

    def _chosen(self) -> None:
        self.changed.emit(self.value())
        self.finished.emit()
