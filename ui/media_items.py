"""The grid of the media pool: its delegate, and the view that drags clips out and takes them into folders."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio_app.session.pool_items import PoolItem
from studio_app.session.session import Session
from ui.media_hand import drag_over, drop_on, keys_of_list, set_up
from ui.media_model import ITEM, Index, MediaModel
from ui.media_picture import (
    MAX_STARS,
    SCRUB_STEPS,
    STAR,
    THUMBNAIL,
    MediaPicture,
    engine_initial,
    paint_stars,
    poster_time,
    star_at,
)
from ui.panel import has_keys
from ui.qt import tokens
from ui.qt.draw import chip, line_of, outline
from ui.timeline_view.marker_look import marker_colour

__all__ = ["PICTURE", "THUMBNAIL", "MediaDelegate", "MediaView", "engine_initial", "poster_time", "start_drag"]

PICTURE = (112, 63)
"""The least a picture measures; in wider cells it grows, so that no gap yawns between columns."""
_WIDEST = 152
_CELL = (119, 108)
_LEFT = 4
_STARS_WIDE = MAX_STARS * (STAR + 1)


class NameField(QLineEdit):
    """Where a name is typed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends here: the list below would open what has just been named."""
        super().keyPressEvent(event)
        event.accept()


class NameDelegate(QStyledItemDelegate):
    """Where names are typed: a field in our look, not wider than its place."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line."""
        field = NameField(parent)
        field.setAccessibleName(self.tr("Name"))
        field.setStyleSheet("QLineEdit { padding: 0 3px; min-height: 18px; }")
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The name, all of it selected."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()


