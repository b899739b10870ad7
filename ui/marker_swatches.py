"""The eight colours of markers as round buttons: one is chosen, and each says its name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from ui.qt import tokens
from ui.timeline_view.marker_look import COLOURS, colour_title, marker_colour

_SIDE = 24


class Swatch(QAbstractButton):
    """A dot in a marker's colour; the chosen one has a ring."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setCheckable(True)
        self.setFixedSize(_SIDE, _SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(colour_title(name))
        self.setAccessibleName(colour_title(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dot and ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(marker_colour(self.name))
        painter.drawEllipse(middle, 6.0, 6.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(tokens.color("text.primary"), 1.5))
            painter.drawEllipse(middle, 9.0, 9.0)
        if self.hasFocus():
            painter.setPen(QPen(tokens.color("accent.default"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


class Swatches(QWidget):
    """A row of them."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Colour"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.buttons = {name: Swatch(name) for name in COLOURS}
        for button in self.buttons.values():
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, name=button.name: self.chosen.emit(name))
            row.addWidget(button)
        row.addStretch(1)

    @property
    def name(self) -> str:
        """The chosen colour."""
        return next((name for name, button in self.buttons.items() if button.isChecked()), "default")

    def set_name(self, name: str) -> None:
        """Choose a colour; unknown ones count as the default."""
        self.buttons.get(name, self.buttons["default"]).setChecked(True)
