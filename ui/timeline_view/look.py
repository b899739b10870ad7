"""The timeline's colours, fonts and icons: the tokens, kept ready for painting hundreds of clips a frame."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from ui.qt import icons, tokens


@cache
def colour(path: str, alpha: float = 1.0) -> QColor:
    """A colour token by its path (`clip.video`). Shared: never changed in place."""
    return tokens.color(path, alpha)


@cache
def font(size: str = "caption", weight: str = "regular", tabular: bool = False) -> QFont:
    """A font by token names. Shared: never changed in place."""
    return tokens.font(size, weight, tabular=tabular)


@cache
def metrics(size: str = "caption", weight: str = "regular", tabular: bool = False) -> QFontMetricsF:
    """Measures of `font`."""
    return QFontMetricsF(font(size, weight, tabular))


@cache
def icon(name: str, colour_path: str, size: int, ratio: float, filled: bool = False) -> QPixmap:
    """An icon in a token's colour, `size` logical pixels, drawn for a screen of `ratio`."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    icons.paint(painter, QRectF(0, 0, size, size), name, colour(colour_path), filled=filled)
    painter.end()
    return pixmap
