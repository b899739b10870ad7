"""Where pictures were missing when the rows were painted: there alone they are painted again when some have arrived."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF

from ui.timeline_view.scale import Scale


class Holes:
    """One area around all that was missing, kept from time 0 and the top of the rows on, so that scrolling does not matter."""

    def __init__(self) -> None:
        self._pixels_per_second = 0.0
        self._area = QRectF()

    def add(self, scale: Scale, place: QRectF) -> None:
        """Something is missing at `place` (viewport x, content y); what was missing at another zoom is no longer seen."""
        if scale.pixels_per_second != self._pixels_per_second:
            self._pixels_per_second, self._area = scale.pixels_per_second, QRectF()
        self._area = self._area.united(place.translated(scale.origin_px, 0))

    def take(self, scale: Scale, scroll_y: int) -> QRect | None:
        """The area in the viewport as it is scrolled now, once; None when nothing was missing at this zoom."""
        area, self._area = self._area, QRectF()
        if area.isEmpty() or scale.pixels_per_second != self._pixels_per_second:
            return None
        return area.translated(-scale.origin_px, -scroll_y).toAlignedRect().adjusted(-1, -1, 1, 1)
