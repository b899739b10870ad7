"""Waveforms: peaks of a file to image tiles of a given zoom, cached.

A tile counts from the file's start, so trimming and moving reuse it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from timeline.items import Clip
from timeline.media import Media
from ui.timeline_view.look import colour
from ui.timeline_view.scale import Scale

TILE_PX: Final = 512
PEAKS_PER_SECOND: Final = 100
_CORE: Final = 0.55
"""The bright inner part, about where the energy lies, relative to the mean peak."""

Peaks = NDArray[Any]


class TileKey(NamedTuple):
    """What a tile shows: a stretch of a file at a zoom (device pixels per second of source) and height."""

    media_id: str
    length: int
    pixels_per_second: float
    height: int
    backwards: bool
    number: int


@dataclass
class WaveformTiles:
    """Draws waveforms from tiles; holds at most `limit` of them."""

    limit: int = 400
    _tiles: OrderedDict[TileKey, QPixmap] = field(default_factory=OrderedDict, init=False)

    def forget(self, media_id: str) -> None:
        """Drop what is kept of a file (its peaks arrived anew)."""
        for key in [key for key in self._tiles if key.media_id == media_id]:
            del self._tiles[key]

    def draw(
        self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, peaks: Peaks, scale: Scale, ratio: float
    ) -> None:
        """Peaks of `media` over `rect`, which begins where the clip begins."""
        speed = float(abs(clip.speed))
        pps = round(scale.pixels_per_second / speed, 4)
        backwards = clip.speed < 0
        length = media.duration.to_seconds()
        head = length - clip.source_range.end.to_seconds() if backwards else clip.source_range.start.to_seconds()
        zero = round(rect.left()) - round(head * pps)
        area = painter.clipBoundingRect()
        left, right = max(rect.left(), area.left()), min(rect.right(), area.right())
        height = round(rect.height() * ratio)
        for number in range(max(0, floor((left - zero) / TILE_PX)), ceil((right - zero) / TILE_PX)):
            key = TileKey(media.id, len(peaks), round(pps * ratio, 4), height, backwards, number)
            painter.drawPixmap(QPointF(zero + number * TILE_PX, rect.top()), self._tile(key, peaks, ratio))

    def _tile(self, key: TileKey, peaks: Peaks, ratio: float) -> QPixmap:
        tile = self._tiles.get(key)
        if tile is None:
            columns = round(TILE_PX * ratio)
            top, bottom, core = columns_of(peaks, key.pixels_per_second, key.number * columns, columns, key.backwards)
            tile = QPixmap.fromImage(picture(top, bottom, core, key.height, colour("clip.waveform")))
            tile.setDevicePixelRatio(ratio)
            self._tiles[key] = tile
            while len(self._tiles) > self.limit:
                self._tiles.popitem(last=False)
        else:
            self._tiles.move_to_end(key)
        return tile


def columns_of(
    peaks: Peaks, pixels_per_second: float, first: int, count: int, backwards: bool = False
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Highest, lowest and mean absolute peak (-1..1) of `count` pixel columns from column `first` on; 0 beyond the end."""
    data = np.asarray(peaks)[::-1] if backwards else np.asarray(peaks)
    edges = (np.arange(first, first + count + 1) * (PEAKS_PER_SECOND / pixels_per_second)).astype(np.int64)
    inside = edges[:-1] < len(data)
    top, bottom, core = (np.zeros(count, np.float32) for _ in range(3))
    if not inside.any():
        return top, bottom, core
    n = int(inside.sum())
    start, stop = int(edges[0]), min(max(int(edges[n]), int(edges[n - 1]) + 1), len(data))
    part = data[start:stop].astype(np.float32) / (127.0 if np.issubdtype(data.dtype, np.integer) else 1.0)
    low, high = part.min(axis=1), part.max(axis=1)
    at = edges[:n] - start
    top[:n] = np.maximum.reduceat(high, at)
    bottom[:n] = np.minimum.reduceat(low, at)
    spans = np.maximum(np.diff(np.append(at, len(part))), 1)
    core[:n] = np.add.reduceat((high - low) / 2, at) / spans
    return top, bottom, core


def picture(
    top: NDArray[np.float32], bottom: NDArray[np.float32], core: NDArray[np.float32], height: int, ink: QColor
) -> QImage:
    """The columns as a picture: the whole swing at 60 %, the core in full; premultiplied, so empty is transparent."""
    middle = (height - 1) / 2
    reach = height / 2 - 2
    rows = np.arange(height, dtype=np.float32)[:, None]
    up, down = middle - np.clip(top, 0, 1) * reach, middle - np.clip(bottom, -1, 0) * reach
    outer = np.clip(np.minimum(rows - up + 0.7, down - rows + 0.7), 0, 1)
    half = np.clip(core * _CORE, 0, 1) * reach
    inner = np.clip(half + 0.5 - np.abs(rows - middle), 0, 1)
    alpha = np.maximum(outer * 0.6, inner)[..., None]
    bgra = np.array([ink.blue(), ink.green(), ink.red(), 255], np.float32) * alpha
    pixels = np.ascontiguousarray(bgra.astype(np.uint8))
    h, w = pixels.shape[:2]
    return QImage(pixels.data, w, h, w * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()
