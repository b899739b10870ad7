"""How one clip is to look now, and what painters of clips share: its edge and its rounded corners."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from ui.timeline_view.layout import CLIP_HEADER, Row
from ui.timeline_view.look import colour

AA = QPainter.RenderHint.Antialiasing
RADIUS = 3.0
PAD = 6.0


@dataclass(slots=True)
class ClipLook:
    """What a paint knows about one clip beside the clip. `offset`: frames its link is out of sync; `pen`: it is in the hand.

    Made for each clip of each paint: plain, since frozen ones take three times as long.
    """

    row: Row
    left: float
    right: float
    selected: bool
    focused: bool
    hovered: bool
    view_width: float
    ratio: float
    offset: int = 0
    pen: bool = False
    rect: QRectF = field(init=False)
    """The clip's rectangle, one pixel short of the next; cut to just outside the viewport."""

    def __post_init__(self) -> None:
        left, right = round(max(self.left, -64.0)), round(min(self.right, self.view_width + 64.0))
        self.rect = QRectF(left, self.row.clip_top, max(1, right - left - 1), self.row.clip_height)

    @property
    def body(self) -> QRectF:
        """The whole body below the strip, not cut to the viewport."""
        top, height = self.row.clip_top + CLIP_HEADER, self.row.clip_height - CLIP_HEADER
        return QRectF(self.left, top, max(1.0, self.right - self.left - 1), height)


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
