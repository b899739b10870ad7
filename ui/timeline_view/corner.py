"""The corner above the track headers (timecode and rate) and the one below them (length)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.qt import tokens
from ui.timecode_field import Judge, TimecodeField
from ui.timeline_view.headers import WIDTH
from ui.timeline_view.look import colour
from ui.timeline_view.ruler_painter import HEIGHT
from ui.timeline_view.text import draw_line, width_of
from ui.widgets import ground


class Corner(QWidget):
    """Timecode of the playhead in accent, which a click opens for typing; the sequence's rate at the right."""

    def __init__(self, judge: Judge = lambda _: "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(WIDTH, HEIGHT)
        self._rate = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.field = TimecodeField(judge)
        self.field.setParent(self)
        self._place()

    @property
    def timecode(self) -> str:
        """Where the playhead is."""
        return self.field.text()

    def show_timecode(self, text: str) -> None:
        """Move the playhead."""
        self.field.setText(text)
        if self.field.width() != self.field.sizeHint().width():
            self._place()

    def show_rate(self, text: str) -> None:
        """Frames a second."""
        self._rate = text
        self.update()

    def _place(self) -> None:
        size = self.field.sizeHint()
        self.field.setGeometry(8, (HEIGHT - size.height()) // 2 - 1, size.width(), size.height())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and the rate, where it has room."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface.raised"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colour("border.subtle"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), colour("border.subtle"))
        at = self.width() - 10 - width_of(self._rate)
        if at > self.field.geometry().right() + 8:
            draw_line(painter, at, 15, self._rate, colour("text.muted"))


class LengthLabel(QLabel):
    """The sequence's length, beside the scroll bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tokens.font("caption", tabular=True))
        self.setProperty("tone", "muted")
        self.setContentsMargins(8, 0, 0, 0)
        self.setFixedSize(WIDTH, 20)
        ground(self, "surface.panel")
