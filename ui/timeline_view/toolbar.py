"""The timeline's controls: the tool column at its left, the switches and the zoom slider in its tab row."""

from __future__ import annotations

from math import log
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSlider, QToolButton, QWidget

from ui.qt import icons, tokens
from ui.qt.language import translated
from ui.qt.menu import pop_up
from ui.timeline_view.scale import MAX_FRAME_PX, MIN_PIXELS_PER_SECOND, Scale
from ui.timeline_view.tools import tools
from ui.widgets import tool_button

TOOL_WIDTH: Final = 36
_TOOL: Final = 28
_STEPS: Final = 1000
_MARGIN: Final = 6
_GAP: Final = 2
_GROUP_GAP: Final = 11
_OPENS_GROUP: Final = ("ripple", "pen", "hand")
"""Tools that begin a group: cutting and choosing, trimming, making, looking."""


class ToolColumn(QWidget):
    """One button for each tool, in groups. Those that do not fit are in a menu at the foot."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(TOOL_WIDTH)
        self.setAccessibleName(self.tr("Tools"))
        self._group = QButtonGroup(self)
        self._tools = tools()
        self._lines: list[int] = []
        self.buttons: dict[str, QToolButton] = {}
        for tool in self._tools:
            button = tool_button(
                tool.icon, f"{translated('Tool', tool.label)} ({tool.key})", checkable=True, size=_TOOL
            )
            button.setParent(self)
            button.clicked.connect(lambda _=False, tool_id=tool.id: self.chosen.emit(tool_id))
            self._group.addButton(button)
            self.buttons[tool.id] = button
        self.more = tool_button("ellipsis", self.tr("More tools"), size=_TOOL)
        self.more.setParent(self)
        self.more.clicked.connect(lambda: pop_up(self.menu(), self.more.mapToGlobal(QPoint(_TOOL + 4, 0))))
        self.show_tool("select")

    @property
    def folded(self) -> tuple[str, ...]:
        """The tools that are in the menu for want of room."""
        return tuple(tool.id for tool in self._tools if self.buttons[tool.id].isHidden())

    def show_tool(self, tool_id: str) -> None:
        """Mark the active tool, also where it is in the menu."""
        if tool_id in self.buttons:
            self.buttons[tool_id].setChecked(True)
            self._show_more(tool_id)

    def _show_more(self, tool_id: str) -> None:
        folded = tool_id in self.folded
        tool = next(one for one in self._tools if one.id == tool_id)
        self.more.setIcon(
            icons.icon(tool.icon, "accent.default", "accent.default") if folded else icons.icon("ellipsis")
        )

    def menu(self) -> QMenu:
        """The tools that have no button now."""
        menu = QMenu(self)
        for tool in self._tools:
            if tool.id in self.folded:
                text = f"{translated('Tool', tool.label)}\t{tool.key}"
                menu.addAction(icons.icon(tool.icon), text, lambda tool_id=tool.id: self.chosen.emit(tool_id))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below each other, as many as fit."""
        room, whole = self.height() - 2 * _MARGIN, self._places()
        self._lines = []
        fits = whole[-1][0] + _TOOL <= room if whole else True
        shown = len(whole) if fits else sum(y + 2 * _TOOL + _GAP <= room for y, _ in whole)
        for place, (tool, (y, opens)) in enumerate(zip(self._tools, whole, strict=True)):
            button = self.buttons[tool.id]
            button.setVisible(place < shown)
            button.move((TOOL_WIDTH - _TOOL) // 2, _MARGIN + y)
            if opens and 0 < place < shown:
                self._lines.append(_MARGIN + y - (_GROUP_GAP + 1) // 2)
        self.more.setVisible(shown < len(whole))
        if shown < len(whole):
            y = whole[shown - 1][0] + _TOOL + _GAP if shown else 0
            self.more.move((TOOL_WIDTH - _TOOL) // 2, _MARGIN + y)
        checked = next((tool_id for tool_id, button in self.buttons.items() if button.isChecked()), "select")
        self._show_more(checked)
        self.update()

    def _places(self) -> list[tuple[int, bool]]:
        """The y of each button, and whether it opens a group."""
        places: list[tuple[int, bool]] = []
        y = 0
        for tool in self._tools:
            opens = tool.id in _OPENS_GROUP
            y += _GROUP_GAP - _GAP if opens and places else 0
            places.append((y, opens))
            y += _TOOL + _GAP
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline between two groups."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface.panel"))
        for y in self._lines:
            painter.fillRect(8, y, TOOL_WIDTH - 16, 1, tokens.color("border.subtle"))
        painter.end()


class ZoomSlider(QWidget):
    """Zoom out, a slider over the whole range (logarithmic), zoom in."""

    out_wanted = Signal()
    in_wanted = Signal()
    wanted = Signal(float)
    """Pixels per second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = 24.0
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(2)
        smaller, larger = (
            tool_button("zoom-out", self.tr("Zoom out (-)")),
            tool_button("zoom-in", self.tr("Zoom in (=)")),
        )
        smaller.clicked.connect(self.out_wanted)
        larger.clicked.connect(self.in_wanted)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setFixedWidth(96)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(self.tr("Timeline zoom"))
        self.slider.setToolTip(self.tr("Timeline zoom\nCtrl and wheel zooms at the pointer, \\ fits all"))
        self.slider.valueChanged.connect(self._moved)
        for widget in (smaller, self.slider, larger):
            row.addWidget(widget)

    def _span(self) -> float:
        return log(MAX_FRAME_PX * self._rate / MIN_PIXELS_PER_SECOND)

    def _moved(self, value: int) -> None:
        self.wanted.emit(MIN_PIXELS_PER_SECOND * 2.718281828459045 ** (value / _STEPS * self._span()))

    def show_scale(self, scale: Scale) -> None:
        """Put the handle where the zoom is."""
        self._rate = float(scale.rate)
        value = round(log(scale.pixels_per_second / MIN_PIXELS_PER_SECOND) / self._span() * _STEPS)
        self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(False)
