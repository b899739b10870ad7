"""Paints the static part of the timeline: lanes, clips (runs of them where they are narrow), transitions. Any dirty rectangle alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studio_app.session.generation import ShotState
from timeline.items import Clip, Gap, Placeholder, Transition
from timeline.track import Track
from ui.timeline_view.clip_painter import Bodies, ClipLook, draw_clip
from ui.timeline_view.facts import Facts
from ui.timeline_view.layout import CLIP_HEADER, DIVIDER, MIN_CLIP, Layout, Placement, Row, colour_kind
from ui.timeline_view.look import colour
from ui.timeline_view.placeholder_painter import draw_missing, draw_placeholder
from ui.timeline_view.text import draw_line


@dataclass(frozen=True)
class Shown:
    """Everything a paint needs to know; a value, so that a preview is painted just like the project."""

    layout: Layout
    facts: Facts
    bodies: Bodies
    state_of: Callable[[str], ShotState]
    selected: frozenset[str] = frozenset()
    focused: bool = False
    hovered: str | None = None
    offline: frozenset[str] = frozenset()
    moving: frozenset[str] = field(default_factory=frozenset)
    view_width: int = 0
    ratio: float = 1.0


def paint_rows(painter: QPainter, dirty: QRectF, shown: Shown) -> None:
    """Everything in `dirty` (viewport x, content y; the painter is translated so that y is content)."""
    layout = shown.layout
    painter.fillRect(dirty, colour("surface.lane_alt"))
    for row in layout.rows_between(dirty.top(), dirty.bottom()):
        lane = QRectF(dirty.left(), row.y, dirty.width(), row.height - 1)
        painter.fillRect(lane, colour("surface.lane_alt" if row.track.locked or row.track.muted else "surface.lane"))
        painter.fillRect(QRectF(dirty.left(), row.bottom - 1, dirty.width(), 1), colour("border.subtle"))
        _paint_row(painter, row, dirty, shown)
    if layout.rows:
        divider = QRectF(dirty.left(), layout.divider_y, dirty.width(), DIVIDER)
        painter.fillRect(divider, colour("surface.window"))


def _paint_row(painter: QPainter, row: Row, dirty: QRectF, shown: Shown) -> None:
    run: list[Placement] = []
    late: list[Placement] = []
    for placed in shown.layout.placements(row.track, dirty.left() - 2, dirty.right() + 2):
        if isinstance(placed.item, Gap):
            if placed.right - placed.left >= 1:
                _paint_run(painter, row, run, shown)
                run = []
            if placed.item.id in shown.selected:
                late.append(placed)
        elif placed.right - placed.left < MIN_CLIP:
            if run and not _joins(run[-1], placed, row.track, shown):
                _paint_run(painter, row, run, shown)
                run = []
            run.append(placed)
        else:
            _paint_run(painter, row, run, shown)
            run = []
            _paint_one(painter, row, placed, shown)
    _paint_run(painter, row, run, shown)
    for placed in late:
        _paint_gap(painter, row, placed, shown)
    for transition in row.track.transitions:
        _paint_transition(painter, row, transition, dirty, shown)


def _joins(left: Placement, right: Placement, track: Track, shown: Shown) -> bool:
    a, b = left.item, right.item
    if not (isinstance(a, Clip) and isinstance(b, Clip)):
        return False
    alike = colour_kind(a, track) == colour_kind(b, track) and a.enabled == b.enabled
    return alike and (a.id in shown.selected) == (b.id in shown.selected)


def _paint_run(painter: QPainter, row: Row, run: list[Placement], shown: Shown) -> None:
    """Clips narrower than 4 px as one block: colour and selection stay."""
    if not run or not isinstance(run[0].item, Clip):
        return
    clip = run[0].item
    rect = QRectF(round(run[0].left), row.clip_top, max(1, round(run[-1].right) - round(run[0].left)), row.clip_height)
    kind = colour_kind(clip, row.track)
    painter.setOpacity(0.5 if not clip.enabled or row.track.muted else 1.0)
    painter.fillRect(rect, colour(f"clip.{kind}"))
    if row.has_header_strip:
        painter.fillRect(rect.adjusted(0, CLIP_HEADER, 0, 0), colour(f"clip.{kind}_body"))
    painter.setOpacity(1.0)
    if clip.id in shown.selected:
        edge = colour("accent.default" if shown.focused else "border.inactive")
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), edge)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), edge)


def _paint_one(painter: QPainter, row: Row, placed: Placement, shown: Shown) -> None:
    clip = placed.item
    if not isinstance(clip, Clip):
        return
    look = ClipLook(
        row,
        placed.left,
        placed.right,
        clip.id in shown.selected,
        shown.focused,
        clip.id == shown.hovered,
        float(shown.view_width),
        shown.ratio,
    )
    if isinstance(clip.source, Placeholder):
        state = shown.state_of(clip.source.shot_id)
        draw_placeholder(painter, clip, look, shown.facts, state, clip.source.shot_id)
    elif clip.source.kind == "media" and _is_missing(clip, shown):
        media = shown.facts.media(clip)
        draw_missing(painter, clip, look, shown.facts, PurePath(media.path).name if media else "")
    else:
        draw_clip(painter, clip, look, shown.facts, shown.layout.scale, shown.bodies)
    if clip.id in shown.moving:
        pen = QPen(colour("accent.default"), 1)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(look.rect.adjusted(0, 0, -1, -1))


def _is_missing(clip: Clip, shown: Shown) -> bool:
    media = shown.facts.media(clip)
    return media is None or media.id in shown.offline


def _paint_gap(painter: QPainter, row: Row, placed: Placement, shown: Shown) -> None:
    left, right = max(placed.left, -8.0), min(placed.right, shown.view_width + 8.0)
    rect = QRectF(round(left), row.clip_top, max(1, round(right) - round(left) - 1), row.clip_height)
    edge = colour("accent.default" if shown.focused else "border.inactive")
    painter.fillRect(rect, colour("surface.selected"))
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _paint_transition(painter: QPainter, row: Row, transition: Transition, dirty: QRectF, shown: Shown) -> None:
    """Grey glass over the cut, in the body only, with one diagonal."""
    span = shown.layout.transition_span(row.track, transition)
    if span is None or span[1] < dirty.left() or span[0] > dirty.right():
        return
    top = row.clip_top + (CLIP_HEADER if row.has_header_strip else 4)
    left, right = round(max(span[0], -4000.0)), round(min(span[1], shown.view_width + 4000.0))
    rect = QRectF(left, top + 1, max(2, right - left), row.clip_top + row.clip_height - top - 2)
    chosen = transition.id in shown.selected
    edge = colour("accent.default" if shown.focused else "border.inactive") if chosen else colour("text.on_clip", 0.75)
    painter.fillRect(rect, QColor(200, 200, 200, 70))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, 2 if chosen else 1))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    painter.setPen(QPen(edge, 1))
    painter.drawLine(QPointF(rect.left() + 1, rect.bottom() - 1), QPointF(rect.right() - 1, rect.top() + 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if rect.width() >= 60:
        name = transition.effect.replace("_", " ").capitalize()
        draw_line(painter, rect.left() + 6, rect.top() + 9, name, colour("text.on_clip"), width=rect.width() - 12)
