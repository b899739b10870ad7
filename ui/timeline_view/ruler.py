"""The ruler: what the hand does in it. Dragging scrubs, flags can be moved and opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from timeline.items import Marker
from timeline.sequence import Sequence
from timeline.time import RationalTime
from ui.timeline_view.ruler_painter import CACHE_BAR, FLAG_HALF, FLAG_TOP, HEIGHT, Marks, Paces, RulerShown, paint_ruler
from ui.timeline_view.scale import Scale

DRAG_FROM = 4.0
"""So far (px) a flag must be pulled before it moves."""


class Ruler(QWidget):
    """Shows the scale it is given; what the hand does goes out as signals."""

    scrubbed = Signal(object)
    scrub_ended = Signal()
    marker_opened = Signal(str)
    marker_moved = Signal(str, object)
    """A flag was let go at another time."""
    menu_wanted = Signal(str, QPoint)
    """With a marker's id, or none."""
    wheeled = Signal(QWheelEvent)
    drag_left = Signal()

    def __init__(self, parent: QWidget, sequence: Callable[[], Sequence], scale: Callable[[], Scale]) -> None:
        super().__init__(parent)
        self._sequence = sequence
        self._scale = scale
        self.playhead = RationalTime(0)
        self.paces: Paces = ()
        self.marks: Marks = (None, None)
        self.drop_target: DropTarget | None = None
        self._scrubbing = False
        self.snap: Callable[[str, float], RationalTime] = lambda _, x: self._scale().time_at(x)
        """Where a flag (by its marker's id) that is held at an x goes."""
        self._taken: tuple[str, float] | None = None
        self._moving = False
        self._moved_to: RationalTime | None = None
        self._hovered: str | None = None
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Time ruler"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is dirty."""
        shown = RulerShown(
            self._shown_sequence(), self._scale(), self.width(), self.marks, self.paces, self.playhead, self._hovered
        )
        paint_ruler(QPainter(self), QRectF(event.rect()), shown)

    def show_paces(self, paces: Paces) -> None:
        """Which stretches play in real time, and which do not."""
        if paces != self.paces:
            self.paces = paces
            self.update(0, HEIGHT - CACHE_BAR, self.width(), CACHE_BAR)

    def move_playhead(self, time: RationalTime) -> None:
        """Show the playhead elsewhere; only the two strips are painted."""
        scale = self._scale()
        for at in (self.playhead, time):
            x = scale.x_of(at)
            if -20 < x < self.width() + 20:
                self.update(round(x) - 8, 0, 17, HEIGHT)
        self.playhead = time

    def marker_at(self, x: float, y: float) -> Marker | None:
        """The flag under a point, else the band."""
        if not FLAG_TOP - 2 <= y <= HEIGHT - 2:
            return None
        scale, markers = self._scale(), self._sequence().markers
        near = [marker for marker in markers if abs(scale.x_of(marker.time) - x) <= FLAG_HALF + 1]
        if near:
            return min(near, key=lambda marker: abs(scale.x_of(marker.time) - x))
        inside = [m for m in markers if m.duration and scale.x_of(m.time) <= x < scale.x_of(m.time + m.duration)]
        return max(inside, key=lambda marker: marker.time, default=None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to scrub, or take a flag."""
        if event.button() == Qt.MouseButton.LeftButton:
            x, y = event.position().x(), event.position().y()
            marker = self.marker_at(x, y)
            is_flag = marker is not None and abs(self._scale().x_of(marker.time) - x) <= FLAG_HALF + 1
            self._taken = (marker.id, x) if marker is not None and is_flag else None
            self._scrubbing = True
            self.scrubbed.emit(marker.time if marker is not None and is_flag else self._scale().frame_under(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub, move the flag that was taken, or say what a flag is."""
        x, y = event.position().x(), event.position().y()
        if self._taken is not None:
            if self._moving or abs(x - self._taken[1]) >= DRAG_FROM:
                self._moving = True
                self._moved_to = self.snap(self._taken[0], x)
                self.update()
            return
        if self._scrubbing:
            self.scrubbed.emit(self._scale().frame_under(x))
            return
        marker = self.marker_at(x, y)
        hovered = marker.id if marker is not None else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()
        if marker is None and y >= HEIGHT - CACHE_BAR - 2:
            self.setToolTip(self._pace_words(x))
            return
        self.setToolTip(
            (marker.name or self.tr("Marker")) + (f"\n{marker.note}" if marker.note else "") if marker else ""
        )

    def _pace_words(self, x: float) -> str:
        time = self._scale().frame_under(x)
        for span, is_slow in self.paces:
            if span.contains(time):
                slow = self.tr("Slower than real time; made ahead while you rest (Preferences, Playback)")
                return slow if is_slow else self.tr("Plays in real time")
        return self.tr("Not measured yet")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the scrub."""
        if self._scrubbing and event.button() == Qt.MouseButton.LeftButton:
            taken, to, self._scrubbing = self._taken, self._moved_to, False
            self._let_go()
            if taken is not None and to is not None:
                self.marker_moved.emit(taken[0], to)
            self.scrub_ended.emit()

    def _let_go(self) -> None:
        self._taken, self._moving, self._moved_to = None, False, None
        self.update()

    def cancel(self) -> bool:
        """Put a flag that is being moved back; False when none is."""
        was_moving = self._moving
        self._let_go()
        return was_moving

    def _shown_sequence(self) -> Sequence:
        """The sequence, with the flag in hand where it is held."""
        sequence, to = self._sequence(), self._moved_to
        if self._taken is None or to is None:
            return sequence
        taken = self._taken[0]
        return replace(
            sequence, markers=tuple(replace(one, time=to) if one.id == taken else one for one in sequence.markers)
        )

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a marker."""
        marker = self.marker_at(event.position().x(), event.position().y())
        if marker is not None:
            self.marker_opened.emit(marker.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a marker, or of the place."""
        marker = self.marker_at(event.pos().x(), event.pos().y())
        self.menu_wanted.emit(marker.id if marker is not None else "", event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        if self._hovered is not None:
            self._hovered = None
            self.update()

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
