"""One of several words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from effects.params import ParamSpec
from ui import words
from ui.form.editors.base import DASH, FIELD_WIDTH, Editor
from ui.qt import icons, tokens
from ui.qt.language import FORM, translated


class Combo(QComboBox):
    """A combo box with our chevron, which leaves the wheel to its panel."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The panel scrolls."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box by the style, the chevron by us."""
        super().paintEvent(event)
        painter = QPainter(self)
        colour = tokens.color("text.secondary" if self.isEnabled() else "text.disabled")
        icons.paint(painter, QRectF(self.width() - 22, (self.height() - 14) / 2, 14, 14), "chevron-down", colour)
        painter.end()


class ChoiceEditor(Editor):
    """A combo box; values are the spec's choices."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.box = Combo()
        self.box.setMinimumWidth(FIELD_WIDTH)  # its longest word must not widen a narrow panel
        for choice in spec.choices:
            unset = spec.unset if choice in ("", "none") else ""
            self.box.addItem(unset or translated(FORM, words.title_case(choice)) or self.tr("As planned"), choice)
        self.box.activated.connect(self._chosen)
        self.row.addWidget(self.box, 1)

    def set_value(self, value: Any) -> None:
        """Show a choice; one that is not offered is added."""
        text = str(getattr(value, "value", value))
        index = self.box.findData(text)
        if index < 0:
            self.box.addItem(translated(FORM, words.title_case(text)), text)
            index = self.box.count() - 1
        self.box.setCurrentIndex(index)

    def show_mixed(self, mixed: bool) -> None:
        """No choice, a dash in its place."""
        if mixed:
            self.box.setPlaceholderText(DASH)
            self.box.setCurrentIndex(-1)

    def value(self) -> Any:
        """The chosen word."""
        return self.box.currentData()

    def _chosen(self) -> None:
        self.changed.emit(self.value())
        self.finished.emit()
