"""What lies over a clip's body: fades with their handles, the line of gain or opacity, keyframes, markers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from timeline.curve import Curve, Interpolation
from timeline.items import Clip
from timeline.time import ZERO
from ui import words
from ui.timeline_view import rubber
from ui.timeline_view.clip_header import offset_words
from ui.timeline_view.clip_look import AA, RADIUS, ClipLook
from ui.timeline_view.facts import key_times
from ui.timeline_view.look import colour
from ui.timeline_view.marker_look import draw_flag, marker_colour
from ui.timeline_view.scale import Scale
from ui.timeline_view.text import draw_line, width_of

_WEDGE = QColor(0, 0, 0, 140)
_SLOPE = QColor(245, 245, 245, 110)
_LINE = QColor(245, 245, 245, 165)
_LINE_LIT = QColor(245, 245, 245, 230)
_STEPS = 8
"""Parts a stretch between two keyframes is drawn in: a gain that changes evenly is bent on the scale of levels."""
_DOT = 2.5
_DOT_ROOM = 6.0
"""Keyframes nearer to each other (px) are one dot."""
_WIDEST_KEPT = 400
"""Wider fades (px) are drawn each time."""
_HANDLE = 4.0
MIN_MARKS = 16.0


def draw_marks(painter: QPainter, body: QRectF, clip: Clip, look: ClipLook, scale: Scale) -> None:
    """All of it; `body` begins at the clip's start and is not cut to the viewport."""
    if body.width() < MIN_MARKS or body.height() < 8:
        return
    _fades(painter, body, clip, scale, look.ratio)
    if rubber.has_line(clip, look.row.is_audio, pen=look.pen):
        _line(painter, body, clip, look, scale)
    if not look.row.is_audio:
        _diamonds(painter, body, clip, look, scale)
    if clip.markers:
        _markers(painter, body, clip, scale)
    if look.hovered and not look.row.track.locked and rubber.has_handles(look.right - look.left, body.height()):
        _handles(painter, body, clip, look, scale)


def _fades(painter: QPainter, body: QRectF, clip: Clip, scale: Scale, ratio: float) -> None:
    if not clip.fade_in and not clip.fade_out:
        return
    height = round(body.height())
    for is_out, length in ((False, clip.fade_in), (True, clip.fade_out)):
        width = round(min(scale.width_of(length), body.width()))
        if width < 2:
            continue
        left = round(body.right()) + 1 - width if is_out else round(body.left())
        if width <= _WIDEST_KEPT:
            painter.drawPixmap(left, round(body.top()), wedge(width, height, is_out, ratio))
        else:
            painter.save()
            painter.translate(left, round(body.top()))
            _draw_wedge(painter, width, height, is_out)
            painter.restore()


