"""Tiles of the grids: a small picture of what would become of the clip, its name below; under the pointer it plays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio_app.services.evolve_previews import Preview
from studio_app.session.session import Session
from ui.evolve.pictures import pixmap_of_array
from ui.panel import has_keys
from ui.qt import icons, image, tokens
from ui.qt.draw import MIDDLE_LEFT, hatch, line_of, outline, rounded

TILE = QRectF(0, 0, 128, 72)
GAP = 9
LABEL = 27
RIM = 2
"""Room for the frame about a picture, inside the cell: what is outside of it is not drawn."""
KEY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_TIP_COLUMNS = 58


@dataclass(frozen=True)
class Tile:
    """One of a grid: an operation by its id, or a kept look."""

    key: str
    title: str
    sentence: str
    mark: str = ""
    """An icon over the picture, for what one still does not show."""


class TileModel(QAbstractListModel):
    """Tiles in a row."""

    def __init__(self, tiles: Sequence[Tile] = ()) -> None:
        super().__init__()
        self.tiles: tuple[Tile, ...] = tuple(tiles)

    def show(self, tiles: Sequence[Tile]) -> None:
        """Others."""
        if tuple(tiles) != self.tiles:
            self.beginResetModel()
            self.tiles = tuple(tiles)
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many."""
        return len(self.tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, sentence, the tile itself."""
        if not index.isValid() or index.row() >= len(self.tiles):
            return None
        tile = self.tiles[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return tile.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return tile.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{tile.title}\n{fill(tile.sentence, _TIP_COLUMNS)}" if tile.sentence else tile.title
        return tile if role == KEY else None

    def row_of(self, key: str) -> int | None:
        """Where a tile stands."""
        return next((row for row, one in enumerate(self.tiles) if one.key == key), None)


class TileDelegate(QStyledItemDelegate):
    """Draws a tile; pictures come from `preview_of` (key, whether it moves), which asks for what is not there."""

    def __init__(
        self,
        session: Session,
        preview_of: Callable[[str, bool], Preview | None],
        is_chosen: Callable[[str], bool],
        is_borrowing: Callable[[str], bool] = lambda _: False,
    ) -> None:
        super().__init__()
        self._session, self._preview_of = session, preview_of
        self.is_chosen, self._is_borrowing = is_chosen, is_borrowing
        self.width = int(TILE.width())
        self._before: dict[str, QPixmap] = {}
        self.playing, self.frame = "", 0
        """The tile under the pointer, and which of its pictures is shown."""

    @property
    def picture(self) -> QSize:
        """The size of the pictures."""
        return QSize(self.width, round(self.width * 9 / 16))

    @property
    def cell(self) -> QSize:
        """A tile with its gap."""
        return QSize(self.width + GAP, self.picture.height() + RIM + LABEL)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One cell."""
        return self.cell

    def pixmap(self, key: str) -> tuple[QPixmap | None, str]:
        """The picture of a tile now, or why there is none; both empty while it is made."""
        still = self._preview_of(key, False)
        if key == self.playing and still is not None and still.pictures:
            moving = self._preview_of(key, True)
            if moving is not None and moving.pictures:
                return pixmap_of_array(moving.pictures[self.frame % len(moving.pictures)]), ""
        if still is None:
            return self._before.get(key), ""
        if not still.pictures:
            return None, still.why
        self._before[key] = pixmap_of_array(still.pictures[0])
        return self._before[key], ""

    def forget(self) -> None:
        """Another clip: what was seen of the one before is no stand-in for it."""
        self._before.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the view."""
        tile: Tile = index.data(KEY)
        chosen = self.is_chosen(tile.key)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        place = QRectF(option.rect.left() + RIM, option.rect.top() + RIM, self.width, self.picture.height())
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        found, why = self.pixmap(tile.key)
        if found is not None:
            image.draw_cover(painter, place, found, 3)
        elif why:
            rounded(painter, place, "surface.inset", 3)
            mark = QRectF(place.center().x() - 8, place.center().y() - 8, 16, 16)
            icons.paint(painter, mark, "ban", tokens.color("text.muted"))
        else:
            hatch(painter, place, "surface.inset", "border.strong", 0.08)
        if tile.mark and found is not None:
            _mark(painter, place, tile.mark)
        if self._is_borrowing(tile.key):
            _plus(painter, place)
        if chosen:
            outline(
                painter,
                place.adjusted(-RIM, -RIM, RIM, RIM),
                "accent.default" if has_keys(option.widget) else _RESTING,
                2,
                4,
            )
        elif over:
            outline(painter, place, "border.strong", 1, 3)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus) and has_keys(option.widget)
        if focused and not chosen:
            outline(painter, place, "text.secondary", 1, 3)  # the keys are here, it is not what is worked with
        painter.setFont(tokens.font("ui", "medium" if chosen else "regular"))
        painter.setPen(tokens.color("text.primary" if chosen or over else "text.secondary"))
        line_of(painter, QRectF(place.left(), place.bottom() + 3, self.width + GAP - 4, 18), tile.title, MIDDLE_LEFT)
        painter.restore()


_RESTING = "accent.default"
"""The operation that is worked with keeps the accent, whichever panel has the keys (as a take being compared does)."""


def _mark(painter: QPainter, place: QRectF, name: str) -> None:
    """What happens in time: an icon in white, with a dark rim so that it is seen on any picture."""
    box = QRectF(place.center().x() - 13, place.center().y() - 13, 26, 26)
    icons.paint(painter, box.translated(0, 1), name, tokens.color("surface.well", 0.6), stroke=2.5)
    icons.paint(painter, box, name, tokens.color("clip.spark", 0.95), stroke=1.75)


def _plus(painter: QPainter, place: QRectF) -> None:
    """A second clip is still to be chosen."""
    box = QRectF(place.right() - 20, place.top() + 4, 16, 16)
    rounded(painter, box, "surface.window", 3, 0.82)
    icons.paint(painter, box.adjusted(2, 2, -2, -2), "plus", tokens.color("text.primary"))


def image_of_preview(preview: Preview) -> QImage | None:
    """Its first picture; None where there is none."""
    return image.image_of(preview.pictures[0]) if preview.pictures else None
