"""Draws one clip: header strip with name and chips, body with filmstrip, waveform or words, fades, gain line, edges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from timeline.curve import Curve
from timeline.items import Clip, GeneratorSource
from timeline.media import Media
from timeline.track import Track
from ui.timeline_view.facts import Facts, key_times, record_offset
from ui.timeline_view.layout import CLIP_HEADER, Row, colour_kind
from ui.timeline_view.look import colour, icon
from ui.timeline_view.scale import Scale
from ui.timeline_view.text import draw_line, draw_paragraph, width_of

AA = QPainter.RenderHint.Antialiasing
RADIUS = 3.0
PAD = 6.0
MIN_NAME = 34.0
"""Chips hide, from the right, before the name gets narrower than this."""


class Bodies(Protocol):
    """Where pictures and sound of media come from; draws what is there and asks for the rest."""

    def draw_filmstrip(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale) -> None:
        """Thumbnails over `rect`, which begins at the clip's start."""

    def draw_waveform(self, painter: QPainter, rect: QRectF, clip: Clip, media: Media, scale: Scale) -> None:
        """Peaks over `rect`, which begins at the clip's start."""


@dataclass(frozen=True)
class ClipLook:
    """How one clip is to look now."""

    row: Row
    left: float
    right: float
    selected: bool
    focused: bool
    hovered: bool
    view_width: float
    ratio: float

    @cached_property
    def rect(self) -> QRectF:
        """The clip's rectangle, one pixel short of the next; cut to just outside the viewport."""
        left, right = round(max(self.left, -64.0)), round(min(self.right, self.view_width + 64.0))
        return QRectF(left, self.row.clip_top, max(1, right - left - 1), self.row.clip_height)


def draw_clip(painter: QPainter, clip: Clip, look: ClipLook, facts: Facts, scale: Scale, bodies: Bodies) -> None:
    """A clip with media or a generator behind it (placeholders and missing media: `placeholder_painter`)."""
    track, rect = look.row.track, look.rect
    kind = colour_kind(clip, track)
    faded = not clip.enabled or track.muted
    if faded:
        painter.setOpacity(0.5)
    _ground(painter, rect, kind, look)
    if look.row.has_header_strip:
        top, height = rect.top() + CLIP_HEADER, rect.height() - CLIP_HEADER
        painter.save()
        painter.setClipRect(QRectF(rect.left(), top, rect.width(), height), Qt.ClipOperation.IntersectClip)
        whole = QRectF(look.left, top, max(1.0, look.right - look.left - 1), height)
        _body(painter, whole, clip, track, look, facts, scale, bodies)
        painter.restore()
    if rect.width() >= 20:
        draw_header(painter, rect, clip, facts, look, kind)
    if faded:
        painter.setOpacity(1.0)
    round_corners(painter, look)
    draw_edge(painter, rect, look)


def _ground(painter: QPainter, rect: QRectF, kind: str, look: ClipLook) -> None:
    """Two rectangles; the corners are rounded by painting the lane's colour over them, far cheaper than paths."""
    left, top, width, tall = int(rect.left()), int(rect.top()), int(rect.width()), int(rect.height())
    strip = CLIP_HEADER if look.row.has_header_strip else tall
    painter.fillRect(left, top, width, strip, colour(f"clip.{kind}"))
    if tall > strip:
        painter.fillRect(left, top + strip, width, tall - strip, colour(f"clip.{kind}_body"))


def round_corners(painter: QPainter, look: ClipLook) -> None:
    """Cover what lies outside the rounded corners with the lane's colour."""
    rect, size = look.rect, int(RADIUS)
    if rect.width() < 2 * RADIUS + 6:
        return
    track = look.row.track
    cut = corners("surface.lane_alt" if track.locked or track.muted else "surface.lane", look.ratio)
    left, top = int(rect.left()), int(rect.top())
    right, bottom = left + int(rect.width()) - size, top + int(rect.height()) - size
    painter.drawPixmap(left, top, cut[0])
    painter.drawPixmap(right, top, cut[1])
    painter.drawPixmap(left, bottom, cut[2])
    painter.drawPixmap(right, bottom, cut[3])


