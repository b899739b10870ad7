"""The zoom tool: closer where one clicks, further away with Alt, a stretch of time by dragging over it."""

from __future__ import annotations

from typing import ClassVar

from timeline.time import TimeRange
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Tool


class ZoomDrag(Drag):
    """A click zooms by two about the pointer; a drag shows what it was drawn over."""

    scrolls = False

    def move(self, pointer: Pointer) -> None:
        """Draw the stretch."""
        if self.begins(pointer):
            left, right = sorted((self.start.x, pointer.x))
            self.stage.show_marquee((left, self._top, right, self._top + 10_000.0))

    @property
    def _top(self) -> float:
        return -10.0

    def release(self, pointer: Pointer) -> None:
        """Zoom."""
        scale = self.stage.layout_now.scale
        self.stage.end_draft()
        if not self.has_begun:
            self.stage.zoom_at(0.5 if pointer.alt else 2.0, pointer.x)
            return
        left, right = sorted((self.start.x, pointer.x))
        start, end = scale.time_at(max(0.0, left)), scale.time_at(right)
        if end > start:
            self.stage.zoom_to(TimeRange.between(start, end))


class ZoomTool(Tool):
    """Zooms by a factor of two about the pointer."""

    id: ClassVar[str] = "zoom"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Zoom")
    key: ClassVar[str] = "Z"
    icon: ClassVar[str] = "zoom-in"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Click to zoom in here, Alt+click to zoom out, drag over what is to fill the view."
    )
    order: ClassVar[int] = 80
    cursor: ClassVar[Cursor] = Cursor.CrossCursor

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Begin."""
        return ZoomDrag(self.stage, pointer)
