"""The hand: pushes the timeline."""

from __future__ import annotations

from typing import ClassVar

from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Stage, Tool


class PanDrag(Drag):
    """Keeps what was pressed under the pointer."""

    def __init__(self, stage: Stage, start: Pointer) -> None:
        super().__init__(stage, start)
        self._last = start

    def move(self, pointer: Pointer) -> None:
        """Scroll."""
        last, self._last = self._last, pointer
        self.stage.pan(last.x - pointer.x, 0)

    def release(self, pointer: Pointer) -> None:
        """Nothing was edited."""


class HandTool(Tool):
    """Scrolls by dragging."""

    id: ClassVar[str] = "hand"
    label: ClassVar[str] = "Hand"
    key: ClassVar[str] = "H"
    icon: ClassVar[str] = "hand"
    hint: ClassVar[str] = "Drag to scroll."
    order: ClassVar[int] = 70
    cursor: ClassVar[Cursor] = Cursor.OpenHandCursor

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Take hold."""
        return PanDrag(self.stage, pointer)
