"""The whole sequence as a bar under the picture: ticks, in/out band, playhead. Dragging scrubs, or moves a mark."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from ui.qt import tokens
from ui.timeline_view.scale import Scale

HEIGHT: Final = 22
_HEAD: Final = 5.5
_REACH: Final = 4.0
"""How far from a mark it can still be held."""
Edge = Literal["in", "out"]
Marks = tuple[RationalTime | None, RationalTime | None]


class ScrubBar(QWidget):
    """Shows the sequence it is given; where the hand goes comes out as `scrubbed`. The marks can be dragged."""

    scrubbed = Signal(object)
    marks_wanted = Signal(object, object)
    """A mark was dragged: mark in and mark out, None for one that is not set."""
    mark_moves = Signal(object)
    """The time a mark is dragged over; None once it is let go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sequence = Sequence()
        self._time = ZERO
        self._marks: Marks = (None, None)
        self._held = False
        self._edge: Edge | None = None
        self._before: Marks = (None, None)
        self.setMouseTracking(True)
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
        """The band from in to out. While a mark is held it stays in the hand."""
        self._before = (mark_in, mark_out)
        if self._edge is None:
            self._marks = self._before
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

    def edge_at(self, x: float) -> Edge | None:
        """The mark that can be held at an x; out of two at one place the one on whose side the pointer is."""
        scale = self.scale
        mark_in, mark_out = self._marks
        near: list[tuple[float, Edge]] = []
        if mark_in is not None and -_REACH <= (by := x - scale.x_of(mark_in)) <= _REACH:
            near.append((abs(by - 1), "in"))
        if mark_out is not None and -_REACH <= (by := x - scale.x_of(mark_out)) <= _REACH:
            near.append((abs(by + 1), "out"))
        return min(near)[1] if near else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a mark, or begin to scrub."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._edge = self.edge_at(event.position().x())
            if self._edge is None:
                self._held = True
                self._go(event.position().x())
        elif self._edge is not None:  # the other button, while a mark is held, puts it back
            self._let_go()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub, or move the mark."""
        x = event.position().x()
        if self._edge is not None:
            self._move_mark(self._edge, x)
        elif self._held:
            self._go(x)
        else:
            over = self.edge_at(x) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)

    def _move_mark(self, edge: Edge, x: float) -> None:
        """To the frame border nearest to the pointer, at least a frame before or behind the other mark."""
        sequence, (mark_in, mark_out) = self._sequence, self._marks
        time = max(ZERO, min(self.scale.frame_under(x + self.scale.width_of(sequence.frame) / 2), sequence.duration))
        if edge == "in":
            last = (sequence.duration if mark_out is None else mark_out) - sequence.frame
            time = max(ZERO, min(time, last))
            self._marks = (time, mark_out)
        else:
            time = max(time, (ZERO if mark_in is None else mark_in) + sequence.frame)
            self._marks = (mark_in, time)
        self.update()
        self.mark_moves.emit(time)

    def _let_go(self) -> None:
        self._edge, self._marks = None, self._before
        self.update()
        self.mark_moves.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End."""
        self._held = False
        if self._edge is not None and event.button() == Qt.MouseButton.LeftButton:
            wanted = self._marks
            self._let_go()
            if wanted != self._before:
                self.marks_wanted.emit(*wanted)
