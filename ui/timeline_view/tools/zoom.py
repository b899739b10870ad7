"""The zoom tool: closer where one clicks, further away with Alt."""

from __future__ import annotations

from typing import ClassVar

from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Tool


class ZoomTool(Tool):
    """Zooms by a factor of two about the pointer."""

    id: ClassVar[str] = "zoom"
    label: ClassVar[str] = "Zoom"
    key: ClassVar[str] = "Z"
    icon: ClassVar[str] = "zoom-in"
    hint: ClassVar[str] = "Click to zoom in here, Alt+click to zoom out."
    order: ClassVar[int] = 80
    cursor: ClassVar[Cursor] = Cursor.CrossCursor

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Zoom."""
        self.stage.zoom_at(0.5 if pointer.alt else 2.0, pointer.x)
        return None
