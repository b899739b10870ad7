"""The takes of a shot side by side; the one in the cut is framed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_app.session.session import Session
from timeline.media import Take
from ui.media_items import poster_time
from ui.qt import image, tokens
from ui.qt.draw import MIDDLE_LEFT, outline, rounded

_CELL = (62, 36)
_GAP = 6


class TakeStrip(QWidget):
    """Emits `chosen` with the id of the take that was pressed."""

    chosen = Signal(str)

    def __init__(self, session: Session, takes: tuple[Take, ...], in_cut: str | None) -> None:
        super().__init__()
        self._session, self._takes, self._in_cut = session, takes, in_cut
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Takes"))
        self.setToolTip(self.tr("Press a take to use it"))

    def sizeHint(self) -> QSize:
        """As many rows as the takes need in 320."""
        per_row = max(1, 320 // (_CELL[0] + _GAP))
        rows = -(-len(self._takes) // per_row)
        return QSize(320, rows * (_CELL[1] + _GAP))

    def rects(self) -> list[QRectF]:
        """Where each take is."""
        per_row = max(1, (max(self.width(), 60) + _GAP) // (_CELL[0] + _GAP))
        return [
            QRectF((n % per_row) * (_CELL[0] + _GAP), (n // per_row) * (_CELL[1] + _GAP), *_CELL)
            for n in range(len(self._takes))
        ]

    def take_at(self, point: QPoint) -> Take | None:
        """The take under a point."""
        found = zip(self._takes, self.rects(), strict=True)
        return next((take for take, rect in found if rect.contains(point.toPointF())), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Use a take."""
        take = self.take_at(event.position().toPoint())
        if take is not None:
            self.chosen.emit(take.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures with their number."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(tokens.font("caption", "medium", tabular=True))
        for number, (take, rect) in enumerate(zip(self._takes, self.rects(), strict=True), 1):
            media = self._session.document.library.media.get(take.media_id)
            found = image.pixmap_of(self._session.thumbnails.get(media, poster_time(media), 224)) if media else None
            if found is not None:
                image.draw_cover(painter, rect, found, 3)
            else:
                rounded(painter, rect, "surface.inset")
            ground = QRectF(
                rect.left() + 3, rect.bottom() - 16, painter.fontMetrics().horizontalAdvance(str(number)) + 8, 13
            )
            rounded(painter, ground, "surface.window", 3, 0.7)
            painter.setPen(tokens.color("text.primary"))
            painter.drawText(ground.adjusted(4, 0, 0, 0), MIDDLE_LEFT, str(number))
            if take.media_id == self._in_cut:
                outline(painter, rect.adjusted(-1, -1, 1, 1), "accent.default", 2, 4)
        painter.end()
