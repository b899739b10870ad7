"""Pictures of the stars one is near to: which stars get one, and how it is drawn."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from studio_app.session.session import Session
from studio_app.session.sky_media import media_of
from timeline.media import Media
from ui.media_items import poster_time
from ui.qt import icons, image, tokens
from ui.qt.draw import hatch, outline, rounded
from ui.sky.picking import Floats, apart_from_each_other
from ui.sky.scale import SkyScale
from ui.sky.still import StillSky, class_colour

MOST: Final = 40
CROWD: Final = 700
"""Of more stars in view none gets a picture, but those that are chosen or match: one is too far away."""
SIZE: Final = QSizeF(60, 34)
MATCH: Final = QSizeF(68, 39)
CHOSEN: Final = QSizeF(84, 48)
THUMBNAIL: Final = 224
"""The pool's own size: what is seen there is here at once."""
NEW: Final = 4
"""Pictures a paint may make ready, and clips it may read: more of them would be seen as a halt."""
FADED: Final = 0.55
"""Opacity of what a search does not match."""
AIR: Final = 26.0
"""Between two pictures, so that the stars round them stay stars."""


def _beside(points: Floats, place: QRectF, size: QSizeF) -> NDArray[np.bool_]:
    """Whether a picture of this size over a point would cover a place."""
    across, down = place.width() / 2 + size.width() / 2, place.height() / 2 + size.height() / 2
    middle = place.center()
    found = (np.abs(points[:, 0] - middle.x()) < across) & (np.abs(points[:, 1] - middle.y()) < down)
    return np.asarray(found, np.bool_)


