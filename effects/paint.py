"""The one brush: text, shapes and gradients drawn into arrays by Qt's painter. No window and no screen are needed.

The only module outside `ui` that imports Qt (QtGui: shaping, bidirectional text, fallback fonts, antialiasing), which is
why all drawing by Qt is in this one file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from threading import Lock, get_ident
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGlyphRun,
    QGuiApplication,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QTextLayout,
    QTextLine,
    QTextOption,
    QTransform,
)

from effects.colour import parse_colour
from effects.planes import blurred_plane
from effects.text_style import Align, TextStyle

Pixels = NDArray[np.uint8]

_STARTING: Final = Lock()
_MAX_TEXT: Final = 20_000
_LAYOUT_SIZE: Final = 100
_ENDLESS: Final = 1e6
_COLOUR_TABLES: Final = ("COLR", "CBDT", "sbix", "SVG ")


def ensure_qt() -> None:
    """Make text drawing possible in this process: start Qt without a screen unless it already runs, load our fonts.

    Call it first on the main thread; afterwards any thread may draw.
    """
    with _STARTING:
        if QCoreApplication.instance() is None:
            _start_without_screen()
        _load_fonts()


@cache
def _start_without_screen() -> QGuiApplication:
    # by argument, not by environment: child processes may want a window. Kept by the cache: Qt dies with its last reference
    arguments = sys.argv[:1] or ["starcut"]
    return QGuiApplication([*arguments, "-platform", "offscreen"])


@cache
def _load_fonts() -> tuple[str, ...]:
    """Register every font of our resources; the families found. A font that cannot be read is left out."""
    families: list[str] = []
    for file in _font_files(resources.files("resources")):
        number = QFontDatabase.addApplicationFontFromData(QByteArray(file.read_bytes()))
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    return tuple(families)


def _font_files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            found += _font_files(entry)
        elif entry.name.lower().endswith((".ttf", ".otf")):
            found.append(entry)
    return found


@dataclass(frozen=True, eq=False)
class Ink:
    """What was drawn: (h, w, 4) premultiplied RGBA, read only, and where its top left pixel lies."""

    pixels: Pixels
    x: int
    y: int


@dataclass(frozen=True, eq=False)
class _Block:
    """A laid out text: one path for all outlines, glyph runs that only Qt can colour, and the box, from (0, 0)."""

    path: QPainterPath
    coloured: tuple[tuple[QPointF, QGlyphRun], ...]
    unit: float
    """What the glyph runs are to be scaled by."""
    width: float
    height: float


@dataclass(frozen=True)
class _Face:
    """What of a style decides the layout; lengths at layout size."""

    font: str
    weight: int
    italic: bool
    letter_spacing: float
    align: Align
    line_spacing: float


@dataclass(frozen=True, eq=False)
class _Line:
    runs: tuple[QGlyphRun, ...]
    width: float
    ascent: float
    descent: float


def text_size(text: str, style: TextStyle, max_width: float | None = None) -> tuple[float, float]:
    """Width and height of the laid out block in px, without outline, shadow and box."""
    ensure_qt()
    block = _laid_out(text, replace(style, colour="#ffffff"), max_width)
    return (block.width, block.height)


@lru_cache(maxsize=48)
def draw_text(
    text: str,
    style: TextStyle,
    centre: tuple[float, float],
    bounds: tuple[int, int],
    max_width: float | None = None,
) -> Ink:
    """Draw a text block whose centre lies at `centre` (px, fractions count) of a picture of size `bounds`.

    Lines break at `max_width` px and at line ends. Only what has ink and lies inside the bounds is returned.
    """
    ensure_qt()
    block = _laid_out(text, style, max_width)
    origin = QPointF(centre[0] - block.width / 2, centre[1] - block.height / 2)
    area = _area(block, style, origin, bounds)
    if area is None:
        return Ink(np.zeros((0, 0, 4), np.uint8), 0, 0)
    x, y, width, height = area
    origin -= QPointF(x, y)
    brush = Brush(width, height)
    _draw_box(brush, block, style, origin)
    if parse_colour(style.shadow_colour).alpha:
        brush.add(_shadow(block, style, origin, width, height))
    _draw_glyphs(brush, block, style, origin)
    pixels = brush.pixels()
    pixels.setflags(write=False)
    return Ink(pixels, x, y)


def _area(
    block: _Block, style: TextStyle, origin: QPointF, bounds: tuple[int, int]
) -> tuple[int, int, int, int] | None:
    """The pixels that can hold ink, inside the bounds: x, y, width, height."""
    ink = block.path.boundingRect().united(QRectF(0, 0, block.width, block.height))
    reach = style.outline_width + 2
    ink.adjust(-reach, -reach, reach, reach)
    if parse_colour(style.shadow_colour).alpha:
        spread, (dx, dy) = style.shadow_blur * 3, style.shadow_offset
        ink = ink.united(ink.adjusted(dx - spread, dy - spread, dx + spread, dy + spread))
    if parse_colour(style.box_colour).alpha:
        across, down = style.box_padding
        ink = ink.united(QRectF(-across - 1, -down - 1, block.width + 2 * across + 2, block.height + 2 * down + 2))
    whole = ink.translated(origin).intersected(QRectF(0, 0, *bounds))
    if block.width <= 0 or whole.isEmpty():
        return None
    box = whole.toAlignedRect()
    width, height = min(box.right() + 1, bounds[0]) - box.left(), min(box.bottom() + 1, bounds[1]) - box.top()
    return (box.left(), box.top(), width, height) if width > 0 and height > 0 else None


def _draw_box(brush: Brush, block: _Block, style: TextStyle, origin: QPointF) -> None:
    across, down = style.box_padding
    brush.rectangle(
        origin.x() - across,
        origin.y() - down,
        block.width + 2 * across,
        block.height + 2 * down,
        style.box_colour,
        radius=style.box_radius,
    )


def _draw_glyphs(brush: Brush, block: _Block, style: TextStyle, origin: QPointF) -> None:
    path = block.path.translated(origin)
    if style.outline_width > 0:
        stroker = QPainterPathStroker()
        stroker.setWidth(style.outline_width * 2)
        stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        brush.fill_path(stroker.createStroke(path), style.outline_colour)
    brush.fill_path(path, style.colour)
    for position, run in block.coloured:
        brush.glyphs(origin, block.unit, position, run, style.colour)


def _shadow(block: _Block, style: TextStyle, origin: QPointF, width: int, height: int) -> Pixels:
    """The blurred silhouette of glyphs and outline in the shadow's colour, premultiplied."""
    brush = Brush(width, height)
    flat = replace(style, colour="#ffffff", outline_colour="#ffffff")
    _draw_glyphs(brush, block, flat, origin + QPointF(*style.shadow_offset))
    cover = np.ascontiguousarray(brush.pixels()[..., 3])
    soft = blurred_plane(cover, style.shadow_blur)
    colour = parse_colour(style.shadow_colour)
    part = np.arange(256)[:, None] / 255 * colour.alpha / 255
    levels = np.rint(part * np.array([colour.red, colour.green, colour.blue, 255])).astype(np.uint8)
    return np.asarray(levels[soft], np.uint8)