class MediaDelegate(NameDelegate):
    """Draws a cell of the grid."""

    def __init__(self, session: Session, model: MediaModel, picture: MediaPicture) -> None:
        super().__init__()
        self._session, self._model = session, model
        self.drawn = picture
        self.cell_width = _CELL[0]
        self.target: str | None = None
        """Id of the folder that would take what hangs over it."""

    @property
    def picture(self) -> tuple[int, int]:
        """Width and height of the pictures: 16:9, as wide as the cells allow."""
        width = min(max(self.cell_width - (_CELL[0] - PICTURE[0]), PICTURE[0]), _WIDEST)
        return width, round(width * PICTURE[1] / PICTURE[0])

    @property
    def cell(self) -> QSize:
        """One cell: the picture and two lines."""
        return QSize(self.cell_width, self.picture[1] + _CELL[1] - PICTURE[1])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One cell."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the view."""
        item: PoolItem = index.data(ITEM)
        state, view = option.state, option.widget
        chosen, over = bool(state & QStyle.StateFlag.State_Selected), bool(state & QStyle.StateFlag.State_MouseOver)
        focused = isinstance(view, QAbstractItemView) and has_keys(view)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(option.rect)
        picture = QRectF(rect.left() + _LEFT, rect.top() + 2, *self.picture)
        self.drawn.paint(painter, picture, item)
        self.drawn.over(painter, picture, item)
        if chosen or self.target == item.id:
            colour = "accent.default" if focused or self.target == item.id else "border.inactive"
            outline(painter, picture.adjusted(-2, -2, 2, 2), colour, 2, 4)
        elif state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            outline(painter, picture.adjusted(-2, -2, 2, 2), "accent.default", 1, 4)
        elif over:
            outline(painter, picture, "border.strong", 1)
        self._words(painter, picture, item, chosen, over)
        painter.restore()

    def _words(self, painter: QPainter, picture: QRectF, item: PoolItem, chosen: bool, over: bool) -> None:
        below = QRectF(picture.left(), picture.bottom() + 4, picture.width(), 16)
        name = below
        if item.label:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(marker_colour(item.label))
            painter.drawEllipse(QPointF(below.left() + 4, below.center().y()), 4.0, 4.0)
            name = below.adjusted(13, 0, 0, 0)
        painter.setFont(tokens.font("ui", "medium" if chosen else "regular"))
        painter.setPen(tokens.color("text.primary"))
        line_of(painter, name, item.name)
        painter.setFont(tokens.font("caption"))
        painter.setPen(tokens.color("text.muted"))
        second, stars = below.translated(0, 15), item.media is not None and (bool(item.rating) or over)
        room = second.adjusted(0, 0, -(_STARS_WIDE + 4) if stars else 0, 0)
        line_of(painter, room, self._model.second_line(item))
        if stars:
            paint_stars(painter, second.right() - _STARS_WIDE, second.center().y(), item.rating, over)

    def star_at(self, cell: QRect, point: QPoint) -> int:
        """The star under the pointer, 0 for none."""
        width, height = self.picture
        line = QRectF(cell.left() + _LEFT, cell.top() + 2 + height + 19, width, 16)
        return star_at(line.right() - _STARS_WIDE, point.x()) if line.contains(QPointF(point)) else 0

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the name."""
        rect, (width, height) = option.rect, self.picture
        editor.setGeometry(rect.left() + _LEFT - 2, rect.top() + height + 3, width + 4, 22)


class MediaView(QListView):
    """The grid of a media pool."""

    starred = Signal(str, int)
    """A star of an item was clicked."""

    def __init__(self, session: Session, model: MediaModel, delegate: MediaDelegate) -> None:
        super().__init__()
        self._session, self._media, self._delegate = session, model, delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        set_up(self)
        self.setAccessibleName(self.tr("Media"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(True)
        self.setViewportMargins(4, 0, 0, 0)
        self.setSpacing(0)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit; what is left over goes between them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()  # Qt leaves its width free, shown or not
        room = max(_CELL[0], self.maximumViewportSize().width() - bar - 1)
        self._delegate.cell_width = room // max(1, room // _CELL[0])
        self.setGridSize(self._delegate.cell)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """With a small picture under the hand."""
        drag_out(self, self.selectedIndexes(), self._delegate.drawn)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A star takes the click; anything else is chosen."""
        index = self.indexAt(event.position().toPoint())
        item: PoolItem | None = index.data(ITEM) if index.isValid() else None
        star = self._delegate.star_at(self.visualRect(index), event.position().toPoint()) if item is not None else 0
        if item is not None and item.media is not None and star and event.button() is Qt.MouseButton.LeftButton:
            self.starred.emit(item.id, star)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The picture under the pointer scrubs."""
        super().mouseMoveEvent(event)
        point = event.position()
        index = self.indexAt(point.toPoint())
        scrub = None
        if index.isValid() and not event.buttons():
            rect = self.visualRect(index)
            x, y = point.x() - rect.left() - _LEFT, point.y() - rect.top() - 2
            width, height = self._delegate.picture
            if 0 <= x < width and 0 <= y < height:
                scrub = (index.data(ITEM).id, int(x / width * SCRUB_STEPS))
        self._set_scrub(scrub)

    def viewportEvent(self, event: QEvent) -> bool:
        """The pointer leaves: the poster comes back."""
        if event.type() is QEvent.Type.Leave:
            self._set_scrub(None)
        return super().viewportEvent(event)

    def _set_scrub(self, scrub: tuple[str, int] | None) -> None:
        if scrub != self._delegate.drawn.scrub:
            self._delegate.drawn.scrub = scrub
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc lets go; the rest is the list's own."""
        keys_of_list(self, event, super().keyPressEvent)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Clips and folders of the pool, over its folders."""
        drag_over(self, self._session, event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The folder under the pointer shows that it would take them."""
        target = drag_over(self, self._session, event)
        if target != self._delegate.target:
            self._delegate.target = target
            self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Into the folder."""
        self._delegate.target = None
        drop_on(self, self._session, event)
        self.viewport().update()


def drag_out(view: QAbstractItemView, indexes: list[QModelIndex], picture: MediaPicture) -> None:
    """Begin to drag the chosen items, in the order of the pool."""
    if indexes:
        rows = sorted({index.row(): index for index in indexes}.values(), key=lambda index: index.row())
        start_drag(view, view.model().mimeData(rows), _drag_picture(view, rows, picture))


def _drag_picture(view: QWidget, indexes: list[QModelIndex], drawn: MediaPicture) -> QPixmap:
    ratio = view.devicePixelRatioF()
    pixmap = QPixmap(round(PICTURE[0] * ratio), round(PICTURE[1] * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.85)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, *PICTURE), 3, 3)
    painter.setClipPath(shape)
    drawn.paint(painter, QRectF(0, 0, *PICTURE), indexes[0].data(ITEM))
    if len(indexes) > 1:
        painter.setFont(tokens.font("caption", "semibold"))
        chip(painter, QPointF(4, 4), str(len(indexes)), colour="accent.default")
    painter.end()
    return pixmap


def start_drag(source: QWidget, data: QMimeData, picture: QPixmap) -> Qt.DropAction:
    """Run a drag out of a view; the one place that calls `QDrag.exec`, so tests can replace it."""
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(picture)
    drag.setHotSpot(
        QPoint(picture.deviceIndependentSize().toSize().width() + 10, 20)
    )  # left of the pointer: a ghost begins there
    return drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)
