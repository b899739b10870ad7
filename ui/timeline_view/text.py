"""Text on clips: elided and laid out once, then drawn from a cache (text is the main cost of painting a timeline)."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QStaticText, QTextOption

from ui.timeline_view.look import font, metrics


@lru_cache(maxsize=4096)
def _line(text: str, width: int, size: str, weight: str, tabular: bool) -> tuple[QStaticText, float]:
    measures = metrics(size, weight, tabular)
    if width >= 0:
        text = measures.elidedText(text, Qt.TextElideMode.ElideRight, width)
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.prepare(font=font(size, weight, tabular))
    return static, measures.horizontalAdvance(text)


@lru_cache(maxsize=512)
def _paragraph(text: str, width: int, size: str, weight: str) -> QStaticText:
    static = QStaticText(text.replace("\n", "\u2028"))
    static.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    static.setTextOption(option)
    static.setTextWidth(width)
    static.prepare(font=font(size, weight))
    return static


def draw_line(
    painter: QPainter,
    x: float,
    middle: float,
    text: str,
    colour: QColor,
    *,
    width: float = -1.0,
    size: str = "caption",
    weight: str = "regular",
    tabular: bool = False,
) -> float:
    """One line from `x` on, centred on y `middle`, elided to `width`; gives the width drawn."""
    static, advance = _line(text, int(width) // 2 * 2 if width >= 0 else -1, size, weight, tabular)
    painter.setFont(font(size, weight, tabular))
    painter.setPen(colour)
    painter.drawStaticText(QPointF(round(x), round(middle - metrics(size, weight, tabular).height() / 2)), static)
    return advance


def width_of(text: str, size: str = "caption", weight: str = "regular", tabular: bool = False) -> float:
    """Width of one line in pixels."""
    return _line(text, -1, size, weight, tabular)[1]


def draw_paragraph(painter: QPainter, rect: QRectF, text: str, colour: QColor) -> None:
    """Text wrapped into `rect`; whole lines only."""
    measures = metrics("caption", "regular")
    lines = max(1, int(rect.height() // measures.lineSpacing()))
    static = _paragraph(text[:200], max(8, int(rect.width()) // 8 * 8), "caption", "regular")
    painter.save()
    painter.setClipRect(
        QRectF(rect.left(), rect.top(), rect.width(), lines * measures.lineSpacing()), Qt.ClipOperation.IntersectClip
    )
    painter.setFont(font("caption", "regular"))
    painter.setPen(colour)
    painter.drawStaticText(QPointF(round(rect.left()), round(rect.top())), static)
    painter.restore()
