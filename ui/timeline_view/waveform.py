"""Waveforms: outlines of files to image tiles of a given zoom, cached.

A tile counts from the file's start, so trimming and moving reuse it. What is not there yet is made in the time a paint may
take, else by a worker; until then the nearest tile there is is stretched over its place.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil, floor
from time import perf_counter
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from timeline.items import Clip
from timeline.media import Media
from ui.timeline_view.holes import Holes
from ui.timeline_view.look import colour
from ui.timeline_view.loudness import Fades, Volume, fades_of, gains, volume_of
from ui.timeline_view.scale import Scale

TILE_PX: Final = 256
PEAKS_PER_SECOND: Final = 100
TALL_BODY: Final = 49.0
"""From this height on (a track of 72) both sides are drawn, one below the other."""
_PEAK: Final = 0.55
"""How strong the peaks are drawn beside the core of RMS."""
_MOST_STRETCHED: Final = 12
_VARIANTS: Final = 4
_BUDGET_SECONDS: Final = 0.003

Outline = NDArray[Any]
Pixels = NDArray[np.uint8]
Take = Callable[[tuple[Any, ...], str, Callable[[], Pixels]], Pixels | None]


class Look(NamedTuple):
    """What tiles of one file look alike in: zoom (device pixels per second of source), height, gain."""

    pixels_per_second: float
    height: int
    sides: int
    volume: Volume


class TileKey(NamedTuple):
    """What a tile shows: a stretch of a file in a look. `fades` only where the stretch lies under one."""

    media_id: str
    length: int
    backwards: bool
    look: Look
    number: int
    fades: Fades | None


def make_at_once(_key: tuple[Any, ...], _about: str, make: Callable[[], Pixels]) -> Pixels:
    """No worker: tests."""
    return make()


@dataclass
class WaveformTiles:
    """Draws waveforms from tiles; holds at most `limit` of them."""

    take: Take = make_at_once
    limit: int = 900
    holes: Holes = field(default_factory=Holes)
    _tiles: OrderedDict[TileKey, QPixmap] = field(default_factory=OrderedDict, init=False)
    _looks: dict[tuple[str, bool], OrderedDict[tuple[Look, Fades | None], None]] = field(
        default_factory=dict, init=False
    )
    _until: float = field(default=0.0, init=False)
    _zoom: float = field(default=0.0, init=False)

    def begin(self, scale: Scale) -> None:
        """A paint begins: so long it may make tiles itself. While one zooms they would be stale at once: none then."""
        zooms = scale.pixels_per_second != self._zoom and self._zoom > 0
        self._zoom = scale.pixels_per_second
        self._until = 0.0 if zooms else perf_counter() + _BUDGET_SECONDS

    def forget(self, media_id: str) -> None:
        """Drop what is kept of a file (its outline arrived anew)."""
        for key in [key for key in self._tiles if key.media_id == media_id]:
            del self._tiles[key]
        for backwards in (False, True):
            self._looks.pop((media_id, backwards), None)

    def draw(
        self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, outline: Outline, scale: Scale, ratio: float
    ) -> None:
        """The sound of `media` over `rect`, which begins where the clip begins; as loud as the clip is."""
        pps = round(scale.pixels_per_second / float(abs(clip.speed)), 4)
        backwards = clip.speed < 0
        length = media.duration.to_seconds()
        head = length - clip.source_range.end.to_seconds() if backwards else clip.source_range.start.to_seconds()
        zero = round(rect.left()) - round(head * pps)
        area = painter.clipBoundingRect()
        left, right = max(rect.left(), area.left()), min(rect.right(), area.right())
        sides = 2 if rect.height() >= TALL_BODY and media.channels >= 2 else 1
        look = Look(round(pps * ratio, 4), round(rect.height() * ratio), sides, volume_of(clip))
        fades = fades_of(clip)
        for number in range(max(0, floor((left - zero) / TILE_PX)), ceil((right - zero) / TILE_PX)):
            mine = fades
            if fades is not None:
                first, last = _seconds(number, pps, length, backwards)
                mine = fades if fades.touches(first, last) else None
            key = TileKey(media.id, len(outline), backwards, look, number, mine)
            tile = self._tile(key, outline, length, ratio)
            if tile is not None:
                painter.drawPixmap(QPointF(zero + number * TILE_PX, rect.top()), tile)
            else:
                place = QRectF(zero + number * TILE_PX, rect.top(), TILE_PX, rect.height())
                self._draw_stretched(painter, place, key)
                missing = place.intersected(QRectF(left, rect.top(), right - left, rect.height()))
                self.holes.add(scale, missing)

    def _tile(self, key: TileKey, outline: Outline, length: float, ratio: float) -> QPixmap | None:
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
            return tile

        def make() -> Pixels:
            return pixels_of(key, outline, length, round(TILE_PX * ratio), colour("clip.waveform"))

        pixels = make() if perf_counter() < self._until else self.take(key, key.media_id, make)
        if pixels is None:
            return None
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
        tile = QPixmap.fromImage(image.copy())  # the pixmap outlives the array
        tile.setDevicePixelRatio(ratio)
        self._tiles[key] = tile
        looks = self._looks.setdefault((key.media_id, key.backwards), OrderedDict())
        looks[key.look, key.fades] = None
        looks.move_to_end((key.look, key.fades))
        while len(looks) > 4 * _VARIANTS:
            looks.popitem(last=False)
        while len(self._tiles) > self.limit:
            self._tiles.popitem(last=False)
        return tile

    def _draw_stretched(self, painter: QPainter, place: QRectF, key: TileKey) -> None:
        """Tiles of another zoom or gain over the place of one that is still being made."""
        looks = self._looks.get((key.media_id, key.backwards))
        if looks is None:
            return
        for look, fades in list(reversed(looks))[:_VARIANTS]:
            if look.sides != key.look.sides:
                continue
            zoom = look.pixels_per_second / key.look.pixels_per_second
            first, last = key.number * zoom, (key.number + 1) * zoom
            if last - first > _MOST_STRETCHED:
                continue
            found = False
            for number in range(floor(first), ceil(last)):
                tile = self._tiles.get(TileKey(key.media_id, key.length, key.backwards, look, number, fades))
                if tile is None:
                    continue
                start, end = max(first, number), min(last, number + 1)
                width = tile.width()
                source = QRectF((start - number) * width, 0, (end - start) * width, tile.height())
                share = place.width() / zoom
                target = QRectF(
                    place.left() + (start - first) * share, place.top(), (end - start) * share, place.height()
                )
                painter.drawPixmap(target, tile, source)
                found = True
            if found:
                return


def _seconds(number: int, pps: float, length: float, backwards: bool) -> tuple[float, float]:
    """The source seconds under a tile, earliest first; `pps` logical."""
    first, last = number * TILE_PX / pps, (number + 1) * TILE_PX / pps
    return (length - last, length - first) if backwards else (first, last)


def pixels_of(key: TileKey, outline: Outline, length: float, columns: int, ink: QColor) -> Pixels:
    """A tile's pixels (h, w, 4) uint8, premultiplied BGRA. Any thread."""
    pps = key.look.pixels_per_second
    first = key.number * columns
    middles = (np.arange(first, first + columns, dtype=np.float64) + 0.5) / pps
    gain = gains(key.look.volume, key.fades, length - middles if key.backwards else middles)
    sides = (1, 2) if key.look.sides == 2 else (0,)
    heights = [key.look.height // 2, key.look.height - key.look.height // 2] if len(sides) == 2 else [key.look.height]
    parts = []
    for side, height in zip(sides, heights, strict=True):
        top, bottom, core = columns_of(outline[:, side], pps, first, columns, key.backwards)
        loud = 1.0 if gain is None else gain
        parts.append(picture(top * loud, bottom * loud, core * loud, height, ink))
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def columns_of(
    peaks: NDArray[Any], pixels_per_second: float, first: int, count: int, backwards: bool = False
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Highest, lowest (-1..1) and RMS of `count` pixel columns from column `first` on; 0 beyond the end.

    `peaks` has a row for each hundredth of a second: lowest, highest, and RMS where it is known.
    """
    data = np.asarray(peaks)[::-1] if backwards else np.asarray(peaks)
    edges = (np.arange(first, first + count + 1) * (PEAKS_PER_SECOND / pixels_per_second)).astype(np.int64)
    inside = edges[:-1] < len(data)
    top, bottom, core = (np.zeros(count, np.float32) for _ in range(3))
    if not inside.any():
        return top, bottom, core
    n = int(inside.sum())
    start, stop = int(edges[0]), min(max(int(edges[n]), int(edges[n - 1]) + 1), len(data))
    full = float(np.iinfo(data.dtype).max) if np.issubdtype(data.dtype, np.integer) else 1.0
    part = data[start:stop].astype(np.float32) / np.float32(full)
    low, high = part[:, 0], part[:, 1]
    energy = np.square(part[:, 2]) if part.shape[1] > 2 else np.square((high - low) / 2) / 2
    at = edges[:n] - start
    top[:n] = np.maximum.reduceat(high, at)
    bottom[:n] = np.minimum.reduceat(low, at)
    spans = np.maximum(np.diff(np.append(at, len(part))), 1)
    core[:n] = np.sqrt(np.add.reduceat(energy, at) / spans)
    return top, bottom, core


def picture(top: NDArray[Any], bottom: NDArray[Any], core: NDArray[Any], height: int, ink: QColor) -> Pixels:
    """The columns as pixels: the whole swing light, the RMS in full; premultiplied, so empty is transparent."""
    middle = np.float32((height - 1) / 2)
    reach = np.float32(height / 2 - 1.5)
    rows = np.arange(height, dtype=np.float32)[:, None]
    up = middle - np.clip(top, 0, 1).astype(np.float32) * reach
    down = middle - np.clip(bottom, -1, 0).astype(np.float32) * reach
    outer = np.clip(np.minimum(rows - up + np.float32(0.7), down - rows + np.float32(0.7)), 0, 1)
    half = np.clip(core, 0, 1).astype(np.float32) * reach
    inner = np.clip(half + np.float32(0.3) - np.abs(rows - middle), 0, 1)
    alpha = np.maximum(outer * np.float32(_PEAK), inner)
    shades = (np.arange(256, dtype=np.uint16)[:, None] * (ink.blue(), ink.green(), ink.red(), 255) // 255).astype(
        np.uint8
    )
    made: Pixels = shades[(alpha * 255).astype(np.uint8)]
    return made
