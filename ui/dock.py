"""A docked panel: the tab row in its title, the accent frame that says where keys go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLayout, QMainWindow, QMenu, QVBoxLayout, QWidget

from ui.panel import Panel
from ui.qt import icons, tokens
from ui.qt.menu import pop_up
from ui.widgets import tool_button

_LEFT = 4
_PADDING = 10
_LINE = 2
_ROOM_FOR_MENU = 80
_LEAST_TAB = 28
_RAISED_AFTER_MS = 400
"""A drag that rests on a tab wants what lies behind it."""


class TabRow(QWidget):
    """The title of a dock: a tab for each panel of its group, the panel's own buttons at the right."""

    chosen = Signal(object)

    def __init__(self, dock: PanelDock) -> None:
        super().__init__(dock)
        self._dock = dock
        self._group: tuple[PanelDock, ...] = (dock,)
        self._hover = -1
        self.setFixedHeight(tokens.size("panel_tabs"))
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self._dragged_over = -1
        self._raising = QTimer(self, interval=_RAISED_AFTER_MS, singleShot=True)
        self._raising.timeout.connect(self._raise_dragged_over)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 2, 6, 0)
        self._row.setSpacing(2)
        self._row.addStretch(1)
        self._more = tool_button("ellipsis", self.tr("Panel menu"))
        self._more.clicked.connect(self._open_menu)
        self._row.addWidget(self._more)

    def add_corner(self, widgets: Sequence[QWidget]) -> None:
        """Put the panel's buttons before the ellipsis."""
        for widget in widgets:
            self._row.insertWidget(self._row.count() - 1, widget)

    def set_group(self, docks: tuple[PanelDock, ...]) -> None:
        """Show these docks as tabs."""
        self._group = docks
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for its own tab; Qt asks before it lays docks out."""
        return QSize(min(120, self._dock.panel.least_width), tokens.size("panel_tabs"))

    def minimumSizeHint(self) -> QSize:
        """Tabs shorten their text before the panel refuses to shrink."""
        return QSize(min(80, self._dock.panel.least_width), tokens.size("panel_tabs"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room for little more than the name, the menu is left to the right mouse button."""
        self._more.setVisible(self.width() >= _ROOM_FOR_MENU)
        super().resizeEvent(event)

    @property
    def docks(self) -> tuple[PanelDock, ...]:
        """Whose tabs stand here, from left to right."""
        return self._group

    def tab_rects(self) -> list[QRect]:
        """Where each tab is."""
        metrics = QFontMetrics(tokens.font("ui", "medium"))
        widths = [metrics.horizontalAdvance(dock.panel.tab_title) + 2 * _PADDING for dock in self._group]
        first_widget = self._row.itemAt(1)
        taken = self.width() - first_widget.geometry().left() if first_widget is not None else 40
        room = max(60, self.width() - _LEFT - taken - 4)
        mine = self._group.index(self._dock) if self._dock in self._group else -1
        widths = _shortened(widths, room, mine)
        rects, x = [], _LEFT
        for width in widths:
            rects.append(QRect(x, 0, width, self.height()))
            x += width
        return rects

    def tab_at(self, position: QPoint) -> int:
        """Index of the tab under a point, or -1."""
        return next((index for index, rect in enumerate(self.tab_rects()) if rect.contains(position)), -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tabs on the raised ground; the active one has the panel's colour and a line on top."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface.raised"))
        active = self._dock.is_active
        for index, (dock, rect) in enumerate(zip(self._group, self.tab_rects(), strict=True)):
            current = dock is self._dock
            if current:
                painter.fillRect(rect, tokens.color("surface.panel"))
                line = tokens.color("accent.default" if active else "border.tab")
                painter.fillRect(QRect(rect.left(), 0, rect.width(), _LINE), line)
            painter.setFont(tokens.font("ui", "medium" if current else "regular"))
            lit = current or index == self._hover
            painter.setPen(tokens.color("text.primary" if lit else "text.secondary"))
            inner = rect.adjusted(_PADDING, 1, -_PADDING + 2, 0)
            text = painter.fontMetrics().elidedText(dock.panel.tab_title, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        if active:
            edge = tokens.color("accent.default")
            painter.fillRect(QRect(0, 0, self.width(), 1), edge)
            painter.fillRect(QRect(0, 0, 1, self.height()), edge)
            painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), edge)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Raise the panel of another tab; a drag of the own one is left to Qt, which moves the dock."""
        index = self.tab_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and index >= 0:
            self._group[index].close()
            return
        if event.button() is Qt.MouseButton.LeftButton and index >= 0 and self._group[index] is not self._dock:
            self.chosen.emit(self._group[index])
            return
        self.chosen.emit(self._dock)
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the tab under the pointer."""
        hover = self.tab_at(event.position().toPoint())
        if hover != self._hover:
            self._hover = hover
            self.update()
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover = -1
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Taken, so that its moves are heard of; nothing can be dropped here."""
        event.accept()
        self._drag_over(event.position().toPoint())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """What rests on a tab brings its panel to the front, to be dropped there."""
        self._drag_over(event.position().toPoint())
        event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went on."""
        self._drag_over(QPoint(-1, -1))

    def _drag_over(self, position: QPoint) -> None:
        index = self.tab_at(position)
        if index != self._dragged_over:
            self._dragged_over = index
            self._raising.start() if index >= 0 else self._raising.stop()

    def _raise_dragged_over(self) -> None:
        index, self._dragged_over = self._dragged_over, -1
        if 0 <= index < len(self._group) and self._group[index] is not self._dock:
            self._group[index].raise_()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The panel menu."""
        pop_up(self.build_menu(), event.globalPos())

    def _open_menu(self) -> None:
        pop_up(self.build_menu(), self._more.mapToGlobal(QPoint(0, self._more.height())))

    def build_menu(self) -> QMenu:
        """The panel's own entries, then Float (or Dock) and Close."""
        menu = QMenu(self)
        own = [] if self._dock.panel.has_fault else list(self._dock.panel.menu())
        menu.addActions(own)
        if own:
            menu.addSeparator()
        floating = self._dock.isFloating()
        menu.addAction(
            icons.icon("minimize-2" if floating else "external-link"),
            self.tr("Dock panel") if floating else self.tr("Float panel"),
            lambda: self._turn(not floating),
        )
        menu.addAction(icons.icon("x"), self.tr("Close panel"), self._dock.close)
        return menu

    def _turn(self, floats: bool) -> None:
        """Float, or go back to its place, in front there: it is what one was looking at."""
        self._dock.setFloating(floats)
        self.chosen.emit(self._dock)


