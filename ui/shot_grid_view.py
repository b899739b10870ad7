"""An item view that lays cards out under the headings of their acts: scrolling, choosing, moving by key. See ui.shot_grid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QInputEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from studio_app.planning.act_starts import Act
from ui import words
from ui.qt import icons, tokens
from ui.qt.draw import MIDDLE_LEFT, MIDDLE_RIGHT, outline, rounded
from ui.qt.language import translated
from ui.shot_delegate import ShotDelegate
from ui.shot_grid import Heading, ShotGrid
from ui.shot_items import GAP, Index, ShotModel

_MOVES = {
    QAbstractItemView.CursorAction.MoveLeft: (-1, 0),
    QAbstractItemView.CursorAction.MoveRight: (1, 0),
    QAbstractItemView.CursorAction.MovePrevious: (-1, 0),
    QAbstractItemView.CursorAction.MoveNext: (1, 0),
    QAbstractItemView.CursorAction.MoveUp: (0, -1),
    QAbstractItemView.CursorAction.MoveDown: (0, 1),
}
_STEP = 40


class ShotGridView(QAbstractItemView):
    """Cards in as many columns as fit; a press on the line of an act folds it. The adder is never chosen."""

    folded_changed = Signal()

    def __init__(self, model: ShotModel, delegate: ShotDelegate) -> None:
        super().__init__()
        self._shots, self._delegate = model, delegate
        self._folded: frozenset[str] = frozenset()
        self._over = -1
        self._band: QRect | None = None
        self._anchor = QPersistentModelIndex()
        self._pressed_at = QPoint()
        self.grid = ShotGrid(400, 0)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        model.modelReset.connect(self.lay_out)
        model.acts_changed.connect(self.lay_out)

    @property
    def acts(self) -> Sequence[Act]:
        """The acts that are shown."""
        return [one.act for one in self.grid.headings]

    def lay_out(self) -> None:
        """The cards, the acts or the width are others."""
        self.grid = ShotGrid(self._room(), self._shots.rowCount(), self._shots.acts, self._folded)
        self._delegate.width = self.grid.card_width
        self.updateGeometries()
        self.viewport().update()

    def _room(self) -> int:
        """The width for cards: always without the scroll bar, and with the same air at both sides."""
        return self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width() - 20

    def fold(self, name: str) -> None:
        """Show an act's line only, or its cards again."""
        self._folded = self._folded ^ {name}
        self.lay_out()
        self.folded_changed.emit()

    def unfold_row(self, row: int) -> None:
        """A card that is to be seen: its act is opened."""
        act = next((one for one in self._shots.acts if one.first <= row < one.first + one.count), None)
        if act is not None and act.name in self._folded:
            self.fold(act.name)

    # where things are

    def visualRect(self, index: Index) -> QRect:
        """A cell with its gap, in the viewport."""
        if not index.isValid() or index.row() >= len(self.grid.places):
            return QRect()
        place = self.grid.places[index.row()]
        return place.translated(0, -self.verticalOffset()) if not place.isNull() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The card under a point of the viewport."""
        row = self.grid.row_at(point + QPoint(0, self.verticalOffset()))
        return self._shots.index(row) if row is not None and row < self._shots.rowCount() else QModelIndex()

    def heading_at(self, point: QPoint) -> Heading | None:
        """The line of an act under a point of the viewport."""
        at = point + QPoint(0, self.verticalOffset())
        return next((one for one in self.grid.headings if one.place.contains(at)), None)

    def horizontalOffset(self) -> int:
        """Nothing is wider than the view."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Whether its act is folded."""
        return index.row() < len(self.grid.places) and self.grid.places[index.row()].isNull()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a card into view, with the line above it where it opens an act."""
        if not index.isValid():
            return
        self.unfold_row(index.row())
        rect, height, bar = self.visualRect(index), self.viewport().height(), self.verticalScrollBar()
        top = rect.top() - 8
        opened = next((one for one in self.grid.headings if one.act.first == index.row()), None)
        if opened is not None:
            top = opened.place.top() - bar.value()
        if top < 0:
            bar.setValue(bar.value() + top)
        elif rect.bottom() > height:
            bar.setValue(bar.value() + min(top, rect.bottom() - height))

    def updateGeometries(self) -> None:
        """How far it may be scrolled."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(_STEP)
        bar.setPageStep(max(1, height))
        bar.setRange(0, max(0, self.grid.height - height))
        super().updateGeometries()
        bar.setSingleStep(_STEP)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted, and any open editor with it."""
        self.viewport().scroll(dx, dy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit, cards as wide as then fits."""
        super().resizeEvent(event)
        self.lay_out()

    # choosing

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The card an arrow, Home, End or a page key goes to."""
        last = self._shots.rowCount() - 2
        row = self.currentIndex().row()
        if last < 0:
            return QModelIndex()
        if row < 0:
            return self._shots.index(0)
        if action in _MOVES:
            found = self.grid.next_row(row, *_MOVES[action])
        elif action == QAbstractItemView.CursorAction.MoveHome:
            found = 0
        elif action == QAbstractItemView.CursorAction.MoveEnd:
            found = last
        else:
            lines = max(1, self.viewport().height() // self.grid.cell_height)
            way = -1 if action == QAbstractItemView.CursorAction.MovePageUp else 1
            found = row
            for _ in range(lines):
                found = self.grid.next_row(found, 0, way)
        return self._shots.index(min(found, last))

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """As Qt has it; notes where a choice that Shift lengthens begins."""
        if isinstance(event, QInputEvent):
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._anchor = QPersistentModelIndex(index)
            elif not self._anchor.isValid() or not self.selectionModel().isSelected(
                self._shots.index(self._anchor.row())
            ):
                self._anchor = QPersistentModelIndex(self.currentIndex())
        return super().selectionCommand(index, event)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose what a band touches; with Shift all cards from the first to this one, in their order, whatever lies between on screen."""
        end = self.currentIndex().row()
        with_shift = bool(command & QItemSelectionModel.SelectionFlag.Current)
        if (
            with_shift
            and self.state() is not QAbstractItemView.State.DragSelectingState
            and self._anchor.isValid()
            and end >= 0
        ):
            first, last = sorted((self._anchor.row(), min(end, self._shots.rowCount() - 2)))
            self.selectionModel().select(QItemSelection(self._shots.index(first), self._shots.index(last)), command)
            return
        area = rect.normalized().translated(0, self.verticalOffset())
        chosen = QItemSelection()
        for row in self.grid.rows_in(area.top(), area.bottom()):
            index = self._shots.index(row)
            card = self.grid.places[row].adjusted(0, 0, -GAP, -GAP)
            if card.intersects(area) and not self._shots.is_adder(index):
                chosen.merge(QItemSelection(index, index), QItemSelectionModel.SelectionFlag.Select)
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What is painted anew when the choice changes."""
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The line of an act folds it; from beside the cards a band is drawn."""
        point = event.position().toPoint()
        heading = self.heading_at(point)
        if heading is not None and event.button() is Qt.MouseButton.LeftButton:
            self.fold(heading.act.name)
            return
        self._pressed_at = point + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The card under the pointer, and the band that chooses."""
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        over = self.indexAt(point).row()
        if over != self._over:
            self._over = over
            self.viewport().update()
        if self.state() is QAbstractItemView.State.DragSelectingState:
            end = point + QPoint(0, self.verticalOffset())
            self._band = QRect(self._pressed_at, end).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The band has chosen."""
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """No card is under the pointer."""
        self._over = -1
        self.viewport().update()

    def selectAll(self) -> None:
        """Every card; the adder is none."""
        last = self._shots.rowCount() - 2
        if last >= 0:
            chosen = QItemSelection(self._shots.index(0), self._shots.index(last))
            self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # the picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards that are in view, the lines of the acts, the band."""
        painter = QPainter(self.viewport())
        offset, area = self.verticalOffset(), event.rect()
        for heading in self.grid.headings:
            place = heading.place.translated(0, -offset)
            if place.intersects(area):
                paint_heading(painter, QRectF(place), heading)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        resting = option.state
        chosen = self.selectionModel()
        for row in self.grid.rows_in(area.top() + offset, area.bottom() + offset):
            index = self._shots.index(row)
            option.rect = self.grid.places[row].translated(0, -offset)
            option.state = resting
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if row == self._over:
                option.state |= QStyle.StateFlag.State_MouseOver
            self._delegate.paint(painter, option, index)
        if self._band is not None:
            band = QRectF(self._band.translated(0, -offset))
            rounded(painter, band, "accent.default", 2, 0.12)
            outline(painter, band, "accent.default", 1, 2)
        painter.end()


def paint_heading(painter: QPainter, place: QRectF, heading: Heading) -> None:
    """Chevron, name, how many shots, and at the right how long they are."""
    act = heading.act
    icon = "chevron-right" if heading.is_folded else "chevron-down"
    middle = place.center().y()
    icons.paint(painter, QRectF(place.left(), middle - 7, 14, 14), icon, tokens.color("text.secondary"))
    painter.setFont(tokens.font("body", "semibold"))
    painter.setPen(tokens.color("text.primary"))
    name = translated("Narrative", act.name)
    painter.drawText(place.adjusted(22, 0, 0, 0), MIDDLE_LEFT, name)
    after = 22 + painter.fontMetrics().horizontalAdvance(name) + 12
    painter.setFont(tokens.font("ui", tabular=True))
    painter.setPen(tokens.color("text.muted"))
    painter.drawText(place.adjusted(after, 0, 0, 0), MIDDLE_LEFT, words.plural(act.count, "shot"))
    painter.drawText(place, MIDDLE_RIGHT, words.seconds(act.length))
