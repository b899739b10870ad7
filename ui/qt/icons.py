"""Lucide's and our own icons, recoloured by token, sharp at every scale."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.qt import tokens

_LUCIDE_STROKE = 'stroke-width="2"'


@cache
def names() -> frozenset[str]:
    """Every icon there is."""
    return frozenset(name.removesuffix(".svg") for name in resources.names("icons", ".svg"))


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str, stroke: float, filled: bool) -> QSvgRenderer:
    text = resources.read_text(f"icons/{name}.svg").replace("currentColor", colour)
    if stroke != 2:
        text = text.replace(_LUCIDE_STROKE, f'stroke-width="{stroke}"')
    if filled:
        text = text.replace('fill="none"', f'fill="{colour}"')
    return QSvgRenderer(QByteArray(text.encode()))


def stroke_for(size: int) -> float:
    """Lucide's stroke at 16, a little heavier below, lighter from 20 on (design.md, section 7)."""
    return 2.2 if size <= 12 else 2.0 if size < 20 else 1.75 if size < 32 else 1.5


def paint(
    painter: QPainter, rect: QRectF, name: str, colour: QColor, *, filled: bool = False, stroke: float | None = None
) -> None:
    """Draw an icon as vectors into `rect`: for delegates and painted widgets."""
    stroke = stroke_for(round(rect.width())) if stroke is None else stroke
    renderer = _renderer(name, colour.name(QColor.NameFormat.HexRgb), stroke, filled)
    painter.save()
    painter.setOpacity(painter.opacity() * colour.alphaF())
    renderer.render(painter, rect)
    painter.restore()


@lru_cache(maxsize=1024)
def _pixmap(name: str, colour: str, size: int, ratio: float, filled: bool) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint(painter, QRectF(0, 0, size, size), name, QColor(colour), filled=filled)
    painter.end()
    return pixmap


def pixmap(name: str, colour: str = "text.secondary", size: int = 16, *, filled: bool = False) -> QPixmap:
    """An icon in the colour of a token, for the scale of the main screen."""
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen is not None else 1.0
    return _pixmap(name, tokens.hex_of(colour), size, ratio, filled)


@lru_cache(maxsize=1024)
def _in_pixels(name: str, colour: str, width: int, height: int, filled: bool) -> QPixmap:
    """A picture of device pixels, as Qt asks for at each paint of a button."""
    result = QPixmap(width, height)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    side = min(width, height)
    stroke = stroke_for(round(side / max(1.0, side / 24)))
    paint(painter, QRectF(0, 0, side, side), name, QColor(colour), filled=filled, stroke=stroke)
    painter.end()
    return result


class _Engine(QIconEngine):
    """Draws the icon in the colour of its state: rest, hover, on, disabled."""

    def __init__(self, name: str, rest: str, hover: str, on: str, filled: bool) -> None:
        super().__init__()
        self._name, self._rest, self._hover, self._on, self._filled = name, rest, hover, on, filled

    def _shade(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode is QIcon.Mode.Disabled:
            return "text.disabled"
        if state is QIcon.State.On:
            return self._on
        return self._hover if mode in (QIcon.Mode.Active, QIcon.Mode.Selected) else self._rest

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Called by Qt for a menu, a button, an item."""
        colour = tokens.color(self._shade(mode, state))
        side = min(rect.width(), rect.height())
        square = QRectF(rect.x(), rect.y() + (rect.height() - side) / 2, side, side)
        paint(painter, square, self._name, colour, filled=self._filled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """A picture of device pixels."""
        colour = tokens.hex_of(self._shade(mode, state))
        return _in_pixels(self._name, colour, size.width(), size.height(), self._filled)

    def clone(self) -> QIconEngine:
        """Qt copies icons freely."""
        return _Engine(self._name, self._rest, self._hover, self._on, self._filled)


@lru_cache(maxsize=512)
def icon(
    name: str,
    rest: str = "text.secondary",
    hover: str = "text.primary",
    on: str = "accent.default",
    filled: bool = False,
) -> QIcon:
    """An icon whose colours follow the state of its button. Unknown names raise KeyError."""
    if name not in names():
        raise KeyError(f"there is no icon {name!r} in resources/icons")
    return QIcon(_Engine(name, rest, hover, on, filled))
