"""The sky as a widget: the map, painted; what a mouse does to it lies in `hand`, what lies over it are child widgets."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio_app.session.session import Session
from studio_app.session.sky_stars import Group
from ui.panel import has_keys
from ui.qt import motion, tokens
from ui.sky.hand import SkyHand
from ui.sky.layer import SkyLayer
from ui.sky.near import NearPictures
from ui.sky.picking import Floats, Way, nearest_to, next_star, star_at
from ui.sky.scale import SkyScale
from ui.sky.still import StillSky

HOVER_MS: Final = 300
REST_MS: Final = 150
"""So long after the last movement the map is at rest."""
WHEEL: Final = 1.0016
"""Zoom of an eighth of a degree of the wheel."""
STEP: Final = 1.25
"""Zoom of one press of a key or button."""


class SkyView(QWidget):
    """Shows `session.constellation` and lets a hand choose, drag and walk in it."""

    scaled = Signal()
    """Another part of the map, or another size of it, is in view."""
    hovered = Signal(object)
    """The star the pointer rests on (a row), or None when it has left it."""
    opened = Signal(int)
    """A star was double clicked."""
    said = Signal(str)
    """What the hand can do now, for the status line."""
    menu_asked = Signal(object, object)
    """A row or None, and where (global)."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.model = session, session.constellation
        self.scale = SkyScale()
        self.still = StillSky(self.model)
        self.near = NearPictures(session, self.still)
        self.hand = SkyHand(self)
        self.hover: int | None = None
        self.layer = SkyLayer(self.still)
        self._is_arranged = False
        self._names: list[tuple[Group, QRectF, float]] = []
        self._is_fitted = False
        self._fitted = 0
        """How many stars there were when all were brought into view."""
        self._first: SkyScale | None = None
        """The part that came into view by itself."""
        self._rest = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._rest.timeout.connect(lambda: self.hovered.emit(self.hover))
        self._more = QTimer(self, singleShot=True, interval=16)
        self._more.timeout.connect(self.update)
        self._still_now = QTimer(self, singleShot=True, interval=REST_MS)
        self._still_now.timeout.connect(self._came_to_rest)
        self._flight = QTimer(self, interval=12)
        self._flight.timeout.connect(self._fly_on)
        self._flown = QElapsedTimer()
        self._from = self._to = self.scale
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Sky"))

    # --- what is seen -------------------------------------------------------------------------------------------------

    @property
    def points(self) -> Floats:
        """Where each star is, logical pixels."""
        return self.scale.to_px(self.model.places)

    @property
    def radii(self) -> Floats:
        """Half the size of each star, logical pixels."""
        return self.still.diameters(self.scale) / 2

    def renew(self) -> None:
        """The model changed."""
        self.still.forget()
        if self.hover is not None and self.hover >= len(self.model.stars):
            self.set_hover(None)
        if (not self._is_fitted or self._is_another_sky) and len(self.model.stars) and self.isVisible():
            self.fit(fly=False)
        self.redraw()

    @property
    def _is_another_sky(self) -> bool:
        """Whether there are many more stars than when all of them were brought into view, or far fewer, and nobody moved the map."""
        number = len(self.model.stars)
        return self.scale == self._first and not self._fitted / 2 <= number <= self._fitted * 3 / 2

    def redraw(self) -> None:
        """Paint all of it anew."""
        self.layer.forget()
        self.arrange()

    def arrange(self) -> None:
        """Decide anew where names and pictures stand: the view is another one, or what is chosen."""
        self._is_arranged = False
        self.update()

    def look_at(self, scale: SkyScale, *, fly: bool = False) -> None:
        """Another part of the map; `fly` there in 240 ms, where motion is not reduced."""
        self._flight.stop()
        if fly and not motion.is_reduced() and self.isVisible():
            self._from, self._to = self.scale, scale
            self._flown.start()
            self._flight.start()
            return
        self._set_scale(scale)

    def _fly_on(self) -> None:
        share = min(1.0, self._flown.elapsed() / tokens.motion("slow"))
        eased = 1 - (1 - share) ** 3
        zoom = self._from.zoom * (self._to.zoom / self._from.zoom) ** eased
        x, y = (one + (other - one) * eased for one, other in ((self._from.x, self._to.x), (self._from.y, self._to.y)))
        self._set_scale(replace(self.scale, x=x, y=y, zoom=zoom))
        if share >= 1:
            self._flight.stop()

    def _set_scale(self, scale: SkyScale) -> None:
        if scale != self.scale:
            self.scale = scale
            self.set_hover(None)
            self.arrange()
            self._still_now.start()
            self.near.is_moving = True
            self.session.cataloguing.give_way()
            self.scaled.emit()

    def _came_to_rest(self) -> None:
        """Nobody moves the map any more: what was put together from parts is painted as one."""
        self.near.is_moving = False
        if self.layer.is_patched:
            self.redraw()
        else:
            self.update()

    def fit(self, *, fly: bool = True) -> None:
        """All stars that pass in view; all there are where none does."""
        self._fitted = len(self.model.stars)
        self._is_fitted = self._fitted > 0
        passing = self.still.appearance.passing
        places = self.model.places[passing] if passing.any() else self.model.places
        self.look_at(self.scale.fitted(places), fly=fly)
        self._first = None if fly else self.scale

    def zoom(self, factor: float) -> None:
        """Nearer or farther at the middle."""
        self.look_at(self.scale.zoomed(factor), fly=True)

    def show_star(self, row: int, *, near: bool = False) -> None:
        """Bring a star into view; `near`: as large as its picture wants."""
        x, y = (float(one) for one in self.model.places[row])
        px, py = self.scale.point(x, y)
        inside = 60 < px < self.width() - 60 and 60 < py < self.height() - 60
        if not inside or near:
            zoom = max(self.scale.zoom, 1600.0) if near else self.scale.zoom
            self.look_at(replace(self.scale, x=x, y=y, zoom=zoom), fly=True)

    # --- stars under a hand -------------------------------------------------------------------------------------------

    def row_at(self, x: float, y: float) -> int | None:
        """The star or picture under a point."""
        points = self.points
        found = self.near.at(x, y, points)
        if found is not None:
            return found
        return star_at(points, self.radii, self.still.appearance.passing, x, y)

    def place_of(self, row: int) -> QRectF:
        """What a star covers in the view: its dot, or its picture."""
        points = self.points
        if row in self.near.rows:
            return self.near.place_of(row, points)
        radius = float(self.radii[row]) + 4
        return QRectF(points[row, 0] - radius, points[row, 1] - radius, 2 * radius, 2 * radius)

    def set_hover(self, row: int | None) -> None:
        """The pointer came to another star."""
        if row != self.hover:
            self.hover = row
            self._rest.start()
            self.update()

    def walk(self, way: Way, *, add: bool = False) -> None:
        """Choose the next star that way; with none chosen the one nearest to the middle."""
        passing = self.still.appearance.passing
        chosen = self.model.chosen_rows
        if chosen:
            row = next_star(self.model.places, passing, chosen[-1], way)
        else:
            row = nearest_to(self.points, passing, self.width() / 2, self.height() / 2)
        if row is not None:
            self.model.choose([row], add=add)
            self.show_star(row)

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The map from its layer, then pictures, what is chosen, names, and what the hand draws."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        points = self.points
        if not self._is_arranged and len(points):
            self._names = self.still.place_names(self.scale, points)
            self.near.choose(self.scale, points, [place for _, place, strength in self._names if strength > 0.3])
            self._is_arranged = True
        self.layer.paint(painter, self.scale, ratio)
        if len(points):
            self._paint_lit(painter, points)
            self._paint_chosen(painter)
            self.near.paint(painter, points, has_keys(self))
            self.still.paint_names(painter, self._names)
            self._paint_hover(painter)
        self.hand.paint(painter)
        painter.end()
        if self.near.is_unfinished and not self._more.isActive():
            self._more.start()

    def _paint_lit(self, painter: QPainter, points: Floats) -> None:
        """The lineage of the star chosen last: what led to it in the accent, what came of it white."""
        chosen = self.model.chosen_rows
        if not chosen or not self.model.look.lineage:
            return
        above, lines = self.model.lineage_of(chosen[-1])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for parent, child in self.model.stars.parents[lines].tolist():
            leads = child in above
            colour = tokens.color("accent.default" if leads else "text.primary", 1.0 if leads else 0.6)
            painter.setPen(QPen(colour, 2 if leads else 1.2))
            painter.drawLine(QPointF(*points[parent]), QPointF(*points[child]))

    def _paint_chosen(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = tokens.color("accent.default" if has_keys(self) else "border.inactive")
        pictures = set(self.near.rows)
        bounds = QRectF(self.rect()).adjusted(-20, -20, 20, 20)
        for row in self.model.chosen_rows[-2000:]:
            if row not in pictures:
                self._ring(painter, row, edge, 2, bounds)

    def _paint_hover(self, painter: QPainter) -> None:
        row = self.hover
        if row is None or row >= len(self.model.stars):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if row not in self.near.rows:
            self._ring(painter, row, tokens.color("text.primary"), 1.5, QRectF(self.rect()))
        elif row not in self.model.chosen_rows:
            painter.setPen(QPen(tokens.color("text.primary"), 1.5))
            painter.drawRoundedRect(self.place_of(row).adjusted(-2, -2, 2, 2), 4, 4)

    def _ring(self, painter: QPainter, row: int, colour: QColor, width: float, bounds: QRectF) -> None:
        place = self.scale.point(*(float(one) for one in self.model.places[row]))
        if bounds.contains(QPointF(*place)):
            painter.setPen(QPen(colour, width))
            radius = float(self.still.diameters(self.scale)[row]) / 2 + 3.5
            painter.drawEllipse(QPointF(*place), radius, radius)

    # --- events -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The middle stays in the middle; a map that nobody has moved yet is fitted to its new room."""
        is_unmoved = self.scale == self._first
        self.scale = self.scale.resized(self.width(), self.height())
        if is_unmoved:
            self._first = self.scale  # nobody moved it by a resize, also while it is hidden
        if (is_unmoved or not self._is_fitted) and len(self.model.stars) and self.isVisible():
            self.fit(fly=False)
        self.redraw()
        self.scaled.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """All stars are in view as long as nobody has moved the map."""
        if (not self._is_fitted or self.scale == self._first) and len(self.model.stars):
            self.fit(fly=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; no ease, no inertia."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            at = event.position()
            self.look_at(self.scale.zoomed(WHEEL**turned, at.x(), at.y()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See `SkyHand`."""
        self._flight.stop()
        self.hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See `SkyHand`."""
        self.hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See `SkyHand`."""
        self.hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A star opens its lineage; beside stars all come into view."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        row = self.row_at(event.position().x(), event.position().y())
        if row is None:
            self.fit()
        else:
            self.model.choose([row])
            self.opened.emit(row)

    def leaveEvent(self, event: QEvent) -> None:
        """No star is under the pointer any more."""
        self.set_hover(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the star under the pointer, or the chosen ones."""
        at, chosen = event.pos(), self.model.chosen_rows
        if event.reason() is QContextMenuEvent.Reason.Keyboard:  # where the pointer is says nothing
            row = chosen[-1] if chosen else None
            star = self.place_of(row).center() if row is not None else QPointF(-1, -1)
            at = star.toPoint() if self.rect().contains(star.toPoint()) else self.rect().center()
        else:
            row = self.row_at(at.x(), at.y())
        if row is not None and row not in chosen:
            self.model.choose([row])
        self.set_hover(None)
        self.hovered.emit(None)  # the card would lie under the menu
        self.menu_asked.emit(row, self.mapToGlobal(at))


def polygon(line: Floats) -> QPolygonF:
    """A line of points as Qt draws it."""
    return QPolygonF([QPointF(x, y) for x, y in np.asarray(line).tolist()])
