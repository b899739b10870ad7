"""Media as items of a view: the model over the library, the one delegate, the view that drags them out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPainterPath, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio_app.services.proxy_entry import ProxyState
from studio_app.session.session import Session
from timeline.media import Media, MediaKind
from timeline.time import RationalTime
from ui.media_model import MEDIA, Index, MediaModel, length_text
from ui.qt import icons, image, tokens
from ui.qt.draw import MIDDLE_RIGHT, chip, hatch, line_of, outline, rounded

PICTURE = (112, 63)
_CELL = (119, 108)
_ROW = 26
_LEFT = 4
THUMBNAIL = 224
_SCRUB_STEPS = 12


class MediaDelegate(QStyledItemDelegate):
    """Draws a cell of the grid, or a row of the list."""

    def __init__(self, session: Session, model: MediaModel) -> None:
        super().__init__()
        self._session, self._model = session, model
        self.is_grid = True
        self.cell_width = _CELL[0]
        self.scrub: tuple[str, int] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One cell."""
        return QSize(self.cell_width, _CELL[1]) if self.is_grid else QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by the view."""
        media: Media = index.data(MEDIA)
        rect = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        active = bool(state & QStyle.StateFlag.State_Active) and bool(state & QStyle.StateFlag.State_HasFocus or chosen)
        view = option.widget
        focused = isinstance(view, QAbstractItemView) and view.hasFocus() and active
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self.is_grid:
            self._cell(painter, rect, media, chosen, over, focused)
        else:
            self._row(painter, rect, media, chosen, over)
        painter.restore()

    def _cell(self, painter: QPainter, rect: QRectF, media: Media, chosen: bool, over: bool, focused: bool) -> None:
        picture = QRectF(rect.left() + _LEFT, rect.top() + 2, *PICTURE)
        self.picture(painter, picture, media)
        self._chips(painter, picture, media)
        if chosen:
            outline(painter, picture.adjusted(-2, -2, 2, 2), "accent.default" if focused else "border.inactive", 2, 4)
        elif over:
            outline(painter, picture, "border.strong", 1)
        missing = media.id in self._model.missing
        below = QRectF(picture.left(), picture.bottom() + 4, picture.width(), 16)
        painter.setFont(tokens.font("ui", "medium" if chosen else "regular"))
        painter.setPen(tokens.color("text.primary"))
        line_of(painter, below, self._model.name_of(media))
        painter.setFont(tokens.font("caption"))
        painter.setPen(tokens.color("text.muted"))
        second = Path(media.path).name if missing else self._model.used(media)
        if media.variable_rate and not missing:
            second += ", variable rate"
        line_of(painter, below.translated(0, 15), second)

    def _chips(self, painter: QPainter, picture: QRectF, media: Media) -> None:
        painter.setFont(tokens.font("caption", tabular=True))
        if media.id in self._model.missing:
            chip(
                painter,
                QPointF(picture.left() + 4, picture.bottom() - 22),
                "Missing",
                icon="unlink",
                colour="state.failed",
            )
            return
        take = self._session.document.library.take_of_media(media.id)
        if take is not None:
            chip(painter, picture.topLeft() + QPointF(4, 4), engine_initial(take.lineage.engine), icon="spark")
        if text := length_text(media):
            chip(painter, picture.bottomRight() + QPointF(-4, -22), text, at_right=True)
        proxy = self._session.proxies.state(media)
        if proxy in (ProxyState.READY, ProxyState.MAKING):
            chip(
                painter,
                picture.topRight() + QPointF(-4, 4),
                "P",
                icon="loader-circle" if proxy is ProxyState.MAKING else "",
                at_right=True,
            )

    def picture(self, painter: QPainter, place: QRectF, media: Media) -> None:
        """A frame of the media, its waveform, or the hatch of a missing file."""
        if media.id in self._model.missing:
            hatch(painter, place, "clip.missing_body", "clip.missing", 0.32)
            return
        found = self._frame(media) if media.has_video or media.kind is MediaKind.IMAGE else None
        if found is not None:
            image.draw_cover(painter, place, found, 3)
            return
        is_sound = not media.has_video and media.has_audio
        rounded(painter, place, "clip.audio_body" if is_sound else "surface.inset")
        if is_sound:
            self._wave(painter, place, media)
        else:
            icons.paint(
                painter,
                QRectF(place.center().x() - 8, place.center().y() - 8, 16, 16),
                "film",
                tokens.color("text.disabled"),
            )

    def _frame(self, media: Media) -> QPixmap | None:
        thumbnails = self._session.thumbnails
        if self.scrub is not None and self.scrub[0] == media.id and not media.is_endless:
            at = media.duration * self.scrub[1] / _SCRUB_STEPS
            if (found := image.pixmap_of(thumbnails.get(media, at, THUMBNAIL))) is not None:
                return found
        return image.pixmap_of(thumbnails.get(media, poster_time(media), THUMBNAIL))

    def _wave(self, painter: QPainter, place: QRectF, media: Media) -> None:
        peaks = self._session.waveforms.get(media)
        if peaks is None or not len(peaks):
            icons.paint(
                painter,
                QRectF(place.center().x() - 8, place.center().y() - 8, 16, 16),
                "music",
                tokens.color("clip.waveform"),
            )
            return
        top = max(1.0, float(abs(peaks).max()))
        columns = int(place.width()) - 8
        painter.setPen(tokens.color("clip.waveform"))
        for column in range(columns):
            part = peaks[
                column * len(peaks) // columns : max(
                    column * len(peaks) // columns + 1, (column + 1) * len(peaks) // columns
                )
            ]
            high, low = float(part.max()) / top, float(part.min()) / top
            x, y, half = place.left() + 4.5 + column, place.center().y(), place.height() / 2 - 8
            painter.drawLine(QPointF(x, y - high * half), QPointF(x, y - low * half))

    def _row(self, painter: QPainter, rect: QRectF, media: Media, chosen: bool, over: bool) -> None:
        if chosen or over:
            painter.fillRect(rect, tokens.color("surface.selected" if chosen else "surface.hover"))
        missing = media.id in self._model.missing
        icon = "unlink" if missing else {"audio": "music", "image": "image"}.get(media.kind.value, "film")
        square = QRectF(rect.left() + 12, rect.center().y() - 7, 14, 14)
        icons.paint(painter, square, icon, tokens.color("state.failed" if missing else "text.secondary"))
        width = rect.width() - 36
        name = QRectF(rect.left() + 34, rect.top(), width * 0.5, rect.height())
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.primary"))
        line_of(painter, name, self._model.name_of(media))
        painter.setPen(tokens.color("text.muted"))
        used = "Missing" if missing else self._model.used(media)
        line_of(painter, QRectF(name.right() + 8, rect.top(), width * 0.25, rect.height()), used)
        painter.setFont(tokens.font("ui", tabular=True))
        painter.drawText(rect.adjusted(0, 0, -12, 0), MIDDLE_RIGHT, length_text(media))


class MediaView(QListView):
    """The grid or list of a media pool."""

    def __init__(self, model: MediaModel, delegate: MediaDelegate) -> None:
        super().__init__()
        self._delegate = delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Media")
        self.set_grid(True)

    def set_grid(self, is_grid: bool) -> None:
        """Pictures, or rows."""
        self._delegate.is_grid = is_grid
        self.setViewMode(QListView.ViewMode.IconMode if is_grid else QListView.ViewMode.ListMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(is_grid)
        self.setViewportMargins(4 if is_grid else 0, 0, 0, 0)
        self.setSpacing(0)
        self.setDragEnabled(True)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit; what is left over goes between them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._delegate.is_grid:
            self.setGridSize(QSize())
            return
        bar = self.verticalScrollBar().sizeHint().width()  # Qt leaves its width free, shown or not
        room = max(_CELL[0], self.maximumViewportSize().width() - bar - 1)
        self._delegate.cell_width = room // max(1, room // _CELL[0])
        self.setGridSize(QSize(self._delegate.cell_width, _CELL[1]))

    def startDrag(self, actions: Qt.DropAction) -> None:
        """With a small picture under the hand."""
        indexes = self.selectedIndexes()
        if indexes:
            start_drag(self, self.model().mimeData(indexes), self._drag_picture(indexes))

    def _drag_picture(self, indexes: list[QModelIndex]) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(PICTURE[0] * ratio), round(PICTURE[1] * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.85)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(0, 0, *PICTURE), 3, 3)
        painter.setClipPath(shape)
        self._delegate.picture(painter, QRectF(0, 0, *PICTURE), indexes[0].data(MEDIA))
        if len(indexes) > 1:
            painter.setFont(tokens.font("caption", "semibold"))
            chip(painter, QPointF(4, 4), str(len(indexes)), colour="accent.default")
        painter.end()
        return pixmap

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The picture under the pointer scrubs."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        scrub = None
        if index.isValid() and self._delegate.is_grid and not event.buttons():
            rect = self.visualRect(index)
            x = event.position().x() - rect.left() - _LEFT
            if 0 <= x < PICTURE[0] and event.position().y() - rect.top() < PICTURE[1]:
                scrub = (index.data(MEDIA).id, int(x / PICTURE[0] * _SCRUB_STEPS))
        if scrub != self._delegate.scrub:
            self._delegate.scrub = scrub
            self.viewport().update()


def start_drag(source: QWidget, data: QMimeData, picture: QPixmap) -> Qt.DropAction:
    """Run a drag out of a view; the one place that calls `QDrag.exec`, so tests can replace it."""
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(20, 20))
    return drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)


def poster_time(media: Media) -> RationalTime:
    """The frame that stands for a file: a third in."""
    return (
        RationalTime(0) if media.is_endless else (media.duration / 3).snapped(media.rate or RationalTime(25).fraction)
    )


def engine_initial(engine: str) -> str:
    """`S` for our own engines, else the first letter."""
    return "S" if engine in ("procedural", "slate") else engine[:1].upper()
