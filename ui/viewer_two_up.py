"""The two sides of a trim over the program's picture: the outgoing and the incoming frame, by how far each moved under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio_app.services.trim_pictures import Picture, Wanted
from studio_app.session.session import Session
from studio_app.session.trim_view import TrimSide, TrimView
from timeline.query import source_name
from ui import words
from ui.qt import tokens
from ui.qt.draw import MIDDLE_LEFT, MIDDLE_RIGHT
from ui.qt.image import image_of

_GAP = 8
_CAPTION = 28
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class TwoUp(QWidget):
    """Lies over the surface it is given while there is a TrimView. The pictures come from a thread; late ones are no matter."""

    def __init__(self, surface: QWidget, session: Session) -> None:
        super().__init__(surface)
        self._surface = surface
        self._session = session
        self._view: TrimView | None = None
        self._images: tuple[QImage | None, QImage | None] = (None, None)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Trim view"))
        self.hide()
        surface.installEventFilter(self)

    def show_view(self, view: TrimView | None) -> None:
        """Show another cut, or none."""
        was, self._view = self._view, view
        if view is None:
            if was is not None:
                self.hide()
                self._images = (None, None)
                self._session.trim_pictures.rest()
            return
        self.setGeometry(self._surface.rect())
        self.show()
        self.raise_()
        self.setAccessibleDescription(", ".join(self._spoken(view)))
        self._ask(view)
        self.update()

    def rects(self) -> tuple[QRectF, QRectF]:
        """Where the two pictures are."""
        sequence = self._session.sequence
        half = (self.width() - 3 * _GAP) / 2
        room = self.height() - _CAPTION - 2 * _GAP
        width = max(2.0, min(half, room * sequence.width / sequence.height))
        height = width * sequence.height / sequence.width
        top = max(float(_GAP), (self.height() - _CAPTION - height) / 2)
        left = self.width() / 2 - _GAP / 2 - width
        return QRectF(left, top, width, height), QRectF(self.width() / 2 + _GAP / 2, top, width, height)

    def caption(self, side: TrimSide | None) -> str:
        """`+12`, `−3`, `0`; empty for a side that stays."""
        if side is None or side.frames is None:
            return ""
        return words.signed(side.frames, 0, plus=True) if side.frames else "0"

    def _ask(self, view: TrimView) -> None:
        session, ratio = self._session, self.devicePixelRatioF()
        width, height = self.rects()[0].width(), self.rects()[0].height()
        size = (max(2, round(width * ratio / 2) * 2), max(2, round(height * ratio / 2) * 2))
        project, library = session.document.project, session.document.library

        def wanted(side: TrimSide | None) -> Wanted | None:
            if side is None:
                return None
            return Wanted(project, library, session.sequence, side.clip, side.since_start, size)

        session.trim_pictures.ask((wanted(view.left), wanted(view.right)), self._arrived)

    def _arrived(self, pictures: tuple[Picture | None, ...]) -> None:
        if self._view is not None:
            left, right = (image_of(one) if one is not None else None for one in pictures)
            self._images = (left, right)
            self.update()

    @property
    def images(self) -> tuple[QImage | None, QImage | None]:
        """The pictures that have come so far."""
        return self._images

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the surface."""
        if event.type() is QEvent.Type.Resize and self._view is not None:
            self.setGeometry(self._surface.rect())
            self._ask(self._view)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures, names and deltas."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface.well"))
        view = self._view
        if view is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sides = ((view.left, self.tr("Outgoing")), (view.right, self.tr("Incoming")))
        for (side, role), rect, picture in zip(sides, self.rects(), self._images, strict=True):
            self._paint_side(painter, rect, side, role, picture)

    def _paint_side(
        self, painter: QPainter, rect: QRectF, side: TrimSide | None, role: str, picture: QImage | None
    ) -> None:
        painter.fillRect(rect, Qt.GlobalColor.black)
        below = QRectF(rect.left(), rect.bottom() + 2, rect.width(), _CAPTION - 4)
        painter.setFont(tokens.font("ui"))
        if side is None:
            painter.setPen(tokens.color("text.muted"))
            painter.drawText(rect, _MIDDLE, self.tr("Gap"))
            return
        if picture is not None:
            painter.drawImage(rect, picture)
        delta = self.caption(side)
        if delta:
            painter.setFont(tokens.font("heading", "semibold", tabular=True))
            painter.setPen(tokens.color("accent.default"))
            painter.drawText(below, MIDDLE_RIGHT, delta)
            below.setRight(below.right() - painter.fontMetrics().horizontalAdvance(delta) - 8)
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.secondary"))
        name = f"{role}: {source_name(side.clip, self._session.document.library)}"
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(below.width()))
        painter.drawText(below, MIDDLE_LEFT, text)

    def _spoken(self, view: TrimView) -> list[str]:
        sides = ((self.tr("outgoing"), view.left), (self.tr("incoming"), view.right))
        return [
            self.tr("{role} {caption} frames").format(role=role, caption=self.caption(side))
            for role, side in sides
            if self.caption(side)
        ]
