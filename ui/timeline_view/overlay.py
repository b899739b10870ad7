"""What lies over the clips: playhead, snap line, rubber band, ghosts of a drag, what they would cover, trim brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from timeline.time import ZERO, RationalTime
from ui.timeline_view.layout import AUDIO_HEIGHT, CLIP_HEADER, CLIP_TOP, VIDEO_HEIGHT, Layout, Row
from ui.timeline_view.look import colour
from ui.timeline_view.text import draw_line, width_of
from ui.timeline_view.tools.base import Bracket, Cover, Ghost

PLAYHEAD_HALF = 2
"""Pixels each side of the playhead that are painted anew when it moves."""
_FAR = 4000.0
_CUT_PX = 5.0
_CHIP = 16.0


@dataclass
class Overlay:
    """The state of what is painted over the clips."""

    playhead: RationalTime = ZERO
    snap: RationalTime | None = None
    marquee: tuple[float, float, float, float] | None = None
    ghosts: Sequence[Ghost] = field(default_factory=tuple)
    covers: Sequence[Cover] = field(default_factory=tuple)
    refused: bool = False
    brackets: Sequence[Bracket] = field(default_factory=tuple)
    scrub_line: float | None = None

    def paint(self, painter: QPainter, layout: Layout, left: float, right: float, height: int) -> None:
        """Everything between two viewport x; y is content, `height` that of the rows or the viewport."""
        for cover in self.covers:
            _paint_cover(painter, cover, layout, left, right)
        for ghost in self.ghosts:
            self._paint_ghost(painter, ghost, layout)
        for bracket in self.brackets:
            paint_bracket(painter, bracket, layout)
        if self.marquee is not None:
            box = QRectF(QPointF(*self.marquee[:2]), QPointF(*self.marquee[2:])).normalized()
            painter.fillRect(box, colour("accent.default", 0.12))
            painter.setPen(QPen(colour("accent.default"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        if self.snap is not None:
            painter.fillRect(QRectF(round(layout.scale.x_of(self.snap)), 0, 1, height), colour("trim.snap"))
        x = layout.scale.x_of(self.playhead)
        if left - 3 <= x <= right + 3:
            painter.fillRect(QRectF(round(x) - 1, 0, 3, height), colour("surface.window"))
            painter.fillRect(QRectF(round(x), 0, 1, height), colour("accent.default"))
        for ghost in self.ghosts:
            if ghost.label:
                self._paint_label(painter, ghost, layout)

    def _ghost_box(self, ghost: Ghost, layout: Layout) -> QRectF:
        row = layout.row(ghost.track_id) if ghost.track_id else None
        start, end = layout.scale.x_of(ghost.range.start), layout.scale.x_of(ghost.range.end)
        start, end = max(start, -_FAR), min(end, 10 * _FAR)
        if row is not None:
            top, tall = float(row.clip_top), float(row.clip_height)
        elif ghost.is_audio:
            top, tall = layout.height + CLIP_TOP, AUDIO_HEIGHT - 5.0
        else:
            top, tall = CLIP_TOP - 8.0, VIDEO_HEIGHT / 3
        return QRectF(round(start), top, max(2, round(end) - round(start) - 1), tall)

    def _paint_ghost(self, painter: QPainter, ghost: Ghost, layout: Layout) -> None:
        rect = self._ghost_box(ghost, layout)
        ink = colour("state.failed" if self.refused else "border.strong")
        painter.fillRect(rect, colour("state.failed", 0.22) if self.refused else colour("text.primary", 0.06))
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_label(self, painter: QPainter, ghost: Ghost, layout: Layout) -> None:
        """The new place and how far that is, or why it cannot be; beside the ghost where that is too narrow for it."""
        rect = self._ghost_box(ghost, layout)
        ink = "state.failed" if self.refused else "text.primary"
        top = rect.top() + 1 if ghost.is_high else rect.bottom() - _CHIP - 1
        draw_note(painter, max(rect.left(), 0.0) + 2, top, ghost.label, ink)


def draw_note(painter: QPainter, left: float, top: float, text: str, ink: str = "text.primary") -> None:
    """A few words on a dark field over whatever is there."""
    width = width_of(text, tabular=True)
    painter.fillRect(QRectF(round(left), round(top), round(width) + 8, _CHIP), colour("surface.overlay", 0.92))
    draw_line(painter, round(left) + 4, round(top) + _CHIP / 2, text, colour(ink), width=width + 2, tabular=True)


def _paint_cover(painter: QPainter, cover: Cover, layout: Layout, left: float, right: float) -> None:
    """What would be lost is hatched, and where a clip would be cut in two."""
    row = layout.row(cover.track_id)
    if row is None:
        return
    start, end = layout.scale.x_of(cover.range.start), layout.scale.x_of(cover.range.end)
    if not cover.range.duration:
        start, end = start - _CUT_PX, end + _CUT_PX
    start, end = max(start, left - 16), min(end, right + 16)
    if end <= start:
        return
    rect = QRectF(round(start), row.clip_top, max(2, round(end) - round(start)), row.clip_height)
    painter.fillRect(rect, colour("surface.window", 0.35))
    painter.fillRect(rect, QBrush(colour("trim.overwrite", 0.85), Qt.BrushStyle.BDiagPattern))


def paint_bracket(painter: QPainter, bracket: Bracket, layout: Layout) -> None:
    """`[` at a clip's start, `]` at its end, both for a roll; with what is left of the handles while it is held."""
    row = layout.row(bracket.track_id)
    if row is None:
        return
    x = round(layout.scale.x_of(bracket.time))
    top, bottom = row.clip_top, row.clip_top + row.clip_height
    _paint_handles(painter, bracket, layout, row, x)
    ink = colour(f"trim.{bracket.kind}")
    sides = ("out", "in") if bracket.side == "both" else (bracket.side,)
    if bracket.is_stopped:
        painter.fillRect(QRectF(x if bracket.side == "in" else x - 5, top, 5, bottom - top), colour("trim.overwrite"))
    else:
        for side in sides:
            at, arm = (x, x) if side == "in" else (x - 3, x - 7)
            painter.fillRect(QRectF(at, top, 2, bottom - top), ink)
            painter.fillRect(QRectF(arm, top, 6, 2), ink)
            painter.fillRect(QRectF(arm, bottom - 2, 6, 2), ink)
    if bracket.note:
        width = width_of(bracket.note, tabular=True) + 8
        # beside the edge, inside the clip, so that the name of the next one stays readable
        left = x + 8 if bracket.side == "in" else x - 8 - width
        draw_note(painter, max(left, 2.0), bottom - _CHIP - 3, bracket.note)


def _paint_handles(painter: QPainter, bracket: Bracket, layout: Layout, row: Row, x: int) -> None:
    """How far the media reaches beyond the edge: a light band that ends in a bar."""
    # below the names, where nothing is read; low rows have their names all over
    middle = row.clip_top + (CLIP_HEADER + 5 if row.has_header_strip else row.clip_height / 2)
    for end in bracket.ends:
        if end is None:
            continue
        far = max(-_FAR, min(layout.scale.x_of(end), 2 * _FAR))
        left, right = min(far, x), max(far, x)
        if right - left < 1:
            continue
        painter.fillRect(QRectF(left, middle - 2, right - left, 4), colour("text.primary", 0.4))
        painter.fillRect(QRectF(round(far) - 1, middle - 5, 2, 10), colour("text.primary", 0.85))
