"""The takes of a shot side by side; the one in the cut is framed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from studio_app.session.session import Session
from studio_app.session.taking import TakeFacts, compare, set_note, takes_of, toggle_rejected, toggle_star
from timeline.media import Take
from ui.audition_bar import fact_of
from ui.media_items import poster_time
from ui.qt import icons, image, tokens
from ui.qt.draw import MIDDLE_LEFT, outline, rounded
from ui.qt.menu import pop_up

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
        self.setMouseTracking(True)

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

    def _facts_of(self, take: Take | None) -> TakeFacts | None:
        shown = takes_of(self._session, take.shot_id) if take is not None else ()
        return next((one for one in shown if take is not None and one.take.id == take.id), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Use a take."""
        take = self.take_at(event.position().toPoint())
        if take is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(take.id)

    def event(self, event: QEvent) -> bool:
        """The tooltip is that of the take under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            facts = self._facts_of(self.take_at(event.pos()))
            if facts is None:
                QToolTip.hideText()
            else:
                number = self.tr("Take {number}").format(number=facts.number)
                use = self.tr("Press to use it. [ and ] try it in its place.")
                QToolTip.showText(event.globalPos(), f"{number} · {fact_of(facts)}\n{use}", self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a take."""
        facts = self._facts_of(self.take_at(event.pos()))
        if facts is not None:
            pop_up(self.menu_of(facts), event.globalPos())

    def menu_of(self, facts: TakeFacts) -> QMenu:
        """Use, compare, star, reject, note."""
        session, media_id, menu = self._session, facts.media.id, QMenu(self)
        menu.addAction(self.tr("Use take"), lambda: self.chosen.emit(facts.take.id))
        if self._in_cut is not None and self._in_cut != media_id:
            in_cut = self._in_cut
            menu.addAction(self.tr("Compare with the one in the cut"), lambda: compare(session, in_cut, media_id))
        menu.addSeparator()
        for text, is_on, do in (
            (self.tr("Starred"), facts.is_starred, toggle_star),
            (self.tr("Rejected"), facts.is_rejected, toggle_rejected),
        ):
            action = menu.addAction(text, partial(do, session, media_id))
            action.setCheckable(True)
            action.setChecked(is_on)
        menu.addAction(self.tr("Note…"), lambda: self._note(facts))
        return menu

    def _note(self, facts: TakeFacts) -> None:
        face = self._session.face
        title, caption = (
            self.tr("Note on take {number}").format(number=facts.number),
            self.tr("What is to be remembered"),
        )
        text = face.ask_text(title, caption, facts.note) if face is not None else None
        if text is not None:
            set_note(self._session, facts.media.id, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures with their number."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(tokens.font("caption", "medium", tabular=True))
        for number, (take, rect) in enumerate(zip(self._takes, self.rects(), strict=True), 1):
            media = self._session.document.library.media.get(take.media_id)
            found = image.pixmap_of(self._session.thumbnails.get(media, poster_time(media), 224)) if media else None
            noted = self._session.document.project.pool.entry(take.media_id)
            painter.setOpacity(0.35 if noted.rejected else 1.0)
            if found is not None:
                image.draw_cover(painter, rect, found, 3)
            else:
                rounded(painter, rect, "surface.inset")
            painter.setOpacity(1.0)
            if noted.rejected:
                icons.paint(
                    painter, QRectF(rect.right() - 15, rect.top() + 3, 12, 12), "x", tokens.color("state.failed")
                )
            elif noted.rating:
                icons.paint(
                    painter,
                    QRectF(rect.right() - 15, rect.top() + 3, 12, 12),
                    "star",
                    tokens.color("accent.default"),
                    filled=True,
                )
            ground = QRectF(
                rect.left() + 3, rect.bottom() - 16, painter.fontMetrics().horizontalAdvance(str(number)) + 8, 13
            )
            rounded(painter, ground, "surface.window", 3, 0.7)
            painter.setPen(tokens.color("text.primary"))
            painter.drawText(ground.adjusted(4, 0, 0, 0), MIDDLE_LEFT, str(number))
            if take.media_id == self._in_cut:
                outline(painter, rect.adjusted(-1, -1, 1, 1), "accent.default", 2, 4)
        painter.end()
