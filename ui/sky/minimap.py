"""Where one is on the map: all stars small, the view as a frame that can be dragged; the zoom beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio_app.catalogue.sky import HEIGHT, WIDTH
from ui import words
from ui.qt import tokens
from ui.qt.draw import overlay_ground
from ui.sky.scale import SkyScale
from ui.sky.star_layer import Picture, draw_stars, new_picture
from ui.sky.still import draw_written
from ui.sky.view import STEP, SkyView
from ui.widgets import label, push_button, tool_button

SIZE: Final = QSize(220, 132)
_AIR: Final = 6.0


class Minimap(QWidget):
    """A press brings that place into the middle of the view; a drag takes the view along."""

    def __init__(self, view: SkyView) -> None:
        super().__init__(view)
        self._view = view
        self._stars: Picture | None = None
        self.setFixedSize(SIZE)
        self.setAccessibleName(self.tr("Map of all clips"))
        self.setToolTip(self.tr("Drag the frame to look elsewhere"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        view.scaled.connect(self.update)

    def forget(self) -> None:
        """Other stars, or other colours."""
        self._stars = None
        self.update()

    @property
    def scale(self) -> SkyScale:
        """The whole map in this widget."""
        zoom = min((self.width() - 2 * _AIR) / WIDTH, (self.height() - 2 * _AIR) / HEIGHT)
        return SkyScale(self.width(), self.height(), WIDTH / 2, HEIGHT / 2, zoom)

    @property
    def frame(self) -> QRectF:
        """The part in view, in pixels of this widget, cut to it."""
        left, top, right, bottom = self._view.scale.bounds
        scale = self.scale
        corner, end = QPointF(*scale.point(left, top)), QPointF(*scale.point(right, bottom))
        return QRectF(corner, end).intersected(QRectF(self.rect()).adjusted(2, 2, -2, -2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stars stand elsewhere."""
        self._stars = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, stars, frame."""
        overlay_ground(self)
        painter = QPainter(self)
        if self._stars is None:
            self._stars = self._drawn()
        draw_written(painter, self._stars, self.devicePixelRatioF())
        frame = self.frame
        painter.setPen(tokens.color("accent.default"))
        painter.setBrush(tokens.color("accent.default", 0.05))
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _drawn(self) -> Picture:
        ratio = self.devicePixelRatioF()
        held = new_picture(round(self.width() * ratio), round(self.height() * ratio))
        look, model = self._view.still.appearance, self._view.model
        if len(model.stars):
            points = self.scale.to_px(model.places) * ratio
            size = float(np.clip(2.6 - len(model.stars) / 6000, 1.6, 2.6))
            order = look.order
            draw_stars(
                held, points[order], np.full(len(order), size * ratio), look.colours[order], look.opacities[order] * 0.9
            )
        return held

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the view along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _go(self, at: QPointF) -> None:
        x, y = self.scale.to_map(at.x(), at.y())
        self._view.look_at(replace(self._view.scale, x=float(np.clip(x, 0, WIDTH)), y=float(np.clip(y, 0, HEIGHT))))


class ZoomBar(QWidget):
    """Farther, how near one is, nearer; and all of it."""

    def __init__(self, view: SkyView) -> None:
        super().__init__(view)
        self._view = view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.out = tool_button("minus", self.tr("Zoom out"), size=26)
        self.into = tool_button("plus", self.tr("Zoom in"), size=26)
        self.amount = label("", "secondary", tabular=True)
        self.amount.setFixedWidth(48)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.all = push_button(self.tr("Fit"), "maximize")
        self.all.setToolTip(self.tr("All clips in view"))
        self.out.clicked.connect(lambda: view.zoom(1 / STEP))
        self.into.clicked.connect(lambda: view.zoom(STEP))
        self.all.clicked.connect(lambda: view.fit())
        for widget in (self.out, self.amount, self.into):
            row.addWidget(widget)
        row.addSpacing(2)
        row.addWidget(self.all)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        view.scaled.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.amount.setText(words.percent(self._view.scale.percent / 100))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground behind the three, so that they can be read over stars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self.out.geometry().left(), self.into.geometry().right()
        place = QRectF(left + 0.5, 0.5, right - left, self.height() - 1)
        painter.setPen(tokens.color("border.default"))
        painter.setBrush(QColor(tokens.color("surface.raised")))
        painter.drawRoundedRect(place, 4, 4)
        painter.end()

    def enterEvent(self, event: QEvent) -> None:
        """The star beneath is not meant."""
        self._view.set_hover(None)
