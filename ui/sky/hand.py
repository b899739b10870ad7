"""What a mouse does in the sky: choose, add, band, lasso, pan, drag stars out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from studio_app.catalogue.row import Row
from studio_app.session.session import Session
from studio_app.session.sky_media import media_id_of
from ui import words
from ui.drag_mime import media_mime
from ui.qt import image, tokens
from ui.qt.draw import chip
from ui.sky.picking import stars_in_lasso, stars_in_rect

if TYPE_CHECKING:
    from ui.sky.view import SkyView

Mode = Literal["", "star", "band", "lasso", "pan"]
_FIRST_MOVE: Final = 4
_LASSO_STEP: Final = 3.0


def mime_of(session: Session, rows: Sequence[Row]) -> QMimeData:
    """Clips as what is dragged: media of the project, or files where one is from elsewhere."""
    ids = [media_id_of(session, row) for row in rows]
    if all(one is not None for one in ids):
        return media_mime([one for one in ids if one is not None])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(row.path) for row in rows])
    return mime


class SkyHand:
    """One gesture at a time, from a press to its release; Esc ends it without effect."""

    def __init__(self, view: SkyView) -> None:
        self._view = view
        self.mode: Mode = ""
        self._start = self._last = QPointF()
        self._line: list[tuple[float, float]] = []
        self._row: int | None = None
        self._adds = False
        self._moved = False

    # --- from press to release ----------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """A star, nothing, or the middle button."""
        view, at = self._view, event.position()
        self._start = self._last = at
        self._moved = False
        if event.button() is Qt.MouseButton.MiddleButton:
            self.mode = "pan"
            view.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        held = event.modifiers()
        self._adds = bool(held & Qt.KeyboardModifier.ControlModifier)
        if held & Qt.KeyboardModifier.ShiftModifier:
            self.mode, self._line = "lasso", [(at.x(), at.y())]
            return
        self._row = view.row_at(at.x(), at.y())
        if self._row is None:
            self.mode = "band"
            return
        self.mode = "star"
        if self._adds:
            view.model.chosen.toggle([view.model.stars.hashes[self._row]])
        elif self._row not in view.model.chosen_rows:
            view.model.choose([self._row])

    def move(self, event: QMouseEvent) -> None:
        """Hover, or go on with what was begun."""
        view, at = self._view, event.position()
        if not self.mode:
            view.set_hover(view.row_at(at.x(), at.y()))
            return
        self._moved |= (at - self._start).manhattanLength() >= _FIRST_MOVE
        if self.mode == "pan":
            step = at - self._last
            view.look_at(view.scale.panned(step.x(), step.y()))
        elif (
            self.mode == "star"
            and self._moved
            and (at - self._start).manhattanLength() >= QApplication.startDragDistance()
        ):
            self.mode = ""
            self.drag()
        elif self.mode == "lasso":
            if abs(at.x() - self._line[-1][0]) + abs(at.y() - self._line[-1][1]) >= _LASSO_STEP:
                self._line.append((at.x(), at.y()))
            self._tell()
        elif self.mode == "band":
            self._last = at
            self._tell()
        self._last = at
        view.update()

    def release(self, event: QMouseEvent) -> None:
        """What the band or the lasso holds is chosen; a click beside all stars lets go."""
        view, mode = self._view, self.mode
        self.mode = ""
        if mode == "pan":
            view.unsetCursor()
        elif mode in ("band", "lasso") and (self._moved or mode == "lasso"):
            view.model.choose(self._caught(mode).tolist(), add=self._adds)
        elif mode == "band" and not self._adds:
            view.model.chosen.clear()
        elif mode == "star" and not self._moved and not self._adds and self._row is not None:
            view.model.choose([self._row])
        view.said.emit("")
        view.update()

    def cancel(self) -> bool:
        """Forget what was begun; False where nothing was."""
        was, self.mode = self.mode, ""
        self._view.unsetCursor()
        self._view.said.emit("")
        self._view.update()
        return bool(was)

    def _caught(self, mode: Mode) -> np.ndarray:
        view = self._view
        points, may = view.points, view.still.appearance.passing
        if mode == "lasso":
            return stars_in_lasso(points, may, np.array(self._line))
        band = self._band
        return stars_in_rect(points, may, (band.left(), band.top(), band.right(), band.bottom()))

    @property
    def _band(self) -> QRectF:
        return QRectF(self._start, self._last).normalized()

    def _tell(self) -> None:
        number = len(self._caught(self.mode))
        said = (
            QCoreApplication.translate("Sky", "{clips} in the loop")
            if self.mode == "lasso"
            else QCoreApplication.translate("Sky", "{clips} in the frame")
        )
        self._view.said.emit(said.format(clips=words.plural(number, QCoreApplication.translate("Sky", "clip"))))

    def paint(self, painter: QPainter) -> None:
        """The band or the lasso."""
        if self.mode == "band" and self._moved:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(tokens.color("accent.default"))
            painter.setBrush(tokens.color("accent.default", 0.08))
            painter.drawRect(self._band)
        elif self.mode == "lasso" and len(self._line) > 1:
            from ui.sky.view import polygon

            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(tokens.color("accent.default"), 1.2))
            painter.setBrush(tokens.color("accent.default", 0.08))
            painter.drawPolygon(polygon(np.array(self._line)))

    # --- out of the sky -----------------------------------------------------------------------------------------------

    def mime(self) -> QMimeData | None:
        """The chosen stars as what is dragged: media of the project, or files where one is from elsewhere."""
        model = self._view.model
        rows = model.rows_data(model.chosen_rows)
        return mime_of(self._view.session, rows) if rows else None

    def drag(self) -> None:
        """Carry the chosen stars out: onto a track they land as clips, onto a clip's header one is a take of it."""
        mime = self.mime()
        if mime is None:
            return
        view = self._view
        view.set_hover(None)
        drag = QDrag(view)
        drag.setMimeData(mime)
        drag.setPixmap(self._carried())
        drag.setHotSpot(QPoint(20, 14))
        self.exec_(drag)

    def exec_(self, drag: QDrag) -> None:
        """Hidden behind a name so that a test can stand in for the desktop."""
        drag.exec(Qt.DropAction.CopyAction)

    def _carried(self) -> QPixmap:
        """What hangs at the pointer: the picture of the star, or its dot, and how many there are."""
        view = self._view
        ratio = view.devicePixelRatioF()
        picture = QPixmap(round(96 * ratio), round(54 * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(tokens.color("surface.raised"))
        painter = QPainter(picture)
        place, number = QRectF(0, 0, 96, 54), len(view.model.chosen_rows)
        shown = view.near.frame_of(view.model.chosen_rows[-1])
        if shown is not None:
            image.draw_cover(painter, place, shown, 0)
        painter.setPen(tokens.color("accent.default"))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
        text = words.plural(number, QCoreApplication.translate("Sky", "clip"))
        if shown is None:
            painter.setFont(tokens.font("ui", "semibold"))
            painter.setPen(tokens.color("text.primary"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
        elif number > 1:
            painter.setFont(tokens.font("caption"))
            chip(painter, QPointF(4, 33), text, height=18)
        painter.end()
        return picture
