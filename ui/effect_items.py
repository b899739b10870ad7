"""The effects panel's rows: headings and what stands under them, as model and as drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio_app.session.applying import Kind, Offer, default_transition
from studio_app.session.session import Session
from ui.drag_mime import EFFECT_MIME, offer_mime
from ui.palette import shown_keys
from ui.panel import has_keys
from ui.qt import icons, tokens
from ui.qt.language import EFFECTS, QT_TRANSLATE_NOOP, translated
from ui.widgets import draw_key_at

OFFER: Final = Qt.ItemDataRole.UserRole
KEYS: Final = Qt.ItemDataRole(Qt.ItemDataRole.UserRole + 1)
"""The key that lays a default transition; None for what is none."""
HEADING_HEIGHT: Final = 30
_HEADINGS: Final = {
    Kind.EFFECT: QT_TRANSLATE_NOOP("EffectItems", "Video effects"),
    Kind.TRANSITION: QT_TRANSLATE_NOOP("EffectItems", "Transitions"),
    Kind.CROSSFADE: QT_TRANSLATE_NOOP("EffectItems", "Transitions"),
    Kind.GENERATOR: QT_TRANSLATE_NOOP("EffectItems", "Generators"),
}
_ICONS: Final = {
    Kind.EFFECT: "wand-sparkles",
    Kind.TRANSITION: "blend",
    Kind.CROSSFADE: "blend",
    Kind.GENERATOR: "image",
}
_OWN_ICONS: Final = {"title": "type", "solid": "square"}
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
Index = QModelIndex | QPersistentModelIndex


def filtered(every: Iterable[Offer], words: str) -> tuple[Offer, ...]:
    """Those with all the words in name, help or heading."""
    wanted = words.lower().split()
    return tuple(one for one in every if all(word in _text(one) for word in wanted))


def _heading(one: Offer) -> str:
    """Effects stand under what they do; the kind still finds them by search."""
    return translated(EFFECTS, one.group) if one.group else translated("EffectItems", _HEADINGS[one.kind])


def _text(one: Offer) -> str:
    name, help_ = translated(EFFECTS, one.name), translated(EFFECTS, one.help)
    kind = translated("EffectItems", _HEADINGS[one.kind])
    return f"{name} {help_} {_heading(one)} {kind} {'sound audio' if one.is_sound else ''}".lower()


class EffectModel(QAbstractListModel):
    """A heading before the first of each section; only what is offered can be chosen and dragged."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.rows: list[Offer | str] = []

    def show(self, offers: Iterable[Offer]) -> None:
        """Other rows."""
        rows: list[Offer | str] = []
        heading = ""
        for one in offers:
            if _heading(one) != heading:
                heading = _heading(one)
                rows.append(heading)
            rows.append(one)
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def place_of(self, offer: Offer | None) -> int | None:
        """The row of one."""
        return next((place for place, one in enumerate(self.rows) if one == offer), None)

    def marks_changed(self) -> None:
        """Another transition is the default one, or has another key."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def is_default(self, one: Offer) -> bool:
        """Whether a key lays this one."""
        return one.is_sound or (one.kind is Kind.TRANSITION and one.id == default_transition(self._session))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Headings and what stands under them."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, help, and what a screen reader says."""
        one = self.rows[index.row()]
        if isinstance(one, str):
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return one if role in texts else None
        if role == Qt.ItemDataRole.DisplayRole:
            return translated(EFFECTS, one.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return translated(EFFECTS, one.help)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (translated(EFFECTS, one.name), self._mark(one), _heading(one))
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return translated(EFFECTS, one.help)
        if role == KEYS:
            return self._keys(one) if self.is_default(one) else None
        return one if role == OFFER else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are only read."""
        if not index.isValid() or isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Our own kind."""
        return [EFFECT_MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        """The one that is dragged."""
        found = next((one for index in indexes if isinstance(one := self.rows[index.row()], Offer)), None)
        return offer_mime(found) if found is not None else QMimeData()

    def supportedDragActions(self) -> Qt.DropAction:
        """It stays here."""
        return Qt.DropAction.CopyAction

    def _mark(self, one: Offer) -> str:
        if not self.is_default(one):
            return ""
        return self.tr("default for sound") if one.is_sound else "default"

    def _keys(self, one: Offer) -> str:
        action = "clip.audio_transition" if one.is_sound else "clip.transition"
        return next(iter(self._session.keymap.keys_of(action)), "")


class EffectDelegate(QStyledItemDelegate):
    """Icon and name; the default transitions with the word and their key at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(120, tokens.size("row") if index.data(OFFER) is not None else HEADING_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A heading, or a row with its ground."""
        one, rect = index.data(OFFER), option.rect
        painter.save()
        if not isinstance(one, Offer):
            painter.setFont(tokens.font("caption", "semibold"))
            painter.setPen(tokens.color("text.muted"))
            painter.drawText(rect.adjusted(12, 4, -12, 0), _MIDDLE, str(index.data()))
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, tokens.color("surface.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.color("surface.hover"))
        if option.state & QStyle.StateFlag.State_Selected and has_keys(option.widget):
            painter.setPen(tokens.color("accent.default"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon = _OWN_ICONS.get(one.id, _ICONS[one.kind])
        icons.paint(
            painter, QRectF(rect.left() + 12, rect.center().y() - 7, 14, 14), icon, tokens.color("text.secondary")
        )
        right = rect.right() - 12
        keys = index.data(KEYS)
        if keys is not None:
            right -= self._mark(
                painter, rect, right, str(keys), self.tr("Default for sound") if one.is_sound else self.tr("Default")
            )
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.primary"))
        room = QRect(rect.left() + 34, rect.top(), right - rect.left() - 34, rect.height())
        name = painter.fontMetrics().elidedText(
            translated(EFFECTS, one.name), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _MIDDLE, name)
        painter.restore()

    def _mark(self, painter: QPainter, rect: QRect, right: int, keys: str, word: str) -> int:
        """`Default  [Ctrl+D]` that ends at `right`; returns what it takes."""
        taken = draw_key_at(painter, right, rect, shown_keys(keys)) + 8 if keys else 0
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.muted"))
        width = painter.fontMetrics().horizontalAdvance(word)
        if rect.width() < 260:  # the name goes before the word
            return taken
        painter.drawText(QRect(right - taken - width, rect.top(), width + 2, rect.height()), _MIDDLE, word)
        return taken + width + 8
