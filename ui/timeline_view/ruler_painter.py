"""Paints the ruler: labels and ticks, in/out band, markers, cache bar, head of the playhead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from timeline.items import Marker
from timeline.query import timecode_at
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from ui.timeline_view.look import colour
from ui.timeline_view.marker_look import draw_flag, marker_colour
from ui.timeline_view.scale import Scale
from ui.timeline_view.text import draw_line, width_of

HEIGHT: Final = 30
CACHE_BAR: Final = 3
FLAG_TOP: Final = 13.0
FLAG_HALF: Final = 5.0
_TEXT_X: Final = 9.0
_LEAST_TEXT: Final = 16.0
_HEAD_HALF: Final = 5.5
Paces = tuple[tuple[TimeRange, bool], ...]
"""Stretches (record) and whether each is slow."""
Marks = tuple[RationalTime | None, RationalTime | None]


@dataclass(frozen=True)
class RulerShown:
    """What a paint of the ruler knows."""

    sequence: Sequence
    scale: Scale
    width: int
    marks: Marks
    paces: Paces
    playhead: RationalTime
    hovered: str | None = None


def paint_ruler(painter: QPainter, dirty: QRectF, shown: RulerShown) -> None:
    """All of it, in `dirty`."""
    painter.fillRect(dirty, colour("surface.inset"))
    _marks(painter, shown)
    for tick in shown.scale.ticks(dirty.left() - 100, dirty.right() + 2):
        x = round(tick.x)
        height = (4, 6, 8)[tick.level]
        painter.fillRect(QRectF(x, HEIGHT - CACHE_BAR - height, 1, height), colour("border.tab"))
        if tick.level == 2:
            _label(painter, x + 4, timecode_at(shown.sequence, tick.time), shown.width)
    markers = sorted(shown.sequence.markers, key=lambda marker: marker.time)
    for marker in markers:
        _band(painter, marker, shown)
    for place, marker in enumerate(markers):
        after = shown.scale.x_of(markers[place + 1].time) if place + 1 < len(markers) else float("inf")
        _marker(painter, marker, shown, after)
    painter.fillRect(QRectF(dirty.left(), HEIGHT - 1, dirty.width(), 1), colour("border.subtle"))
    _cache_bar(painter, shown, dirty)
    _head(painter, shown.scale.x_of(shown.playhead), shown.width)


def _label(painter: QPainter, x: int, text: str, width: int) -> None:
    """A timecode right of its tick; whole or not at all."""
    if x >= 0 and x + width_of(text, tabular=True) <= width - 2:
        draw_line(painter, x, 9, text, colour("text.muted"), tabular=True)


def _marks(painter: QPainter, shown: RulerShown) -> None:
    start, end = shown.marks
    if start is None and end is None:
        return
    scale = shown.scale
    left = max(scale.x_of(start), -4.0) if start is not None else -4.0
    right = min(scale.x_of(end), shown.width + 4.0) if end is not None else shown.width + 4.0
    if right <= left:
        return
    painter.fillRect(QRectF(round(left), 0, round(right) - round(left), HEIGHT), colour("accent.dim", 0.32))
    for x, there in ((left, start), (right - 2, end)):
        if there is not None:
            painter.fillRect(QRectF(round(x), 0, 2, HEIGHT - 1), colour("accent.default"))


def _band(painter: QPainter, marker: Marker, shown: RulerShown) -> None:
    """How far a marker with a length reaches."""
    if not marker.duration:
        return
    left = max(shown.scale.x_of(marker.time), -4.0)
    right = min(shown.scale.x_of(marker.time + marker.duration), shown.width + 4.0)
    if right > left:
        ink = marker_colour(marker.colour)
        ground = QColor(ink)
        ground.setAlphaF(0.28)
        painter.fillRect(QRectF(round(left), FLAG_TOP, max(1, round(right) - round(left)), 13), ground)
        painter.fillRect(QRectF(round(right) - 1, FLAG_TOP, 1, 13), ink)


def _marker(painter: QPainter, marker: Marker, shown: RulerShown, after: float) -> None:
    """A flag, and its name while it fits before the next one."""
    x = shown.scale.x_of(marker.time)
    text_width = width_of(marker.name) if marker.name else 0.0
    if not -text_width - 20 < x < shown.width + 10:
        return
    draw_flag(painter, x, FLAG_TOP, marker_colour(marker.colour), half=FLAG_HALF)
    if marker.id == shown.hovered:
        painter.fillRect(QRectF(round(x), 0, 1, FLAG_TOP), marker_colour(marker.colour))
    room = min(after - FLAG_HALF - 4, shown.width - 2.0) - (x + _TEXT_X)
    if not marker.name or room < min(_LEAST_TEXT, text_width):
        return
    width = min(text_width, room)
    if not marker.duration:
        painter.fillRect(QRectF(round(x) + 7, FLAG_TOP + 1, width + 4, 12), colour("surface.inset"))
    draw_line(painter, x + _TEXT_X, FLAG_TOP + 6.5, marker.name, colour("text.secondary"), width=width + 2)


def _cache_bar(painter: QPainter, shown: RulerShown, dirty: QRectF) -> None:
    """What plays in real time, what does not, and nothing where that is not known."""
    for span, is_slow in shown.paces:
        left, right = shown.scale.x_of(span.start), shown.scale.x_of(span.end)
        if right > dirty.left() and left < dirty.right():
            left, right = max(left, dirty.left() - 1), min(right, dirty.right() + 1)
            ink = colour("state.slow" if is_slow else "state.ready")
            painter.fillRect(QRectF(left, HEIGHT - CACHE_BAR, max(right - left, 1), CACHE_BAR), ink)


def _head(painter: QPainter, x: float, width: int) -> None:
    if not -10 < x < width + 10:
        return
    x = round(x) + 0.5
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(colour("surface.window"), 1))
    painter.setBrush(colour("accent.default"))
    half, top, foot = _HEAD_HALF, 1.0, 14.0
    corners = ((-half, top), (half, top), (half, foot - 5), (0, foot), (-half, foot - 5))
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y) for dx, y in corners]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(x - 0.5, foot - 1, 1, HEIGHT - foot + 1), colour("accent.default"))
