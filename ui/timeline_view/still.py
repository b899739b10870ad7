"""The painted rows kept as a picture: what stayed is copied, only what changed is painted anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, cast

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion

_PARTS: Final = 96
"""In so many rectangles at most is it painted anew, else in the one around them all."""
Paint = Callable[[QPainter, QRect], None]


class Still:
    """A picture of the viewport without what lies over the clips. All coordinates are the viewport's, logical pixels."""

    def __init__(self) -> None:
        self._picture: QPixmap | None = None
        self._size = QSize()
        self._stale = QRegion()

    def spoil(self, area: QRect | None = None) -> None:
        """This area shows what no longer is; None: all of it does."""
        self._stale = QRegion(QRect(QPoint(), self._size)) if area is None else self._stale.united(area)

    def scroll(self, dx: float, dy: float) -> None:
        """All that is shown moves; what comes into view is stale. By parts of a device pixel nothing can be moved."""
        picture = self._picture
        if picture is None:
            return
        ratio = picture.devicePixelRatio()
        across, down = dx * ratio, dy * ratio
        whole = QRect(QPoint(), self._size)
        steps = round(dx), round(dy)
        if not all(value.is_integer() for value in (dx, dy, across, down)):
            self.spoil()
            return
        picture.scroll(round(across), round(down), picture.rect())
        self._stale.translate(*steps)
        self._stale = self._stale.united(QRegion(whole).subtracted(QRegion(whole.translated(*steps))))

    def fresh(self, size: QSize, ratio: float, paint: Paint) -> QPixmap:
        """The picture as it must be: `paint(painter, area)` paints what is stale, clipped to it."""
        picture = self._picture
        if picture is None or self._size != size or picture.devicePixelRatio() != ratio:
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            self._picture, self._size = picture, size
            self.spoil()
        stale = self._stale.intersected(QRect(QPoint(), size))
        self._stale = QRegion()
        if not stale.isEmpty():
            parts = list(cast(Iterable[QRect], stale)) if stale.rectCount() <= _PARTS else [stale.boundingRect()]
            painter = QPainter(picture)
            for part in parts:
                painter.save()
                painter.setClipRect(part)
                paint(painter, part)
                painter.restore()
            painter.end()
        return picture
