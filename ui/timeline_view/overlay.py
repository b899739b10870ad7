"""What lies over the clips: playhead, snap line, rubber band, ghosts of a drag, trim brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from timeline.time import ZERO, RationalTime
from ui.timeline_view.layout import AUDIO_HEIGHT, CLIP_TOP, VIDEO_HEIGHT, Layout
from ui.timeline_view.look import colour
from ui.timeline_view.text import draw_line, width_of
from ui.timeline_view.tools.base import Bracket, Ghost

PLAYHEAD_HALF = 2
"""Pixels each side of the playhead that are painted anew when it moves."""


@dataclass
class Overlay:
    """The state of what is painted over the clips."""

    playhead: RationalTime = ZERO
    snap: RationalTime | None = None
    marquee: tuple[float, float, float, float] | None = None
    ghosts: Sequence[Ghost] = field(default_factory=tuple)
    refused: bool = False
    brackets: Sequence[Bracket] = field(default_factory=tuple)
    scrub_line: float | None = None

    def paint(self, painter: QPainter, layout: Layout, left: float, right: float, height: int) -> None:
        """Everything between two viewport x; y is content, `height` that of the rows or the viewport."""
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

    def _paint_ghost(self, painter: QPainter, ghost: Ghost, layout: Layout) -> None:
        row = layout.row(ghost.track_id) if ghost.track_id else None
        start, end = layout.scale.x_of(ghost.range.start), layout.scale.x_of(ghost.range.end)
        start, end = max(start, -4000.0), min(end, 40000.0)
        if row is not None:
            top, tall = float(row.clip_top), float(row.clip_height)
        elif ghost.is_audio:
            top, tall = layout.height + CLIP_TOP, AUDIO_HEIGHT - 5.0
        else:
            top, tall = CLIP_TOP - 8.0, VIDEO_HEIGHT / 3
        rect = QRectF(round(start), top, max(2, round(end) - round(start) - 1), tall)
        ink = colour("state.failed" if self.refused else "border.strong")
        painter.fillRect(rect, colour("state.failed", 0.22) if self.refused else colour("text.primary", 0.06))
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if ghost.label and rect.width() > 20:
            width = min(width_of(ghost.label, tabular=True), rect.width() - 8)
            painter.fillRect(
                QRectF(rect.left() + 2, rect.bottom() - 17, width + 6, 15), colour("surface.overlay", 0.85)
            )
            draw_line(
                painter,
                rect.left() + 5,
                rect.bottom() - 9.5,
                ghost.label,
                colour("state.failed" if self.refused else "text.primary"),
                width=rect.width() - 8,
                tabular=True,
            )


def paint_bracket(painter: QPainter, bracket: Bracket, layout: Layout) -> None:
    """`[` at a clip's start, `]` at its end, both for a roll."""
    row = layout.row(bracket.track_id)
    if row is None:
        return
    x = round(layout.scale.x_of(bracket.time))
    top, bottom = row.clip_top, row.clip_top + row.clip_height
    ink = colour(f"trim.{bracket.kind}")
    sides = ("out", "in") if bracket.side == "both" else (bracket.side,)
    if bracket.is_stopped:
        painter.fillRect(QRectF(x if bracket.side == "in" else x - 5, top, 5, bottom - top), colour("trim.overwrite"))
        return
    for side in sides:
        at, arm = (x, x) if side == "in" else (x - 3, x - 7)
        painter.fillRect(QRectF(at, top, 2, bottom - top), ink)
        painter.fillRect(QRectF(arm, top, 6, 2), ink)
        painter.fillRect(QRectF(arm, bottom - 2, 6, 2), ink)
