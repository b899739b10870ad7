"""A heading and its tiles; several of them stand above one another and are one grid to the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.evolve.tiles import GAP, KEY, LABEL, RIM, TILE, Tile, TileDelegate, TileModel
from ui.widgets import label, row

_SIDE = 12
_EDGES = 5
"""What of a view's width is no room for tiles: that for the frame, and two pixels that Qt keeps free at the end of a row."""
_ROOM = 3
"""Left of and above the tiles: for the frame of what is chosen."""
_LEAST = 118
"""Pixels across below which a picture says too little: as many columns as leave that. Five in the panel's own width, bar or no bar."""
HOVER_MS = 250
"""A pointer that only passes starts nothing."""


class FamilyView(QListView):
    """The tiles of one heading, as many in a row as fit; it is as high as they need and never scrolls itself."""

    chosen = Signal(str)
    activated_key = Signal(str)
    menu_asked = Signal(str, QPoint)
    passed = Signal(int, int)
    """An arrow key left it: -1 up or 1 down, and the column it was in (-1: the last, after Left)."""
    hovered = Signal(str)

    def __init__(self, name: str, model: TileModel, delegate: TileDelegate) -> None:
        super().__init__()
        self.tiles, self._delegate = model, delegate
        self._room = self.width()
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; border: none; padding: 0; }")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setViewportMargins(_ROOM - RIM, _ROOM - RIM, 0, 0)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(KEY).key))
        self.doubleClicked.connect(lambda index: self.activated_key.emit(index.data(KEY).key))
        self.customContextMenuRequested.connect(self._ask_menu)
        self.entered.connect(lambda index: self.hovered.emit(index.data(KEY).key))
        self.viewportEntered.connect(lambda: self.hovered.emit(""))
        model.modelReset.connect(self.fit)

    def columns(self) -> int:
        """How many stand beside one another."""
        return max(1, (self._room - _EDGES) // (_LEAST + GAP))

    def set_room(self, width: int) -> None:
        """So wide the tiles may be together: the same with and without a scroll bar, or each would call for the other."""
        if width != self._room:
            self._room = width
            self.fit()

    def fit(self) -> None:
        """As many columns as there is room for, tiles as wide as then fits, as high as the rows."""
        columns = self.columns()
        self._delegate.width = max(80, (self._room - _EDGES) // columns - GAP)
        cell = self._delegate.cell
        self.setGridSize(cell)
        rows = -(-self.tiles.rowCount() // columns)
        self.setFixedHeight(max(1, rows * cell.height() + _ROOM))

    def go_to(self, at: int) -> None:
        """Stand on a tile and choose it."""
        index = self.model().index(min(max(at, 0), self.tiles.rowCount() - 1), 0)
        if index.isValid():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCurrentIndex(index)
            self.chosen.emit(index.data(KEY).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, past the first and last tile in the next heading; Enter goes on to the values."""
        at, columns, count = self.currentIndex().row(), self.columns(), self.tiles.rowCount()
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0:
            if not self._delegate.is_chosen(self.currentIndex().data(KEY).key):
                self.go_to(at)
            self.activated_key.emit(self.currentIndex().data(KEY).key)
        elif key == Qt.Key.Key_Right:
            self.go_to(at + 1) if at + 1 < count else self.passed.emit(1, 0)
        elif key == Qt.Key.Key_Left:
            self.go_to(at - 1) if at > 0 else self.passed.emit(-1, -1)
        elif key == Qt.Key.Key_Down:
            last = (count - 1) // columns
            self.go_to(min(at + columns, count - 1)) if at // columns < last else self.passed.emit(1, at % columns)
        elif key == Qt.Key.Key_Up:
            self.go_to(at - columns) if at >= columns else self.passed.emit(-1, at % columns)
        elif event.text().strip() or key == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here by Tab: stand on the first."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.tiles.rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self.hovered.emit("")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Between tiles nothing is under the pointer."""
        super().mouseMoveEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self.hovered.emit("")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The grid scrolls as a whole."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """One row, until it is laid out."""
        return QSize(300, self._delegate.cell.height())

    def _ask_menu(self, where: QPoint) -> None:
        index: QModelIndex = self.indexAt(where)
        if index.isValid():
            self.menu_asked.emit(index.data(KEY).key, self.viewport().mapToGlobal(where))


class FamilyGrid(QScrollArea):
    """Headings with their tiles, scrolled together. Under the pointer a tile plays."""

    chosen = Signal(str)
    activated_key = Signal(str)
    menu_asked = Signal(str, QPoint)
    scrolled = Signal()

    def __init__(self, delegate: TileDelegate) -> None:
        super().__init__()
        self._delegate = delegate
        self.views: list[FamilyView] = []
        self._heads: list[QWidget] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(_SIDE - _ROOM, 8, 0, 4)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(body)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.scrolled.emit())
        self._playing = QTimer(self, interval=80)
        self._playing.timeout.connect(self._next_frame)
        self._resting = QTimer(self, interval=HOVER_MS, singleShot=True)
        self._resting.timeout.connect(self._play)
        self._under = ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        margins, bar = self._column.contentsMargins(), self.verticalScrollBar().sizeHint().width()
        for view in self.views:
            view.set_room(self.width() - bar - margins.left() - margins.right())

    def add(self, title: str, about: str, tiles: Sequence[Tile]) -> FamilyView:
        """One heading more."""
        view = FamilyView(title, TileModel(tiles), self._delegate)
        head = row(label(title, weight="semibold"), label(about, "muted"), 1, margins=(_ROOM, 0, 0, 0))
        head.setFixedHeight(20)
        for widget in (head, view):
            self._column.insertWidget(self._column.count() - 1, widget)
        self._column.insertSpacing(self._column.count() - 1, 4)
        view.chosen.connect(self.chosen)
        view.activated_key.connect(self.activated_key)
        view.menu_asked.connect(self.menu_asked)
        view.hovered.connect(self._hover)
        view.passed.connect(lambda way, column, view=view: self._pass(view, way, column))
        self.views.append(view)
        self._heads.append(head)
        self._share_room()
        return view

    def show_tiles(self, rows: Sequence[Sequence[Tile]]) -> int:
        """Other tiles, heading by heading; a heading without any is hidden. How many are shown."""
        for view, head, tiles in zip(self.views, self._heads, rows, strict=True):
            view.tiles.show(tiles)
            for widget in (view, head):
                widget.setVisible(bool(tiles))
        return sum(len(tiles) for tiles in rows)

    def stand_on(self, key: str) -> None:
        """Let the keys begin at this tile."""
        for view in self.views:
            at = view.tiles.row_of(key)
            view.setCurrentIndex(view.tiles.index(at, 0) if at is not None else QModelIndex())

    def in_sight(self) -> tuple[str, ...]:
        """The tiles of the headings that can be seen: those about the tile the keys stand on first, then from the top."""
        seen = [one for one in self.views if one.isVisible() and not one.visibleRegion().isEmpty()]
        seen.sort(key=lambda one: not one.currentIndex().isValid())
        return tuple(tile.key for view in seen for tile in view.tiles.tiles)

    def repaint_tiles(self) -> None:
        """Pictures arrived, or another one is chosen."""
        for view in self.views:
            view.viewport().update()

    def take_keys(self) -> None:
        """The keys go to the tile that is chosen, else to the first."""
        view = next((one for one in self.views if one.currentIndex().isValid() and one.isVisible()), None)
        view = view or next((one for one in self.views if one.isVisible()), None)
        if view is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pass(self, view: FamilyView, way: int, column: int) -> None:
        shown = [one for one in self.views if one.tiles.rowCount()]
        at = shown.index(view) + way
        if 0 <= at < len(shown):
            other, columns = shown[at], shown[at].columns()
            count = other.tiles.rowCount()
            start = 0 if way > 0 else ((count - 1) // columns) * columns
            other.go_to(count - 1 if column < 0 else min(start + column, count - 1))
            self.ensureWidgetVisible(other, 0, 40)

    def _hover(self, key: str) -> None:
        if key == self._under:
            return
        self._under = key
        self._playing.stop()
        if self._delegate.playing:
            self._delegate.playing = ""
            self.repaint_tiles()
        if key:
            self._resting.start()
        else:
            self._resting.stop()

    def _play(self) -> None:
        self._delegate.playing, self._delegate.frame = self._under, 0
        self._playing.start()

    def _next_frame(self) -> None:
        self._delegate.frame += 1
        self.repaint_tiles()

    def set_rate(self, rate: Fraction) -> None:
        """How quickly tiles play."""
        self._playing.setInterval(max(20, round(1000 / float(rate))))


CELL_HEIGHT = round(TILE.height()) + RIM + LABEL
