"""Where in the pool one is: the project and the folders down to the open one, each a button that also takes drops."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from studio_app.session.session import Session
from ui import words
from ui.drag_mime import ids_in
from ui.media_model import MIME, bins_in, move_into
from ui.qt import tokens
from ui.widgets import icon_label, label

_MOST = 24
"""Letters of a folder's name; the rest is in its tooltip."""


class Crumb(QToolButton):
    """One folder of the way."""

    def __init__(self, session: Session, name: str, bin_id: str | None, is_here: bool) -> None:
        super().__init__()
        self._session, self.bin_id = session, bin_id
        self.setText(name if len(name) <= _MOST else f"{name[: _MOST - 1]}…")
        self.setToolTip(name)
        self.setAccessibleName(
            self.tr("Folder {name}, open").format(name=name)
            if is_here
            else self.tr("Open folder {name}").format(name=name)
        )
        self.setFont(tokens.font("caption"))
        colour = tokens.hex_of("text.primary" if is_here else "text.muted")
        self.setStyleSheet(f"QToolButton {{ color: {colour}; padding: 1px 2px; }}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAcceptDrops(not is_here)
        self.clicked.connect(lambda: session.browsing.open(bin_id))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Clips and folders of the pool."""
        event.setAccepted(event.mimeData().hasFormat(MIME) or bool(bins_in(event.mimeData())))
        self.setDown(event.isAccepted())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They are gone."""
        self.setDown(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Into this folder."""
        self.setDown(False)
        move_into(self._session, ids_in(event.mimeData(), MIME), bins_in(event.mimeData()), self.bin_id)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()


class Crumbs(QWidget):
    """The way and, at the right, how many are shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 0, 12, 0)
        self._row.setSpacing(2)
        self.amount = label("", "muted", "caption", tabular=True)
        self._way: tuple[tuple[str | None, str], ...] = ()
        self.crumbs: list[Crumb] = []

    def show_way(self, shown: int, total: int, folders: int) -> None:
        """Read the open folder anew."""
        project = self._session.document.project
        way = (
            (None, project.name),
            *((one.id, one.name) for one in project.pool.path_to(self._session.browsing.bin_id)),
        )
        if way != self._way:
            self._way = way
            self._build()
        if shown == total:
            text = words.plural(total, "clip")
        elif not shown and folders:
            text = words.plural(folders, "folder")
        else:
            text = self.tr("{count} of {count2}").format(count=words.count(shown), count2=words.count(total))
        self.amount.setText(text)

    def _build(self) -> None:
        while (old := self._row.takeAt(0)) is not None:
            if (widget := old.widget()) is not None and widget is not self.amount:
                widget.hide()
                widget.deleteLater()
        self.crumbs = []
        shown = self._way if len(self._way) <= 3 else (self._way[0], *self._way[-2:])
        for place, (bin_id, name) in enumerate(shown):
            if place:
                self._row.addWidget(icon_label("chevron-right", "text.muted", 12))
            crumb = Crumb(self._session, name, bin_id, place == len(shown) - 1)
            self.crumbs.append(crumb)
            self._row.addWidget(crumb)
        self._row.addStretch(1)
        self._row.addWidget(self.amount)