def _shortened(widths: list[int], room: int, whole: int = -1) -> list[int]:
    """Widths that fit into `room`: the widest give first, so that short names stay whole; the one at `whole` gives last."""
    if whole >= 0 and sum(widths) > room:
        kept = min(widths[whole], max(_LEAST_TAB, room - _LEAST_TAB * (len(widths) - 1)))
        others = _shortened([*widths[:whole], *widths[whole + 1 :]], room - kept)
        return [*others[:whole], kept, *others[whole:]]
    left, result = room, dict[int, int]()
    for done, place in enumerate(sorted(range(len(widths)), key=widths.__getitem__)):
        result[place] = min(widths[place], max(_LEAST_TAB, left // (len(widths) - done)))
        left -= result[place]
    return [result[place] for place in range(len(widths))]


class _Frame(QWidget):
    """Holds the panel; draws the accent frame while the panel has the keys."""

    def __init__(self, dock: PanelDock, panel: Panel) -> None:
        super().__init__(dock)
        self._dock = dock
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 1, 1)
        # A panel may be made smaller than its parts would like: it scrolls or leaves parts out, the window does not grow.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(panel.least_width, 90)
        layout.addWidget(panel)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One pixel left, right and below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("accent.default" if self._dock.is_active else "surface.panel"))
        painter.end()


class PanelDock(QDockWidget):
    """One panel as a dock."""

    def __init__(self, panel: Panel, window: QMainWindow) -> None:
        super().__init__(panel.shown_title, window)
        self.panel = panel
        self.is_active = False
        self.setObjectName(f"panel.{panel.id}")
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        panel.setAutoFillBackground(True)
        panel.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.row = TabRow(self)
        self.setTitleBarWidget(self.row)
        self._frame = _Frame(self, panel)
        self.setWidget(self._frame)
        panel.title_changed.connect(self._retitle)
        self.visibilityChanged.connect(self._shown)
        self._has_corner = False

    def set_active(self, active: bool) -> None:
        """Whether keys go to this panel."""
        if active != self.is_active:
            self.is_active = active
            self.row.update()
            self._frame.update()
            self.panel.take_keys(active)

    def prepare(self) -> None:
        """Build the panel and put its buttons into the tab row, if not done yet."""
        self.panel.make()
        if not self._has_corner:
            self._has_corner = True
            self.row.add_corner(() if self.panel.has_fault else self.panel.corner())

    def _shown(self, visible: bool) -> None:
        if visible:
            self.prepare()

    def _retitle(self) -> None:
        self.setWindowTitle(self.panel.tab_title)
        for dock in (self, *self.row.docks):  # its name stands in the row of whoever is in front of it, too
            dock.row.update()
