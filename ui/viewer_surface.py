"""Where a picture is shown: a plain widget that paints a QImage one to one. Another surface (OpenGL, RHI) would have the same face."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ui.qt import tokens
from ui.qt.image import image_of
from ui.viewer_guides import WavePicture, paint_safe_areas

FIT: Final = 0.0
"""As large as there is room."""


class ViewerSurface(QWidget):
    """Shows the newest picture, letterboxed on the well or at a fixed zoom. Says which size of picture it can use."""

    size_wanted = Signal(int, int)
    """Pixels of the picture on the screen, never more than the sequence has."""
    painted = Signal(float)
    """A new picture is on the screen; how many seconds painting took."""
    zoomed = Signal(float)
    dragged = Signal()
    """The picture is dragged off, where it `carries` something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._notes: tuple[str, ...] = ()
        self._frame = (1920, 1080)
        self._zoom = FIT
        self._is_new = False
        self._shift = QPointF(0, 0)
        self._held: QPointF | None = None
        self._pressed: QPointF | None = None
        self._wave: WavePicture | None = None
        self._place = 0.0
        self._safe_areas = False
        self.carries = False
        """Whether the left button drags the picture off; then only the middle one pushes it."""
        self._asked = (0, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self.setAccessibleName(self.tr("Picture"))

    def sizeHint(self) -> QSize:
        """A 16:9 picture of half HD."""
        return QSize(716, 403)

    def show_picture(self, bgra: NDArray[np.uint8] | None, notes: Sequence[str] = ()) -> None:
        """Show `(h, w, 4)` uint8 B, G, R, x; the array is kept and must not be written to. None: nothing.

        `notes` say what the picture lacks; they stand in its lower left corner.
        """
        self._image = image_of(bgra) if bgra is not None else None
        self._notes = tuple(notes)
        self._is_new = self._image is not None
        self.update()

    def show_wave(self, peaks: NDArray[np.float32] | None) -> None:
        """In place of a picture: peaks (n, 2), lowest and highest. None: the picture."""
        self._wave = WavePicture(peaks) if peaks is not None else None
        self.update()

    def show_place(self, share: float) -> None:
        """Where the playhead stands on the waveform, 0 to 1 of its length."""
        if self._wave is not None and share != self._place:
            self._place = share
            self.update()

    def show_safe_areas(self, on: bool) -> None:
        """Lines round what every screen shows."""
        if on != self._safe_areas:
            self._safe_areas = on
            self.update()

    @property
    def picture_size(self) -> tuple[int, int]:
        """Pixels of the picture shown, (0, 0) without one."""
        return (self._image.width(), self._image.height()) if self._image is not None else (0, 0)

    def set_frame(self, width: int, height: int) -> None:
        """Size of the sequence in pixels."""
        if (width, height) != self._frame:
            self._frame = (width, height)
            self._ask()
            self.update()

    def set_zoom(self, zoom: float) -> None:
        """FIT, or screen pixels per sequence pixel."""
        self._zoom = zoom
        self._shift = QPointF(0, 0)
        self._ask()
        self.update()

    def target(self) -> QRectF:
        """Where the picture lies, in logical pixels on whole device pixels."""
        ratio = self.devicePixelRatioF()
        width, height = self._frame
        if self._zoom == FIT:
            scale = min(self.width() / width, self.height() / height)
        else:
            scale = self._zoom / ratio
        w, h = max(1, round(width * scale * ratio)), max(1, round(height * scale * ratio))
        left = round((self.width() * ratio - w) / 2 + self._shift.x() * ratio)
        top = round((self.height() * ratio - h) / 2 + self._shift.y() * ratio)
        return QRectF(left / ratio, top / ratio, w / ratio, h / ratio)

    def _ask(self) -> None:
        """Tell which size to render, when it differs."""
        ratio, target = self.devicePixelRatioF(), self.target()
        share = min(1.0, target.width() * ratio / self._frame[0])
        wanted = tuple(max(2, round(side * share / 2) * 2) for side in self._frame)
        size = (wanted[0], wanted[1])
        if size != self._asked and self.width() > 1:
            self._asked = size
            self.size_wanted.emit(*size)

    def ask_again(self) -> None:
        """Another viewer had a size of its own: tell what is wanted here."""
        self._asked = (0, 0)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size of picture is of use."""
        self._ask()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Well, then the picture; one to one where sizes agree."""
        started = perf_counter()
        self._paint()
        if self._is_new:
            self._is_new = False
            self.painted.emit(perf_counter() - started)

    def _paint(self) -> None:
        painter = QPainter(self)
        target = self.target()
        if self._wave is not None:
            painter.drawPixmap(0, 0, self._wave.picture(self.size(), self.devicePixelRatioF()))
            painter.fillRect(
                QRectF(round(self._place * self.width()), 0, 1, self.height()), tokens.color("accent.default")
            )
            return
        if self._image is None or not target.contains(QRectF(self.rect())):
            painter.fillRect(self.rect(), tokens.color("surface.well"))
        if self._image is None:
            painter.fillRect(target, Qt.GlobalColor.black)
            return
        ratio = self.devicePixelRatioF()
        exact = abs(self._image.width() - target.width() * ratio) < 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
        painter.drawImage(target, self._image, QRectF(self._image.rect()))
        if self._safe_areas:
            paint_safe_areas(painter, target, self._frame)
        self._paint_notes(painter, target)

    def _paint_notes(self, painter: QPainter, target: QRectF) -> None:
        if not self._notes:
            return
        painter.setFont(tokens.font("ui"))
        left, bottom = max(target.left(), 0.0) + 12, min(target.bottom(), float(self.height())) - 12
        width = min(target.right(), float(self.width())) - left - 12
        for note in reversed(self._notes[-3:]):
            text = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, int(width) - 16)
            box = QRectF(left, bottom - 24, painter.fontMetrics().horizontalAdvance(text) + 16, 24)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("surface.overlay", 0.9))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(tokens.color("text.primary"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
            bottom -= 28

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold the picture: to push it where it is zoomed, or to drag it off."""
        middle = event.button() is Qt.MouseButton.MiddleButton
        left = event.button() is Qt.MouseButton.LeftButton
        if self._zoom != FIT and (middle or (left and not self.carries)):
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif left and self.carries:
            self._pressed = event.position()
        event.ignore()  # the panel takes the keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Push it, or drag it off once the hand has gone far enough."""
        if self._held is not None:
            self._shift += event.position() - self._held
            self._held = event.position()
            self.update()
        elif self._pressed is not None:
            far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far and event.buttons() & Qt.MouseButton.LeftButton:
                self._pressed = None
                self.dragged.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held is not None:
            self.unsetCursor()
        self._held = self._pressed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel: the next zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1.0 if event.angleDelta().y() > 0 else -1.0)
            event.accept()
        else:
            event.ignore()
