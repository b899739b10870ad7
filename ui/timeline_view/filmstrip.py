"""Filmstrips: which thumbnail goes where, and the few that are loaded. Painting never decodes: what is missing is asked for."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Callable
from math import ceil, floor, log2
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from timeline.items import Clip
from timeline.media import Library, Media
from timeline.query import uppermost
from timeline.sequence import Sequence
from timeline.time import RationalTime
from ui.timeline_view.holes import Holes
from ui.timeline_view.scale import Scale

THUMBNAIL_WIDTH: Final = 192
"""One size for all zooms, in pixels: enough for a tile on a screen of 200 %."""
_BUDGET_SECONDS: Final = 0.004
_LIMIT: Final = 1200
_WAITING: Final = 300
_REACHES: Final = 4096
Moment = int | RationalTime
"""Quarters of a second: whole numbers are found far faster. Exact where a quarter would lie outside of what a clip shows."""
Key = tuple[str, Moment]
Size = tuple[int, int, float]
"""Of a tile in device pixels, and the ratio of its screen."""
Find = Callable[[Media, RationalTime, int], Path | None]


class Filmstrips(QObject):
    """Keeps loaded thumbnails; loads those that were asked for a few at a time, between two paints."""

    arrived = Signal()

    def __init__(self, find: Find) -> None:
        super().__init__()
        self._find = find
        self.holes = Holes()
        self._pictures: OrderedDict[Key, QPixmap] = OrderedDict()
        self._tiles: OrderedDict[tuple[Key, Size], QPixmap] = OrderedDict()
        self._reaches: dict[int, tuple[Clip, _Reach]] = {}
        self._times: dict[str, list[tuple[float, Key]]] = {}
        self._wanted: OrderedDict[Key, Media] = OrderedDict()
        self._is_stand_in = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._load)

    def forget(self) -> None:
        """Another project: keep nothing."""
        self._pictures.clear()
        self._times.clear()
        self._tiles.clear()
        self._reaches.clear()
        self._wanted.clear()

    def more(self) -> None:
        """Thumbnails were made: look again for those wanted."""
        if self._wanted:
            self._timer.start(0)

    def draw(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale, ratio: float = 1.0) -> None:
        """Tiles over `rect`, which begins at the clip's start, each showing the moment at its left edge."""
        aspect = media.width / media.height if media.width and media.height else 16 / 9
        tile = max(12, round(rect.height() * aspect))
        size = (round(tile * ratio), round(rect.height() * ratio), ratio)
        area = painter.clipBoundingRect()
        start, top = round(rect.left()), round(rect.top())
        first = max(0, floor((area.left() - start) / tile))
        last = ceil((min(area.right(), rect.right()) - start) / tile)
        moment_at = self._reach(clip).moments(media, tile / scale.pixels_per_second)
        for number in range(first, last):
            picture = self._picture(media, moment_at(number), size)
            if self._is_stand_in:
                self.holes.add(scale, QRectF(start + number * tile, rect.top(), tile, rect.height()))
            if picture is not None:
                painter.drawPixmap(start + number * tile, top, picture)

    def _reach(self, clip: Clip) -> _Reach:
        """What a clip shows, worked out once: a clip never changes."""
        found = self._reaches.get(id(clip))
        if found is not None and found[0] is clip:
            return found[1]
        if len(self._reaches) >= _REACHES:
            self._reaches.clear()
        reach = _Reach(clip)
        self._reaches[id(clip)] = (clip, reach)
        return reach

    def draw_nest(
        self, painter: QPainter, rect: QRectF, clip: Clip, nest: Sequence, library: Library, scale: Scale, ratio: float
    ) -> None:
        """Tiles over `rect` of what the uppermost pictures of a nested sequence show."""
        tile = max(12, round(rect.height() * (nest.width / nest.height if nest.height else 16 / 9)))
        size = (round(tile * ratio), round(rect.height() * ratio), ratio)
        area, start = painter.clipBoundingRect(), round(rect.left())
        first = max(0, floor((area.left() - start) / tile))
        for number in range(first, ceil((min(area.right(), rect.right()) - start) / tile)):
            since = RationalTime(floor(number * tile / scale.pixels_per_second * 4), 4)
            found = _seen(nest, clip.source_time(min(since, clip.duration)), library)
            picture = self._picture(*found, size) if found is not None else None
            if found is not None and self._is_stand_in:
                self.holes.add(scale, QRectF(start + number * tile, rect.top(), tile, rect.height()))
            if picture is not None:
                painter.drawPixmap(start + number * tile, round(rect.top()), picture)

    def _nearest(self, media_id: str, moment: Moment) -> Key | None:
        times = self._times.get(media_id)
        if not times:
            return None
        at = time_of(moment).to_seconds()
        place = bisect_left(times, at, key=lambda one: one[0])
        near = times[max(0, place - 1) : place + 1]
        return min(near, key=lambda one: abs(one[0] - at))[1]

    def _picture(self, media: Media, moment: Moment, size: Size) -> QPixmap | None:
        """The tile of a moment in device pixels; while it is missing, the nearest one there is."""
        key = (media.id, moment)
        self._is_stand_in = False
        tile = self._tiles.get((key, size))
        if tile is not None:
            return tile
        if key not in self._pictures:
            self._want(key, media)
            self._is_stand_in = True
            stand_in = self._nearest(media.id, moment)
            if stand_in is None:
                return None
            key = stand_in
            tile = self._tiles.get((key, size))
            if tile is not None:
                return tile
        tile = _tile(self._pictures[key], size)
        self._tiles[key, size] = tile
        if len(self._tiles) > _LIMIT:
            self._tiles.popitem(last=False)
        return tile

    def _want(self, key: Key, media: Media) -> None:
        if key not in self._wanted:
            self._wanted[key] = media
            if len(self._wanted) > _WAITING:
                self._wanted.popitem(last=False)
            self._timer.start(0)

    def _load(self) -> None:
        """Load what is ready, for at most 4 ms; ask for the rest."""
        until, loaded = perf_counter() + _BUDGET_SECONDS, False
        for key in list(self._wanted):
            if perf_counter() > until:
                self._timer.start(1)
                break
            media = self._wanted[key]
            path = self._find(media, time_of(key[1]), THUMBNAIL_WIDTH)
            if path is None:
                continue
            del self._wanted[key]
            image = QImage(str(path))
            if image.isNull():
                continue
            self._pictures[key] = QPixmap.fromImage(image)
            insort(self._times.setdefault(media.id, []), (time_of(key[1]).to_seconds(), key), key=itemgetter(0))
            loaded = True
            while len(self._pictures) > _LIMIT:
                gone, _ = self._pictures.popitem(last=False)
                self._times[gone[0]].remove((time_of(gone[1]).to_seconds(), gone))
        if loaded:
            self.arrived.emit()


