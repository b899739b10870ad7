"""The list of the media pool: rows with columns that can be sorted, widened and chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from studio_app.session.browsing import COLUMNS
from studio_app.session.pool_items import PoolItem
from studio_app.session.session import Session
from ui.media_hand import drag_over, drop_on, keys_of_list, set_up
from ui.media_items import NameDelegate, drag_out
from ui.media_model import ITEM, TITLES, Index, MediaModel
from ui.media_picture import MAX_STARS, STAR, MediaPicture, paint_stars, star_at
from ui.qt import icons, tokens
from ui.qt.draw import line_of
from ui.qt.language import translated
from ui.qt.menu import pop_up
from ui.timeline_view.marker_look import marker_colour

_ROW = 26
_WIDTHS = {"name": 168, "length": 76, "rate": 68, "size": 92, "codec": 64, "sound": 92, "used": 56, "label": 72}
_WIDTHS |= {"rating": 72, "date": 84, "path": 220}
_ICONS = {"Sound": "music", "Picture": "image", "Subclip": "scissors", "Sequence": "layers"}
_ICONS |= {"Folder": "folder", "Generating": "loader-circle"}
_PLAIN = ("name", "label", "rating")


class RowDelegate(NameDelegate):
    """Draws a cell of the list."""

    def __init__(self, model: MediaModel) -> None:
        super().__init__()
        self._model = model
        self.target: str | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One row."""
        return QSize(40, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the view."""
        item: PoolItem = index.data(ITEM)
        rect, column = QRectF(option.rect), COLUMNS[index.column()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) or self.target == item.id
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or over:
            painter.fillRect(rect, tokens.color("surface.selected" if chosen else "surface.hover"))
        painter.setFont(tokens.font("ui", tabular=column not in _PLAIN))
        if column == "name":
            self._name(painter, rect, item)
        elif column == "rating":
            if item.media is not None:
                paint_stars(painter, rect.left() + 8, rect.center().y(), item.rating, over or chosen)
        elif column == "label" and item.label:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(marker_colour(item.label))
            painter.drawEllipse(QPointF(rect.left() + 13, rect.center().y()), 4.0, 4.0)
            self._text(painter, rect.adjusted(14, 0, 0, 0), index)
        else:
            missing = column == "used" and self._model.is_missing(item)
            self._text(painter, rect, index, "state.failed" if missing else "text.secondary")
        painter.restore()

    def _name(self, painter: QPainter, rect: QRectF, item: PoolItem) -> None:
        missing = self._model.is_missing(item)
        icon = "unlink" if missing else _icon(item)
        square = QRectF(rect.left() + 12, rect.center().y() - 7, 14, 14)
        icons.paint(painter, square, icon, tokens.color("state.failed" if missing else "text.secondary"))
        painter.setPen(tokens.color("text.primary"))
        line_of(painter, rect.adjusted(34, 0, -8, 0), item.name)

    def _text(self, painter: QPainter, rect: QRectF, index: Index, colour: str = "text.secondary") -> None:
        painter.setPen(tokens.color(colour))
        align = int(index.data(Qt.ItemDataRole.TextAlignmentRole))
        line_of(painter, rect.adjusted(8, 0, -8, 0), str(index.data() or ""), align)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the name, beside its icon."""
        editor.setGeometry(option.rect.adjusted(28, 1, -2, -1))


def _icon(item: PoolItem) -> str:
    return _ICONS.get(item.kind, "film")


class MediaRows(QTreeView):
    """The list of a media pool."""

    starred = Signal(str, int)
    """A star of an item was clicked."""

    def __init__(self, session: Session, model: MediaModel, picture: MediaPicture) -> None:
        super().__init__()
        self._session, self._picture = session, picture
        self._delegate = RowDelegate(model)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        set_up(self)
        self.setAccessibleName(self.tr("Media as a list"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setItemsExpandable(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setIndentation(0)
        self._set_up_header()

    def _set_up_header(self) -> None:
        header, look = self.header(), self._session.settings.values.pool
        header.setFont(tokens.font("caption"))
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(40)
        header.setFixedHeight(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: pop_up(self.column_menu(), header.mapToGlobal(at)))
        for place, name in enumerate(COLUMNS):
            header.resizeSection(place, look.widths.get(name, _WIDTHS[name]))
        self.show_columns()
        self.setSortingEnabled(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(bool(look.sort))
        self._show_order()
        header.sectionClicked.connect(self._sort)
        header.sectionResized.connect(self._keep_width)

    def show_columns(self) -> None:
        """Those of the settings; the name always."""
        wanted = self._session.settings.values.pool.columns
        for place, name in enumerate(COLUMNS):
            self.header().setSectionHidden(place, name != "name" and name not in wanted)

    def column_menu(self) -> QMenu:
        """Which columns are shown, and the way back to the order of arrival."""
        menu, look = QMenu(self), self._session.settings.values.pool
        for name in COLUMNS[1:]:
            action = menu.addAction(translated("MediaModel", TITLES[name]))
            action.setCheckable(True)
            action.setChecked(name in look.columns)
            action.triggered.connect(lambda _=False, name=name: self.toggle_column(name))
        menu.addSeparator()
        order = menu.addAction(self.tr("In order of arrival"))
        order.setEnabled(bool(look.sort))
        order.triggered.connect(lambda: self._sort(-1))
        return menu

    def toggle_column(self, name: str) -> None:
        """Show a column or leave it out, for good."""
        look = self._session.settings.values.pool
        look.columns = [one for one in COLUMNS if (one in look.columns) != (one == name)]
        self._session.settings.save()
        self.show_columns()

    def _sort(self, column: int) -> None:
        look = self._session.settings.values.pool
        again = column >= 0 and look.sort == COLUMNS[column] and not look.descending
        order = Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder
        self.model().sort(column, order)
        self._show_order()

    def _show_order(self) -> None:
        look, header = self._session.settings.values.pool, self.header()
        header.setSortIndicatorShown(look.sort in COLUMNS)
        if look.sort in COLUMNS:
            order = Qt.SortOrder.DescendingOrder if look.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(COLUMNS.index(look.sort), order)

    def _keep_width(self, place: int, _old: int, new: int) -> None:
        last = max(at for at in range(len(COLUMNS)) if not self.header().isSectionHidden(at))
        if new > 0 and place != last:
            self._session.settings.values.pool.widths[COLUMNS[place]] = new

    def star_at(self, point: QPoint) -> tuple[str, int]:
        """Item and star under the pointer; 0 for none."""
        index = self.indexAt(point)
        if not index.isValid() or COLUMNS[index.column()] != "rating" or index.data(ITEM).media is None:
            return "", 0
        left = self.visualRect(index).left() + 8
        return index.data(ITEM).id, star_at(left, point.x()) if point.x() < left + MAX_STARS * (STAR + 1) else 0

    def startDrag(self, actions: Qt.DropAction) -> None:
        """With a small picture under the hand."""
        drag_out(self, self.selectedIndexes(), self._picture)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A star takes the click; anything else is chosen."""
        item_id, star = self.star_at(event.position().toPoint())
        if star and event.button() is Qt.MouseButton.LeftButton:
            self.starred.emit(item_id, star)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc lets go; the rest is the list's own."""
        keys_of_list(self, event, super().keyPressEvent)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Clips and folders of the pool, over its folders."""
        drag_over(self, self._session, event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The folder under the pointer shows that it would take them."""
        self._mark(drag_over(self, self._session, event))

    def dropEvent(self, event: QDropEvent) -> None:
        """Into the folder."""
        self._mark(None)
        drop_on(self, self._session, event)

    def _mark(self, target: str | None) -> None:
        if target != self._delegate.target:
            self._delegate.target = target
            self.viewport().update()
