"""Two pictures against each other: a wipe with a divider, side by side, or their difference."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.qt import icons, tokens
from ui.qt.draw import MIDDLE_LEFT
from ui.qt.image import image_of

_GRIP = 17
_REACH = 10
_GAP = 2
_LEAST_WORDS = 160
"""Room below which words in a corner are left out instead of cut short."""
_STRONGER = 2
"""A difference is doubled so often: small changes are to be seen."""


class CompareSurface(QWidget):
    """Paints what it is given; the divider follows the hand. Emits what the hand wants."""

    stepped = Signal(int)
    """The wheel: so many frames on."""
    split_moved = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._before: QImage | None = None
        self._after: QImage | None = None
        self.words = ("", "")
        """What stands in the corners."""
        self._why = ""
        self._mode = "wipe"
        self.split = 0.55
        """Where the divider stands, as a share of the picture's width."""
        self.holds_before = False
        """Whether only the picture before is shown, as long as a key is down."""
        self._dragging = False
        self._difference: tuple[tuple[int, int], QPixmap] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self.setAccessibleName(self.tr("Before and after"))

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(860, 484)

    def show_pictures(self, before: NDArray[np.uint8] | None, after: NDArray[np.uint8] | None, why: str = "") -> None:
        """Show these (BGRA, kept, not to be written to); `why` there is none after."""
        self._before = image_of(before) if before is not None else None
        self._after = image_of(after) if after is not None else None
        self._why, self._difference = why, None
        self.update()

    def show_words(self, before: str, after: str) -> None:
        """What stands in the corners."""
        if (before, after) != self.words:
            self.words = (before, after)
            self.update()

    def show_mode(self, mode: str) -> None:
        """`wipe`, `side` or `difference`."""
        if mode != self._mode:
            self._mode = mode
            self.update()

    def hold_before(self, on: bool) -> None:
        """Only the picture before, or both again."""
        if on != self.holds_before:
            self.holds_before = on
            self.update()

    def move_split(self, share: float) -> None:
        """Put the divider elsewhere, 0 to 1."""
        self.split = min(max(share, 0.0), 1.0)
        self.split_moved.emit(self.split)
        self.update()

    def place_of(self, image: QImage | None, room: QRectF) -> QRectF:
        """Where a picture lies in `room`: as large as fits, on whole device pixels."""
        if image is None or image.isNull():
            return room
        ratio = self.devicePixelRatioF()
        scale = min(room.width() / image.width(), room.height() / image.height())
        width, height = round(image.width() * scale * ratio) / ratio, round(image.height() * scale * ratio) / ratio
        left = round((room.left() + (room.width() - width) / 2) * ratio) / ratio
        top = round((room.top() + (room.height() - height) / 2) * ratio) / ratio
        return QRectF(left, top, width, height)

    @property
    def picture(self) -> QRectF:
        """Where the pictures lie in the wipe: that before, since what came of it may have another shape."""
        return self.place_of(self._before or self._after, QRectF(self.rect()))

    @property
    def split_x(self) -> float:
        """The divider, logical pixels."""
        place = self.picture
        return place.left() + place.width() * self.split

    def paintEvent(self, event: QPaintEvent) -> None:
        """Well, pictures, divider, words."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface.well"))
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        both = self._before is not None and self._after is not None
        if self.holds_before or not both:
            self._paint_one(painter)
        elif self._mode == "side":
            self._paint_side(painter)
        elif self._mode == "difference":
            self._paint_difference(painter)
        else:
            self._paint_wipe(painter)
        painter.end()

    def _paint_one(self, painter: QPainter) -> None:
        shown = self._before if self._before is not None else self._after
        if shown is None:
            self._say(painter, self._why)
            return
        place = self.place_of(shown, QRectF(self.rect()))
        painter.drawImage(place, shown)
        self._chip(painter, place, self.words[0], at_right=False)
        if self._why:
            self._say(painter, self._why)

    def _paint_wipe(self, painter: QPainter) -> None:
        if self._before is None or self._after is None:
            return
        place, x = self.picture, self.split_x
        self._clipped(painter, QRectF(0, 0, x, self.height()), self._before, place)
        other = self.place_of(self._after, QRectF(self.rect()))
        right = QRectF(x, 0, self.width() - x, self.height())
        self._clipped(painter, right, self._after, other)
        white = tokens.color("trim.snap")
        painter.fillRect(QRectF(round(x) - 1, place.top(), 2, place.height()), white)
        middle = QPointF(round(x), place.center().y())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("surface.well", 0.35))
        painter.drawEllipse(middle, _GRIP + 1.5, _GRIP + 1.5)
        painter.setBrush(white)
        painter.drawEllipse(middle, _GRIP, _GRIP)
        icons.paint(
            painter, QRectF(middle.x() - 9, middle.y() - 9, 18, 18), "move-horizontal", tokens.color("text.on_accent")
        )
        room = QRectF(place.left(), place.top(), x - place.left(), place.height())
        self._chip(painter, room, self.words[0], at_right=False)
        room = QRectF(x, place.top(), place.right() - x, place.height())
        self._chip(painter, room, self.words[1], at_right=True)

    def _clipped(self, painter: QPainter, part: QRectF, shown: QImage, place: QRectF) -> None:
        painter.save()
        painter.setClipRect(part)
        painter.drawImage(place, shown)
        painter.restore()

    def _paint_side(self, painter: QPainter) -> None:
        half = (self.width() - _GAP) / 2
        for number, shown in enumerate((self._before, self._after)):
            if shown is not None:
                place = self.place_of(shown, QRectF(number * (half + _GAP), 0, half, self.height()))
                painter.drawImage(place, shown)
                self._chip(painter, place, self.words[number], at_right=bool(number))

    def _paint_difference(self, painter: QPainter) -> None:
        place = self.picture
        ratio = self.devicePixelRatioF()
        size = (round(place.width() * ratio), round(place.height() * ratio))
        if self._difference is None or self._difference[0] != size:
            self._difference = (size, self._subtracted(size))
        painter.drawPixmap(place, self._difference[1], QRectF(self._difference[1].rect()))
        words = self.tr("Difference, four times as strong")
        self._chip(painter, place, words, at_right=False)

    def _subtracted(self, size: tuple[int, int]) -> QPixmap:
        made = QPixmap(*size)
        made.fill(Qt.GlobalColor.black)
        whole = QRectF(0, 0, *size)
        if self._before is not None and self._after is not None:
            brush = QPainter(made)
            brush.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            brush.drawImage(whole, self._before)
            brush.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
            brush.drawImage(whole, self._after)
            brush.end()
            for _ in range(_STRONGER):
                same = made.copy()
                brush = QPainter(made)
                brush.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
                brush.drawPixmap(0, 0, same)
                brush.end()
        return made

    def _chip(self, painter: QPainter, room: QRectF, text: str, *, at_right: bool) -> None:
        """Words in the lower corner of `room`; none where they have no room."""
        painter.setFont(tokens.font("ui", "medium"))
        metrics, room_for_words = painter.fontMetrics(), room.width() - 40
        if metrics.horizontalAdvance(text) > room_for_words >= _LEAST_WORDS:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room_for_words))
        width = metrics.horizontalAdvance(text) + 16
        if not text or width + 24 > room.width() or room.height() < 60:
            return
        left = room.right() - 12 - width if at_right else room.left() + 12
        box = QRectF(left, room.bottom() - 12 - 24, width, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("surface.window", 0.82))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(tokens.color("text.primary"))
        painter.drawText(box.adjusted(8, 0, 0, 0), MIDDLE_LEFT, text)

    def _say(self, painter: QPainter, text: str) -> None:
        if not text:
            return
        painter.setFont(tokens.font("body"))
        room = QRectF(0, 0, min(self.width() - 48, 440), 80)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        needed = painter.boundingRect(room, flags, text).size()
        box = QRectF(0, 0, needed.width() + 32, needed.height() + 20)
        box.moveCenter(QRectF(self.rect()).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("surface.overlay", 0.92))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(tokens.color("text.primary"))
        painter.drawText(box, flags, text)

    def _is_on_divider(self, at: QPointF) -> bool:
        near = abs(at.x() - self.split_x)
        on_grip = abs(at.y() - self.picture.center().y()) <= _GRIP and near <= _GRIP
        return self._mode == "wipe" and self._after is not None and (near <= _REACH or on_grip)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the divider; anywhere else it comes to the pointer."""
        if event.button() is Qt.MouseButton.LeftButton and self._mode == "wipe" and self._after is not None:
            self._dragging = True
            self._drag_to(event.position())
        event.ignore()  # the panel takes the keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the divider."""
        if self._dragging:
            self._drag_to(event.position())
        else:
            over = self._is_on_divider(event.position())
            self.setCursor(Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """To the middle."""
        self._dragging = False
        self.move_split(0.5)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Frame by frame."""
        way = event.angleDelta().y()
        if way:
            self.stepped.emit(-1 if way > 0 else 1)
        event.accept()

    def _drag_to(self, at: QPointF) -> None:
        place = self.picture
        self.move_split((at.x() - place.left()) / max(1.0, place.width()))