@cache
def corners(lane: str, ratio: float) -> tuple[QPixmap, ...]:
    """What lies outside a rounded corner, in the lane's colour: top left, top right, bottom left, bottom right."""
    size = int(RADIUS)
    made = []
    for x, y in ((0, 0), (-size, 0), (0, -size), (-size, -size)):
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        outside = QPainterPath()
        outside.addRect(QRectF(-1, -1, size + 2, size + 2))
        inside = QPainterPath()
        inside.addEllipse(QRectF(x, y, 2 * size, 2 * size))
        painter = QPainter(pixmap)
        painter.setRenderHint(AA, True)
        painter.fillPath(outside.subtracted(inside), colour(lane))
        painter.end()
        made.append(pixmap)
    return tuple(made)


def _body(
    painter: QPainter,
    body: QRectF,
    clip: Clip,
    track: Track,
    look: ClipLook,
    facts: Facts,
    scale: Scale,
    bodies: Bodies,
) -> None:
    media = facts.media(clip)
    if track.is_audio:
        if media is not None:
            bodies.draw_waveform(painter, body, clip, media, scale)
    elif media is not None:
        bodies.draw_filmstrip(painter, body, clip, media, scale)
    elif isinstance(clip.source, GeneratorSource) and body.width() >= 40:
        text = facts.body_text(clip)
        if text:
            left = max(body.left(), 0.0)
            space = QRectF(
                left + PAD, body.top() + 5, min(body.right(), look.view_width + 64) - left - 2 * PAD, body.height() - 6
            )
            draw_paragraph(painter, space, text, colour("text.secondary"))
    _fades(painter, body, clip, scale)
    if track.is_audio:
        _gain_line(painter, body, clip, look, scale)
    else:
        _diamonds(painter, body, clip, scale)


def _fades(painter: QPainter, body: QRectF, clip: Clip, scale: Scale) -> None:
    if not (clip.fade_in or clip.fade_out):
        return
    painter.setRenderHint(AA, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 140))
    for width, x, towards in (
        (scale.width_of(clip.fade_in), body.left(), 1),
        (scale.width_of(clip.fade_out), body.right() + 1, -1),
    ):
        if width >= 2:
            inner = QPointF(x + towards * width, body.top())
            painter.drawPolygon(QPolygonF([QPointF(x, body.top()), inner, QPointF(x, body.bottom())]))
    painter.setRenderHint(AA, False)


def gain_y(volume: float, body: QRectF) -> float:
    """Where a linear gain lies in a clip's body: 0 dB two thirds up, +12 dB at the top, silence at the foot."""
    return float(body.bottom() - body.height() * min(1.0, (max(volume, 0.0) / 4) ** 0.3))


def _gain_line(painter: QPainter, body: QRectF, clip: Clip, look: ClipLook, scale: Scale) -> None:
    if body.width() < 16:
        return
    left, right = max(body.left(), -8.0), min(body.right(), look.view_width + 8.0)
    painter.setPen(QPen(QColor(245, 245, 245, 150), 1))
    if not isinstance(clip.volume, Curve):
        y = round(gain_y(clip.volume, body))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        return
    points = [
        QPointF(body.left() + scale.width_of(record_offset(clip, key.time)), gain_y(_number(key.value), body))
        for key in clip.volume.keyframes
    ]
    points.sort(key=lambda point: point.x())
    painter.setRenderHint(AA, True)
    painter.setPen(QPen(QColor(245, 245, 245, 220), 1))
    line = [
        QPointF(min(left, points[0].x()), points[0].y()),
        *points,
        QPointF(max(right, points[-1].x()), points[-1].y()),
    ]
    painter.drawPolyline(QPolygonF(line))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("text.on_clip"))
    for point in points:
        painter.drawEllipse(point, 2.2, 2.2)
    painter.setRenderHint(AA, False)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 1.0