@lru_cache(maxsize=512)
def wedge(width: int, height: int, is_out: bool, ratio: float) -> QPixmap:
    """A fade, kept: polygons are the dearest thing a timeline can draw."""
    pixmap = QPixmap(ceil(width * ratio), ceil(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _draw_wedge(painter, width, height, is_out)
    painter.end()
    return pixmap


def _draw_wedge(painter: QPainter, width: int, height: int, is_out: bool) -> None:
    """Dark above the slope from the outer foot to the inner top."""
    outer, inner = (width, 0) if is_out else (0, width)
    painter.setRenderHint(AA, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_WEDGE)
    painter.drawPolygon(QPolygonF([QPointF(outer, 0), QPointF(inner, 0), QPointF(outer, height)]))
    painter.setPen(QPen(_SLOPE, 1))
    painter.drawLine(QPointF(outer, height), QPointF(inner, 0))


def _line(painter: QPainter, body: QRectF, clip: Clip, look: ClipLook, scale: Scale) -> None:
    name = rubber.name_of(look.row.is_audio)
    value = rubber.held_value(clip, name)
    left, right = max(body.left(), -8.0), min(body.right(), look.view_width + 8.0)
    lit = look.hovered or look.selected
    painter.setPen(QPen(_LINE_LIT if lit else _LINE, 1))
    if not isinstance(value, Curve):
        y = round(rubber.y_of(name, value, body.top(), body.height()))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        if look.hovered:
            _level(painter, body, look, y, name, value)
        return

    def y_of(number: float) -> float:
        return rubber.y_of(name, number, body.top(), body.height())

    keys = rubber.points(clip, name)
    places = [body.left() + scale.width_of(key.offset) for key in keys]
    route = [QPointF(min(left, places[0]), y_of(keys[0].value))]
    for number, (key, x) in enumerate(zip(keys, places, strict=True)):
        route.append(QPointF(x, y_of(key.value)))
        if number + 1 < len(keys):
            after, until = keys[number + 1], places[number + 1]
            # played backwards the earlier keyframe of the source lies to the right, and its kind counts
            kind = key.interpolation if clip.speed > 0 else after.interpolation
            route += _between(x, key.value, until, after.value, kind, clip.speed > 0, y_of)
    route.append(QPointF(max(right, places[-1]), y_of(keys[-1].value)))
    painter.setRenderHint(AA, True)
    painter.setPen(QPen(_LINE_LIT, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(route))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("text.on_clip"))
    before = -1e9
    for key, x in zip(keys, places, strict=True):
        if left <= x <= right and x - before >= _DOT_ROOM:
            painter.drawEllipse(QPointF(x, y_of(key.value)), _DOT, _DOT)
            before = x
    painter.setRenderHint(AA, False)


def _between(
    x: float,
    value: float,
    until: float,
    after: float,
    kind: Interpolation,
    forward: bool,
    y_of: Callable[[float], float],
) -> list[QPointF]:
    """The points of the line between two keyframes."""
    if kind is Interpolation.HOLD:
        return [QPointF(until, y_of(value))] if forward else [QPointF(x, y_of(after))]
    if until - x < 12 or value == after:
        return []
    made = []
    for step in range(1, _STEPS):
        mix = step / _STEPS
        eased = mix * mix * (3 - 2 * mix) if kind is Interpolation.EASE else mix
        made.append(QPointF(x + (until - x) * mix, y_of(value + (after - value) * eased)))
    return made


def _level(painter: QPainter, body: QRectF, look: ClipLook, y: float, name: rubber.Name, value: float) -> None:
    """What the line stands at, in dB or per cent, beside it."""
    text = level_words(name, value)
    width = width_of(text, tabular=True) + 8
    right = min(body.right(), look.view_width) - 16
    if right - width < max(body.left(), 0.0) + 16 or body.height() < 26:
        return
    top = y + 3 if y + 18 < body.bottom() else y - 17
    painter.fillRect(QRectF(right - width, top, width, 14), QColor(11, 11, 11, 170))
    draw_line(painter, right - width + 4, top + 7, text, colour("text.on_clip"), tabular=True)


def level_words(name: rubber.Name, value: float) -> str:
    """`−6.0 dB`, `−∞ dB`, `80 %`."""
    if name == "opacity":
        return f"{round(value * 100)} %"
    if rubber.to_db(value) <= rubber.QUIETEST_DB:
        return f"{words.MINUS}∞ dB"
    return f"{words.signed(rubber.to_db(value))} dB"


def _diamonds(painter: QPainter, body: QRectF, clip: Clip, look: ClipLook, scale: Scale) -> None:
    """Keyframes of the picture's effects, at the foot; those of opacity are on its line as well."""
    times = key_times(clip) if clip.effects or isinstance(clip.opacity, Curve) else ()
    if not times:
        return
    painter.setRenderHint(AA, True)
    painter.setPen(QPen(QColor(11, 11, 11, 160), 1))
    painter.setBrush(colour("accent.default"))
    area = painter.clipBoundingRect()
    end = area.right() + 6
    if look.offset:  # the red badge stands at the right end of the foot
        end = min(end, look.rect.right() - 14 - width_of(offset_words(look.offset), tabular=True))
    for time in times:
        x, y = body.left() + scale.width_of(time), body.bottom() - 6
        if body.left() <= x <= body.right():  # one on the clip's edge is drawn whole
            x = min(max(x, body.left() + 6), body.right() - 6) if body.width() > 12 else x
        if area.left() - 6 <= x <= end:
            painter.drawPolygon(QPolygonF([QPointF(x, y - 4), QPointF(x + 4, y), QPointF(x, y + 4), QPointF(x - 4, y)]))
    painter.setRenderHint(AA, False)


def _markers(painter: QPainter, body: QRectF, clip: Clip, scale: Scale) -> None:
    """Flags at the top of the body; a range is a band there."""
    for marker in clip.markers:
        at, length = clip.offset_of(marker.time), marker.duration / abs(clip.speed)
        if not ZERO <= at <= clip.duration:
            continue
        x = body.left() + scale.width_of(at)
        if length:
            width = min(scale.width_of(length), body.right() - x)
            painter.fillRect(QRectF(x, body.top() + 1, max(1.0, width), 3), marker_colour(marker.colour))
        draw_flag(painter, x, body.top() + 1, marker_colour(marker.colour), half=3.5, tall=8.0)


def _handles(painter: QPainter, body: QRectF, clip: Clip, look: ClipLook, scale: Scale) -> None:
    """Two small squares that pull the fades."""
    painter.setRenderHint(AA, True)
    painter.setPen(QPen(QColor(11, 11, 11, 200), 1))
    painter.setBrush(colour("text.on_clip"))
    for side, fade in (("in", clip.fade_in), ("out", clip.fade_out)):
        x = rubber.fade_handle_x(look.left, look.right - 1, scale.width_of(fade), "in" if side == "in" else "out")
        painter.drawRoundedRect(
            QRectF(round(x) - _HANDLE + 0.5, body.top() + 1.5, 2 * _HANDLE, 2 * _HANDLE), RADIUS / 2, RADIUS / 2
        )
    painter.setRenderHint(AA, False)