def _laid_out(text: str, style: TextStyle, max_width: float | None) -> _Block:
    """Shape, break and align.

    The lines are found at one size and scaled: preview and export break alike, and a title that moves or grows is laid
    out once.
    """
    unit = max(style.size, 0.01) / _LAYOUT_SIZE
    tracking = round(style.letter_spacing / unit, 3)
    face = _Face(style.font, style.weight, style.italic, tracking, style.align, round(style.line_spacing, 4))
    limit = round(max_width / unit, 1) if max_width else _ENDLESS
    shaped = _shaped(text[:_MAX_TEXT], face, limit, get_ident())
    path = QTransform.fromScale(unit, unit).map(shaped.path)
    path.setFillRule(Qt.FillRule.WindingFill)  # letters of variable fonts are made of overlapping contours
    return _Block(path, shaped.coloured, unit, shaped.width * unit, shaped.height * unit)


@lru_cache(maxsize=32)
def _shaped(text: str, face: _Face, limit: float, thread: int) -> _Block:
    """The block at layout size. Glyph outlines are joined to one path; fonts with colours of their own stay glyph runs.

    `thread`: Qt's raw fonts belong to the thread they were made in.
    """
    font = _font(face)
    lines: list[_Line] = []
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        lines += _lines(paragraph, font, limit)
    width = max(line.width for line in lines)
    ascent, descent = max(line.ascent for line in lines), max(line.descent for line in lines)
    advance = (ascent + descent) * face.line_spacing
    share = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}[face.align]
    path, coloured = QPainterPath(), []
    for row, line in enumerate(lines):
        start = QPointF((width - line.width) * share, ascent + row * advance)
        for run in line.runs:
            if _has_own_colours(run):
                coloured.append((start, run))
            else:
                _add_outlines(path, run, start)
    return _Block(path, tuple(coloured), 1.0, width, ascent + descent + advance * (len(lines) - 1))


