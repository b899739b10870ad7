"""What grid and list of the media pool have in common: keys, and folders that take what is dropped on them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from studio_app.session.pool_items import PoolItem
from studio_app.session.session import Session
from ui import words
from ui.drag_mime import files_in, ids_in
from ui.media_model import ITEM, MIME, bins_in, move_into

_MOVES = frozenset((Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home))
_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


def set_up(view: QAbstractItemView) -> None:
    """What grid and list have in common."""
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
    view.setDefaultDropAction(Qt.DropAction.CopyAction)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.setMouseTracking(True)


def keys_of_list(view: QAbstractItemView, event: QKeyEvent, otherwise: Callable[[QKeyEvent], None]) -> None:
    """Enter opens the current item; letters and Space are not the list's."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and view.currentIndex().isValid():
        view.doubleClicked.emit(view.currentIndex())
    elif event.key() == Qt.Key.Key_Escape:
        view.clearSelection()
    elif event.key() in _MOVES and not view.selectionModel().hasSelection() and view.currentIndex().isValid():
        # Coming here by key Qt makes the first item current without choosing it: an arrow would step over it.
        view.selectionModel().setCurrentIndex(view.currentIndex(), _CHOOSE)
    elif (event.text().strip() and event.text().isprintable()) or event.key() == Qt.Key.Key_Space:
        event.ignore()  # (on X11 Ctrl+A has a text too: a control character)
    else:
        otherwise(event)


def folder_at(view: QAbstractItemView, event: QDropEvent) -> PoolItem | None:
    """The folder under a drag of clips or folders, when it may take them."""
    mime = event.mimeData()
    index = view.indexAt(event.position().toPoint())
    item: PoolItem | None = index.data(ITEM) if index.isValid() else None
    if item is None or item.bin is None or item.id in bins_in(mime):
        return None
    return item if mime.hasFormat(MIME) or bins_in(mime) else None


def drag_over(view: QAbstractItemView, session: Session, event: QDragMoveEvent) -> str | None:
    """Accept a drag over a folder, and anything that comes first; files and text are left to the panel."""
    if not event.mimeData().hasFormat(MIME) and not bins_in(event.mimeData()):
        event.ignore()
        return None
    folder = folder_at(view, event)
    event.setAccepted(folder is not None or isinstance(event, QDragEnterEvent))
    return folder.id if folder is not None else None


def drop_on(view: QAbstractItemView, session: Session, event: QDropEvent) -> None:
    """Move clips and folders into the folder under the pointer."""
    folder = folder_at(view, event)
    if folder is None:
        event.ignore()
        return
    move_into(session, ids_in(event.mimeData(), MIME), bins_in(event.mimeData()), folder.id)
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def is_of_pool(mime: QMimeData) -> bool:
    """Whether clips or folders of the pool are dragged."""
    return mime.hasFormat(MIME) or bool(bins_in(mime))


def would_take(mime: QMimeData, is_hollow: bool) -> tuple[bool, str]:
    """Whether the panel takes a drag outside its folders, and what the status line says meanwhile."""
    if files := files_in(mime):
        return True, QCoreApplication.translate("MediaHand", "Release to import.") if len(
            files
        ) == 1 else QCoreApplication.translate("MediaHand", "Release to import {count} files.").format(
            count=words.count(len(files))
        )
    if is_of_pool(mime):
        return is_hollow, QCoreApplication.translate(
            "MediaHand", "Release to move it here."
        ) if is_hollow else QCoreApplication.translate("MediaHand", "Drag onto a folder to move it there.")
    return False, QCoreApplication.translate("MediaHand", "Only files and folders can be imported.")


def take(mime: QMimeData, session: Session, is_hollow: bool) -> bool:
    """Import files into the open folder; move clips into it when it is empty. False: nothing was taken."""
    here = session.browsing.bin_id
    if files := files_in(mime):
        session.import_files(list(files), bin_id=here)
        return True
    if is_of_pool(mime):
        return is_hollow and move_into(session, ids_in(mime, MIME), bins_in(mime), here)
    session.tell(QCoreApplication.translate("MediaHand", "Only files and folders can be imported."))
    return False
