"""The header strip of a clip: spark and initial or the mark of its kind, name, chips. What has no room hides from the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from timeline.items import Clip
from ui.timeline_view.clip_look import AA, PAD, RADIUS, ClipLook
from ui.timeline_view.facts import Facts
from ui.timeline_view.layout import CLIP_HEADER
from ui.timeline_view.look import colour, icon
from ui.timeline_view.text import draw_line, width_of
from ui.words import MINUS

MIN_NAME = 34.0
"""Chips hide, from the right, before the name gets narrower than this."""
_KIND_ICONS = {"title": "type", "adjustment": "sliders-horizontal", "nested": "layers"}
_CHIP_HEIGHT = 14.0
_LEAST_NAME = 22.0
"""A name that has less room would be three dots."""
_GROUP = 12.0


def draw_header(painter: QPainter, rect: QRectF, clip: Clip, facts: Facts, look: ClipLook, kind: str) -> None:
    """Everything on the strip of a clip."""
    left, right = max(rect.left(), 0.0), min(rect.right(), look.view_width)
    middle = rect.top() + (CLIP_HEADER if look.row.has_header_strip else rect.height()) / 2
    room = right - left - 2 * PAD
    if room < 8:
        return
    x, end = left + PAD, right - PAD + 2
    initial = facts.initial(clip)
    marks = 26.0 if initial else 18.0 if kind in _KIND_ICONS else 0.0
    red = offset_words(look.offset) if look.offset and not look.row.has_header_strip else ""
    chips = [*([red] if red else []), *facts.chips(clip, is_audio=look.row.is_audio)]
    group = _GROUP + 6 if clip.group else 0.0
    while chips and room - marks - group - sum(width_of(chip) + 12 for chip in chips) < MIN_NAME:
        if group:
            group = 0.0
        else:
            chips.pop()
    if room < marks + 6:
        marks, initial = 0.0, ""
    if initial:
        draw_spark(painter, x + 5, middle, 5.0, colour("clip.spark"))
        draw_line(painter, x + 14, middle, initial, colour("clip.spark"), weight="medium")
    elif marks:
        painter.drawPixmap(QPointF(x, round(middle - 6)), icon(_KIND_ICONS[kind], "text.on_clip", 12, look.ratio))
    if group and room - marks - group >= MIN_NAME:
        painter.drawPixmap(
            QPointF(end - _GROUP, round(middle - 6)), icon("square-dashed", "text.on_clip", 12, look.ratio)
        )
        end -= group
    for number, chip in reversed(list(enumerate(chips))):
        width = round(width_of(chip, tabular=True)) + 8
        box = QRectF(end - width, middle - _CHIP_HEIGHT / 2, width, _CHIP_HEIGHT)
        draw_chip(painter, box, chip, colour("clip.missing") if red and number == 0 else None)
        end -= width + 4
    space, name = end - x - marks - 2, facts.name(clip)
    if space >= min(_LEAST_NAME, width_of(name, weight="medium") if len(name) < 4 else _LEAST_NAME):
        draw_line(painter, x + marks, middle, name, colour("text.on_clip"), width=space, weight="medium")


def offset_words(frames: int) -> str:
    """By how many frames linked picture and sound are apart: `+2`."""
    return f"{'+' if frames > 0 else MINUS}{abs(frames)}"


def draw_offset(painter: QPainter, look: ClipLook) -> None:
    """The red badge at the foot of a clip that is out of sync."""
    text = offset_words(look.offset)
    width = round(width_of(text, tabular=True)) + 8
    right = min(look.rect.right(), look.view_width) - 4
    if right - width > look.rect.left() + 2:
        box = QRectF(right - width, look.rect.bottom() - 18, width, _CHIP_HEIGHT)
        draw_chip(painter, box, text, colour("clip.missing"))


def draw_chip(painter: QPainter, rect: QRectF, text: str, ground: QColor | None = None) -> None:
    """A small dark field with a word."""
    painter.setRenderHint(AA, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground or QColor(11, 11, 11, 130))
    painter.drawRoundedRect(rect, RADIUS, RADIUS)
    painter.setRenderHint(AA, False)
    draw_line(painter, rect.left() + 4, rect.center().y(), text, colour("text.on_clip"), tabular=True)


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
