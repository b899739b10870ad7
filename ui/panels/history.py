"""The history: every step with a small picture of the cut; a click goes to that state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from timeline.history import State
from ui.history_pictures import SIZE, HistoryPictures
from ui.panel import Panel
from ui.qt import icons, tokens
from ui.qt.language import QT_TRANSLATE_NOOP

_ROW: Final = SIZE.height() + 12
_NARROW: Final = 240
Index = QModelIndex | QPersistentModelIndex


class HistoryPanel(Panel):
    """Oldest first, the present one marked, what was undone dimmed below it."""

    id: ClassVar[str] = "history"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "History")
    order: ClassVar[int] = 65
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Click a step to go back to it; the steps behind it stay until the next edit."
    )

    def build(self) -> None:
        """A list."""
        self.pictures = HistoryPictures(lambda: self.view.viewport().update())
        self.model = _Model(self.tr("Opened"))
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self))
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("Steps"))
        self.view.clicked.connect(lambda index: self.go_to(index.row()))
        self.view.activated.connect(lambda index: self.go_to(index.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.listen(self.session.document.state_changed, self.refresh)
        self.listen(self.session.document.replaced, self.pictures.clear)
        self.listen(self.session.transport.sequence_changed, lambda: self.view.viewport().update())
        self.refresh()

    def refresh(self) -> None:
        """Show the steps as they are."""
        document = self.session.document
        if self.model.take(document.states, document.place):
            index = self.model.index(document.place, 0)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def go_to(self, place: int) -> None:
        """Make a state the present one."""
        self.session.document.go_to(place)

    def menu(self) -> Sequence[QAction]:
        """Back to what was opened."""
        action = QAction(self.tr("Go back to the start"), self)
        action.setEnabled(self.session.document.place > 0)
        action.triggered.connect(lambda: self.go_to(0))
        return (action,)

    def release(self) -> None:
        """The window closes."""
        super().release()
        if self.is_built:
            self.pictures.close()


class _Model(QAbstractListModel):
    """The states; `take` tells only of what differs."""

    def __init__(self, first: str) -> None:
        super().__init__()
        self._first = first
        self.states: tuple[State, ...] = ()
        self.place = 0

    def take(self, states: tuple[State, ...], place: int) -> bool:
        """Show other states; whether anything differs."""
        same = len(states) == len(self.states) and all(
            old.project is new.project and old.label == new.label for old, new in zip(self.states, states, strict=True)
        )
        if same and place == self.place:
            return False
        if same:
            self.place = place
            self.dataChanged.emit(self.index(0, 0), self.index(len(states) - 1, 0))
            return True
        self.beginResetModel()
        self.states, self.place = states, place
        self.endResetModel()
        return True

    def name(self, row: int) -> str:
        return self.states[row].label or (self._first if row == 0 else "")

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.states)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.name(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = index.row()
            state = self.tr("now") if row == self.place else self.tr("undone") if row > self.place else self.tr("done")
            return self.tr("{name}, step {row}, {state}").format(name=self.name(row), row=row, state=state)
        return None


class _Delegate(QStyledItemDelegate):
    """Picture, name, and a mark where we are."""

    def __init__(self, panel: HistoryPanel) -> None:
        super().__init__(panel)
        self._panel = panel

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, row = self._panel.model, index.row()
        rect: QRect = option.rect
        undone = row > model.place
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row == model.place:
            painter.fillRect(rect, tokens.color("surface.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.color("surface.hover"))
        x = rect.left() + 12
        if rect.width() >= _NARROW:
            self._picture(painter, QRectF(x, rect.top() + 6, SIZE.width(), SIZE.height()), row, undone)
            x += SIZE.width() + 12
        room = QRect(x, rect.top(), rect.right() - x - 34, rect.height())
        painter.setFont(tokens.font("ui", "medium" if row == model.place else "regular"))
        painter.setPen(tokens.color("text.muted" if undone else "text.primary"))
        name = painter.fontMetrics().elidedText(model.name(row), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
        if row == model.place:
            mark = QRectF(rect.right() - 26, rect.center().y() - 7, 14, 14)
            icons.paint(painter, mark, "circle-dot", tokens.color("accent.default"))
        painter.restore()

    def _picture(self, painter: QPainter, place: QRectF, row: int, undone: bool) -> None:
        panel, states = self._panel, self._panel.model.states
        found = panel.pictures.get(
            states[row - 1] if row else None, states[row], panel.session.sequence_id, panel.devicePixelRatioF()
        )
        painter.setOpacity(0.5 if undone else 1.0)
        if found is not None:
            painter.drawImage(place, found)
        else:
            painter.fillRect(place, tokens.color("surface.inset"))
        painter.setOpacity(1.0)
