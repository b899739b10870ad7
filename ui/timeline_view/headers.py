"""The column of track headers beside the rows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.timeline_view.layout import DIVIDER, Layout
from ui.timeline_view.look import colour
from ui.timeline_view.track_header import Change, TrackHeader

WIDTH: Final = 196
COMPACT_WIDTH: Final = 140


class TrackHeaders(QWidget):
    """All headers, scrolled with the rows beside them."""

    tall_toggled = Signal(str)
    height_wanted = Signal(str, int)
    target_wanted = Signal(str, bool)
    gain_ended = Signal()
    menu_wanted = Signal(str, QPoint)
    wheeled = Signal(QWheelEvent)

    def __init__(self, parent: QWidget, change: Change) -> None:
        super().__init__(parent)
        self._change = change
        self._inner = QWidget(self)
        self._headers: dict[str, TrackHeader] = {}
        self._divider_y = 0
        self._scroll_y = 0
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Tracks"))

    def show_layout(self, layout: Layout, targets: frozenset[str] = frozenset()) -> None:
        """Show these rows and which tracks are targets; a header stays the same widget while its track exists."""
        place = QRect(0, -self._scroll_y, self.width(), max(layout.height, 1))
        divider_y = layout.divider_y if layout.rows else 0
        if place != self._inner.geometry() or divider_y != self._divider_y:
            self._divider_y = divider_y
            self._inner.setGeometry(place)
            self.update()
        there = {row.track.id for row in layout.rows}
        for track_id in [one for one in self._headers if one not in there]:
            self._headers.pop(track_id).deleteLater()
        for row in layout.rows:
            header = self._headers.get(row.track.id)
            if header is None:
                header = self._headers[row.track.id] = TrackHeader(self._inner, row, self._change, self.width())
                header.tall_wanted.connect(self.tall_toggled)
                header.height_wanted.connect(self.height_wanted)
                header.target_wanted.connect(self.target_wanted)
                header.menu_wanted.connect(self.menu_wanted)
                header.gain_ended.connect(self.gain_ended)
                header.show()
            header.show_row(row, self.width(), targeted=row.track.id in targets)

    def header(self, track_id: str) -> TrackHeader | None:
        """The header of a track."""
        return self._headers.get(track_id)

    def scroll_to(self, y: int) -> None:
        """Follow the rows."""
        self._scroll_y = y
        self._inner.move(0, -y)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground below the last header, and the divider."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface.lane_alt"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), colour("border.subtle"))
        if self._headers:
            painter.fillRect(
                QRectF(0, self._divider_y - self._scroll_y, self.width(), DIVIDER), colour("surface.window")
            )

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the tracks."""
        self.wheeled.emit(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the empty column."""
        self.menu_wanted.emit("", event.globalPos())
