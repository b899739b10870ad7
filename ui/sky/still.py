"""The part of the sky that stands still while a pointer moves: glow, figures, lines of lineage, stars, rings, names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from studio_app.catalogue.sky import HEIGHT, WIDTH
from studio_app.session.constellation import Constellation
from studio_app.session.sky_stars import CLASSES, Group
from ui import words
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.sky.appearance import FILTERED, Appearance, appearance_of, size_factor
from ui.sky.glow import COVERS, glow_of
from ui.sky.scale import SkyScale
from ui.sky.star_layer import PAD, Picture, draw_stars

Floats = NDArray[np.floating]

CLASS_TITLES: Final = {
    "action": QT_TRANSLATE_NOOP("Sky", "Action"),
    "drama": QT_TRANSLATE_NOOP("Sky", "Drama"),
    "comedy": QT_TRANSLATE_NOOP("Sky", "Comedy"),
    "horror": QT_TRANSLATE_NOOP("Sky", "Horror"),
    "sci_fi": QT_TRANSLATE_NOOP("Sky", "Sci-fi"),
    "documentary": QT_TRANSLATE_NOOP("Sky", "Documentary"),
    "slow_burn": QT_TRANSLATE_NOOP("Sky", "Slow burn"),
    "steady": QT_TRANSLATE_NOOP("Sky", "Steady"),
    "dynamic": QT_TRANSLATE_NOOP("Sky", "Dynamic"),
    "fast_paced": QT_TRANSLATE_NOOP("Sky", "Fast paced"),
    "frenetic": QT_TRANSLATE_NOOP("Sky", "Frenetic"),
    "contemplative": QT_TRANSLATE_NOOP("Sky", "Contemplative"),
    "cinematic": QT_TRANSLATE_NOOP("Sky", "Cinematic"),
    "raw": QT_TRANSLATE_NOOP("Sky", "Raw"),
    "stylized": QT_TRANSLATE_NOOP("Sky", "Stylised"),
    "minimalist": QT_TRANSLATE_NOOP("Sky", "Minimalist"),
    "surreal": QT_TRANSLATE_NOOP("Sky", "Surreal"),
    "retro": QT_TRANSLATE_NOOP("Sky", "Retro"),
}
MOST_LINES, SMOOTH_LINES = 2000, 800
"""Lines of lineage at most; of more than the second number none is smoothed: that costs twice as much."""
_NAME_WIDE = 110.0
SHORTEST_LINE = 5.0
"""Lines of lineage shorter than so many pixels are not drawn: their stars touch."""
COARSE: Final = 2.5
"""Pixels of the view to one of the glow from which it is smoothed: that takes time, and a near view has few stars."""
FIGURE, LINEAGE = 0.26, 0.5
"""Opacity of the lines."""


def class_title(name: str) -> str:
    """The name of a class in the language of the window."""
    return translated("Sky", CLASS_TITLES.get(name, name.replace("_", " ").capitalize()))


def class_colour(code: int) -> QColor:
    """The colour of the class at a place of its family."""
    return tokens.color(f"cluster.{code + 1}")


def palette() -> NDArray[np.uint8]:
    """The six colours of classes (6, 3) R, G, B."""
    colours = [class_colour(code) for code in range(6)]
    return np.array([(one.red(), one.green(), one.blue()) for one in colours], np.uint8)


class StillSky:
    """Paints what changes only with the model and the scale."""

    def __init__(self, model: Constellation) -> None:
        self._model = model
        self._appearance: Appearance | None = None
        self._glow: QImage | None = None

    def forget(self) -> None:
        """The model changed: look at it again with the next paint."""
        self._appearance = self._glow = None

    @property
    def appearance(self) -> Appearance:
        """How each star looks now."""
        if self._appearance is None:
            self._appearance = appearance_of(self._model, palette())
        return self._appearance

    def diameters(self, scale: SkyScale) -> Floats:
        """Of all stars as they are drawn at this scale, logical pixels."""
        number = max(1, len(self._model.stars))
        spacing = scale.zoom * float(np.sqrt(0.5 / number))
        return self.appearance.diameters * size_factor(scale.percent, spacing)

    def draw(self, held: Picture, scale: SkyScale, ratio: float, corner: tuple[int, int] = (0, 0)) -> None:
        """All of it into what `new_picture` gave, or the part of the view that begins at a corner; device pixels."""
        height, width = held.shape
        picture = QImage(held.data, width, height, width * 4, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        left, top = (one / ratio - PAD / ratio for one in corner)
        room = QRectF(left, top, width / ratio, height / ratio)
        points = scale.to_px(self._model.places)
        painter = QPainter(picture)
        painter.translate(-left, -top)
        painter.fillRect(room, tokens.color("surface.well"))
        if len(points):
            self._paint_glow(painter, scale)
            if self._model.look.figures:
                self._paint_figures(painter, points)
            if self._model.look.lineage:
                self._paint_lineage(painter, scale, points, room)
            look = self.appearance
            order = look.order[_within(points[look.order], room)]
            diameters = self.diameters(scale)
            places = points[order] * ratio - corner
            draw_stars(
                held, places, diameters[order] * ratio, look.colours[order], look.opacities[order], is_opaque=True
            )
            self._paint_rings(painter, points, diameters, room)
        painter.end()

    # --- its layers ---------------------------------------------------------------------------------------------------

    def _paint_glow(self, painter: QPainter, scale: SkyScale) -> None:
        if self._glow is None:
            model, ground = self._model, tokens.color("surface.well")
            shown = np.where(self.appearance.passing, 1.0, FILTERED * 2)
            picture = glow_of(
                model.places,
                model.stars.codes[model.family],
                palette(),
                (ground.red(), ground.green(), ground.blue()),
                shown,
            )
            height, width = picture.shape[:2]
            self._glow = QImage(picture.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
        left, top = scale.point(COVERS[0], COVERS[1])
        right, bottom = scale.point(COVERS[2], COVERS[3])
        coarse = (right - left) / self._glow.width() > COARSE
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, coarse)
        painter.drawImage(QRectF(left, top, right - left, bottom - top), self._glow)

    def _paint_figures(self, painter: QPainter, points: Floats) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        passing = self.appearance.passing
        for code, lines in self._model.figures.items():
            painter.setPen(QPen(on_well(class_colour(code), FIGURE), 1))
            lit = passing[lines].all(axis=1) if len(lines) else np.zeros(0, np.bool_)
            painter.drawLines(_lines(points, lines[lit]))

    def _paint_lineage(self, painter: QPainter, scale: SkyScale, points: Floats, room: QRectF) -> None:
        pairs = self._model.stars.parents
        if not len(pairs):
            return
        ends = points[pairs]
        drawn = self.appearance.passing[pairs].all(axis=1)
        drawn &= np.hypot(*(ends[:, 0] - ends[:, 1]).T) >= SHORTEST_LINE
        crowd = int(np.count_nonzero(drawn)) * min(1.0, scale.width * scale.height / (WIDTH * HEIGHT * scale.zoom**2))
        strength = LINEAGE * (0.5 if self._model.answer.is_searched else 1.0) * (1.0 if crowd < 200 else 0.6)
        low, high = ends.min(axis=1), ends.max(axis=1)
        drawn &= (high >= (room.left(), room.top())).all(axis=1) & (low <= (room.right(), room.bottom())).all(axis=1)
        rows = np.nonzero(drawn)[0][:MOST_LINES]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, crowd < SMOOTH_LINES)
        painter.setPen(QPen(on_well(tokens.color("border.inactive"), strength), 1))
        painter.drawLines(_lines(points, pairs[rows]))

    def _paint_rings(self, painter: QPainter, points: Floats, diameters: Floats, room: QRectF) -> None:
        """Round each star the search matches."""
        rows = np.nonzero(self.appearance.rings)[0]
        few = len(rows) < 400
        for row in rows[_within(points[rows], room)].tolist():
            ring = _ring(round(diameters[row] + (8 if few else 5)), painter.device().devicePixelRatioF())
            half = ring.deviceIndependentSize().width() / 2
            painter.drawPixmap(QPointF(points[row, 0] - half, points[row, 1] - half), ring)

    # --- names --------------------------------------------------------------------------------------------------------

    def place_names(self, scale: SkyScale, points: Floats) -> list[tuple[Group, QRectF, float]]:
        """Where the names stand, above their stars and free of them where that can be, and how strong they are (0..1)."""
        model, found = self._model, list[tuple[Group, QRectF, float]]()
        xs, ys = points.T.copy()
        for group in sorted(model.groups, key=lambda one: -one.count):
            strength = _name_strength(group, scale)
            strength *= 1.0 if group.code in self.appearance.shown else 0.42
            x, y = scale.point(group.middle[0], group.top)
            if strength < 0.04 or x < -_NAME_WIDE or x > scale.width + _NAME_WIDE:
                continue
            below = scale.point(group.middle[0], group.bottom)[1]
            heights = [max(6.0, y - 48 - 8 * step) for step in range(12)] + [below + 6 + 8 * step for step in range(6)]
            taken = [one for _, one, _ in found]
            column = np.sort(ys[np.abs(xs - x) < _NAME_WIDE / 2 + 6])
            place = _freest((QRectF(x - _NAME_WIDE / 2, top, _NAME_WIDE, 38) for top in heights), taken, column)
            if place.bottom() > 0 and place.top() < scale.height:
                found.append((group, place, strength))
        return found

    def paint_names(self, painter: QPainter, names: list[tuple[Group, QRectF, float]]) -> None:
        """The groups by name and number, over everything else; they fade when one is among the stars, and when far away."""
        model = self._model
        ratio = painter.device().devicePixelRatioF()
        for group, place, strength in names:
            said = words.plural(group.count, QCoreApplication.translate("Sky", "clip"))
            if group.code not in self.appearance.shown:
                said = QCoreApplication.translate("Sky", "{clips}, filtered out").format(clips=said)
            name = class_title(CLASSES[model.family][group.code])
            painter.setOpacity(strength)
            painter.drawPixmap(
                QPointF(round(place.left() - 40), round(place.top())), _name(name, said, group.code, ratio)
            )
        painter.setOpacity(1.0)


def _freest(tries: Iterable[QRectF], taken: Sequence[QRectF], column: Floats) -> QRectF:
    """The first place for a name with no other name and the fewest stars in it. `column`: the y of stars at its left and right, sorted."""
    best, least = QRectF(), (True, len(column) + 1)
    for place in tries:
        first, last = column.searchsorted((place.top() - 6, place.bottom() + 6))
        found = any(place.intersects(one) for one in taken), int(last - first)
        if found < least:
            best, least = place, found
        if least == (False, 0):
            break
    return best


def _name_strength(group: Group, scale: SkyScale) -> float:
    """1 while the group is of a readable size; 0 where it is a speck or one stands in the midst of it."""
    radius = group.radius * scale.zoom
    near = 1 - (radius - 420) / 700
    far = (radius - 9) / 14
    return float(np.clip(min(near, far), 0, 1))


def on_well(colour: QColor, strength: float) -> QColor:
    """A colour laid thinly over the well, as one that is opaque: lines that let light through cost Qt ten times as much."""
    well = tokens.color("surface.well")
    mixed = (
        round(ground + (over - ground) * strength)
        for ground, over in zip(well.getRgb()[:3], colour.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


def draw_written(painter: QPainter, held: NDArray[np.uint32], ratio: float) -> None:
    """Paint what `draw_stars` wrote at the corner of the device; its border lies outside."""
    height, width = held.shape
    picture = QImage(held.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    painter.drawImage(QPointF(-PAD / ratio, -PAD / ratio), picture)


def _within(points: Floats, room: QRectF) -> NDArray[np.bool_]:
    """Whether points lie in a place."""
    x, y = points[:, 0], points[:, 1]
    return np.asarray((x >= room.left()) & (x <= room.right()) & (y >= room.top()) & (y <= room.bottom()), np.bool_)


def _lines(points: Floats, pairs: NDArray[np.int64]) -> list[QLineF]:
    return [QLineF(*one) for one in points[pairs].reshape(-1, 4).tolist()]


@lru_cache(maxsize=64)
def _ring(size: int, ratio: float) -> QPixmap:
    """A circle of so many logical pixels with room for its line."""
    side = size + 3
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.color("text.primary", 0.75), 1))
    painter.drawEllipse(QRectF(1.5, 1.5, size, size))
    painter.end()
    return picture


@lru_cache(maxsize=48)
def _name(name: str, said: str, code: int, ratio: float) -> QPixmap:
    """A group's name over its number: text costs a tenth of a millisecond a line, and stands there while one zooms."""
    wide, middle = _NAME_WIDE + 80, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
    picture = QPixmap(round(wide * ratio), round(38 * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setFont(tokens.font("heading", "semibold"))
    painter.setPen(class_colour(code))
    painter.drawText(QRectF(0, 0, wide, 20), middle, name)
    painter.setFont(tokens.font("caption"))
    painter.setPen(tokens.color("text.secondary"))
    painter.drawText(QRectF(0, 20, wide, 16), middle, said)
    painter.end()
    return picture
