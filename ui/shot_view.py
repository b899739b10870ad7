"""The grid of cards: choosing, reordering, dragging out, and taking in what is dropped between cards."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView

from ui import media_items, media_model
from ui.qt import tokens
from ui.shot_delegate import ShotDelegate
from ui.shot_grid_view import ShotGridView
from ui.shot_held import answers, buttons
from ui.shot_items import GAP, MIME, STATE, ShotModel, is_local, parts_of


class ShotView(ShotGridView):
    """Emits what the hand asks for; the panel makes it happen."""

    add_asked = Signal()
    retry_asked = Signal(str)
    cancel_asked = Signal(str)
    answered = Signal(str, str)
    """A shot that is held, and another way on than `retry`: see ui.shot_held."""
    moved = Signal(list, int)
    """Shot ids and the place before which they shall stand."""
    media_dropped = Signal(list, int)
    files_dropped = Signal(list, int)

    def __init__(self, model: ShotModel, delegate: ShotDelegate) -> None:
        super().__init__(model, delegate)
        self._drop_at: int | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.setAccessibleName(self.tr("Shots"))
        self.doubleClicked.connect(self._edit)

    def _edit(self, index: QModelIndex) -> None:
        if not self._shots.is_adder(index) and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits the description; arrows move between cards."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    # what a press means

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The adder, Retry and the cross of a running card are pressed; everything else chooses."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            parts = parts_of(QRectF(self.visualRect(index)))
            if self._shots.is_adder(index):
                if parts.card.contains(event.position()):
                    self.add_asked.emit()
                return
            held = index.data(STATE)
            state = held.state
            shot = index.data(Qt.ItemDataRole.UserRole)
            shot_id = shot.id
            found = answers(state, is_local(shot.engine), held.offer)
            for answer, place in buttons(parts.button, parts.picture, found):
                if place.contains(event.position()):
                    (self.retry_asked.emit(shot_id) if answer.id == "retry" else self.answered.emit(shot_id, answer.id))
                    return
            if state in ("queued", "running", "landing") and parts.cancel.contains(event.position()):
                self.cancel_asked.emit(shot_id)
                return
        super().mousePressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Cards as a small picture under the hand."""
        indexes = [index for index in self.selectedIndexes() if not self._shots.is_adder(index)]
        if indexes:
            media_items.start_drag(self, self._shots.mimeData(indexes), self._drag_picture(indexes[0]))

    def _drag_picture(self, index: QModelIndex) -> QPixmap:
        rect = self.visualRect(index)
        whole = self.viewport().grab(rect.adjusted(0, 0, -GAP, -GAP))
        ratio = self.devicePixelRatioF()
        small = whole.scaledToWidth(round(160 * ratio), Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(ratio)
        return small

    # what a drop means

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cards, media of the pool, files from the desktop."""
        if is_welcome(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show between which cards it would fall."""
        if not is_welcome(event.mimeData()):
            event.ignore()
            return
        self._show_drop(self.place_at(event.position().toPoint()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing falls here."""
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Reorder, or make cards."""
        place = self.place_at(event.position().toPoint())
        self._show_drop(None)
        data = event.mimeData()
        if data.hasFormat(MIME):
            event.setDropAction(Qt.DropAction.MoveAction)
            self.moved.emit(ids_in(data, MIME), place)
        elif data.hasFormat(media_model.MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            self.media_dropped.emit(ids_in(data, media_model.MIME), place)
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
            self.files_dropped.emit(paths, place)
        event.accept()

    def place_at(self, point: QPoint) -> int:
        """Before which card something dropped at `point` would stand."""
        return self.grid.insert_at(point + QPoint(0, self.verticalOffset()))

    def _show_drop(self, place: int | None) -> None:
        if place != self._drop_at:
            self._drop_at = place
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards, and a line where something would fall."""
        super().paintEvent(event)
        if self._drop_at is None or not self._shots.rowCount():
            return
        rect = self.visualRect(self._shots.index(self._drop_at))
        x = rect.left() - GAP // 2 - 1
        painter = QPainter(self.viewport())
        painter.fillRect(QRect(max(0, x), rect.top(), 2, rect.height() - GAP), tokens.color("accent.default"))
        painter.end()


def ids_in(data: QMimeData, kind: str) -> list[str]:
    """The ids a drag of ours carries."""
    found = json.loads(bytes(data.data(kind).data()))
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def is_welcome(data: QMimeData) -> bool:
    """Whether a drag brings what becomes shots here."""
    return data.hasFormat(MIME) or data.hasFormat(media_model.MIME) or data.hasUrls()
