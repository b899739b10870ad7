"""The one row at the top: mark, menus, project and sequence, workspaces."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QMenuBar, QPushButton, QToolButton, QWidget

from ui.qt import icons, tokens
from ui.widgets import ground

_SWITCH = """
QPushButton {{ background: transparent; border: none; border-radius: 4px; padding: 0 10px; min-height: 26px; color: {rest}; }}
QPushButton:hover {{ color: {lit}; background: transparent; }}
QPushButton:checked {{ color: {lit}; background: {on}; }}
QPushButton:focus {{ border: 1px solid {focus}; }}
"""


OPENED_AFTER_MS = 400
"""A drag that rests on a workspace wants to be dropped there."""
COMPACT_BELOW = 1400
_SHOWN = 4
_LEAST_SEQUENCE = 48


class TopBar(QWidget):
    """Made by the window with `setMenuWidget`."""

    workspace_chosen = Signal(str)

    def __init__(self, workspaces: dict[str, str]) -> None:
        super().__init__()
        ground(self, "surface.window")
        self.setFixedHeight(tokens.size("top_bar"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(7)
        mark = QLabel()
        mark.setPixmap(icons.pixmap("mark", "accent.default", 18))
        layout.addWidget(mark)
        self.menus = QMenuBar()
        self.menus.setFont(tokens.font("ui"))
        self.menus.setFixedHeight(28)
        layout.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        unseen = self.menus.findChild(QToolButton, "qt_menubar_ext_button")
        if unseen is not None:  # Qt's own arrows for menus that have no room are nearly black
            unseen.setIcon(icons.icon("ellipsis"))
            unseen.setAccessibleName(self.tr("More menus"))
            unseen.setToolTip(self.tr("More menus"))
        layout.addStretch(1)
        self._middle = _Middle(self)
        self._switch = QWidget()
        row = QHBoxLayout(self._switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        sheet = _SWITCH.format(
            rest=tokens.hex_of("text.secondary"),
            lit=tokens.hex_of("text.primary"),
            on=tokens.hex_of("surface.control"),
            focus=tokens.hex_of("accent.default"),
        )
        for name, title in workspaces.items():
            button = _Workspace(title)
            button.setCheckable(True)
            button.setStyleSheet(sheet)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, name=name: self.workspace_chosen.emit(name))
            self._group.addButton(button)
            self._buttons[name] = button
            row.addWidget(button)
        self._titles = workspaces
        self._more = QPushButton(self.tr("More"))
        self._more.setCheckable(True)
        self._more.setStyleSheet(sheet)
        self._more.setAccessibleName(self.tr("More workspaces"))
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self._open_more)
        row.addWidget(self._more)
        layout.addWidget(self._switch)
        self._fold()

    def set_workspace(self, name: str) -> None:
        """Show which workspace is on."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)
            self._fold()

    def set_open(self, is_open: bool) -> None:
        """Project name and workspaces are there only while a project is open."""
        self._switch.setVisible(is_open)
        self._middle.setVisible(is_open)

    def set_names(self, project: str, sequence: str, saved: bool) -> None:
        """What is open, and whether its file holds it."""
        self._middle.set(project, sequence, saved)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names stand in the middle of the window, not of what is left over."""
        self._fold()
        self._place()

    @property
    def folded(self) -> tuple[str, ...]:
        """Workspaces that have gone into the menu: those beyond the fourth where the window is narrow."""
        return tuple(self._titles)[_SHOWN:] if self.width() < COMPACT_BELOW else ()

    def _fold(self) -> None:
        folded = self.folded
        for name, button in self._buttons.items():
            button.setVisible(name not in folded)
        current = next((name for name in folded if self._buttons[name].isChecked()), "")
        self._more.setVisible(bool(folded))
        self._more.setChecked(bool(current))
        self._more.setText(self._titles.get(current, self.tr("More")))

    def _open_more(self) -> None:
        self._fold()
        menu = QMenu(self)
        for name in self.folded:
            menu.addAction(self._titles[name], partial(self.workspace_chosen.emit, name))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _place(self) -> None:
        wish = self._middle.sizeHint().width()
        left = self.menus.geometry().right() + 16
        right = (self._switch.geometry().left() if self._switch.isVisible() else self.width()) - 16
        width = max(0, min(wish, right - left))
        x = min(max((self.width() - width) // 2, left), max(left, right - width))
        self._middle.setGeometry(QRect(x, 0, width, self.height()))


class _Workspace(QPushButton):
    """The button of a workspace. What is dragged and rests on it is carried on there: a star to the timeline of Edit."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.setAcceptDrops(True)
        self._opening = QTimer(self, interval=OPENED_AFTER_MS, singleShot=True)
        self._opening.timeout.connect(self._open)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Taken, so that its leave is heard of; nothing can be dropped here."""
        event.accept()
        self._opening.start()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Not here."""
        event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went on."""
        self._opening.stop()

    def _open(self) -> None:
        if not self.isChecked():
            self.click()


class _Middle(QWidget):
    """`Project  Sequence  (tick) Saved`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._project, self._sequence, self._saved = "", "", True
        self._bold, self._plain = tokens.font("ui", "medium"), tokens.font("ui")

    def set(self, project: str, sequence: str, saved: bool) -> None:
        """Show other names."""
        self._project, self._sequence, self._saved = project, sequence, saved
        self.setToolTip(f"{project}, {sequence}")
        self.setAccessibleName(f"{project}, {sequence}, {self.state}")
        self.update()

    @property
    def state(self) -> str:
        """The word at the end."""
        return self.tr("Saved") if self._saved else self.tr("Not saved")

    def shown_in(self, room: int) -> tuple[str, str]:
        """Project and sequence for so many pixels: the sequence goes first, then the project's name is cut."""
        bold, plain = QFontMetrics(self._bold), QFontMetrics(self._plain)
        whole = bold.horizontalAdvance(self._project)
        if whole + 8 + plain.horizontalAdvance(self._sequence) <= room:
            return self._project, self._sequence
        cut = Qt.TextElideMode.ElideRight
        if whole + 8 + _LEAST_SEQUENCE <= room:
            return self._project, plain.elidedText(self._sequence, cut, room - whole - 8)
        return bold.elidedText(self._project, cut, max(0, room)), ""

    def sizeHint(self) -> QSize:
        """As wide as the names, within reason."""
        bold, plain = QFontMetrics(self._bold), QFontMetrics(self._plain)
        names = min(bold.horizontalAdvance(self._project), 320) + min(plain.horizontalAdvance(self._sequence), 240)
        return QSize(names + plain.horizontalAdvance(self.state) + 18 + 3 * 8 + 2, tokens.size("top_bar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where room is short the state is only its icon, then the sequence goes, then the project's name is cut."""
        painter = QPainter(self)
        bold, plain = QFontMetrics(self._bold), QFontMetrics(self._plain)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        state_width = plain.horizontalAdvance(self.state) + 18
        if self.width() < bold.horizontalAdvance(self._project) + 8 + state_width:
            state_width = 14
        project, sequence = self.shown_in(self.width() - state_width - 8)
        x = 0
        painter.setFont(self._bold)
        painter.setPen(tokens.color("text.primary"))
        painter.drawText(QRect(x, 0, self.width(), self.height()), middle, project)
        x += bold.horizontalAdvance(project) + 8
        painter.setFont(self._plain)
        painter.setPen(tokens.color("text.muted"))
        if sequence:
            painter.drawText(QRect(x, 0, self.width() - x, self.height()), middle, sequence)
            x += plain.horizontalAdvance(sequence) + 8
        icon = QRectF(x, (self.height() - 14) / 2, 14, 14)
        icons.paint(painter, icon, "circle-check" if self._saved else "circle", tokens.color("text.muted"))
        if state_width > 14:
            painter.drawText(QRect(x + 18, 0, state_width, self.height()), middle, self.state)
        painter.end()
