"""A colour: a swatch that opens the colour chooser, and its hexadecimal text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QLineEdit

from effects.params import ParamSpec
from ui.form.editors.base import DASH, Editor
from ui.qt import tokens


class Swatch(QAbstractButton):
    """A filled square."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = QColor("#ffffff")
        self.setFixedSize(32, 20)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The colour with an edge that is seen on any ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color("accent.default" if self.hasFocus() else "border.strong"))
        painter.setBrush(self.colour)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


class ColourEditor(Editor):
    """Values are `#rrggbb` or `#rrggbbaa`."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self._value, self._mixed = "#ffffff", False
        self.swatch = Swatch()
        self.swatch.setAccessibleName(self.tr("Choose {label}").format(label=spec.label.lower()))
        self.field = QLineEdit()
        self.field.setFont(tokens.font("ui", tabular=True))
        self.field.setMaximumWidth(96)
        self.field.setMaxLength(9)
        self.field.editingFinished.connect(self._typed)
        self.swatch.clicked.connect(self._choose)
        self.row.addWidget(self.swatch)
        self.row.addWidget(self.field)
        self.row.addStretch(1)
        self.set_value(self._value)

    def set_value(self, value: Any) -> None:
        """Show a colour."""
        self._value = str(value)
        solid = QColor(self._value[:7])
        self.swatch.colour = solid if solid.isValid() else QColor("#000000")
        self.swatch.update()
        if not self.field.hasFocus() or not self.field.isModified():
            self.field.setText(self._value)

    def show_mixed(self, mixed: bool) -> None:
        """A dash in place of the text; the swatch shows one of the colours."""
        self._mixed = mixed
        self.field.setPlaceholderText(DASH if mixed else "")
        if mixed and not self.field.isModified():
            self.field.clear()

    def value(self) -> Any:
        """The colour's text."""
        return self._value

    def _typed(self) -> None:
        text = self.field.text().strip()
        if self._mixed and not text:
            return
        text = text if text.startswith("#") else f"#{text}"
        if (
            len(text) in (4, 7, 9)
            and QColor(text[:7] if len(text) == 9 else text).isValid()
            and (text != self._value or self._mixed)
        ):
            self._set(text.lower())
            self.finished.emit()
        else:
            self.field.setText(self._value)

    def _choose(self) -> None:
        before = self._value
        dialog = QColorDialog(QColor(before[:7]), self.window())
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.currentColorChanged.connect(lambda colour: self._set(colour.name() + before[7:9]))
        dialog.rejected.connect(lambda: self._set(before))
        dialog.finished.connect(lambda _: self.finished.emit())
        dialog.open()

    def _set(self, text: str) -> None:
        self.field.setModified(False)
        self.set_value(text)
        self.changed.emit(text)
