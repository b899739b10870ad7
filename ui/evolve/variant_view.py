"""The strip of variants: choosing compares, a drag goes to the timeline, Enter uses one in the cut."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from studio_app.session.evolve_attempts import Variant
from ui import media_items
from ui.evolve.variant_items import GAP, LABEL, RIM, VARIANT, CardParts, VariantDelegate, VariantModel

_LEFT = 12
_DRAG_WIDTH = 160
_LEAST = 140
"""Pixels across of the smallest card: four in a row of a small screen."""


class VariantView(QListView):
    """Emits what the hand asks for; the panel makes it happen."""

    use_asked = Signal(object)
    retry_asked = Signal(object)
    away_asked = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, model: VariantModel, delegate: VariantDelegate) -> None:
        super().__init__()
        self._variants, self._delegate = model, delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; border: none; padding: 0; }")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setViewportMargins(_LEFT - RIM, 10 - RIM, 0, 0)
        self.setAccessibleName(self.tr("Variants"))
        self.doubleClicked.connect(lambda index: self.use_asked.emit(index.data(VARIANT)))
        self.customContextMenuRequested.connect(self._ask_menu)

    def current(self) -> Variant | None:
        """The card the keys stand on."""
        found = self.currentIndex().data(VARIANT)
        return found if isinstance(found, Variant) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many cards in a row as fit, as wide as then fits."""
        super().resizeEvent(event)
        room = max(100, self.width() - _LEFT - self.verticalScrollBar().sizeHint().width())
        columns = max(1, (room + GAP) // (_LEAST + GAP))
        self._delegate.width = max(100, room // columns - GAP)
        self.setGridSize(QSize(self._delegate.width + GAP, round(self._delegate.width / 2) + LABEL))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Retry is pressed; everything else chooses."""
        index = self.indexAt(event.position().toPoint())
        one = index.data(VARIANT) if index.isValid() else None
        if event.button() is Qt.MouseButton.LeftButton and isinstance(one, Variant) and one.state == "failed":
            parts = CardParts(QRectF(self.visualRect(index)), self._delegate.width)
            if parts.button.contains(event.position()):
                self.retry_asked.emit(one)
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter uses, Delete cancels or takes a failed card away; letters and Space are not the strip's."""
        one = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and one is not None:
            (self.retry_asked if one.state == "failed" else self.use_asked).emit(one)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and one is not None:
            self.away_asked.emit(one)
        elif event.text().strip() or event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """The card's picture under the hand."""
        one = self.current()
        if one is None or not one.media_id:
            return
        ratio = self.devicePixelRatioF()
        parts = CardParts(QRectF(self.visualRect(self.currentIndex())), self._delegate.width)
        whole = self.viewport().grab(parts.picture.toRect())
        small = whole.scaledToWidth(round(_DRAG_WIDTH * ratio), Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(ratio)
        with self._variants.staying():
            media_items.start_drag(self, self._variants.mimeData([self.currentIndex()]), small)

    def _ask_menu(self, where: QPoint) -> None:
        index = self.indexAt(where)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_asked.emit(index.data(VARIANT), self.viewport().mapToGlobal(where))
