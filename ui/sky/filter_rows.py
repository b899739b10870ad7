"""Parts of the filters: a class with its box, dot and number; a title; two handles on a line of time."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from studio_app.session.sky_stars import NONE
from ui import words
from ui.form.editors.number import QuietSlider
from ui.qt import tokens
from ui.qt.own_keys import OWN_KEYS
from ui.sky.appearance import GREY
from ui.sky.still import class_colour
from ui.widgets import label


class ClassRow(QWidget):
    """`[x] (dot) Drama 126`."""

    toggled = Signal(bool)

    def __init__(self, title: str, code: int | None = None) -> None:
        super().__init__()
        self._code: int | None = None
        self.box = QCheckBox(title)
        self.box.setFont(tokens.font("ui"))
        self.amount = label("", "muted", tabular=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.box, 1)
        line.addWidget(self.amount)
        self.setFixedHeight(tokens.size("row"))
        self.set_code(code)
        self.box.clicked.connect(self.toggled)

    def set_code(self, code: int | None) -> None:
        """With a dot in the colour of the class, while that colours the sky."""
        self._code = code
        self.box.setStyleSheet("QCheckBox { spacing: 24px; }" if code is not None else "QCheckBox { spacing: 8px; }")
        self.update()

    def show_state(self, on: bool, number: int | None) -> None:
        """Whether its stars pass, and how many there are."""
        self.box.setChecked(on)
        self.amount.setText("" if number is None else words.count(number))
        shade = self.box.palette()
        shade.setColor(self.box.foregroundRole(), tokens.color("text.primary" if on else "text.muted"))
        self.box.setPalette(shade)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dot."""
        if self._code is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(class_colour(self._code) if self._code != NONE else QColor(*GREY))
        painter.drawEllipse(QPointF(27, self.height() / 2), 4, 4)
        painter.end()


def section(title: str) -> QWidget:
    """A heading of the filters."""
    heading = label(title, weight="medium")
    heading.setFixedHeight(22)
    return heading


class WeightRow(QWidget):
    """A kind of likeness and how much it counts."""

    weighed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.slider = QuietSlider()
        self.slider.setRange(0, 100)
        self.slider.setAccessibleName(title)
        self.amount = label("", "muted", tabular=True)
        self.amount.setFixedWidth(38)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        name = label(title, "secondary")
        name.setFixedWidth(76)
        for widget in (name, self.slider, self.amount):
            line.addWidget(widget)
        self.setFixedHeight(tokens.size("row"))
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self.weighed)

    def _moved(self, value: int) -> None:
        """Keys and presses beside the handle weigh at once, a drag when the hand lets go."""
        self.amount.setText(words.percent(value / 100))
        if not self.slider.isSliderDown():
            self.weighed.emit()

    @property
    def value(self) -> float:
        """0..1."""
        return self.slider.value() / 100

    def show_value(self, value: float) -> None:
        """Stand where the model stands."""
        if not self.slider.isSliderDown():
            self.slider.blockSignals(True)
            self.slider.setValue(round(value * 100))
            self.slider.blockSignals(False)
            self.amount.setText(words.percent(value))


_HANDLE: Final = 7.0


class TimeSlider(QWidget):
    """When clips were made: bars of how many, and two handles between which they pass."""

    ranged = Signal(object, object)
    """Start and end as days since 1970, or None at the ends. Told when the hand lets go."""

    def __init__(self) -> None:
        super().__init__()
        self._low = self._high = 0.0
        self.start, self.end = 0.0, 1.0
        self._bars: NDArray[np.float64] = np.zeros(0)
        self._held: str = ""
        self.setFixedHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Made between"))
        self.setProperty(OWN_KEYS, "Left Right Shift+Left Shift+Right")

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, 44)

    def show_days(self, days: NDArray[np.float64], start: float | None, end: float | None) -> None:
        """The days of all clips, and which part of them passes."""
        known = days[np.isfinite(days)]
        self.setEnabled(len(known) > 1 and float(known.max()) > float(known.min()))
        if self.isEnabled():
            self._low, self._high = float(np.floor(known.min())), float(np.floor(known.max()) + 1)
            self._bars = np.histogram(known, 48, (self._low, self._high))[0].astype(float)
            if not self._held:
                self.start = 0.0 if start is None else self._share(start)
                self.end = 1.0 if end is None else self._share(end)
        self.update()

    def _share(self, day: float) -> float:
        return float(np.clip((day - self._low) / max(1e-9, self._high - self._low), 0, 1))

    def day_of(self, share: float) -> float:
        """The day at a place of the slider."""
        return self._low + share * (self._high - self._low)

    def _x(self, share: float) -> float:
        return _HANDLE + share * (self.width() - 2 * _HANDLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, line, handles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = self.height() - 12.0
        if self.isEnabled() and len(self._bars):
            top = max(1.0, float(self._bars.max()))
            wide = (self.width() - 2 * _HANDLE) / len(self._bars)
            for place, number in enumerate(self._bars.tolist()):
                middle = (place + 0.5) / len(self._bars)
                lit = self.start <= middle <= self.end
                high = (foot - 6) * (number / top) ** 0.5
                place_of = QRectF(self._x(0) + place * wide, foot - 4 - high, max(1.0, wide - 1), high)
                painter.fillRect(place_of, tokens.color("text.muted" if lit else "border.default"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("border.default"))
        painter.drawRoundedRect(QRectF(self._x(0), foot - 1.5, self._x(1) - self._x(0), 3), 1.5, 1.5)
        if self.isEnabled():
            painter.setBrush(tokens.color("accent.dim"))
            painter.drawRoundedRect(
                QRectF(self._x(self.start), foot - 1.5, self._x(self.end) - self._x(self.start), 3), 1.5, 1.5
            )
            for share in (self.start, self.end):
                painter.setPen(tokens.color("accent.default" if self.hasFocus() else "border.strong"))
                painter.setBrush(tokens.color("text.primary"))
                painter.drawEllipse(QPointF(self._x(share), foot), 5, 5)
        painter.end()

    def _share_at(self, x: float) -> float:
        return float(np.clip((x - _HANDLE) / max(1.0, self.width() - 2 * _HANDLE), 0, 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearer handle."""
        share = self._share_at(event.position().x())
        self._held = "start" if abs(share - self.start) < abs(share - self.end) else "end"
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take it along; one never passes the other."""
        share = self._share_at(event.position().x())
        if self._held == "start":
            self.start = min(share, self.end - 0.01)
        elif self._held == "end":
            self.end = max(share, self.start + 0.01)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell."""
        self._held = ""
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the end, with Shift the start."""
        step = {Qt.Key.Key_Left: -0.02, Qt.Key.Key_Right: 0.02}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.start = float(np.clip(self.start + step, 0, self.end - 0.01))
        else:
            self.end = float(np.clip(self.end + step, self.start + 0.01, 1))
        self.update()
        self._tell()

    def _tell(self) -> None:
        start = None if self.start <= 0.001 else self.day_of(self.start)
        end = None if self.end >= 0.999 else self.day_of(self.end)
        self.ranged.emit(start, end)
