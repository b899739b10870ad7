"""Zoom and scroll: a scroll area whose content is measured in time across and in rows down."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from timeline.time import FrameRate, RationalTime, TimeRange
from ui.timeline_view.scale import Scale

ROOM_PX: Final = 400.0
"""How far one can scroll past the end."""
ROOM_BELOW: Final = 24


class TimeScrollArea(QAbstractScrollArea):
    """Holds the scale. A subclass says how long and how high the content is, and what to do when the scale changed."""

    scale_changed = Signal()
    rows_scrolled = Signal()

    def __init__(self, rate: FrameRate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = Scale(rate)
        self._before_fit: Scale | None = None
        self.fit_pending = False
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._rows_scrolled)
        self._rows_at = 0

    @property
    def content_length(self) -> RationalTime:
        """How long the content is."""
        raise NotImplementedError

    @property
    def content_height(self) -> int:
        """How high the content is, in pixels."""
        raise NotImplementedError

    @property
    def anchor_time(self) -> RationalTime:
        """Where zooming by key happens, while it can be seen."""
        raise NotImplementedError

    def rescale(self) -> None:
        """The scale is another one."""
        raise NotImplementedError

    def spoil(self, area: QRect | None = None) -> None:
        """What an area of the viewport (None: all of it) shows must be painted anew."""
        raise NotImplementedError

    def shift(self, dx: float, dy: float) -> None:
        """All that is shown moved by so many pixels."""
        raise NotImplementedError

    @property
    def scale(self) -> Scale:
        """Time to pixels."""
        return self._scale

    @property
    def view_width(self) -> float:
        """Width of the viewport."""
        return float(self.viewport().width())

    @property
    def scroll_y(self) -> int:
        """Content y at the viewport's upper edge."""
        return self.verticalScrollBar().value()

    def set_scale(self, scale: Scale) -> None:
        """Show another stretch of time."""
        self._scale = scale
        self.rescale()
        self.measure()
        self.horizontalScrollBar().setValue(round(scale.origin_px))
        self.scale_changed.emit()
        self.spoil()

    def zoom_at(self, factor: float, x: float) -> None:
        """Zoom about a viewport x."""
        self.fit_pending = False
        self.set_scale(self._scale.zoomed(factor, x))

    def zoom_in(self) -> None:
        """Twice as wide, about the playhead."""
        self.zoom_at(2.0, self.zoom_anchor())

    def zoom_out(self) -> None:
        """Half as wide, about the playhead."""
        self.zoom_at(0.5, self.zoom_anchor())

    def fit(self) -> None:
        """The whole sequence; where there is nothing yet, a minute or so: one frame as wide as the view helps nobody."""
        self._before_fit = None
        self.set_scale(self._fitted() if self.content_length else Scale(self._scale.rate))

    def zoom_fit(self) -> None:
        """The whole sequence; asked again, back to the zoom before."""
        if not self.content_length:
            return  # nothing to fit
        before, fitted = self._before_fit, self._fitted()
        self._before_fit = None if fitted == self._scale else self._scale
        self.set_scale(before if fitted == self._scale and before is not None else fitted)

    def _fitted(self) -> Scale:
        return self._scale.fitted(self.content_length, max(60.0, self.view_width - 24.0))

    def zoom_to(self, where: TimeRange) -> None:
        """A stretch of time with a little room at both sides."""
        width = self.viewport().width()
        scale = self._scale.fitted(where.duration, width * 0.9)
        self.set_scale(scale.scrolled(scale.content_x(where.start) - width * 0.05))

    def zoom_anchor(self) -> float:
        """Where zooming happens: the playhead when it can be seen, else the middle."""
        x = self._scale.x_of(self.anchor_time)
        return x if 0 <= x <= self.viewport().width() else self.viewport().width() / 2

    def pan(self, dx: float, dy: float) -> None:
        """Scroll by pixels."""
        self.horizontalScrollBar().setValue(round(self._scale.origin_px + dx))
        self.verticalScrollBar().setValue(self.scroll_y + round(dy))

    def measure(self) -> None:
        """Fit the ranges of the scroll bars to the content."""
        bar, page = self.horizontalScrollBar(), self.viewport().width()
        content = self._scale.content_x(self.content_length) + ROOM_PX
        needed = max(content - page, self._scale.origin_px)
        bar.setPageStep(page)
        bar.setSingleStep(40)
        bar.setRange(0, round(max(0.0, min(needed, 2_000_000_000))))
        rows = self.verticalScrollBar()
        rows.setPageStep(self.viewport().height())
        rows.setSingleStep(24)
        rows.setRange(0, max(0, self.content_height + ROOM_BELOW - self.viewport().height()))

    def _scrolled(self, value: int) -> None:
        if value != round(self._scale.origin_px):
            before = self._scale.origin_px
            self._scale = self._scale.scrolled(float(value))
            self.rescale()
            self.scale_changed.emit()
            self.shift(before - value, 0.0)

    def _rows_scrolled(self, value: int) -> None:
        by, self._rows_at = self._rows_at - value, value
        self.shift(0.0, float(by))
        self.rows_scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first real size shows all of it."""
        self.measure()
        if self.fit_pending and self.viewport().width() > 100 and self.content_length:
            self.fit_pending = False
            QTimer.singleShot(0, self, self.fit)

    def fit_if_new(self) -> None:
        """Show all of a project just opened."""
        if self.fit_pending and self.content_length and self.viewport().width() > 100:
            self.fit_pending = False
            self.fit()