def _lines(paragraph: str, font: QFont, limit: float) -> list[_Line]:
    """Break one paragraph into as few lines as fit, and make these about equally long."""
    layout, count = _broken(paragraph, font, limit)
    if count > 1:
        low, high = limit / count / 2, limit
        for _ in range(9):
            middle = (low + high) / 2
            low, high = (low, middle) if _broken(paragraph, font, middle)[1] == count else (middle, high)
        layout, count = _broken(paragraph, font, high)
    return [_line(layout.lineAt(index)) for index in range(count)]


def _broken(paragraph: str, font: QFont, width: float) -> tuple[QTextLayout, int]:
    layout, option = QTextLayout(paragraph, font), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, _LAYOUT_SIZE))
    layout.endLayout()
    return layout, layout.lineCount()


def _line(line: QTextLine) -> _Line:
    """Its glyphs counted from the left end of its baseline."""
    natural, runs = line.naturalTextRect(), line.glyphRuns()
    left, baseline = natural.left(), line.y() + line.ascent()
    for run in runs:
        run.setPositions([QPointF(place.x() - left, place.y() - baseline) for place in run.positions()])
    return _Line(tuple(runs), natural.width(), line.ascent(), line.descent())


def _add_outlines(path: QPainterPath, run: QGlyphRun, start: QPointF) -> None:
    raw = run.rawFont()
    for glyph, position in zip(run.glyphIndexes(), run.positions(), strict=True):
        path.addPath(raw.pathForGlyph(glyph).translated(start + position))


def _has_own_colours(run: QGlyphRun) -> bool:
    raw = run.rawFont()
    return any(not raw.fontTable(table).isEmpty() for table in _COLOUR_TABLES)


def _font(face: _Face) -> QFont:
    font = QFont([face.font, f"{face.font} Variable", *_load_fonts(), "Noto Sans", "DejaVu Sans", "sans-serif"])
    font.setPixelSize(_LAYOUT_SIZE)
    font.setWeight(QFont.Weight(min(max(round(face.weight / 100) * 100, 100), 900)))
    font.setItalic(face.italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.PreferOutline)
    if face.letter_spacing:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, face.letter_spacing)
    return font


class Easel:
    """Pixels (h, w, 4), premultiplied with alpha last, that moved pictures of their kind are laid over in place.

    Which colours the other three channels are does not matter. Sampling is bilinear; needs no font and no application.
    """

    def __init__(self, pixels: Pixels) -> None:
        self._pixels = pixels
        self._image = _wrapped(pixels)

    def lay(
        self, picture: Pixels, move: NDArray[np.float64], box: tuple[int, int, int, int], opacity: float = 1.0
    ) -> None:
        """Lay `picture` over the part `box` (x0, y0, x1, y1). `move` (2, 3) maps middles of its pixels to middles of ours."""
        (a, b, x), (c, d, y) = move.tolist()
        # Places of pixels count from their middle in arrays, from their corner in Qt.
        x, y = x + (1 - a - b) / 2, y + (1 - c - d) / 2
        if abs(a - 1) + abs(d - 1) + abs(b) + abs(c) < 1e-4:
            # A mere shift is rounded to whole pixels. And pictures come out half a step darker sampled than copied: one that
            # crosses whole pixels on its way would flash there.
            a = d = 1.0001
        painter = QPainter(self._image)
        painter.setClipRect(box[0], box[1], box[2] - box[0], box[3] - box[1])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(opacity)
        painter.setTransform(QTransform(a, c, b, d, x, y))
        painter.drawImage(0, 0, _wrapped(picture))
        painter.end()


