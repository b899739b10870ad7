"""What delegates and painted widgets share: chips, hatches, wrapped text."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from ui.qt import icons, tokens

MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


def rounded(painter: QPainter, rect: QRectF, fill: str, radius: float = 3, alpha: float = 1.0) -> None:
    """A filled shape without a border."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color(fill, alpha))
    painter.drawRoundedRect(rect, radius, radius)


def outline(painter: QPainter, rect: QRectF, colour: str, width: float = 1, radius: float = 3) -> None:
    """A border inside `rect`."""
    half = width / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tokens.color(colour), width))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def overlay_ground(widget: QWidget, corner: str = "card") -> None:
    """What lies over the window: its ground, rounded as tokens say, and one hairline. In a paint event."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(tokens.color("border.default"))
    painter.setBrush(tokens.color("surface.overlay"))
    radius = tokens.radius(corner)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.end()


def chip(
    painter: QPainter,
    corner: QPointF,
    text: str,
    *,
    icon: str = "",
    colour: str = "text.primary",
    at_right: bool = False,
    height: float = 18,
) -> QRectF:
    """Words on a dark ground over a picture; `corner` is its top left (or top right). Returns its place."""
    metrics = QFontMetricsF(painter.font())
    width = metrics.horizontalAdvance(text) + 10 + (16 if icon else 0) - (4 if icon and not text else 0)
    place = QRectF(corner.x() - width if at_right else corner.x(), corner.y(), ceil(width), height)
    rounded(painter, place, "surface.window", 3, 0.82)
    x = place.left() + 5
    if icon:
        icons.paint(painter, QRectF(x, place.center().y() - 6, 12, 12), icon, tokens.color(colour))
        x += 16
    painter.setPen(tokens.color(colour))
    painter.drawText(QRectF(x, place.top(), place.right() - x, height), MIDDLE_LEFT, text)
    return place


def hatch(painter: QPainter, rect: QRectF, ground: str, line: str, alpha: float = 0.16, radius: float = 3) -> None:
    """Diagonal stripes: placeholders and missing media."""
    ratio = painter.device().devicePixelRatioF()
    picture = _hatch(round(rect.width()), round(rect.height()), ground, line, alpha, radius, ratio)
    painter.drawPixmap(rect.topLeft(), picture)


@lru_cache(maxsize=64)
def _hatch(width: int, height: int, ground: str, line: str, alpha: float, radius: float, ratio: float) -> QPixmap:
    """Kept, because drawing the stripes anew takes a millisecond for each card."""
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(0, 0, width, height)
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.setClipPath(shape)
    painter.fillRect(rect, tokens.color(ground))
    painter.setPen(QPen(tokens.color(line, alpha), 6))
    x = -rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom() + 4), QPointF(x + rect.height() + 8, -4))
        x += 17
    painter.end()
    return picture


def line_of(painter: QPainter, rect: QRectF, text: str, align: int = MIDDLE_LEFT) -> None:
    """One line, shortened at the right where there is no room."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(rect.width())))
    painter.drawText(rect, align, shown)


def lines_of(painter: QPainter, rect: QRectF, text: str, most: int, height: float) -> None:
    """Wrapped text of at most so many lines of `height`; the last one ends in an ellipsis."""
    text = text.replace("\n", " ")
    starts = broken(painter.font(), text, rect.width(), most)[:most]
    for index, (start, end) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
        place = QRectF(rect.left(), rect.top() + index * height, rect.width(), height)
        line_of(painter, place, text[start:end].strip())


def broken(font: QFont, text: str, width: float, most: int) -> list[int]:
    """Where the lines of a text begin, one more than `most` where it has more. A word longer than a line is broken."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    return starts
