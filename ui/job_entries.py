"""Jobs of the book as rows: state, name, who made it, when and for how much."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio_app.services.job_book import BookState, Entry
from studio_app.session.job_records import cost_words, engine_name
from ui.panel import has_keys
from ui.qt import icons, tokens
from ui.qt.draw import line_of, outline
from ui.qt.language import QT_TRANSLATE_NOOP, translated

Index = QModelIndex | QPersistentModelIndex
NO_INDEX: Final = QModelIndex()
HEIGHT = 38
LOOKS: Final = {
    BookState.QUEUED: ("clock", "state.queued", QT_TRANSLATE_NOOP("JobEntries", "Queued")),
    BookState.RUNNING: ("loader-circle", "state.running", QT_TRANSLATE_NOOP("JobEntries", "Running")),
    BookState.LANDING: ("circle-arrow-down", "state.landing", QT_TRANSLATE_NOOP("JobEntries", "Landing")),
    BookState.DONE: ("circle-check", "state.ready", QT_TRANSLATE_NOOP("JobEntries", "Done")),
    BookState.FAILED: ("circle-alert", "state.failed", QT_TRANSLATE_NOOP("JobEntries", "Failed")),
    BookState.CANCELLED: ("ban", "text.muted", QT_TRANSLATE_NOOP("JobEntries", "Cancelled")),
    BookState.UNKNOWN: ("triangle-alert", "state.slow", QT_TRANSLATE_NOOP("JobEntries", "Unknown outcome")),
    BookState.OVER_BUDGET: ("wallet", "state.over_budget", QT_TRANSLATE_NOOP("JobEntries", "Over budget")),
}


def state_words(state: BookState) -> str:
    """How a state is called."""
    return translated("JobEntries", LOOKS[state][2])


def when(at: float) -> str:
    """`21 Nov 14:31`, with the year where it is another one."""
    then = datetime.datetime.fromtimestamp(at)
    year = "" if then.year == datetime.date.today().year else " %Y"
    return then.strftime(f"%d %b{year} %H:%M").lstrip("0")


def fact(entry: Entry) -> str:
    """`Runway gen4.5, $ 0.24, 21 Nov 14:31`."""
    who = f"{engine_name(entry.engine)} {entry.model}".strip()
    return f"{who}, {cost_words(entry)}, {when(entry.created)}"


class EntryModel(QAbstractListModel):
    """Entries as they were read."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these; where they are the same jobs the choice stays."""
        same = [one.id for one in entries] == [one.id for one in self.entries]
        if same:
            self.entries = tuple(entries)
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """As many as there are jobs."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, and all of it for a screen reader."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.message or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.name}, {state_words(entry.state)}, {fact(entry)}"
        return None


class EntryDelegate(QStyledItemDelegate):
    """38 high: state icon, name, one line of fact; at the right what is wrong, in a word."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of a job's row."""
        return QSize(0, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row."""
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        place = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, tokens.color("surface.selected" if chosen else "surface.hover"))
        icon, colour, _ = LOOKS[entry.state]
        icons.paint(painter, QRectF(place.left() + 12, place.center().y() - 7.5, 16, 16), icon, tokens.color(colour))
        left, right = place.left() + 36, place.right() - 12
        needs = entry.state in (BookState.FAILED, BookState.UNKNOWN, BookState.OVER_BUDGET)
        painter.setFont(tokens.font("ui"))
        if needs:
            text = state_words(entry.state)
            width = painter.fontMetrics().horizontalAdvance(text) + 2
            if width < place.width() / 3:
                painter.setPen(tokens.color(colour))
                line_of(painter, QRectF(right - width, place.top(), width, place.height()), text)
                right -= width + 8
        painter.setFont(tokens.font("ui", "medium"))
        painter.setPen(tokens.color("text.primary"))
        line_of(painter, QRectF(left, place.top() + 4, right - left, 15), entry.name)
        painter.setFont(tokens.font("caption", tabular=True))
        painter.setPen(tokens.color("text.muted"))
        line_of(painter, QRectF(left, place.top() + 19, right - left, 15), fact(entry))
        painter.fillRect(QRectF(place.left(), place.bottom() - 1, place.width(), 1), tokens.color("border.subtle"))
        if chosen and state & QStyle.StateFlag.State_HasFocus and has_keys(self.parent()):  # type: ignore[arg-type]
            outline(painter, place.adjusted(0, 0, 0, -1), "accent.default", 1, 0)
