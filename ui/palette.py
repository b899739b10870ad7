"""The command palette: every action by its name, run by Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from studio_app.actions.registry import Action
from studio_app.session.session import Session
from ui import words
from ui.fuzzy import score
from ui.qt import icons, tokens
from ui.qt.draw import overlay_ground
from ui.qt.language import of_action, of_menu
from ui.widgets import draw_key_at, label, search_mark

WIDTH: Final = 560
ROWS: Final = 12
MOST_RECENT: Final = 8
_TOP: Final = 64
_ENTRY: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """One action as the palette shows it. `why` is empty where it can be run now."""

    id: str
    title: str
    path: str
    keys: str
    icon: str
    why: str


def why_not(one: Action, session: Session) -> str:
    """Why an action cannot be used now, by what its own condition says of itself; empty when it can."""
    if one.enabled(session):
        return ""
    if not session.document.is_open:
        return QCoreApplication.translate("Palette", "Open a project first")
    said = (one.enabled.__doc__ or "").strip().split("\n")[0].rstrip(".")
    return (
        QCoreApplication.translate("Palette", "Only when {removeprefix}").format(
            removeprefix=said.removeprefix("Whether ")
        )
        if said.startswith("Whether ")
        else QCoreApplication.translate("Palette", "Not possible now")
    )


def entries(actions: Iterable[Action], session: Session) -> list[Entry]:
    """All actions, with the keys in force."""
    return [
        Entry(
            one.id,
            of_action(one).rstrip("…"),
            of_menu(words.title_case(one.menu or one.id.partition(".")[0])),
            next(iter(session.keymap.keys_of(one.id)), ""),
            one.icon,
            why_not(one, session),
        )
        for one in actions
    ]


def found(all_entries: Iterable[Entry], wanted: str, recent: list[str]) -> list[Entry]:
    """What fits, best first; what was run last comes before the others where both fit as well."""
    rank = {one: place for place, one in enumerate(recent)}
    scored = []
    for one in all_entries:
        by_title = score(wanted, one.title)
        by_all = score(wanted, f"{one.path} {one.title}")
        if by_title is not None or by_all is not None:
            best = max(-1000 if by_title is None else by_title, -1000 if by_all is None else by_all - 20)
            scored.append((bool(one.why), -best, rank.get(one.id, len(rank)), one.title, one))
    return [row[-1] for row in sorted(scored, key=lambda row: row[:-1])]


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Entry] = []

    def show(self, rows: list[Entry]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (one.title, one.path, one.keys, one.why) if part)
        return one if role == _ENTRY else None


class _Delegate(QStyledItemDelegate):
    """Icon, title, menu; key or reason at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH - 24, tokens.size("control_dialog"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: Entry = index.data(_ENTRY)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("surface.selected"))
            painter.drawRoundedRect(rect, 4, 4)
        shade = "text.disabled" if one.why else "text.primary"
        if one.icon in icons.names():
            icons.paint(painter, QRectF(rect.left() + 10, rect.center().y() - 7, 16, 16), one.icon, tokens.color(shade))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        right = rect.right() - 10
        if one.why:
            painter.setFont(tokens.font("ui"))
            width = painter.fontMetrics().horizontalAdvance(one.why)
            painter.setPen(tokens.color("text.muted"))
            painter.drawText(QRect(right - width, rect.top(), width + 2, rect.height()), middle, one.why)
            right -= width + 16
        elif one.keys:
            right -= draw_key_at(painter, right, rect, shown_keys(one.keys)) + 16
        painter.setFont(tokens.font("body"))
        painter.setPen(tokens.color(shade))
        x = rect.left() + 36
        title = painter.fontMetrics().elidedText(one.title, Qt.TextElideMode.ElideRight, right - x)
        painter.drawText(QRect(x, rect.top(), right - x, rect.height()), middle, title)
        x += painter.fontMetrics().horizontalAdvance(title) + 10
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.disabled" if one.why else "text.muted"))
        if x < right:
            path = painter.fontMetrics().elidedText(one.path, Qt.TextElideMode.ElideRight, right - x)
            painter.drawText(QRect(x, rect.top(), right - x, rect.height()), middle, path)
        painter.restore()


def shown_keys(keys: str) -> str:
    """Keys as the system writes them, on a key cap."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return words.key_text(native)


class Palette(QFrame):
    """A child of the window in front of everything; closes by Esc, by running, and when the focus goes elsewhere."""

    def __init__(
        self, window: QWidget, session: Session, actions: Callable[[], Iterable[Action]], run: Callable[[str], object]
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._actions, self._run = window, session, actions, run
        self._all: list[Entry] = []
        self._before: QWidget | None = None
        self.setAccessibleName(self.tr("Command palette"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        self.field = QLineEdit()
        self.field.setProperty("large", True)
        self.field.setPlaceholderText(self.tr("Search commands"))
        self.field.setAccessibleName(self.tr("Search commands"))
        search_mark(self.field)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.model = _Model()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setStyleSheet("QListView { background: transparent; padding: 0; }")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(self.tr("Commands"))
        self.view.clicked.connect(lambda _: self.accept())
        self.nothing = label(self.tr("Nothing is called that."), "muted", "body")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.field, self.view, self.nothing):
            column.addWidget(widget)
        self.hide()

    def open(self) -> None:
        """Show it, with nothing typed and what was run last on top."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._all = entries(self._actions(), self._session)
        self.field.clear()
        self._search("")
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """In the middle, near the top of the window."""
        window = self._window
        width = min(WIDTH, window.width() - 32)
        rows = max(1, min(ROWS, len(self.model.rows)))
        most = window.height() - _TOP - 80
        height = min(rows * tokens.size("control_dialog") + 12 + 34 + 8 + 8 + 6, most)
        self.setGeometry((window.width() - width) // 2, _TOP, width, height)

    def close_up(self) -> None:
        """Hide, and give the keys back to who had them."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def accept(self) -> None:
        """Run what is chosen; what cannot be run now stays to be read."""
        index = self.view.currentIndex()
        one: Entry | None = index.data(_ENTRY) if index.isValid() else None
        if one is None or one.why:
            return
        values = self._session.settings.values
        values.recent_actions = [one.id, *(each for each in values.recent_actions if each != one.id)][:MOST_RECENT]
        self._session.settings.save()
        self.close_up()
        self._run(one.id)

    def _search(self, text: str) -> None:
        self.model.show(found(self._all, text, self._session.settings.values.recent_actions))
        there = bool(self.model.rows)
        self.view.setVisible(there)
        self.nothing.setVisible(not there)
        if there:
            self.view.setCurrentIndex(self.model.index(0, 0))
        self.place()

    def _move(self, by: int) -> None:
        row = min(max(self.view.currentIndex().row() + by, 0), len(self.model.rows) - 1)
        self.view.setCurrentIndex(self.model.index(row, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose, Enter runs, Esc closes, all from the field."""
        if event.type() is QEvent.Type.FocusOut and QApplication.focusWidget() is not self.field:
            self.close_up_soon()
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -ROWS,
            Qt.Key.Key_PageDown: ROWS,
        }
        if key in steps:
            self._move(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif key == Qt.Key.Key_Escape:
            self.close_up()
        else:
            return False
        return True

    def close_up_soon(self) -> None:
        """The focus went elsewhere, by hand: nothing is given back."""
        if self.isVisible() and QApplication.activePopupWidget() is None:
            self._before = None
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overlay ground."""
        overlay_ground(self, "dialog")
