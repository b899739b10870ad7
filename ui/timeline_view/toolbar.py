"""The timeline's controls: the tool column at its left, the switches and the zoom slider in its tab row."""

from __future__ import annotations

from math import log
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSlider, QToolButton, QVBoxLayout, QWidget

from ui.timeline_view.scale import MAX_FRAME_PX, MIN_PIXELS_PER_SECOND, Scale
from ui.timeline_view.tools import tools
from ui.widgets import ground, tool_button

TOOL_WIDTH: Final = 36
_TOOL: Final = 28
_STEPS: Final = 1000


class ToolColumn(QWidget):
    """One button for each tool."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(TOOL_WIDTH)
        ground(self, "surface.panel")
        self.setAccessibleName("Tools")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        for tool in tools():
            button = tool_button(tool.icon, f"{tool.label} ({tool.key})", checkable=True, size=_TOOL)
            button.clicked.connect(lambda _=False, tool_id=tool.id: self.chosen.emit(tool_id))
            self._group.addButton(button)
            self.buttons[tool.id] = button
            column.addWidget(button)
        column.addStretch(1)
        self.show_tool("select")

    def show_tool(self, tool_id: str) -> None:
        """Mark the active tool."""
        if tool_id in self.buttons:
            self.buttons[tool_id].setChecked(True)


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
        smaller, larger = tool_button("zoom-out", "Zoom out (-)"), tool_button("zoom-in", "Zoom in (=)")
        smaller.clicked.connect(self.out_wanted)
        larger.clicked.connect(self.in_wanted)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setFixedWidth(96)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName("Timeline zoom")
        self.slider.setToolTip("Timeline zoom\nCtrl and wheel zooms at the pointer, \\ fits all")
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
