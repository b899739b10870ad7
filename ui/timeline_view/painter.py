"""Paints the static part of the timeline: lanes, clips (runs of them where they are narrow), transitions. Any dirty rectangle alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studio_app.session.shot_state import ShotState
from timeline import query
from timeline.items import Clip, Placeholder, Transition
from timeline.media import Media
from ui.timeline_view.clip_look import ClipLook
from ui.timeline_view.clip_painter import Bodies, draw_clip
from ui.timeline_view.facts import Facts
from ui.timeline_view.layout import CLIP_HEADER, DIVIDER, MIN_CLIP, Layout, Placement, Row, colour_kind
from ui.timeline_view.look import colour
from ui.timeline_view.placeholder_painter import draw_missing, draw_placeholder
from ui.timeline_view.sync import SyncOffsets
from ui.timeline_view.text import draw_line, width_of

NARROW = 20.0
"""Narrower clips are blocks of colour without name, picture and rounded corners."""
_NAME_ALPHA = 0.67
"""The field under a transition's name: words can be read on it over a white picture too."""
_PLAIN = ("media", "generator", "sequence")


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
    sync: SyncOffsets = field(default_factory=SyncOffsets)
    moving: frozenset[str] = field(default_factory=frozenset)
    view_width: int = 0
    ratio: float = 1.0
    draft_of: Callable[[str], Media | None] = lambda _: None
    """What stands for a shot without a take."""
    pen: bool = False
    """Whether the pen is in the hand: then the line of opacity shows on every picture."""


def paint_rows(painter: QPainter, dirty: QRectF, shown: Shown) -> None:
    """Everything in `dirty` (viewport x, content y; the painter is translated so that y is content)."""
    layout = shown.layout
    painter.fillRect(dirty, colour("surface.lane_alt"))
    for row in layout.rows_between(dirty.top(), dirty.bottom()):
        lane = QRectF(dirty.left(), row.y, dirty.width(), row.height - 1)
        painter.fillRect(lane, _lane(row))
        painter.fillRect(QRectF(dirty.left(), row.bottom - 1, dirty.width(), 1), colour("border.subtle"))
        _paint_row(painter, row, dirty, shown)
    if layout.rows:
        divider = QRectF(dirty.left(), layout.divider_y, dirty.width(), DIVIDER)
        painter.fillRect(divider, colour("surface.window"))


def _paint_row(painter: QPainter, row: Row, dirty: QRectF, shown: Shown) -> None:
    late: list[Placement] = []
    run: _Run | None = None
    before: Clip | None = None
    for placed in shown.layout.placements(row.track, dirty.left() - 2, dirty.right() + 2, MIN_CLIP):
        narrow = _narrow_clip(row, placed)
        if narrow is not None:
            run, before = _joined(painter, row, run, placed, narrow, shown), None
            continue
        if run is not None:
            _draw_run(painter, row, run, shown)
            run = None
        clip = placed.item
        if not isinstance(clip, Clip):
            if clip.id in shown.selected:
                late.append(placed)
            before = None
            continue
        _paint_one(painter, row, placed, clip, shown)
        if before is not None and query.goes_on(before, clip):
            _paint_through_edit(painter, row, round(placed.left) - 1)
        before = clip
    if run is not None:
        _draw_run(painter, row, run, shown)
    for placed in late:
        _paint_gap(painter, row, placed, shown)
    for transition in row.track.transitions:
        _paint_transition(painter, row, transition, dirty, shown)


def _paint_through_edit(painter: QPainter, row: Row, x: int) -> None:
    """A dotted line where a cut changes nothing: the same source goes on."""
    painter.setPen(QPen(colour("text.on_clip", 0.7), 1, Qt.PenStyle.DotLine))
    painter.drawLine(x, row.clip_top, x, row.clip_top + row.clip_height - 1)


@dataclass(slots=True)
class _Run:
    """Narrow neighbours that look the same: one block of colour, with a line of the lane's at each of `cuts`."""

    left: float
    right: float
    look: tuple[bool, bool, str]
    cuts: list[int]


