"""The markers of the active sequence as a list: find, jump, edit, delete, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from timeline.atomic import write_atomically
from timeline.change import Change
from ui import marker_list, words
from ui.form.editors.choice import Combo
from ui.marker_list import COLUMNS, MarkerRow
from ui.panel import Panel
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.qt.menu import pop_up
from ui.timeline_view.marker_hand import swatch_icon
from ui.timeline_view.marker_look import COLOURS, colour_title
from ui.widgets import EmptyState, label, row, search_mark

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = (76, 84, 136, 180, 84, 110)


class MarkerModel(QAbstractTableModel):
    """Rows of markers."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[MarkerRow, ...] = ()

    def show(self, rows: tuple[MarkerRow, ...]) -> None:
        """Other rows."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many markers."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Colour, timecode, name, note, length, clip."""
        return len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text and colour of a cell."""
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.texts[index.column()].replace("\n", " ")
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return swatch_icon(one.marker.colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.marker.note or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(text for text in one.texts if text)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, tokens.size("row"))
        if role == Qt.ItemDataRole.FontRole and index.column() in (1, 4):
            return tokens.font("ui", tabular=True)
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translated("MarkerList", COLUMNS[section])
        return None


class MarkersPanel(Panel):
    """A list of markers beside the timeline."""

    id: ClassVar[str] = "markers"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Markers")
    order: ClassVar[int] = 56
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "A click goes to a marker, a double click edits it, Delete removes it."
    )

    def build(self) -> None:
        """Search and colour above the list."""
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search markers"))
        self.search.setAccessibleName(self.tr("Search markers"))
        self.search.setClearButtonEnabled(True)
        search_mark(self.search)
        self.colour = Combo()
        self.colour.setAccessibleName(self.tr("Colour"))
        self.colour.addItem(self.tr("All colours"), "")
        for name in COLOURS:
            self.colour.addItem(swatch_icon(name), colour_title(name), name)
        self.count = label("", "muted")
        self.model = MarkerModel()
        self.list = self._list()
        empty = EmptyState("flag", self.tr("No markers"), self.tr("M puts a marker at the playhead; M again names it."))
        self.none = EmptyState(
            "search", self.tr("Nothing matches"), self.tr("No marker has these words and this colour.")
        )
        holder = QWidget()
        self.stack = QStackedLayout(holder)
        for widget in (self.list, empty, self.none):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.setSpacing(6)
        column.addWidget(row(self.search, self.colour, self.count, margins=(12, 0, 12, 0)))
        column.addWidget(holder, 1)
        self.setFocusProxy(self.list)
        self.search.textChanged.connect(self.refresh)
        self.colour.currentIndexChanged.connect(self.refresh)
        self.listen(self.session.document.changed, self._changed)
        self.listen(self.session.transport.sequence_changed, self.refresh)
        self.refresh()

    def _list(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self.model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setAccessibleName(self.tr("Markers"))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: pop_up(self.menu_at(), view.viewport().mapToGlobal(at)))
        for column, width in enumerate(_WIDTHS):
            view.setColumnWidth(column, width)
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.header().setStretchLastSection(True)
        view.clicked.connect(self._jump)
        view.activated.connect(self._jump)
        view.doubleClicked.connect(self._edit)
        view.selectionModel().selectionChanged.connect(self._chosen)
        return view

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        if change.whole or change.markers or change.tracks:
            self.refresh()

    def refresh(self, _: object = None) -> None:
        """The rows of the active sequence that pass search and colour; what was chosen stays chosen."""
        chosen = set(self.session.selection.markers.ids)
        every = marker_list.rows_of(self.session.sequence, self.session.document.library)
        shown = marker_list.filtered(every, self.search.text(), self.colour.currentData() or "")
        self.count.setText(
            self.tr("{count} of {count2}").format(count=len(shown), count2=len(every))
            if len(shown) < len(every)
            else str(len(every))
        )
        self.stack.setCurrentIndex(0 if shown else 2 if every else 1)
        if shown != self.model.rows:
            self.model.show(shown)
            selection = QItemSelection()
            last = len(COLUMNS) - 1
            for place, one in enumerate(shown):
                if one.marker.id in chosen:
                    selection.select(self.model.index(place, 0), self.model.index(place, last))
            self.list.selectionModel().select(selection, self.list.selectionModel().SelectionFlag.ClearAndSelect)
            self._chosen()  # Qt tells nothing when all that was chosen is gone

    def reveal(self, about: str) -> None:
        """Choose the marker of this id and scroll to it."""
        for place, one in enumerate(self.model.rows):
            if one.marker.id == about:
                self.list.setCurrentIndex(self.model.index(place, 0))

    # --- what the hand does -----------------------------------------------------------------------------------------

    def _chosen(self) -> None:
        rows = sorted({index.row() for index in self.list.selectionModel().selectedIndexes()})
        self.session.selection.markers.set(self.model.rows[place].marker.id for place in rows)

    def _jump(self, index: QModelIndex) -> None:
        self.session.transport.pause()
        self.session.transport.set_time(self.model.rows[index.row()].time)

    def _edit(self, index: QModelIndex) -> None:
        if self.session.face is not None:
            self.session.face.show("marker", self.model.rows[index.row()].marker.id)

    def menu_at(self) -> QMenu:
        """What applies to the chosen markers."""
        menu = QMenu(self)
        edit = menu.addAction(self.tr("Edit marker…"), lambda: self._edit(self.list.currentIndex()))
        edit.setEnabled(self.list.currentIndex().isValid())
        delete = menu.addAction(self.tr("Delete\tDel"), lambda: self.run("marker.delete"))
        delete.setEnabled(bool(len(self.session.selection.markers)))
        menu.addSeparator()
        menu.addActions(list(self.menu()))
        return menu

    def menu(self) -> Sequence[QAction]:
        """Export of the rows that are shown."""
        csv, text = QAction(self.tr("Export as CSV…"), self), QAction(self.tr("Export as text…"), self)
        csv.triggered.connect(lambda: self.export("csv"))
        text.triggered.connect(lambda: self.export("txt"))
        for one in (csv, text):
            one.setEnabled(bool(self.is_built and self.model.rows))
        return (csv, text)

    def export(self, kind: str) -> None:
        """Write the rows that are shown to a file: `csv` or `txt`."""
        face = self.session.face
        if face is None:
            return
        chosen = face.ask_save_file("Export markers", f"{self.session.sequence.name} markers.{kind}", f"markers {kind}")
        if chosen is not None:
            self.write(chosen, kind)

    def write(self, path: Path, kind: str) -> None:
        """Write a file; what goes wrong is a sentence."""
        path = path if path.suffix else path.with_suffix(f".{kind}")
        rows = self.model.rows
        text = marker_list.as_csv(rows) if kind == "csv" else marker_list.as_text(rows)
        try:
            write_atomically(path, text.encode("utf-8-sig" if kind == "csv" else "utf-8"))
        except OSError as error:
            self.session.tell(
                self.tr("{name} could not be written: {strerror}.").format(
                    name=path.name, strerror=error.strerror or error
                ),
                error=True,
            )
        else:
            self.session.tell(
                self.tr("{name} holds {markers}.").format(name=path.name, markers=words.plural(len(rows), "marker"))
            )