def time_of(moment: Moment) -> RationalTime:
    """The source instant of a moment."""
    return RationalTime(moment, 4) if isinstance(moment, int) else moment


class _Reach:
    """What a clip shows of its source, in numbers that are quick to reckon with."""

    def __init__(self, clip: Clip) -> None:
        low, high = clip.source_range.start, clip.source_range.end
        self._freeze = clip.freeze
        self._speed = float(clip.speed)
        self._from = (high if self._speed < 0 else low).to_seconds() * 4
        self._first, self._last = ceil(low.fraction * 4), floor(high.fraction * 4)
        self._low: Moment = self._first if time_of(self._first) == low else low
        self._high: Moment = self._last if time_of(self._last) == high else high

    def moments(self, media: Media, tile_seconds: float) -> Callable[[int], Moment]:
        """The moments of tiles by their number, inside the source range, on a grid that halves with the zoom: then zooming
        asks for few new ones."""
        if media.is_endless or self._freeze is not None:
            still: Moment = 0 if media.is_endless or self._freeze is None else self._freeze
            return lambda number: still
        step = tile_seconds * 4 * self._speed
        grid = 2 ** max(0, floor(log2(max(abs(step), 1.0))))
        start, first, last = self._from, self._first, self._last

        def at(number: int) -> Moment:
            quarter = floor((start + number * step) / grid) * grid
            return quarter if first <= quarter <= last else self._low if quarter < first else self._high

        return at


def _seen(nest: Sequence, time: RationalTime, library: Library) -> tuple[Media, Moment] | None:
    """The file and its instant (on quarters of a second) that is uppermost in a sequence at a record time."""
    found = uppermost(nest, time, library)
    if found is None:
        return None
    media, instant = found
    return media, 0 if media.is_endless else floor(instant.to_seconds() * 4)


def _tile(picture: QPixmap, size: Size) -> QPixmap:
    """The picture at a tile's size, with a dark line at its right edge."""
    mode = Qt.TransformationMode.SmoothTransformation
    tile = picture.scaled(size[0], size[1], Qt.AspectRatioMode.IgnoreAspectRatio, mode)
    painter = QPainter(tile)
    line = max(1, size[1] // 60)
    painter.fillRect(size[0] - line, 0, line, size[1], QColor(0, 0, 0, 130))
    painter.end()
    tile.setDevicePixelRatio(size[2])
    return tile
