"""The media pool: all footage and takes of the project, as pictures or as a list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio_app.services.proxy_entry import ProxyState
from timeline.media import Media
from ui import words
from ui.media_items import MediaDelegate, MediaView
from ui.media_model import MEDIA, MediaModel
from ui.panel import Panel
from ui.qt import icons
from ui.widgets import ElidedLabel, EmptyState, label, row, tool_button

_WITHOUT = (ProxyState.NONE, ProxyState.FAILED)


class MediaPoolPanel(Panel):
    """Grid or list, with search. Drags out as media, takes files from the desktop in."""

    id: ClassVar[str] = "media_pool"
    title: ClassVar[str] = "Media pool"
    order: ClassVar[int] = 10
    hint: ClassVar[str] = "Drag to the timeline. Comma inserts, period overwrites, a double click appends."

    def build(self) -> None:
        """Search row, caption, grid."""
        self.setAcceptDrops(True)
        self.model = MediaModel(self.session)
        self.view = MediaView(self.model, MediaDelegate(self.session, self.model))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search media")
        self.search.setStyleSheet("QLineEdit { padding-left: 2px; }")
        self.search.addAction(icons.icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._find)
        self._modes = QButtonGroup(self)
        grid, rows = self._mode("layout-grid", "Grid"), self._mode("list", "List")
        grid.setChecked(True)
        grid.toggled.connect(self.view.set_grid)
        self.caption, self.amount = ElidedLabel(tone="secondary"), label("", "muted", tabular=True)
        self.empty = EmptyState(
            "film", "No clips yet", "Drop footage here or press Ctrl+I.", ("Import media", "download", self._import)
        )
        self.nothing = EmptyState("search", "Nothing matches", "", ("Clear search", "x", self.search.clear))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        self._finding = row(self.search, grid, rows, spacing=4, margins=(12, 0, 8, 0))
        column.addWidget(self._finding)
        self._head = row(self.caption, self.amount, margins=(12, 0, 12, 0))
        column.addWidget(self._head)
        body = QWidget()
        self.stack = QStackedLayout(body)
        for page in (self.view, self.empty, self.nothing):
            self.stack.addWidget(page)
        column.addWidget(body, 1)
        self.setFocusProxy(self.view)
        self._wire()

    def _wire(self) -> None:
        self.view.doubleClicked.connect(lambda _: self.run("clip.append"))
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._chose())
        session = self.session
        self.listen(session.document.library_changed, self._refresh)
        self.listen(session.presence.changed, self._refresh)
        self.listen(session.document.changed, lambda change: self.model.recount(change))
        self.listen(session.thumbnails.arrived, lambda _: self.view.viewport().update())
        self.listen(session.waveforms.arrived, lambda _: self.view.viewport().update())
        self.listen(session.proxies.changed, lambda _: self.view.viewport().update())
        self.listen(session.selection.media.changed, self._follow)
        self._refresh()

    def _mode(self, icon: str, tip: str) -> QToolButton:
        button = tool_button(icon, tip, checkable=True)
        self._modes.addButton(button)
        return button

    def corner(self) -> Sequence[QWidget]:
        """Import."""
        button = tool_button("plus", "Import media (Ctrl+I)")
        button.clicked.connect(self._import)
        return (button,)

    def _import(self) -> None:
        self.run("file.import")

    def _find(self, text: str) -> None:
        self.model.find(text)
        self._show_page()

    def _refresh(self) -> None:
        self.model.refresh()
        self._show_page()
        self._follow()

    def _show_page(self) -> None:
        total, shown = len(self.session.document.library.media), self.model.rowCount()
        self.stack.setCurrentWidget(self.empty if not total else self.view if shown else self.nothing)
        self.caption.setText(self.session.document.project.name)
        self.amount.setText(words.plural(total, "clip") if shown == total else f"{shown} of {total}")
        for widget in (self._head, self._finding):
            widget.setVisible(bool(total))

    def _chose(self) -> None:
        ids = [index.data(MEDIA).id for index in self.view.selectionModel().selectedIndexes()]
        self.session.selection.media.set(ids)

    def _follow(self) -> None:
        wanted = set(self.session.selection.media.ids)
        model = self.view.selectionModel()
        if wanted == {index.data(MEDIA).id for index in model.selectedIndexes()}:
            return
        model.blockSignals(True)
        model.clearSelection()
        for place in range(self.model.rowCount()):
            index = self.model.index(place, 0)
            if index.data(MEDIA).id in wanted:
                model.select(index, QItemSelectionModel.SelectionFlag.Select)
        model.blockSignals(False)
        self.view.viewport().update()

    def _open_menu(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        menu = self.menu_for(index)
        menu.exec(self.view.viewport().mapToGlobal(where))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """What can be done with the media under the pointer, or with none."""
        menu = QMenu(self)
        if index.isValid():
            for action_id, icon, text in (
                ("clip.insert", "corner-down-right", "Insert at playhead"),
                ("clip.overwrite", "arrow-down-to-line", "Overwrite at playhead"),
                ("clip.append", "arrow-right-to-line", "Append at end"),
            ):
                menu.addAction(icons.icon(icon), text, lambda action_id=action_id: self.run(action_id))
            menu.addSeparator()
            self._add_proxy_verb(menu, index.data(MEDIA))
            folder = Path(index.data(MEDIA).path).parent
            menu.addAction(
                icons.icon("folder-open"),
                "Show in folder",
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            )
        else:
            menu.addAction(icons.icon("download"), "Import media…", self._import)
        return menu

    def _add_proxy_verb(self, menu: QMenu, media: Media) -> None:
        """One verb for all that are chosen; none where a proxy cannot be."""
        proxies = self.session.proxies
        library = self.session.document.library.media
        ids = self.session.selection.media.ids
        chosen = [library[one] for one in ids if one in library] if media.id in ids else [media]
        having = [one for one in chosen if proxies.state(one) is ProxyState.READY]
        lacking = [one for one in chosen if proxies.can_have(one) and proxies.state(one) in _WITHOUT]
        if lacking:
            text = "Make proxy" if len(lacking) == 1 else f"Make {len(lacking)} proxies"
            menu.addAction(icons.icon("gauge"), text, lambda: self._make_proxies(lacking))
        if having:
            text = "Delete proxy" if len(having) == 1 else f"Delete {len(having)} proxies"
            menu.addAction(icons.icon("trash-2"), text, lambda: self._delete_proxies(having))

    def _make_proxies(self, media: Sequence[Media]) -> None:
        for one in media:
            self.session.proxies.make(one)

    def _delete_proxies(self, media: Sequence[Media]) -> None:
        for one in media:
            try:
                self.session.proxies.delete(one)
            except OSError as error:
                self.session.tell(f"The proxy of “{one.name}” stays: {error.strerror or error}.", error=True)

    def menu(self) -> Sequence[QAction]:
        """Select all."""
        action = QAction("Select all", self)
        action.triggered.connect(self.view.selectAll)
        return (action,)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from the desktop."""
        if event.mimeData().hasUrls() and event.source() is None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere in the panel."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import them."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.session.import_files(paths)