def _narrow_clip(row: Row, placed: Placement) -> Clip | None:
    """The clip in whose look a placement is but a block of colour: of items under 4 px the first clip."""
    item = placed.item
    if placed.length > 1:
        item = item if isinstance(item, Clip) else row.track.items[placed.place + 1]
        return item if isinstance(item, Clip) else None
    plain = placed.right - placed.left < NARROW and isinstance(item, Clip) and item.source.kind in _PLAIN
    return item if plain and isinstance(item, Clip) else None


def _joined(painter: QPainter, row: Row, run: _Run | None, placed: Placement, clip: Clip, shown: Shown) -> _Run:
    """The run before with this placement, or a new one where it looks otherwise: thousands of clips are few blocks."""
    look = (clip.enabled, clip.id in shown.selected, colour_kind(clip, row.track))
    if run is None or run.right != placed.left or run.look != look:
        if run is not None:
            _draw_run(painter, row, run, shown)
        run = _Run(placed.left, placed.right, look, [])
    run.right = placed.right
    if placed.length == 1:
        run.cuts.append(round(max(placed.right - 1, placed.left + 1)))
    return run


def _draw_run(painter: QPainter, row: Row, run: _Run, shown: Shown) -> None:
    """A stretch too narrow for anything but colour and selection."""
    enabled, chosen, kind = run.look
    x, top, tall = round(max(run.left, -8.0)), row.clip_top, row.clip_height
    width = max(1, round(min(run.right, shown.view_width + 8.0)) - x)
    strip = CLIP_HEADER if row.has_header_strip else tall
    faded = not enabled or row.track.muted
    if faded:
        painter.setOpacity(0.5)
    painter.fillRect(x, top, width, strip, colour(f"clip.{kind}"))
    if tall > strip:
        painter.fillRect(x, top + strip, width, tall - strip, colour(f"clip.{kind}_body"))
    if faded:
        painter.setOpacity(1.0)
    if chosen:
        edge = colour("accent.default" if shown.focused else "border.inactive")
        painter.fillRect(x, top, width, 2, edge)
        painter.fillRect(x, top + tall - 2, width, 2, edge)
    lane = _lane(row)
    for cut in run.cuts:
        painter.fillRect(cut, top, 1, tall, lane)


def _lane(row: Row) -> QColor:
    return colour("surface.lane_alt" if row.track.locked or row.track.muted else "surface.lane")


def _paint_one(painter: QPainter, row: Row, placed: Placement, clip: Clip, shown: Shown) -> None:
    look = ClipLook(
        row,
        placed.left,
        placed.right,
        clip.id in shown.selected,
        shown.focused,
        clip.id == shown.hovered,
        float(shown.view_width),
        shown.ratio,
        shown.sync.of(shown.layout.sequence, row.track, clip) if clip.link else 0,
        shown.pen,
    )
    if isinstance(clip.source, Placeholder):
        shot_id = clip.source.shot_id
        draft = shown.draft_of(shot_id) if row.has_header_strip and not row.is_audio else None
        drawn = partial(_draw_draft, painter, clip, look, draft, shown) if draft is not None else None
        draw_placeholder(painter, clip, look, shown.facts, shown.state_of(shot_id), shot_id, drawn)
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


def _draw_draft(painter: QPainter, clip: Clip, look: ClipLook, draft: Media, shown: Shown) -> None:
    """The pictures of a draft over all of the placeholder."""
    whole = QRectF(look.left, look.rect.top(), max(1.0, look.right - look.left - 1), look.rect.height())
    painter.save()
    painter.setClipRect(look.rect, Qt.ClipOperation.IntersectClip)
    shown.bodies.draw_filmstrip(painter, whole, clip, draft, shown.layout.scale)
    painter.restore()


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
        spelled = transition.effect.replace("_", " ").capitalize()
        name = (
            QCoreApplication.translate("Painter", "Crossfade")
            if row.track.is_audio and transition.effect == "dissolve"
            else spelled
        )
        wide = min(width_of(name) + 8, rect.width() - 8)
        painter.fillRect(QRectF(rect.left() + 2, rect.top() + 2, round(wide), 14), colour("surface.well", _NAME_ALPHA))
        draw_line(painter, rect.left() + 6, rect.top() + 9, name, colour("text.on_clip"), width=rect.width() - 12)