def _diamonds(painter: QPainter, body: QRectF, clip: Clip, scale: Scale) -> None:
    times = key_times(clip) if clip.effects or isinstance(clip.opacity, Curve) else ()
    if not times or body.width() < 16:
        return
    painter.setRenderHint(AA, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("accent.default"))
    for time in times:
        x, y = body.left() + scale.width_of(time), body.bottom() - 6
        painter.drawPolygon(QPolygonF([QPointF(x, y - 4), QPointF(x + 4, y), QPointF(x, y + 4), QPointF(x - 4, y)]))
    painter.setRenderHint(AA, False)


def draw_header(painter: QPainter, rect: QRectF, clip: Clip, facts: Facts, look: ClipLook, kind: str) -> None:
    """Spark, initial, name and chips; what has no room hides from the right."""
    left = max(rect.left(), 0.0)
    right = min(rect.right(), look.view_width)
    middle = rect.top() + (CLIP_HEADER if look.row.has_header_strip else rect.height()) / 2
    room = right - left - 2 * PAD
    if room < 8:
        return
    x = left + PAD
    initial = facts.initial(clip)
    marks = 26.0 if initial else 18.0 if kind in ("title", "adjustment") else 0.0
    chips = list(facts.chips(clip, is_audio=look.row.is_audio))
    while chips and room - marks - sum(width_of(chip) + 12 for chip in chips) < MIN_NAME:
        chips.pop()
    if room < marks + 6:
        marks, initial = 0.0, ""
    if initial:
        draw_spark(painter, x + 5, middle, 5.0, colour("clip.spark"))
        draw_line(painter, x + 14, middle, initial, colour("clip.spark"), weight="medium")
    elif marks:
        name = "sliders-horizontal" if kind == "adjustment" else "type"
        painter.drawPixmap(QPointF(x, round(middle - 6)), icon(name, "text.on_clip", 12, look.ratio))
    end = right - PAD + 2
    for chip in reversed(chips):
        width = width_of(chip) + 8
        draw_chip(painter, QRectF(end - width, middle - 7, width, 14), chip)
        end -= width + 4
    space = end - x - marks - 2
    if space >= 8:
        draw_line(painter, x + marks, middle, facts.name(clip), colour("text.on_clip"), width=space, weight="medium")


def draw_chip(painter: QPainter, rect: QRectF, text: str, ground: QColor | None = None) -> None:
    """A small dark field with a word."""
    painter.setRenderHint(AA, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground or QColor(11, 11, 11, 130))
    painter.drawRoundedRect(rect, RADIUS, RADIUS)
    painter.setRenderHint(AA, False)
    draw_line(painter, rect.left() + 4, rect.center().y(), text, colour("text.on_clip"))


def draw_spark(painter: QPainter, x: float, y: float, radius: float, ink: QColor) -> None:
    """The four-pointed star that says: generated."""
    path = QPainterPath(QPointF(x, y - radius))
    waist = radius * 0.16
    for tip, bend in (
        (QPointF(x + radius, y), QPointF(x + waist, y - waist)),
        (QPointF(x, y + radius), QPointF(x + waist, y + waist)),
        (QPointF(x - radius, y), QPointF(x - waist, y + waist)),
        (QPointF(x, y - radius), QPointF(x - waist, y - waist)),
    ):
        path.quadTo(bend, tip)
    painter.setRenderHint(AA, True)
    painter.fillPath(path, ink)
    painter.setRenderHint(AA, False)


def draw_edge(painter: QPainter, rect: QRectF, look: ClipLook) -> None:
    """The selection edge (2 px inside, accent while the panel has the keys) or the hover line."""
    if not (look.selected or look.hovered):
        return
    if look.selected:
        pen = QPen(colour("accent.default" if look.focused else "border.inactive"), 2)
        inset = 1.0
    else:
        pen, inset = QPen(QColor(255, 255, 255, 128), 1), 0.5
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if rect.width() < 6:
        painter.fillRect(rect, pen.color())
        return
    painter.setRenderHint(AA, True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), RADIUS - inset / 2, RADIUS - inset / 2)
    painter.setRenderHint(AA, False)
