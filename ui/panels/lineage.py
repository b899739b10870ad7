"""The lineage panel: what the chosen clip was made of, and what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, QRectF, QSize, QTimer
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.lineage.canvas import LineageCanvas
from ui.lineage.menu import NodeMenu
from ui.panel import Panel
from ui.qt import tokens
from ui.qt.draw import MIDDLE_LEFT
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.qt.menu import pop_up
from ui.widgets import EmptyState, tool_button


class LineagePanel(Panel):
    """A family tree that follows what is chosen anywhere, and chooses."""

    id: ClassVar[str] = "lineage"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Lineage")
    order: ClassVar[int] = 24
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel",
        "Click a clip to choose it, Ctrl+click a second to compare. The wheel zooms, a drag on the ground moves.",
    )

    def build(self) -> None:
        """The tree, or what to do for one."""
        session = self.session
        self.canvas = LineageCanvas(session)
        self.canvas.chosen.connect(lambda node, also: session.lineage.choose(node, also=also))
        self.canvas.opened.connect(lambda node: session.source.show(node))
        self.canvas.menu_asked.connect(self._open_menu)
        self._menu = NodeMenu(self, session, self.run)
        self.all = tool_button("layers", self.tr("Show all families"), checkable=True)
        self.all.clicked.connect(lambda: self.run("lineage.all"))
        self.none = EmptyState(
            "git-branch",
            self.tr("No lineage yet"),
            self.tr("Choose a clip: what it was made of stands here."),
        )
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.none)
        self.setFocusProxy(self.canvas)
        self._refreshing = QTimer(self, interval=0, singleShot=True)
        self._refreshing.timeout.connect(self.refresh)
        self._is_stale = True
        self.listen(session.lineage.changed, self._again)
        self.listen(session.document.replaced, self._again)
        self.listen(session.thumbnails.arrived, lambda _: self.canvas.update())
        self.refresh()

    def refresh(self) -> None:
        """Show the family as it is now."""
        self._is_stale = False
        self.canvas.show_family()
        self.stack.setCurrentWidget(self.canvas if self.canvas.graph.nodes else self.none)
        self.all.setChecked(self.session.lineage.shows_all)

    def reveal(self, about: str) -> None:
        """`fit`: see the whole; else the node with this id."""
        if about == "fit":
            self.canvas.fit()
        else:
            self.session.lineage.choose(about)

    def corner(self) -> Sequence[QWidget]:
        """What the light line means, all families or one, fit, export."""
        fit = tool_button("maximize", self.tr("See the whole family (Shift+Z)"))
        fit.clicked.connect(self.canvas.fit)
        export = tool_button("share", self.tr("Export lineage"))
        export.clicked.connect(lambda: self.run("lineage.export"))
        return (Legend(), self.all, fit, export)

    def menu(self) -> Sequence[QAction]:
        """Compare, and what is rare."""
        found = []
        for title, name in (
            (self.tr("Compare"), "lineage.compare"),
            (self.tr("Rebuild from recipe"), "lineage.rebuild"),
        ):
            action = QAction(title, self)
            action.triggered.connect(lambda _=False, name=name: self.run(name))
            found.append(action)
        return found

    def showEvent(self, event: QShowEvent) -> None:
        """What changed meanwhile is shown now."""
        super().showEvent(event)
        if self._is_stale and not self.has_fault:
            self._refreshing.start()

    def _again(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._refreshing.start()

    def _open_menu(self, node: str, at: QPoint) -> None:
        pop_up(self._menu.build(node), at)


class Legend(QWidget):
    """A piece of the light line and what it means."""

    def __init__(self) -> None:
        super().__init__()
        self._text = self.tr("used in the cut")
        self.setAccessibleName(self._text)
        self.setFixedHeight(24)

    def sizeHint(self) -> QSize:
        """As wide as line and words."""
        self.setFont(tokens.font("ui"))
        return QSize(26 + self.fontMetrics().horizontalAdvance(self._text) + 10, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, then the words."""
        painter = QPainter(self)
        middle = self.height() / 2
        painter.fillRect(QRectF(0, middle - 1, 18, 2), tokens.color("accent.default"))
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.secondary"))
        painter.drawText(QRectF(26, 0, self.width() - 26, self.height()), MIDDLE_LEFT, self._text)
        painter.end()
