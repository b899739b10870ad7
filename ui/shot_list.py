"""The storyboard as a list: the same shots, a line each under the headings of their acts, every field written in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from studio_app.planning.act_starts import Act
from studio_app.session.session import Session
from studio_app.session.shot_state import ShotState
from timeline.storyboard import Shot
from ui import media_items, media_model, words
from ui.engine_box import EngineBox
from ui.form.editors.choice import Combo
from ui.panel import has_keys
from ui.qt import icons, image, tokens
from ui.qt.draw import MIDDLE_LEFT, MIDDLE_RIGHT, hatch, line_of
from ui.qt.language import FORM, translated
from ui.shot_delegate import ShotDelegate
from ui.shot_form import BY_WORDS
from ui.shot_grid import HEADING, Heading
from ui.shot_grid_view import paint_heading
from ui.shot_items import MIME, SHOT, STATE, STATES
from ui.shot_rows import CHOICES, COLUMNS, FIXED, NAMES, ROW, Index, ShotRows
from ui.shot_view import ids_in, is_welcome

STILL = QSize(72, 40)
_MARGIN = 8


class RowDelegate(QStyledItemDelegate):
    """A line: number and still, words, the state with its icon and progress."""

    def __init__(self, session: Session, looks: ShotDelegate) -> None:
        super().__init__()
        self._session, self._looks = session, looks

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the list says."""
        return QSize(0, option.widget.height_of(index.row()) if isinstance(option.widget, ShotList) else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the view."""
        place, state = QRectF(option.rect), option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, tokens.color("surface.selected" if chosen else "surface.hover"))
        painter.fillRect(QRectF(place.left(), place.bottom(), place.width(), 1), tokens.color("border.subtle"))
        name = NAMES[index.column()]
        inner = place.adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.setFont(tokens.font("ui", tabular=True))
        if name == "number":
            self._still(painter, inner, index)
            if chosen:
                colour = "accent.default" if has_keys(option.widget) else "border.inactive"
                painter.fillRect(QRectF(place.left(), place.top(), 2, place.height()), tokens.color(colour))
        elif name == "state":
            self._state(painter, inner, index)
        else:
            self._words(painter, inner, index, name)
        painter.restore()

    def _still(self, painter: QPainter, place: QRectF, index: Index) -> None:
        shot: Shot = index.data(SHOT)
        painter.setPen(tokens.color("text.muted"))
        painter.drawText(place, MIDDLE_LEFT, str(index.row() + 1))
        still = QRectF(place.left() + 22, place.center().y() - STILL.height() / 2, STILL.width(), STILL.height())
        found = self._looks.thumbnail(shot)
        if found is not None:
            image.draw_cover(painter, still, found, 3)
            return
        hatch(painter, still, "clip.placeholder_body", "clip.placeholder_line", 0.14, 3)
        sketch = self._looks.sketch(shot)
        if sketch is not None:
            painter.setOpacity(0.55)
            image.draw_cover(painter, still, sketch, 3)
            painter.setOpacity(1)

    def _words(self, painter: QPainter, place: QRectF, index: Index, name: str) -> None:
        text = str(index.data() or "")
        strong = name in ("name", "description", "duration")
        painter.setPen(tokens.color("text.primary" if strong else "text.secondary"))
        if name in ("description", "dialogue"):
            flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            lines = painter.fontMetrics().boundingRect(place.toRect(), flags, text).height() / 16
            if lines <= 2.6:
                painter.drawText(place, flags, text)
            else:
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width() * 1.85))
                painter.drawText(place, flags, shown)
            return
        line_of(painter, place, text, MIDDLE_RIGHT if name in ("duration", "cost") else MIDDLE_LEFT)

    def _state(self, painter: QPainter, place: QRectF, index: Index) -> None:
        state: ShotState = index.data(STATE)
        icon, colour = STATES[state.state][:2]
        icons.paint(painter, QRectF(place.left(), place.center().y() - 7, 14, 14), icon, tokens.color(colour))
        painter.setPen(tokens.color(colour))
        line_of(painter, place.adjusted(20, 0, 0, 0), str(index.data()))
        if state.fraction is not None and state.state in ("running", "landing"):
            bar = QRectF(place.left(), place.bottom() - 8, place.width(), 3)
            painter.fillRect(bar, tokens.color("state.running_fill"))
            bar.setWidth(bar.width() * state.fraction)
            painter.fillRect(bar, tokens.color(colour))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line, or the words there are to choose from."""
        name = NAMES[index.column()]
        if name == "engine":
            box = EngineBox(self._session)
            box.setParent(parent)
            box.chosen.connect(lambda _: self._done(box))
            return box
        if name in CHOICES:
            words_box = Combo(parent)
            for one in CHOICES[name]:
                words_box.addItem(translated(FORM, words.title_case(one) or BY_WORDS), one)
            words_box.activated.connect(lambda _: self._done(words_box))
            return words_box
        field = QLineEdit(parent)
        field.setFont(tokens.font("ui"))
        return field

    def _done(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The field as it is."""
        value = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, EngineBox):
            editor.show_value(value)
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand it over."""
        if isinstance(editor, QComboBox):
            model.setData(index, str(editor.currentData() or ""))
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """In the middle of the cell, one row high."""
        place = option.rect.adjusted(2, 0, -2, 0)
        place.setTop(option.rect.bottom() + 1 - (ROW + 28) // 2)  # above the line may stand the name of an act
        place.setHeight(28)
        editor.setGeometry(place)


class ShotList(QTreeView):
    """Emits what the hand asks for, as the grid does."""

    moved = Signal(list, int)
    media_dropped = Signal(list, int)
    files_dropped = Signal(list, int)

    def __init__(self, rows: ShotRows, delegate: RowDelegate) -> None:
        super().__init__()
        self._drop_at: int | None = None
        self._rows = rows
        self._opens: dict[int, Act] = {}
        self._folded: set[str] = set()
        self.setModel(rows)
        rows.modelReset.connect(self._lay_out)
        rows.cards.acts_changed.connect(self._lay_out)
        self.setItemDelegate(delegate)
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Shots"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, (name, _, width) in enumerate(COLUMNS):
            header.resizeSection(column, width)
            if name == "description":
                header.setMinimumSectionSize(48)
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    # acts

    def _lay_out(self) -> None:
        """The acts, or what of them is folded, are others."""
        self._opens = {act.first: act for act in self._rows.acts}
        for act in self._rows.acts:
            for row in range(act.first + 1, min(act.first + act.count, self._rows.rowCount())):
                self.setRowHidden(row, QModelIndex(), act.name in self._folded)
        if not self._opens:
            for row in range(self._rows.rowCount()):
                self.setRowHidden(row, QModelIndex(), False)
        self.scheduleDelayedItemsLayout()

    def fold(self, name: str) -> None:
        """Show an act's line only, or its shots again."""
        self._folded ^= {name}
        self._lay_out()

    def height_of(self, row: int) -> int:
        """A line, with the name of the act that it opens; of a folded act the name alone."""
        act = self._opens.get(row)
        if act is None:
            return ROW
        return HEADING if act.name in self._folded else HEADING + ROW

    def act_at(self, point: QPoint) -> Act | None:
        """The act whose line is under a point of the viewport."""
        index = self.indexAt(point)
        act = self._opens.get(index.row()) if index.isValid() else None
        return act if act is not None and point.y() < self.visualRect(index).top() + HEADING else None

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The name of an act above the shot that opens it."""
        act = self._opens.get(index.row())
        if act is None:
            super().drawRow(painter, option, index)
            return
        whole = option.rect
        band = QRect(_MARGIN, whole.top(), self.viewport().width() - 2 * _MARGIN, HEADING)
        is_folded = act.name in self._folded
        if not is_folded:
            rest = QStyleOptionViewItem(option)
            rest.rect = whole.adjusted(0, HEADING, 0, 0)
            super().drawRow(painter, rest, index)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        paint_heading(painter, QRectF(band), Heading(act, band, is_folded))
        painter.restore()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a line into view; its act is opened."""
        row = index.row()
        act = next((one for one in self._rows.acts if one.first <= row < one.first + one.count), None)
        if act is not None and act.name in self._folded:
            self.fold(act.name)
        super().scrollTo(index, hint)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The line of an act folds it."""
        act = self.act_at(event.position().toPoint())
        if act is not None and event.button() is Qt.MouseButton.LeftButton:
            self.fold(act.name)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A quick second press on the line of an act folds it again; a cell is written in."""
        if self.act_at(event.position().toPoint()) is not None:
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 write in the cell that has the keys."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        index = self.currentIndex()
        is_open = self.state() is QAbstractItemView.State.EditingState
        if event.key() in keys and index.isValid() and not is_open:
            column = index.column() if NAMES[index.column()] not in FIXED else NAMES.index("description")
            self.edit(index.siblingAtColumn(column))
        else:
            super().keyPressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """The first chosen still under the hand."""
        indexes = [index for index in self.selectedIndexes() if index.column() == 0]
        if indexes:
            place = self.visualRect(indexes[0])
            place.setTop(place.bottom() + 1 - ROW)
            picture = self.viewport().grab(place)
            media_items.start_drag(self, self.model().mimeData(indexes), picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Lines, media of the pool, files from the desktop."""
        if is_welcome(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show between which lines it would fall."""
        if is_welcome(event.mimeData()):
            self._show_drop(self.place_at(event.position().toPoint().y()))
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing falls here."""
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Reorder, or make lines."""
        place, data = self.place_at(event.position().toPoint().y()), event.mimeData()
        self._show_drop(None)
        own = data.hasFormat(MIME)
        event.setDropAction(Qt.DropAction.MoveAction if own else Qt.DropAction.CopyAction)
        if own:
            self.moved.emit(ids_in(data, MIME), place)
        elif data.hasFormat(media_model.MIME):
            self.media_dropped.emit(ids_in(data, media_model.MIME), place)
        else:
            self.files_dropped.emit([Path(one.toLocalFile()) for one in data.urls() if one.isLocalFile()], place)
        event.accept()

    def place_at(self, y: int) -> int:
        """Before which line something dropped at `y` would stand."""
        count = self.model().rowCount()
        for row in range(count):
            rect = self.visualRect(self.model().index(row, 0))
            if not self.isRowHidden(row, QModelIndex()) and y < rect.bottom() - ROW // 2:
                return row
        return count

    def _show_drop(self, place: int | None) -> None:
        if place != self._drop_at:
            self._drop_at = place
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and a mark where something would fall."""
        super().paintEvent(event)
        count = self.model().rowCount()
        if self._drop_at is None or not count:
            return
        last = self.visualRect(self.model().index(min(self._drop_at, count - 1), 0))
        y = last.top() if self._drop_at < count else last.bottom()
        painter = QPainter(self.viewport())
        painter.fillRect(QRectF(0, y - 1, self.viewport().width(), 2), tokens.color("accent.default"))
        painter.end()
