"""The ruler: timecode labels, ticks, marker flags, in/out band, head of the playhead. Dragging in it scrubs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from timeline.items import Marker
from timeline.query import timecode_at
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from ui.timeline_view.look import colour
from ui.timeline_view.scale import Scale
from ui.timeline_view.text import draw_line, width_of

HEIGHT = 30
CACHE_BAR = 3
Paces = tuple[tuple[TimeRange, bool], ...]
"""Stretches (record) and whether each is slow."""
HEAD_HALF = 5.5
FLAG_HALF = 5.0


class Ruler(QWidget):
    """Shows the scale it is given; what the hand does goes out as signals."""

    scrubbed = Signal(object)
    scrub_ended = Signal()
    marker_opened = Signal(str)
    wheeled = Signal(QWheelEvent)
    drag_left = Signal()

    def __init__(self, parent: QWidget, sequence: Callable[[], Sequence], scale: Callable[[], Scale]) -> None:
        super().__init__(parent)
        self._sequence = sequence
        self._scale = scale
        self.playhead = RationalTime(0)
        self.paces: Paces = ()
        self.marks: tuple[RationalTime | None, RationalTime | None] = (None, None)
        self.drop_target: DropTarget | None = None
        self._scrubbing = False
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Time ruler")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is dirty."""
        painter = QPainter(self)
        dirty = QRectF(event.rect())
        painter.fillRect(dirty, colour("surface.inset"))
        scale, sequence = self._scale(), self._sequence()
        self._paint_marks(painter, scale)
        for tick in scale.ticks(dirty.left() - 90, dirty.right() + 2):
            x = round(tick.x)
            height = (4, 6, 8)[tick.level]
            painter.fillRect(QRectF(x, HEIGHT - 3 - height, 1, height), colour("border.tab"))
            if tick.level == 2:
                text = timecode_at(sequence, tick.time)
                draw_line(painter, x + 4, 9, text, colour("text.muted"), tabular=True)
        markers = sorted(sequence.markers, key=lambda marker: marker.time)
        for place, marker in enumerate(markers):
            after = scale.x_of(markers[place + 1].time) if place + 1 < len(markers) else float("inf")
            self._paint_marker(painter, marker, scale, after - scale.x_of(marker.time) - 20)
        painter.fillRect(QRectF(dirty.left(), HEIGHT - 1, dirty.width(), 1), colour("border.subtle"))
        self._paint_paces(painter, scale, dirty)
        self._paint_head(painter, scale.x_of(self.playhead))

    def _paint_paces(self, painter: QPainter, scale: Scale, dirty: QRectF) -> None:
        """The cache bar: what plays in real time, what does not, and nothing where that is not known."""
        for span, is_slow in self.paces:
            left, right = scale.x_of(span.start), scale.x_of(span.end)
            if right > dirty.left() and left < dirty.right():
                left, right = max(left, dirty.left() - 1), min(right, dirty.right() + 1)
                ink = colour("state.slow" if is_slow else "state.ready")
                painter.fillRect(QRectF(left, HEIGHT - CACHE_BAR, max(right - left, 1), CACHE_BAR), ink)

    def show_paces(self, paces: Paces) -> None:
        """Which stretches play in real time, and which do not."""
        if paces != self.paces:
            self.paces = paces
            self.update(0, HEIGHT - CACHE_BAR, self.width(), CACHE_BAR)

    def _paint_marks(self, painter: QPainter, scale: Scale) -> None:
        start, end = self.marks
        if start is None and end is None:
            return
        left = max(scale.x_of(start), -4.0) if start is not None else -4.0
        right = min(scale.x_of(end), self.width() + 4.0) if end is not None else self.width() + 4.0
        if right <= left:
            return
        painter.fillRect(QRectF(round(left), 0, round(right) - round(left), HEIGHT), colour("accent.dim", 0.32))
        for x, there in ((left, start), (right - 2, end)):
            if there is not None:
                painter.fillRect(QRectF(round(x), 0, 2, HEIGHT - 1), colour("accent.default"))

    def _paint_marker(self, painter: QPainter, marker: Marker, scale: Scale, room: float) -> None:
        x = scale.x_of(marker.time)
        if not -200 < x < self.width() + 10:
            return
        ink = marker_colour(marker)
        x = round(x)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        top = 13.0
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x - FLAG_HALF + 0.5, top),
                    QPointF(x + FLAG_HALF + 0.5, top),
                    QPointF(x + FLAG_HALF + 0.5, top + 8),
                    QPointF(x + 0.5, top + 13),
                    QPointF(x - FLAG_HALF + 0.5, top + 8),
                ]
            )
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if marker.name and room >= 16:
            width = min(width_of(marker.name), room)
            painter.fillRect(QRectF(x + 8, 14, width + 4, 13), colour("surface.inset"))
            draw_line(painter, x + 10, 20, marker.name, colour("text.muted"), width=width + 2)

    def _paint_head(self, painter: QPainter, x: float) -> None:
        if not -10 < x < self.width() + 10:
            return
        x = round(x) + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(colour("surface.window"), 1))
        painter.setBrush(colour("accent.default"))
        half, top, foot = HEAD_HALF, 1.0, 14.0
        corners = ((-half, top), (half, top), (half, foot - 5), (0, foot), (-half, foot - 5))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y) for dx, y in corners]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(QRectF(x - 0.5, foot - 1, 1, HEIGHT - foot + 1), colour("accent.default"))

    def move_playhead(self, time: RationalTime) -> None:
        """Show the playhead elsewhere; only the two strips are painted."""
        scale = self._scale()
        for at in (self.playhead, time):
            x = scale.x_of(at)
            if -20 < x < self.width() + 20:
                self.update(round(x) - 8, 0, 17, HEIGHT)
        self.playhead = time

    def marker_at(self, x: float, y: float) -> Marker | None:
        """The flag under a point."""
        if not 11 <= y <= 28:
            return None
        scale = self._scale()
        near = [marker for marker in self._sequence().markers if abs(scale.x_of(marker.time) - x) <= FLAG_HALF + 1]
        return min(near, key=lambda marker: abs(scale.x_of(marker.time) - x), default=None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to scrub."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._scrubbing = True
            marker = self.marker_at(event.position().x(), event.position().y())
            self.scrubbed.emit(marker.time if marker else self._scale().frame_under(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub, or say what a flag is."""
        if self._scrubbing:
            self.scrubbed.emit(self._scale().frame_under(event.position().x()))
            return
        marker = self.marker_at(event.position().x(), event.position().y())
        if marker is None and event.position().y() >= HEIGHT - CACHE_BAR - 2:
            self.setToolTip(self._pace_words(event.position().x()))
            return
        self.setToolTip((marker.name or "Marker") + (f"\n{marker.note}" if marker.note else "") if marker else "")

    def _pace_words(self, x: float) -> str:
        time = self._scale().frame_under(x)
        for span, is_slow in self.paces:
            if span.contains(time):
                slow = "Slower than real time; made ahead while you rest (Preferences, Playback)"
                return slow if is_slow else "Plays in real time"
        return "Not measured yet"

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the scrub."""
        if self._scrubbing and event.button() == Qt.MouseButton.LeftButton:
            self._scrubbing = False
            self.scrub_ended.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a marker's name."""
        marker = self.marker_at(event.position().x(), event.position().y())
        if marker is not None:
            self.marker_opened.emit(marker.id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel does here what it does below."""
        self.wheeled.emit(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A drop on the ruler is a drop above the top track."""
        if self.drop_target is not None:
            self.drop_target(event, self.mapToGlobal(event.position().toPoint()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """See dragEnterEvent."""
        if self.drop_target is not None:
            self.drop_target(event, self.mapToGlobal(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """What hung over the ruler is gone; what it showed in the tracks goes too."""
        self.drag_left.emit()

    def dropEvent(self, event: QDropEvent) -> None:
        """See dragEnterEvent."""
        if self.drop_target is not None:
            self.drop_target(event, self.mapToGlobal(event.position().toPoint()))


DropTarget = Callable[..., None]


def marker_colour(marker: Marker) -> QColor:
    """The token of a marker's colour name; unknown names look like the default."""
    known = marker.colour if marker.colour in ("default", "blue", "green", "purple", "red") else "default"
    return colour(f"marker.{known}")
