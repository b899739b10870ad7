"""What a track header is made of: the chip that targets, the field of the gain, the field over the name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from ui import words
from ui.form.editors.number import NumberField
from ui.qt import tokens
from ui.timeline_view import rubber
from ui.timeline_view.look import colour
from ui.timeline_view.text import draw_line, width_of

CHIP_WIDTH: Final = 26
CHIP_HEIGHT: Final = 20
SMALL_CHIP_HEIGHT: Final = 16
_WHEEL_DB: Final = 0.5


class TargetChip(QToolButton):
    """V1, A2: filled in the colour of its media while the track is a target of edits."""

    toggled_target = Signal(bool)
    """Whether this track alone is wanted (Ctrl or Alt held)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(CHIP_WIDTH, CHIP_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)
        self._is_audio = False

    def show_track(self, label: str, *, is_audio: bool, targeted: bool) -> None:
        """Show a track's label and whether it is a target."""
        self.setText(label)
        self._is_audio = is_audio
        self.setChecked(targeted)
        state = self.tr("Target of edits") if targeted else self.tr("Not a target of edits")
        self.setToolTip(
            self.tr("{state}\nClick targets the track or not, Ctrl or Alt and click this one alone").format(state=state)
        )
        self.setAccessibleName(self.tr("Target {label}").format(label=label))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ctrl or Alt: this one alone. The session decides what is checked."""
        inside = self.rect().contains(event.position().toPoint())
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        self.setDown(False)
        if inside and event.button() is Qt.MouseButton.LeftButton:
            self.toggled_target.emit(bool(held))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggled_target.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded field with the label."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        on = self.isChecked()
        ground = ("clip.audio" if self._is_audio else "clip.video") if on else "surface.control"
        lit = self.underMouse() and not on
        painter.setPen(QPen(colour("accent.default"), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(colour("surface.hover" if lit else ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ink = colour("text.on_clip" if on else "text.secondary")
        x = (self.width() - width_of(self.text())) / 2
        draw_line(painter, x, self.height() / 2, self.text(), ink)


class GainField(NumberField):
    """A track's gain in dB: drag or scroll scrubs, a click types, a double click is 0 dB."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            step=0.1, decimals=1, unit=QCoreApplication.translate("GainField", "dB"), low=rubber.QUIETEST_DB, high=12.0
        )
        self.setParent(parent)
        self.setFrame(False)
        self.setFont(tokens.font("caption", tabular=True))
        self.setStyleSheet(
            f"QLineEdit {{ background: transparent; border: none; padding: 0; min-height: 0; color: {tokens.hex_of('text.muted')}; }}"
            f"QLineEdit:hover, QLineEdit:focus {{ background: {tokens.hex_of('surface.inset')}; color: "
            f"{tokens.hex_of('text.primary')}; }}"
        )

    def set_unit(self, unit: str) -> None:
        """The unit that is shown: `dB`, or none where there is no room for it."""
        if unit != self._unit:
            self._unit = unit
            self.set_number(self.number())

    def text_of(self, value: float) -> str:
        """`−3.0 dB`; silence is minus infinity."""
        silence = f"{words.MINUS}∞ {self._unit}".strip()
        return silence if value <= rubber.QUIETEST_DB else super().text_of(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Half a dB a notch."""
        notches = event.angleDelta().y() / 120
        if notches and self.isReadOnly():
            self._set(self.number() + notches * _WHEEL_DB)
            event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to 0 dB."""
        self._show_resting()
        self._set(0.0)
        self.finished.emit()


class NameField(QLineEdit):
    """A line that says once what was entered: the text, or None for Esc."""

    def __init__(self, parent: QWidget, done: Callable[[str | None], None]) -> None:
        super().__init__(parent)
        self._done = done
        self.setAccessibleName(self.tr("Track name"))
        self.editingFinished.connect(self._finish)

    def _finish(self) -> None:
        if self.isVisible():
            self._done(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the name as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._done(None)
        else:
            super().keyPressEvent(event)