def _wrapped(pixels: Pixels) -> QImage:
    """An image on the memory of an array, which must outlive it."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_ARGB32_Premultiplied)


class Brush:
    """A picture to draw on, transparent at first. Coordinates in px from the top left, fractions count."""

    def __init__(self, width: int, height: int) -> None:
        ensure_qt()
        self._image = QImage(width, height, QImage.Format.Format_RGBA8888_Premultiplied)
        self._image.fill(0)
        self._painter = QPainter(self._image)
        self._painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)

    def pixels(self) -> Pixels:
        """End drawing: (h, w, 4) premultiplied RGBA, an array of its own."""
        self._painter.end()
        height, width = self._image.height(), self._image.width()
        rows = np.frombuffer(self._image.constBits(), np.uint8).reshape(height, self._image.bytesPerLine())
        return rows[:, : width * 4].reshape(height, width, 4).copy()

    def fill(self, colour: str) -> None:
        """Lay a colour over everything."""
        self._painter.fillRect(self._image.rect(), _qcolor(colour))

    def rectangle(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0.0) -> None:
        """A filled rectangle, with round corners if asked."""
        if parse_colour(colour).alpha == 0:
            return
        self._painter.setBrush(_qcolor(colour))
        self._painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius)

    def outline(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: str,
        thickness: float,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """The border of a rectangle, `thickness` px round its edge line; `dash` is (line, gap) px."""
        pen = QPen(_qcolor(colour), thickness)
        if dash:
            pen.setDashPattern([length / thickness for length in dash])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.strokePath(_rectangle_path(QRectF(x, y, width, height)), pen)

    def polygon(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled polygon."""
        self._painter.setBrush(_qcolor(colour))
        self._painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))

    def ellipse(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled ellipse in the given box."""
        self._painter.setBrush(_qcolor(colour))
        self._painter.drawEllipse(QRectF(x, y, width, height))

    def gradient(
        self, start: tuple[float, float], end: tuple[float, float], stops: Sequence[tuple[float, str]]
    ) -> None:
        """Fill everything with a straight gradient; stops are (0..1, colour)."""
        gradient = QLinearGradient(QPointF(*start), QPointF(*end))
        for place, colour in stops:
            gradient.setColorAt(place, _qcolor(colour))
        self._painter.fillRect(self._image.rect(), gradient)

    def text(
        self, text: str, style: TextStyle, centre: tuple[float, float], max_width: float | None = None
    ) -> tuple[float, float]:
        """Draw a text block around `centre`; returns its width and height."""
        block = _laid_out(text, style, max_width)
        origin = QPointF(centre[0] - block.width / 2, centre[1] - block.height / 2)
        _draw_box(self, block, style, origin)
        _draw_glyphs(self, block, style, origin)
        return (block.width, block.height)

    def fill_path(self, path: QPainterPath, colour: str) -> None:
        """Fill the inside of a path."""
        self._painter.fillPath(path, _qcolor(colour))

    def glyphs(self, origin: QPointF, unit: float, at: QPointF, run: QGlyphRun, colour: str) -> None:
        """Draw glyphs by Qt itself (fonts that bring their own colours), scaled by `unit` from `origin`."""
        self._painter.save()
        self._painter.translate(origin)
        self._painter.scale(unit, unit)
        self._painter.setPen(_qcolor(colour))
        self._painter.drawGlyphRun(at, run)
        self._painter.restore()

    def add(self, pixels: Pixels) -> None:
        """Lay a premultiplied RGBA picture of the same size over what is there."""
        rows = np.ascontiguousarray(pixels)
        height, width = rows.shape[:2]
        image = QImage(rows.data, width, height, width * 4, QImage.Format.Format_RGBA8888_Premultiplied)
        self._painter.drawImage(0, 0, image)


def _rectangle_path(rectangle: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(rectangle)
    return path


def _qcolor(text: str) -> QColor:
    return QColor(*parse_colour(text))
