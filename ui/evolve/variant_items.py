"""Variants as cards: the model over the results of the clip that is worked on, and what a card looks like."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio_app.services.evolve_previews import Asked
from studio_app.session.evolve_attempts import Variant
from studio_app.session.evolve_offers import shown_step
from studio_app.session.session import Session
from ui import words
from ui.drag_mime import media_mime
from ui.evolve.pictures import pixmap_of_array
from ui.media_items import poster_time
from ui.panel import has_keys
from ui.qt import icons, image, tokens
from ui.qt.draw import MIDDLE_LEFT, MIDDLE_RIGHT, line_of, lines_of, outline, rounded

VARIANT = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
WIDTH, GAP, LABEL = 160, 9, 30
RIM = 2
"""Room for the frame about a picture, inside the cell: what is outside of it is not drawn."""
THUMBNAIL = 384
_TEXT_LEFT = 8


class VariantModel(QAbstractListModel):
    """What was made of the clip, what is being made and what failed, in order of arrival."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.variants: tuple[Variant, ...] = ()

    def staying(self) -> AbstractContextManager[None]:
        """While one of them is carried to the timeline, they stay the variants that are worked on."""
        return self._session.evolving.staying()

    def refresh(self) -> bool:
        """Read anew; cards that only got on keep their place. Whether others came or went."""
        new: tuple[Variant, ...] = self._session.evolving.results()
        old, self.variants = self.variants, new
        if len(new) == len(old):
            for row, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return [one.id for one in old] != [one.id for one in new]
        self.beginResetModel()
        self.endResetModel()
        return True

    def row_of(self, variant_id: str) -> int | None:
        """Where a card stands."""
        return next((row for row, one in enumerate(self.variants) if one.id == variant_id), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many."""
        return len(self.variants)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The variant, its words."""
        if not index.isValid() or index.row() >= len(self.variants):
            return None
        one = self.variants[index.row()]
        if role == VARIANT:
            return one
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{one.name}, {self.state_words(one)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            facts = [one.name, self.tr("Seed {seed}").format(seed=one.seed), self.state_words(one)]
            return "\n".join(part for part in (*facts, one.message) if part)
        return None

    def state_words(self, one: Variant) -> str:
        """Its state: `Queued`, `71 %, 6 s`, `Failed`, `Used in the cut`; empty where it simply is there."""
        match one.state:
            case "queued":
                return self.tr("Queued")
            case "running":
                left = words.spoken(one.seconds_left) if one.seconds_left is not None else ""
                return ", ".join(part for part in (words.percent(one.fraction), left) if part) or self.tr("Starting")
            case "landing":
                return self.tr("Landing")
            case "failed":
                return self.tr("Failed")
        return self.tr("Used in the cut") if one.is_used else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is there can be dragged."""
        kinds = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        one = index.data(VARIANT)
        return kinds | Qt.ItemFlag.ItemIsDragEnabled if isinstance(one, Variant) and one.media_id else kinds

    def mimeData(self, indexes: Any) -> QMimeData:
        """As clips of the pool."""
        rows = sorted({index.row() for index in indexes})
        return media_mime(self.variants[row].media_id for row in rows if self.variants[row].media_id)


class CardParts:
    """Rectangles of a card in the coordinates of the view."""

    def __init__(self, cell: QRectF, width: float) -> None:
        self.picture = QRectF(cell.left() + RIM, cell.top() + RIM, width, round(width / 2))
        self.label = QRectF(self.picture.left(), self.picture.bottom() + 3, width, 20)
        self.button = QRectF(self.picture.left() + 8, self.picture.bottom() - 30, 64, 22)
        self.star = QRectF(self.label.right() - 60, self.label.top(), 20, 20)


class VariantDelegate(QStyledItemDelegate):
    """Picture, name, seed; progress while it is made, the reason and Retry where it failed."""

    def __init__(self, session: Session, model: VariantModel) -> None:
        super().__init__()
        self._session, self._model = session, model
        self.width = WIDTH

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A card with its gap."""
        return QSize(self.width + GAP, round(self.width / 2) + LABEL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the view."""
        one: Variant = index.data(VARIANT)
        parts = CardParts(QRectF(option.rect), self.width)
        compared = bool(one.media_id) and one.media_id == self._session.comparing.after_id
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._picture(painter, parts, one)
        frame = parts.picture.adjusted(-RIM, -RIM, RIM, RIM)
        if compared:
            outline(painter, frame, "accent.default", 2, 4)
        elif chosen:
            outline(painter, frame, "accent.default" if has_keys(option.widget) else "border.inactive", 2, 4)
        elif over:
            outline(painter, parts.picture, "border.strong", 1, 3)
        self._label(painter, parts, one, lit=compared or chosen or over)
        painter.restore()

    def pixmap(self, one: Variant) -> QPixmap | None:
        """A frame of what is there, else what it will look like; of what nobody can foresee, the clip it is made of."""
        lead = self._session.evolving.lead
        shown = one.media_id or (lead.media_id if lead is not None and not one.steps else "")
        media = self._session.document.library.media.get(shown)
        if media is not None:
            return image.pixmap_of(self._session.thumbnails.get(media, poster_time(media), THUMBNAIL))
        asked = self._session.evolving.preview_of(one.steps)
        if asked is None:
            return None
        mine = Asked(asked.media, asked.at, one.steps, one.seed)
        found = self._session.evolve_previews.get(mine)
        return pixmap_of_array(found.pictures[0]) if found is not None and found.pictures else None

    def _picture(self, painter: QPainter, parts: CardParts, one: Variant) -> None:
        place = parts.picture
        if one.state == "failed":
            self._failure(painter, parts, one)
            return
        if one.state == "queued":
            rounded(painter, place, "clip.placeholder_body", 3)
            mark = QRectF(place.center().x() - 9, place.center().y() - 9, 18, 18)
            icons.paint(painter, mark, "clock", tokens.color("state.queued"))
            return
        found = self.pixmap(one)
        if found is None:
            rounded(painter, place, "surface.inset", 3)
        else:
            if one.state != "ready":
                painter.setOpacity(0.6)  # it is not there yet
            image.draw_cover(painter, place, found, 3)
            painter.setOpacity(1)
        if one.state in ("running", "landing"):
            bar = QRectF(place.left(), place.bottom() - 3, place.width(), 3)
            painter.fillRect(bar, tokens.color("state.running_fill"))
            colour = "state.landing" if one.state == "landing" else "state.running"
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * (one.fraction or 0), 3), tokens.color(colour))

    def _failure(self, painter: QPainter, parts: CardParts, one: Variant) -> None:
        place = parts.picture
        rounded(painter, place, "state.failed_fill", 3)
        icons.paint(painter, QRectF(place.left() + 8, place.top() + 7, 14, 14), "circle-alert", _red())
        painter.setFont(tokens.font("caption"))
        painter.setPen(_red())
        room = QRectF(place.left() + 27, place.top() + 6, place.width() - 33, 45)
        lines_of(painter, room, one.message, 2 if place.height() > 70 else 1, 15)
        rounded(painter, parts.button, "surface.control", 4)
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.primary"))
        icons.paint(painter, QRectF(parts.button.left() + 7, parts.button.top() + 5, 12, 12), "rotate-ccw", _white())
        painter.drawText(parts.button.adjusted(24, 0, 0, 0), MIDDLE_LEFT, self.tr("Retry"))

    def _label(self, painter: QPainter, parts: CardParts, one: Variant, *, lit: bool) -> None:
        state = self._model.state_words(one) if one.state != "ready" else ""
        right = state or str(one.seed)
        tones = {"running": "state.running", "landing": "state.landing", "failed": "state.failed"}
        painter.setFont(tokens.font("ui", tabular=True))
        painter.setPen(tokens.color(tones.get(one.state, "text.muted")))
        painter.drawText(parts.label, MIDDLE_RIGHT, right)
        taken = painter.fontMetrics().horizontalAdvance(right) + 8
        end = parts.label.right() - taken
        if one.is_starred:
            box = QRectF(end - 12, parts.label.center().y() - 7, 14, 14)
            icons.paint(painter, box, "star", tokens.color("accent.default"), filled=True)
            taken += 16
        if one.is_used:
            box = QRectF(parts.label.right() - taken - 12, parts.label.center().y() - 7, 14, 14)
            icons.paint(painter, box, "circle-check", tokens.color("state.ready"))
            taken += 16
        painter.setFont(tokens.font("ui", "medium" if lit else "regular"))
        painter.setPen(tokens.color("text.primary"))
        room = parts.label.adjusted(0, 0, -taken - 4, 0)
        name = one.name
        if len(one.steps) > 1 and painter.fontMetrics().horizontalAdvance(name) > room.width():
            name = f"…{shown_step(one.steps[-1]).lower()}"  # variants of a row of steps differ in the last one
        line_of(painter, room, name)


def _red() -> Any:
    return tokens.color("state.failed")


def _white() -> Any:
    return tokens.color("text.primary")
