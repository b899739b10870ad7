"""The whole sequence as a bar under the picture: ticks, in/out band, playhead. Dragging scrubs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from ui.qt import tokens
from ui.timeline_view.scale import Scale

HEIGHT: Final = 22
_HEAD: Final = 5.5


class ScrubBar(QWidget):
    """Shows the sequence it is given; where the hand goes comes out as `scrubbed`."""

    scrubbed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sequence = Sequence()
        self._time = ZERO
        self._marks: tuple[RationalTime | None, RationalTime | None] = (None, None)
        self._held = False
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Scrub bar"))

    @property
    def scale(self) -> Scale:
        """The sequence over the whole width."""
        return Scale(self._sequence.rate).fitted(self._sequence.duration, float(max(self.width(), 1)))

    def show_sequence(self, sequence: Sequence) -> None:
        """Another sequence, or the same one changed."""
        if sequence is not self._sequence:
            self._sequence = sequence
            self.update()

    def show_time(self, time: RationalTime) -> None:
        """Move the playhead; only its strips are painted."""
        scale = self.scale
        for at in (self._time, time):
            x = self._head_x(scale, at)
            self.update(QRect(x, 0, 1, HEIGHT) | QRect(round(self._head_middle(x)) - 8, 0, 17, HEIGHT))
        self._time = time

    def _head_x(self, scale: Scale, at: RationalTime) -> int:
        """Where the line of the playhead is: at the very end it stays inside."""
        return round(min(scale.x_of(at), self.width() - 1))

    def _head_middle(self, x: int) -> float:
        """The handle is whole at both ends."""
        return min(max(x + 0.5, _HEAD), self.width() - _HEAD)

    def show_marks(self, mark_in: RationalTime | None, mark_out: RationalTime | None) -> None:
        """The band from in to out."""
        self._marks = (mark_in, mark_out)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, band, ticks, playhead."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface.inset"))
        scale = self.scale
        start, end = self._marks
        if start is not None or end is not None:
            left = scale.x_of(start) if start is not None else 0.0
            right = scale.x_of(end) if end is not None else float(self.width())
            painter.fillRect(QRectF(left, 0, right - left, HEIGHT), tokens.color("accent.dim", 0.32))
            for x, there in ((left, start), (right - 2, end)):
                if there is not None:
                    painter.fillRect(QRectF(round(x), 0, 2, HEIGHT), tokens.color("accent.default"))
        if self._sequence.duration:
            ink = tokens.color("border.default")
            for tick in scale.ticks(event.rect().left() - 1, event.rect().right() + 1):
                height = 8 if tick.level == 2 else 4
                painter.fillRect(QRectF(round(tick.x), HEIGHT - height, 1, height), ink)
        self._paint_head(painter, self._head_x(scale, self._time))

    def _paint_head(self, painter: QPainter, x: int) -> None:
        painter.fillRect(QRectF(x, 0, 1, HEIGHT), tokens.color("accent.default"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(tokens.color("surface.window"), 1))
        painter.setBrush(tokens.color("accent.default"))
        middle = self._head_middle(x)
        corners = ((-_HEAD, 0.5), (_HEAD, 0.5), (_HEAD, 6.0), (0.0, 10.5), (-_HEAD, 6.0))
        painter.drawPolygon(QPolygonF([QPointF(middle + dx, y) for dx, y in corners]))

    def _go(self, x: float) -> None:
        time = self.scale.frame_under(x)
        last = self._sequence.duration - self._sequence.frame
        self.scrubbed.emit(max(ZERO, min(time, last)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to scrub."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = True
            self._go(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub."""
        if self._held:
            self._go(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End."""
        self._held = False