class NearPictures:
    """The nearest stars as pictures. Frames come from the session's worker; a paint never decodes."""

    def __init__(self, session: Session, still: StillSky) -> None:
        self._session, self._still = session, still
        self._model = session.constellation
        self.rows: list[int] = []
        """The stars that are pictures now."""
        self.is_moving = False
        """Whether a hand moves the map: no frames are asked for, since reading them would take every other paint."""
        self.is_unfinished = False
        """Whether the last paint left something for the next."""
        self.missing = 0
        """How many pictures were not there yet in the last paint."""
        self._made = 0
        self._ready: OrderedDict[tuple[str, int, float], QPixmap] = OrderedDict()

    def choose(self, scale: SkyScale, points: Floats, names: Sequence[QRectF] = ()) -> None:
        """Decide which stars are pictures in this view: those nearest to its middle, and those that were before rather than others."""
        model, look = self._model, self._still.appearance
        inside = (
            (points[:, 0] > 20)
            & (points[:, 0] < scale.width - 20)
            & (points[:, 1] > 20)
            & (points[:, 1] < scale.height - 20)
            & look.passing
        )
        for name in names:  # what is read is not covered
            inside &= ~_beside(points, name, SIZE)
        chosen = frozenset(model.chosen_rows)
        seen = np.nonzero(inside)[0]
        first = frozenset(one for one in chosen if inside[one])
        if len(seen) > CROWD:
            hits = np.nonzero(inside & look.rings)[0] if scale.percent >= 50 else np.zeros(0, np.int64)
            seen = np.union1d(hits[:MOST], np.array(sorted(first), np.int64)).astype(np.int64)
        if not len(seen):
            self.rows = []
            return
        apart = np.hypot(points[seen, 0] - scale.width / 2, points[seen, 1] - scale.height / 2)
        apart = apart - 140 * np.isin(seen, self.rows) - 400 * look.rings[seen] - 260 * np.isin(seen, list(model.used))
        order = seen[np.argsort(apart, kind="stable")]
        order = order[: MOST * 12]
        leading = np.array([one for one in reversed(model.chosen_rows[-MOST:]) if one in first], np.int64)
        order = np.concatenate([leading, order[~np.isin(order, leading)]])
        sides = np.array([SIZE.toTuple(), MATCH.toTuple()])[look.rings[order].astype(np.int64)]
        sides[np.isin(order, list(chosen))] = CHOSEN.toTuple()
        sides += AIR
        self.rows = [int(order[one]) for one in apart_from_each_other(points[order], sides, MOST)]

    def place_of(self, row: int, points: Floats) -> QRectF:
        """Where the picture of a star lies."""
        width, height = self._size(row, self._chosen)
        x, y = float(points[row, 0]), float(points[row, 1])
        return QRectF(round(x - width / 2), round(y - height / 2), width, height)

    def _size(self, row: int, chosen: frozenset[int]) -> tuple[float, float]:
        size = CHOSEN if row in chosen else MATCH if self._still.appearance.rings[row] else SIZE
        return size.width(), size.height()

    @property
    def _chosen(self) -> frozenset[int]:
        return frozenset(self._model.chosen_rows)

    def at(self, x: float, y: float, points: Floats) -> int | None:
        """The star whose picture lies under a point."""
        return next((one for one in reversed(self.rows) if self.place_of(one, points).contains(x, y)), None)

    def paint(self, painter: QPainter, points: Floats, accent: bool) -> None:
        """All pictures, the chosen ones on top."""
        model = self._model
        chosen = self._chosen
        rows = [one for one in self.rows if one not in chosen] + [one for one in self.rows if one in chosen]
        data = model.known_rows(rows, NEW)
        self.is_unfinished = len(data) < len(rows)
        self._made = self.missing = 0
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        fades = model.answer.is_searched
        rings, family = self._still.appearance.rings, model.family
        for row in rows:
            place = self.place_of(row, points)
            if row not in data:
                continue
            painter.setOpacity(1.0)
            media = media_of(self._session, data[row])
            if media.id in self._session.presence.missing:
                hatch(painter, place, "clip.missing_body", "clip.missing", 0.32)
            elif (picture := self._picture(media, place, painter.device().devicePixelRatioF())) is not None:
                if fades and not rings[row] and row not in chosen:
                    rounded(painter, place, "surface.well", 3)  # its star stands beneath
                    painter.setOpacity(FADED)
                painter.drawPixmap(place.topLeft(), picture)
            elif not (media.has_video or media.is_endless):
                rounded(painter, place, "surface.inset", 3)
                middle = QRectF(0, 0, 16, 16)
                middle.moveCenter(place.center())
                icons.paint(painter, middle, "volume-2", tokens.color("text.secondary"))
            else:
                self.missing += 1
                if row not in chosen:
                    continue  # it stays a star until there is something to see
                rounded(painter, place, "surface.inset")
            self._edge(painter, place, row, int(model.stars.codes[family][row]), row in chosen, accent)
        painter.setOpacity(1.0)

    def frame_of(self, row: int) -> QPixmap | None:
        """A frame of a star, where one is there already."""
        data = self._model.row_data(row)
        if data is None:
            return None
        media = media_of(self._session, data)
        return image.pixmap_of(self._session.thumbnails.get(media, poster_time(media), THUMBNAIL))

    def _picture(self, media: Media, place: QRectF, ratio: float) -> QPixmap | None:
        """A frame in the size it is shown in, cut to shape once. A few of them are made ready a paint; None for now, or for good."""
        key = (media.content_hash or media.path, int(place.width()), ratio)
        kept = self._ready.get(key)
        if kept is not None:
            self._ready.move_to_end(key)
            return kept
        thumbnails = self._session.thumbnails
        ask = thumbnails.known if self.is_moving else thumbnails.get
        path = ask(media, poster_time(media), THUMBNAIL)
        if path is None:
            return None
        if self._made >= NEW:
            self.is_unfinished = True
            return None
        self._made += 1
        found = image.pixmap_of(path)
        if found is None:
            return None
        kept = QPixmap(round(place.width() * ratio), round(place.height() * ratio))
        kept.setDevicePixelRatio(ratio)
        kept.fill(Qt.GlobalColor.transparent)
        brush = QPainter(kept)
        image.draw_cover(brush, QRectF(QPointF(0, 0), place.size()), found, 3)
        brush.end()
        self._ready[key] = kept
        while len(self._ready) > 6 * MOST:
            self._ready.popitem(last=False)
        return kept

    def _edge(self, painter: QPainter, place: QRectF, row: int, code: int, chosen: bool, accent: bool) -> None:
        if chosen:
            outline(painter, place.adjusted(-2, -2, 2, 2), "accent.default" if accent else "border.inactive", 2, 4)
        else:
            colour = class_colour(code) if code >= 0 else tokens.color("border.strong")
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(-0.75, -0.75, 0.75, 0.75), 3.5, 3.5)
        if self._model.look.marks_used and row in self._model.used:
            mark = QRectF(place.right() - 15, place.bottom() - 15, 14, 14)
            rounded(painter, mark, "surface.window", 3, 0.82)
            icons.paint(painter, mark.adjusted(2, 2, -2, -2), "scissors", tokens.color("text.primary"))
