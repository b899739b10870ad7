"""List and grid of what the sky's question finds."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from studio_app.catalogue.row import Row
from studio_app.session.session import Session
from studio_app.session.sky_media import media_of, shown_name
from ui.media_hand import keys_of_list
from ui.media_items import poster_time
from ui.panel import has_keys
from ui.qt import icons, image, tokens
from ui.qt.draw import line_of, outline, rounded
from ui.sky.list_model import COLUMNS, DATA, STAR, Index, SkyListModel
from ui.sky.still import class_colour

CELL: Final = QSize(142, 112)
_WIDTHS: Final = {"name": 220, "score": 56, "length": 70, "rating": 76, "used": 52}


class SkyDelegate(QStyledItemDelegate):
    """A picture with its name, edged in the colour of its class."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One cell."""
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the view."""
        data: Row | None = index.data(DATA)
        if data is None:
            return
        session, model = self._session, self._session.constellation
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        picture = QRectF(option.rect.left() + 5, option.rect.top() + 4, CELL.width() - 10, 74)
        media = media_of(session, data)
        found = image.pixmap_of(session.thumbnails.get(media, poster_time(media), 224))
        if found is None:
            rounded(painter, picture, "surface.raised")
            if not media.has_video:
                mark = QRectF(picture.center().x() - 10, picture.center().y() - 10, 20, 20)
                icons.paint(painter, mark, "volume-2", tokens.color("text.secondary"))
        else:
            image.draw_cover(painter, picture, found, 3)
        code = int(model.stars.codes[model.family][index.data(STAR)])
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            accent = "accent.default" if has_keys(option.widget) else "border.inactive"
            outline(painter, picture.adjusted(-2, -2, 2, 2), accent, 2, 4)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            outline(painter, picture, "border.strong", 1)
        below = QRectF(picture.left(), picture.bottom() + 4, picture.width(), 16)
        if code >= 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(class_colour(code))
            painter.drawEllipse(QPointF(below.left() + 4, below.center().y()), 3.5, 3.5)
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.primary"))
        line_of(painter, below.adjusted(13, 0, 0, 0), shown_name(session, data))
        painter.restore()


class RowDelegate(QStyledItemDelegate):
    """A cell of the list, as high as rows are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One row."""
        return QSize(40, tokens.size("row"))


class SkyGrid(QListView):
    """Pictures side by side."""

    left = Signal()

    def __init__(self, session: Session, model: SkyListModel) -> None:
        super().__init__()
        self.setModel(model)
        self._delegate = SkyDelegate(session)
        self.setItemDelegate(self._delegate)
        _set_up(self)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setAccessibleName(self.tr("Clips as pictures"))
        self.setGridSize(CELL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and Space are not the list's."""
        keys_of_list(self, event, super().keyPressEvent)


class SkyRows(QTreeView):
    """Rows with columns."""

    def __init__(self, session: Session, model: SkyListModel) -> None:
        super().__init__()
        self.setModel(model)
        _set_up(self)
        self._delegate = RowDelegate()
        self.setItemDelegate(self._delegate)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setIndentation(0)
        self.setAccessibleName(self.tr("Clips as a list"))
        for place, (name, _) in enumerate(COLUMNS):
            self.setColumnWidth(place, _WIDTHS.get(name, 110))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and Space are not the list's."""
        keys_of_list(self, event, super().keyPressEvent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is left over goes to the tags."""
        super().resizeEvent(event)
        self.header().setStretchLastSection(True)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        self.viewport().update()


def _set_up(view: QAbstractItemView) -> None:
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
    view.setDragEnabled(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.setMouseTracking(True)


def select(view: QAbstractItemView, model: SkyListModel, stars: list[int]) -> None:
    """Mark the rows of these stars, without telling anybody."""
    wanted = set(stars)
    choice = QItemSelection()
    for place, star in enumerate(model.rows):
        if star in wanted:
            choice.select(model.index(place, 0), model.index(place, model.columnCount() - 1))
    there = view.selectionModel()
    there.blockSignals(True)
    there.select(choice, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    there.blockSignals(False)
    view.viewport().update()
