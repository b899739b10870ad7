"""Draws a family: edges, then nodes with their pictures. In the coordinates of timeline.lineage_layout."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from studio_app.session.session import Session
from timeline.lineage import LineageGraph, LineageNode
from timeline.lineage_layout import NODE, LineageLayout, line_of, place_of
from ui.lineage.words import name_of, parts_of
from ui.qt import icons, image, tokens
from ui.qt.draw import broken, hatch, lines_of, outline, rounded

THUMBNAIL = 224
"""The size the pool asks for: the same picture serves both."""
PICTURE = (88.0, 50.0)
INSET = 5.0
_TEXT = PICTURE[0] + INSET + 8
_NAME_LINE, _WORD_LINE = 15.0, 13.0
_EDGE, _LIT = 1.2, 2.0
_GONE = 0.5
_FINEST = 0.8
"""No line gets finer than this, px of the screen."""
_SMALL = 0.45
"""Below this zoom words cannot be read and are left out."""
_LINES = 2
"""Of a name, and of what is said below it."""
_HERE = "evolve"
"""The engine of what was made on this computer of other clips."""
_KEPT = 3
"""Parts of what is said that stand before others: what was done, by whom, for how much."""
_BREAKS, _MAY_BREAK = re.compile(r"([_.\-])"), "\u200b"
"""Names of files may go on in a new line behind these."""


def rect_of(layout: LineageLayout, node_id: str) -> QRectF:
    """The place of a node."""
    x, y = place_of(layout.places[node_id])
    return QRectF(x, y, *NODE)


class FamilyPainter:
    """Draws what is in view. Pictures come when they are made."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pictures: dict[str, QPixmap] = {}
        self._paths: tuple[LineageLayout, dict[tuple[str, str], QPainterPath]] | None = None

    def forget(self) -> None:
        """Pictures may be others: look again."""
        self._pictures.clear()

    def paint(
        self,
        painter: QPainter,
        graph: LineageGraph,
        layout: LineageLayout,
        view: QRectF,
        zoom: float,
        *,
        chosen: Collection[str],
        hover: str | None,
        has_keys: bool,
    ) -> None:
        """The part that lies in `view`; the painter is scaled by `zoom`."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._edges(painter, graph, layout, view, zoom)
        for key, node in graph.nodes.items():
            place = rect_of(layout, key)
            if place.intersects(view):
                self._node(painter, node, place, zoom, key in chosen, key == hover, has_keys, key in graph.lit)

    def _edges(self, painter: QPainter, graph: LineageGraph, layout: LineageLayout, view: QRectF, zoom: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paths = self._ways(graph, layout)
        for lit, colour, width in ((False, "border.strong", _EDGE), (True, "accent.default", _LIT)):
            painter.setPen(QPen(tokens.color(colour), max(width, _FINEST / zoom)))
            for edge in graph.edges:
                if (edge.target in graph.lit) is lit:
                    path = paths[edge.source, edge.target]
                    if path.controlPointRect().adjusted(-2, -2, 2, 2).intersects(view):
                        painter.drawPath(path)

    def _ways(self, graph: LineageGraph, layout: LineageLayout) -> Mapping[tuple[str, str], QPainterPath]:
        if self._paths is None or self._paths[0] is not layout:
            self._paths = (layout, {(e.source, e.target): _way(layout, e.source, e.target) for e in graph.edges})
        return self._paths[1]

    def _node(
        self,
        painter: QPainter,
        node: LineageNode,
        place: QRectF,
        zoom: float,
        is_chosen: bool,
        is_hover: bool,
        has_keys: bool,
        is_lit: bool,
    ) -> None:
        ground = "surface.selected" if is_chosen else "surface.hover" if is_hover else "surface.raised"
        rounded(painter, place, ground, 4)
        if not node.is_present:
            painter.setOpacity(_GONE)
        self._picture(painter, node, QRectF(place.left() + INSET, place.top() + INSET, *PICTURE), zoom)
        painter.setOpacity(1.0)
        if zoom >= _SMALL:
            self._text(painter, node, place, is_chosen or is_lit)
        self._progress(painter, node, place)
        if is_chosen:
            outline(painter, place, "accent.default" if has_keys else "border.inactive", max(2.0, 1.4 / zoom), 4)
        elif zoom >= _SMALL:
            outline(painter, place, "border.default", 1, 4)

    def _picture(self, painter: QPainter, node: LineageNode, place: QRectF, zoom: float) -> None:
        media = self._session.document.library.media.get(node.id)
        if media is None or not node.is_present:
            hatch(painter, place, "clip.missing_body", "clip.missing", 0.32, 2)
            return
        found = self._pictures.get(node.id)
        if found is None and media.has_video:
            found = image.pixmap_of(self._session.thumbnails.get(media, media.poster, THUMBNAIL))
            if found is not None:
                self._pictures[node.id] = found
        if found is not None:
            image.draw_cover(painter, place, found, 2 if zoom >= _SMALL else 0)
            return
        rounded(painter, place, "surface.inset" if media.has_video else "clip.audio_body", 2)
        middle = place.center()
        sign = QRectF(middle.x() - 8, middle.y() - 8, 16, 16)
        icons.paint(painter, sign, "film" if media.has_video else "music", tokens.color("text.disabled"))

    def _text(self, painter: QPainter, node: LineageNode, place: QRectF, is_strong: bool) -> None:
        """The name, in two lines if it needs them, and how it was made."""
        room = QRectF(place.left() + _TEXT, place.top(), place.width() - _TEXT - 8, place.height())
        name = _BREAKS.sub(f"\\1{_MAY_BREAK}", _together(name_of(node)))
        font, caption = tokens.font("ui", "medium" if is_strong else "regular"), tokens.font("caption")
        lines = min(_LINES, len(broken(font, name, room.width(), _LINES)))
        words, below = self._words(node, caption, room.width())
        top = room.top() + (room.height() - _NAME_LINE * lines - _WORD_LINE * below) / 2
        painter.setFont(font)
        painter.setPen(tokens.color("text.primary" if node.is_present else "text.secondary"))
        lines_of(painter, QRectF(room.left(), top, room.width(), _NAME_LINE * lines), name, lines, _NAME_LINE)
        painter.setFont(caption)
        painter.setPen(tokens.color("text.muted" if node.is_present else "state.failed"))
        under = QRectF(room.left(), top + _NAME_LINE * lines, room.width(), _WORD_LINE * _LINES)
        lines_of(painter, under, words, _LINES, _WORD_LINE)

    def _words(self, node: LineageNode, font: QFont, width: float) -> tuple[str, int]:
        """How it was made and the lines that takes. Who made it for how much is kept before what decided it."""
        parts = [_together(one) for one in parts_of(self._session.lineage, node)]
        if node.engine != _HERE and len(parts) > _KEPT and len(broken(font, ", ".join(parts), width, _LINES)) > _LINES:
            del parts[1]
        words = ", ".join(parts)
        return words, min(_LINES, len(broken(font, words, width, _LINES))) if words else 0

    def _progress(self, painter: QPainter, node: LineageNode, place: QRectF) -> None:
        job = self._session.lineage.job_of(node.id) if not node.is_present else None
        if job is None:
            return
        foot = QRectF(place.left() + INSET, place.top() + INSET + PICTURE[1] - 4, PICTURE[0], 4)
        painter.fillRect(foot, tokens.color("surface.window"))
        foot.setWidth(foot.width() * (job.fraction or 0.0))
        painter.fillRect(foot, tokens.color("state.running"))


def _together(words: str) -> str:
    """A number and its sign stand in one line."""
    return words.replace(" %", "\u00a0%").replace("$ ", "$\u00a0")


def _way(layout: LineageLayout, source: str, target: str) -> QPainterPath:
    points = [QPointF(x, y) for x, y in line_of(layout, source, target)]
    path = QPainterPath(points[0])
    for one, other in pairwise(points):
        half = (one.x() + other.x()) / 2
        path.cubicTo(QPointF(half, one.y()), QPointF(half, other.y()), other)
    return path


def ground_colour() -> QColor:
    """Behind the family."""
    return tokens.color("surface.panel")
