"""The media pool: all footage and takes of the project, in folders, as pictures or as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio_app.services.jobs import Job
from studio_app.session.pool_chosen import rate_chosen
from studio_app.session.pool_items import PoolItem
from timeline.change import Change
from ui import words
from ui.media_crumbs import Crumbs
from ui.media_filter import FilterPopover
from ui.media_hand import is_of_pool, take, would_take
from ui.media_items import MediaDelegate, MediaView
from ui.media_menu import MediaMenu
from ui.media_model import ITEM, MediaModel
from ui.media_picture import MediaPicture
from ui.media_rows import MediaRows
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.qt.menu import pop_up
from ui.widgets import EmptyState, clear_mark, row, search_mark, tool_button


class MediaPoolPanel(Panel):
    """Grid or list, folders, search, filters. Drags out as media, takes files and folders from the desktop in."""

    id: ClassVar[str] = "media_pool"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Media pool")
    order: ClassVar[int] = 10
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Drag to the timeline. A double click opens the source viewer, comma inserts, period overwrites."
    )

    def build(self) -> None:
        """Search row, way, grid or list."""
        self.setAcceptDrops(True)
        session = self.session
        self.model = MediaModel(session)
        picture = MediaPicture(session, self.model)
        self.grid = MediaView(session, self.model, MediaDelegate(session, self.model, picture))
        self.rows = MediaRows(session, self.model, picture)
        self.rows.setSelectionModel(self.grid.selectionModel())
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search media"))
        self.search.setAccessibleName(self.tr("Search media"))
        clear_mark(self.search, self.tr("Clear search"))
        search_mark(self.search)
        self.search.textChanged.connect(session.browsing.find)
        self.popover = FilterPopover(self, session)
        self.filter_button = tool_button("list-filter", self.tr("Filter (Ctrl+Shift+F)"), checkable=True)
        self.filter_button.clicked.connect(self.open_filter)
        self._modes = QButtonGroup(self)
        self.grid_button, self.list_button = (
            self._mode("layout-grid", self.tr("Grid")),
            self._mode("list", self.tr("List")),
        )
        self.list_button.toggled.connect(self.show_list)
        self.crumbs = Crumbs(session)
        self.empty = EmptyState(
            "film",
            self.tr("No clips yet"),
            self.tr("Drop footage here or press Ctrl+I."),
            (self.tr("Import media"), "download", self._import),
        )
        self.hollow = EmptyState(
            "folder", self.tr("Nothing in this folder"), self.tr("Drag clips here, or drop footage.")
        )
        self.nothing = EmptyState(
            "search", self.tr("Nothing matches"), "", (self.tr("Clear filters"), "x", session.browsing.clear)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        buttons = (self.filter_button, self.grid_button, self.list_button)
        self._finding = row(self.search, *buttons, spacing=4, margins=(12, 0, 8, 0))
        column.addWidget(self._finding)
        column.addWidget(self.crumbs)
        body = QWidget()
        self.stack = QStackedLayout(body)
        for page in self._pages():
            page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.stack.addWidget(page)
        column.addWidget(body, 1)
        self._menu = MediaMenu(self, session, self.run)
        (self.list_button if session.settings.values.pool.is_list else self.grid_button).setChecked(True)
        self.setFocusProxy(self.view)
        self._wire()

    def _wire(self) -> None:
        for view in (self.grid, self.rows):
            view.doubleClicked.connect(self._open)
            view.customContextMenuRequested.connect(self._open_menu)
            view.starred.connect(self._star)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._chose())
        session = self.session
        self.listen(session.document.library_changed, self._refresh)
        self.listen(session.presence.changed, self._refresh)
        self.listen(session.document.changed, self._project_changed)
        for signal in (session.thumbnails.arrived, session.waveforms.arrived, session.proxies.changed):
            self.listen(signal, lambda _: self.grid.viewport().update())
        self.listen(session.jobs.changed, self._job_changed)
        self.listen(session.transport.sequence_changed, lambda: self.grid.viewport().update())
        self.listen(session.selection.media.changed, self._follow)
        self.listen(session.browsing.bins.changed, self._follow)
        self.listen(session.browsing.changed, self._browse)
        self.listen(session.browsing.asked, self._asked)
        self._refresh()

    def _mode(self, icon: str, tip: str) -> QToolButton:
        button = tool_button(icon, tip, checkable=True)
        self._modes.addButton(button)
        return button

    def _pages(self) -> tuple[QWidget, ...]:
        return (self.grid, self.rows, self.empty, self.hollow, self.nothing)

    @property
    def view(self) -> QAbstractItemView:
        """Grid or list, whichever is in use."""
        return self.rows if self.session.settings.values.pool.is_list else self.grid

    @property
    def amount(self) -> str:
        """How many are shown, as it reads."""
        return self.crumbs.amount.text()

    def show_list(self, is_list: bool) -> None:
        """Rows or pictures, for good."""
        look = self.session.settings.values.pool
        had_keys = self.grid.hasFocus() or self.rows.hasFocus()
        if look.is_list != is_list:
            look.is_list = is_list
            self.session.settings.save()
        self.setFocusProxy(self.view)
        self._show_page()
        if had_keys:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def corner(self) -> Sequence[QWidget]:
        """Import."""
        button = tool_button("plus", self.tr("Import media (Ctrl+I)"))
        button.clicked.connect(self._import)
        return (button,)

    def menu(self) -> Sequence[QAction]:
        """Select all."""
        action = QAction(self.tr("Select all"), self)
        action.triggered.connect(self.view.selectAll)
        return (action,)

    def release(self) -> None:
        """Stop listening."""
        if self.is_built:
            self.popover.release()
        super().release()

    def _import(self) -> None:
        self.run("file.import")

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _project_changed(self, change: Change) -> None:
        if change.pool or change.whole or change.name or change.shots or self.model.lists_others(change):
            self._refresh()
        else:
            self.model.recount(change)

    def _job_changed(self, job: Job) -> None:
        before = self.model.rowCount()
        self.model.job_changed(job)
        if self.model.rowCount() != before:
            self._show_page()
            self._follow()

    def _browse(self) -> None:
        """Another folder, other words or filters."""
        if self.search.text() != self.session.browsing.words:
            self.search.setText(self.session.browsing.words)
        self._refresh()

    def _refresh(self) -> None:
        self.model.refresh()
        self._show_page()
        self._follow()

    def _show_page(self) -> None:
        browsing, total = self.session.browsing, len(self.model.listing.clips)
        is_bare = not total and not self.model.listing.bins
        shown = self.model.rowCount()
        if shown:
            page: QWidget = self.view
        else:
            page = self.empty if is_bare else self.nothing if browsing.is_searching else self.hollow
        had_keys = any(one.hasFocus() for one in self._pages())
        self.stack.setCurrentWidget(page)
        if had_keys and not page.hasFocus():
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        items = self.model.items
        clips = sum(one.media is not None and one.sequence is None for one in items)
        total -= sum(one.sequence is not None for one in self.model.listing.clips)
        self.crumbs.show_way(clips, total, sum(one.bin is not None for one in items))
        count = browsing.filters.count
        self.filter_button.setChecked(bool(count))
        tip = (
            self.tr("Filter: {conditions}").format(conditions=words.plural(count, "condition"))
            if count
            else self.tr("Filter")
        )
        self.filter_button.setToolTip(self.tr("{tip} (Ctrl+Shift+F)").format(tip=tip))
        self.filter_button.setAccessibleName(tip)
        for widget in (self.crumbs, self._finding):
            widget.setVisible(not is_bare)

    def open_filter(self) -> None:
        """Show the popover of filters below its button."""
        self._show_page()
        button = self.filter_button
        self.popover.open_at(
            button.mapToGlobal(QPoint(button.width() - self.popover.width(), button.height() + 4)), self.model.listing
        )

    # --- what is chosen -----------------------------------------------------------------------------------------------

    def chosen(self) -> list[PoolItem]:
        """The selected items, in the order of the pool."""
        return [self.model.items[at] for at in sorted(self._chosen_rows())]

    def _chosen_rows(self) -> set[int]:
        """By ranges: thousands of indexes would take their time."""
        parts = self.grid.selectionModel().selection()
        ranges = [parts.at(place) for place in range(parts.size())]
        return {at for part in ranges for at in range(part.top(), part.bottom() + 1)}

    def _chose(self) -> None:
        chosen = self.chosen()
        current = self.grid.selectionModel().currentIndex().data(ITEM)
        chosen.sort(key=lambda one: current is not None and one.id == current.id)  # the one touched last leads
        self.session.browsing.bins.set(one.id for one in chosen if one.bin is not None)
        self.session.selection.media.set(one.id for one in chosen if one.media is not None)

    def _follow(self) -> None:
        wanted = {*self.session.selection.media.ids, *self.session.browsing.bins.ids}
        there = self.grid.selectionModel()
        rows = {at for one in wanted if (at := self.model.row_of(one)) is not None}
        if rows == self._chosen_rows():
            return
        choice = QItemSelection()
        for at in sorted(rows):
            choice.select(self.model.index(at, 0), self.model.index(at, self.model.columnCount() - 1))
        there.blockSignals(True)
        there.select(choice, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        there.blockSignals(False)
        for view in (self.grid, self.rows):
            view.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        item: PoolItem | None = index.data(ITEM)
        if item is None:
            return
        if item.bin is not None:
            self.session.browsing.open(item.id)
        elif item.job is not None:
            self.run("panel.jobs")
        elif item.sequence is not None:
            self.session.selection.media.set([item.id])
            self.run("media.open_sequence")
        elif item.media is not None:
            self.session.source.show(item.media.id, item.id if item.subclip is not None else None)

    def _star(self, item_id: str, stars: int) -> None:
        if item_id not in self.session.selection.media.ids:
            self.session.selection.media.set([item_id])
        rate_chosen(self.session, stars)

    def _asked(self, what: str) -> None:
        """An action needs a hand of the panel."""
        if what == "find":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        elif what == "filter":
            self.open_filter()
        elif what == "view":
            (self.grid_button if self.list_button.isChecked() else self.list_button).setChecked(True)
        elif what == "rename":
            lead = self.session.selection.media.lead or next(iter(self.session.browsing.bins.ids[::-1]), None)
            at = self.model.row_of(lead) if lead is not None else None
            if at is not None:
                index = self.model.index(at, 0)
                self.grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.view.scrollTo(index)
                self.view.edit(index)

    def _open_menu(self, where: QPoint) -> None:
        view = self.view
        index = view.indexAt(where)
        if not index.isValid() and not view.viewport().rect().contains(where):
            index = view.currentIndex()  # the menu key
        pop_up(self.menu_for(index), view.viewport().mapToGlobal(where))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """What can be done with the item under the pointer, or with none."""
        return self._menu.build(index.data(ITEM) if index.isValid() else None)

    # --- drops --------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from the desktop; clips on their way to a folder; text, to say that it is none of these."""
        mime = event.mimeData()
        event.setAccepted(mime.hasUrls() or mime.hasText() or is_of_pool(mime))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Files anywhere in the panel; clips into an empty folder."""
        takes, sentence = would_take(event.mimeData(), self.stack.currentWidget() is self.hollow)
        self.message.emit(sentence)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(takes)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It is gone."""
        self.message.emit(self.shown_hint)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import files, take clips into an empty folder."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(take(event.mimeData(), self.session, self.stack.currentWidget() is self.hollow))
        self.message.emit(self.shown_hint)
