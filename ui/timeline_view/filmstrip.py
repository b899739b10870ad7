"""Filmstrips: which thumbnail goes where, and the few that are loaded. Painting never decodes: what is missing is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from math import ceil, floor, log2
from pathlib import Path
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from timeline.items import Clip
from timeline.media import Media
from timeline.time import ZERO, RationalTime
from ui.timeline_view.scale import Scale

THUMBNAIL_WIDTH: Final = 192
"""One size for all zooms, in pixels: enough for a tile on a screen of 200 %."""
_BUDGET_SECONDS: Final = 0.004
_LIMIT: Final = 1200
Find = Callable[[Media, RationalTime, int], Path | None]


class Filmstrips(QObject):
    """Keeps loaded thumbnails; loads those that were asked for a few at a time, between two paints."""

    arrived = Signal()

    def __init__(self, find: Find) -> None:
        super().__init__()
        self._find = find
        self._pictures: OrderedDict[tuple[str, RationalTime], QPixmap] = OrderedDict()
        self._any: dict[str, QPixmap] = {}
        self._wanted: OrderedDict[tuple[str, RationalTime], Media] = OrderedDict()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._load)

    def forget(self) -> None:
        """Another project: keep nothing."""
        self._pictures.clear()
        self._any.clear()
        self._wanted.clear()

    def more(self) -> None:
        """Thumbnails were made: look again for those wanted."""
        if self._wanted:
            self._timer.start(0)

    def draw(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale) -> None:
        """Tiles over `rect`, which begins at the clip's start, each showing the moment at its left edge."""
        aspect = media.width / media.height if media.width and media.height else 16 / 9
        tile = max(12.0, rect.height() * aspect)
        area = painter.clipBoundingRect()
        first = max(0, floor((area.left() - rect.left()) / tile))
        last = ceil((min(area.right(), rect.right()) - rect.left()) / tile)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        for number in range(first, last):
            x = rect.left() + number * tile
            picture = self._picture(media, self._moment(clip, media, number * tile, tile, scale))
            if picture is not None:
                target = QRectF(x, rect.top(), tile, rect.height())
                painter.drawPixmap(target, picture, QRectF(picture.rect()))
                painter.fillRect(QRectF(round(x + tile) - 1, rect.top(), 1, rect.height()), QColor(0, 0, 0, 130))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def _moment(self, clip: Clip, media: Media, offset_px: float, tile: float, scale: Scale) -> RationalTime:
        """Source time of a tile, on a grid that halves with the zoom, so that zooming asks for few new ones."""
        if media.is_endless:
            return ZERO
        seconds = tile / scale.pixels_per_second * float(abs(clip.speed))
        step = RationalTime(1, 4) * int(2 ** max(0, floor(log2(max(seconds * 4, 1)))))
        time = clip.source_time(scale.exact_span(offset_px))
        grid = step * ((time / step).__floor__())
        low, high = clip.source_range.start, clip.source_range.end
        return min(max(grid, low), high) if clip.speed > 0 else max(min(grid, high), low)

    def _picture(self, media: Media, time: RationalTime) -> QPixmap | None:
        key = (media.id, time)
        picture = self._pictures.get(key)
        if picture is not None:
            self._pictures.move_to_end(key)
            return picture
        if key not in self._wanted:
            self._wanted[key] = media
            if len(self._wanted) > 300:
                self._wanted.popitem(last=False)
            self._timer.start(0)
        return self._any.get(media.id)

    def _load(self) -> None:
        """Load what is ready, for at most 4 ms; ask for the rest."""
        until, loaded = perf_counter() + _BUDGET_SECONDS, False
        for key in list(self._wanted):
            if perf_counter() > until:
                self._timer.start(1)
                break
            media = self._wanted[key]
            path = self._find(media, key[1], THUMBNAIL_WIDTH)
            if path is None:
                continue
            del self._wanted[key]
            image = QImage(str(path))
            if image.isNull():
                continue
            pixmap = QPixmap.fromImage(image)
            self._pictures[key] = self._any[media.id] = pixmap
            loaded = True
            while len(self._pictures) > _LIMIT:
                self._pictures.popitem(last=False)
        if loaded:
            self.arrived.emit()
