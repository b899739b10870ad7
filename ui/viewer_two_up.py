"""The two sides of a trim over the program's picture: the outgoing and the incoming frame, by how far each moved under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
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
_SMALL = 0.36
"""Of a large picture's width: those that stay."""
BRIEFLY_MS = 1200
"""How long what a key showed stays after the last press."""
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class TwoUp(QWidget):
    """Lies over the surface it is given while there is a TrimView. The pictures come from a thread; late ones are no matter."""

    def __init__(self, surface: QWidget, session: Session) -> None:
        super().__init__(surface)
        self._surface = surface
        self._session = session
        self._view: TrimView | None = None
        self._images: tuple[QImage | None, ...] = ()
        self._over = QTimer(self, singleShot=True, interval=BRIEFLY_MS)
        self._over.timeout.connect(session.trimming.show_again)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Trim view"))
        self.hide()
        surface.installEventFilter(self)

    def show_view(self, view: TrimView | None) -> None:
        """Show another cut, or none."""
        was, self._view = self._view, view
        self._over.stop()
        if view is None:
            if was is not None:
                self.hide()
                self._images = ()
                self._session.trim_pictures.rest()
            return
        self.setGeometry(self._surface.rect())
        self.show()
        self.raise_()
        self.setAccessibleDescription(", ".join(self._spoken(view)))
        self._ask(view)
        self.update()
        if view.brief:
            self._over.start()

    def rects(self) -> tuple[QRectF, ...]:
        """Where the two large pictures are, and above them the two small ones where there are four."""
        sequence, four = self._session.sequence, self._view is not None and self._view.beside is not None
        half = (self.width() - 3 * _GAP) / 2
        room = (self.height() - _CAPTION - (3 if four else 2) * _GAP) / (1 + _SMALL if four else 1)
        width = max(2.0, min(half, room * sequence.width / sequence.height))
        height = width * sequence.height / sequence.width
        above = height * _SMALL + _GAP if four else 0.0
        top = max(float(_GAP), (self.height() - _CAPTION - height - above) / 2) + above
        left, right = self.width() / 2 - _GAP / 2 - width, self.width() / 2 + _GAP / 2
        large = (QRectF(left, top, width, height), QRectF(right, top, width, height))
        if not four:
            return large
        size = (width * _SMALL, height * _SMALL)
        return (*large, QRectF(left, top - above, *size), QRectF(right + width - size[0], top - above, *size))

    def caption(self, side: TrimSide | None) -> str:
        """`+12`, `−3`, `0`; empty for a side that stays."""
        if side is None or side.frames is None:
            return ""
        return words.signed(side.frames, 0, plus=True) if side.frames else "0"

    def _ask(self, view: TrimView) -> None:
        session, ratio = self._session, self.devicePixelRatioF()
        project, library = session.document.project, session.document.library

        def wanted(side: TrimSide | None, rect: QRectF) -> Wanted | None:
            if side is None:
                return None
            size = (max(2, round(rect.width() * ratio / 2) * 2), max(2, round(rect.height() * ratio / 2) * 2))
            return Wanted(project, library, session.sequence, side.clip, side.since_start, size)

        sides = (view.left, view.right, *(view.beside or ()))
        session.trim_pictures.ask(tuple(map(wanted, sides, self.rects())), self._arrived)

    def _arrived(self, pictures: tuple[Picture | None, ...]) -> None:
        if self._view is not None:
            self._images = tuple(image_of(one) if one is not None else None for one in pictures)
            self.update()

    @property
    def images(self) -> tuple[QImage | None, ...]:
        """The pictures that have come so far: outgoing, incoming, and the two beside them where there are four."""
        return self._images or (None, None)

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
        images = (*self._images, None, None, None, None)
        words_of = (
            (self.tr("First"), self.tr("Last")) if self._is_slip(view) else (self.tr("Outgoing"), self.tr("Incoming"))
        )
        for side, role, rect, picture in zip((view.left, view.right), words_of, self.rects(), images, strict=False):
            self._paint_side(painter, rect, side, role, picture)
        for side, rect, picture in zip(view.beside or (), self.rects()[2:], images[2:], strict=False):
            self._paint_small(painter, rect, side, picture)

    def _is_slip(self, view: TrimView) -> bool:
        """Whether both large pictures are of one clip."""
        return view.left is not None and view.right is not None and view.left.clip.id == view.right.clip.id

    def _paint_small(self, painter: QPainter, rect: QRectF, side: TrimSide | None, picture: QImage | None) -> None:
        painter.fillRect(rect, Qt.GlobalColor.black)
        if side is not None and picture is not None:
            painter.drawImage(rect, picture)
        elif side is None:
            painter.setFont(tokens.font("caption"))
            painter.setPen(tokens.color("text.muted"))
            painter.drawText(rect, _MIDDLE, self.tr("Gap"))

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
