"""Numbers: a slider where there is a range, and a field that scrubs under a drag and takes typed numbers."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSlider, QToolTip, QWidget

from effects.params import ParamSpec
from ui import words
from ui.form.editors.base import DASH, FIELD_WIDTH, Editor
from ui.panel import panel_of
from ui.qt import tokens

_STEPS = 1000
_SHORTEST_SLIDER = 24
_DRAG_FROM = 3
MONEY = "$"
"""Stands before its number, as everywhere else."""
_NUMBER = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+))\s*(\D*?)\s*")


class NumberField(QLineEdit):
    """A number with its unit. A drag across scrubs (Shift: ten times, Ctrl: a tenth); a click or Enter lets one type."""

    moved = Signal(float)
    finished = Signal()

    def __init__(
        self, *, step: float, decimals: int, unit: str, low: float | None, high: float | None, unset: str = ""
    ) -> None:
        super().__init__()
        self._unset = unset
        self._step, self._decimals, self._unit, self._low, self._high = step, decimals, unit, low, high
        self._value, self._mixed = 0.0, False
        self._press: QPoint | None = None
        self._from = 0.0
        self._dragging = False
        self.setFont(tokens.font("ui", tabular=True))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedWidth(FIELD_WIDTH)
        self.setProperty("number", True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFocusPolicy(
            Qt.FocusPolicy.TabFocus
        )  # a scrub leaves the keys where they are: Space plays, Ctrl+Z undoes
        self.returnPressed.connect(self._accept)
        self._show_resting()

    def number(self) -> float:
        """The number shown."""
        return self._value

    def set_number(self, value: float) -> None:
        """Show a number; emits nothing. A field being typed into is left alone."""
        self._value = value
        if self.isReadOnly():
            self._show_resting()

    def show_mixed(self, mixed: bool) -> None:
        """Show a dash for the number, which stands for several."""
        if mixed != self._mixed:
            self._mixed = mixed
            if self.isReadOnly():
                self._show_resting()

    def text_of(self, value: float) -> str:
        """A number with its unit, as shown; the least one may have a word instead."""
        if self._unset and value == self._low:
            return self._unset
        number = words.signed(value, self._decimals)
        if self._unit == MONEY:
            return f"{MONEY} {number}"
        return number + (self._unit if self._unit in ("°", "×") else f" {self._unit}" if self._unit else "")

    def _show_resting(self) -> None:
        self.setReadOnly(True)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setText(DASH if self._mixed else self.text_of(self._value))
        self.setCursorPosition(0)

    def _edit(self) -> None:
        self.setReadOnly(False)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setText(f"{self._value:.{self._decimals}f}")
        self.selectAll()

    def _accept(self) -> None:
        if self.isReadOnly():
            self._edit()
            return
        number = self._typed()
        if number is not None:
            self._set(number)
            self.finished.emit()
        else:
            self._refuse()
        self._show_resting()
        self.clearFocus()

    def _typed(self) -> float | None:
        """The number that was typed, with or without its unit; None where it is none as a whole."""
        text = self.text().replace(words.MINUS, "-").replace(",", ".").strip()
        match = _NUMBER.fullmatch(text.removeprefix(MONEY) if self._unit == MONEY else text)
        return float(match[1]) if match and match[2].casefold() in ("", self._unit.casefold()) else None

    def _refuse(self) -> None:
        """Say what is wrong, once the keys are back with a panel whose own hint would cover it."""
        panel, text = panel_of(self), self.text().strip()
        sentence = (
            self.tr("“{text}” is not a number. Nothing changed.").format(text=text)
            if text
            else self.tr("No number was typed. Nothing changed.")
        )
        if panel is not None:
            QTimer.singleShot(0, panel, lambda: panel.message.emit(sentence))
        elif self.isVisible():
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), sentence, self)

    def _set(self, value: float) -> None:
        if self._low is not None:
            value = max(self._low, value)
        if self._high is not None:
            value = min(self._high, value)
        value = round(value, self._decimals)
        if value != self._value or self._mixed:
            self._value, self._mixed = value, False
            if self.isReadOnly():
                self.setText(self.text_of(value))
            self.moved.emit(value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a scrub, unless the field is being typed into."""
        if self.isReadOnly() and event.button() is Qt.MouseButton.LeftButton:
            self._press, self._from, self._dragging = event.globalPosition().toPoint(), self._value, False
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub: one step for two pixels."""
        if self._press is None:
            super().mouseMoveEvent(event)
            return
        travel = event.globalPosition().toPoint().x() - self._press.x()
        if not self._dragging and abs(travel) < _DRAG_FROM:
            return
        self._dragging = True
        pace = self._step
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            pace *= 10
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            pace /= 10
        self._set(self._from + round(travel / 2) * pace)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag ends one step; a mere click begins typing."""
        if self._press is None:
            super().mouseReleaseEvent(event)
            return
        self._press = None
        if self._dragging:
            self._dragging = False
            self.finished.emit()
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._edit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """While typing: the whole number. To Qt what stands before the point is a word, and "1.5" typed over it makes "1.5.00"."""
        if not self.isReadOnly():
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed and goes no further (to a dialog's button); Esc leaves the number as it was; up and down step."""
        if event.key() == Qt.Key.Key_Escape and not self.isReadOnly():
            self._show_resting()
            self.clearFocus()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._set(self._value + (self._step if event.key() == Qt.Key.Key_Up else -self._step))
            if not self.isReadOnly():
                self._edit()
            self.finished.emit()
        elif self.isReadOnly() and event.text() and event.text() in "0123456789-+.,":
            self._edit()
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isReadOnly():
            super().keyPressEvent(event)
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving accepts what was typed."""
        if not self.isReadOnly():
            number = self._typed()
            if number is None:
                self._refuse()
            elif number != self._value or (self._mixed and self.isModified()):
                self._set(number)
                self.finished.emit()
            self._show_resting()
        super().focusOutEvent(event)


class QuietSlider(QSlider):
    """A slider that leaves the wheel to the panel it stands in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, _STEPS)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The panel scrolls."""
        event.ignore()


def soft_range(spec: ParamSpec) -> tuple[float, float] | None:
    """What the slider reaches: the whole range where it is handy, else the part hands mostly use. None: no slider."""
    low, high = spec.minimum, spec.maximum
    if low is None or high is None:
        return None
    if high - low <= 1000:
        return low, high
    usual = {"°": 180.0, "px": 1000.0, "%": 200.0}.get(spec.unit, 1000.0)
    return (max(low, -usual) if low < 0 else low, min(high, usual))


class NumberEditor(Editor):
    """Float and int."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        low, high = spec.minimum, spec.maximum
        soft = soft_range(spec)
        span = soft[1] - soft[0] if soft is not None else None
        whole = spec.kind == "int"
        step = spec.step or (1.0 if whole or span is None or span > 20 else 0.01 if span <= 2 else 0.1)
        decimals = 0 if whole else 2 if step < 0.1 else 1
        self.field = NumberField(step=step, decimals=decimals, unit=spec.unit, low=low, high=high, unset=spec.unset)
        self.slider: QuietSlider | None = None
        if span:
            self.slider = QuietSlider()
            self.slider.setMinimumWidth(1)  # it hides before it gets that small
            self.slider.valueChanged.connect(self._slid)
            self.slider.sliderReleased.connect(self.finished)
            self.row.addWidget(self.slider, 1)
        self.row.addWidget(self.field, 0, Qt.AlignmentFlag.AlignRight if span else Qt.AlignmentFlag(0))
        if not span:  # alone it stands where the fields above and below it begin
            self.row.addStretch(1)
        self.field.moved.connect(self._typed)
        self.field.finished.connect(self.finished)
        self._low, self._span = soft[0] if soft is not None else 0.0, span or 1.0
        self._silent = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow panel the number and what stands beside it (its keyframes) matter more than the slider."""
        if self.slider is not None:
            self.slider.setVisible(self.width() >= _SHORTEST_SLIDER + self.row.spacing() + FIELD_WIDTH)
        super().resizeEvent(event)

    def set_value(self, value: Any) -> None:
        """Show a number."""
        number = float(value)
        self.field.set_number(number)
        self._move_slider(number)

    def show_mixed(self, mixed: bool) -> None:
        """A dash for the number, until one is set; the slider stands at one of them."""
        self.field.show_mixed(mixed)

    def value(self) -> Any:
        """An int for ints, else a float."""
        return round(self.field.number()) if self.spec.kind == "int" else self.field.number()

    def _move_slider(self, number: float) -> None:
        if self.slider is not None and not self.slider.isSliderDown():
            self._silent = True
            self.slider.setValue(round(min(max((number - self._low) / self._span, 0.0), 1.0) * _STEPS))
            self._silent = False

    def _slid(self, position: int) -> None:
        if self._silent or self.slider is None:
            return
        number = self._low + position / _STEPS * self._span
        number = round(number) if self.spec.kind == "int" else round(number, 2 if self._span <= 20 else 1)
        self.field.set_number(number)
        self.changed.emit(self.value())
        if not self.slider.isSliderDown():
            self.finished.emit()

    def _typed(self, number: float) -> None:
        self._move_slider(number)
        self.changed.emit(self.value())
