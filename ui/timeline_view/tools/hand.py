"""The hand: pushes the timeline."""

from __future__ import annotations

from typing import ClassVar

from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Stage, Tool


class PanDrag(Drag):
    """Keeps what was pressed under the pointer."""

    scrolls = False

    def __init__(self, stage: Stage, start: Pointer) -> None:
        super().__init__(stage, start)
        self._last = start

    def move(self, pointer: Pointer) -> None:
        """Scroll."""
        # y is content, which the last step has scrolled: what counts is how far it went on the screen
        by = (self._last.x - pointer.x, self._last.y - pointer.y)
        before = self.stage.scroll_y
        self.stage.pan(*by)
        self._last = pointer._replace(y=pointer.y + self.stage.scroll_y - before)

    def release(self, pointer: Pointer) -> None:
        """Nothing was edited."""

    def cancel(self) -> None:
        """What was scrolled stays."""


class HandTool(Tool):
    """Scrolls by dragging."""

    id: ClassVar[str] = "hand"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Hand")
    key: ClassVar[str] = "H"
    icon: ClassVar[str] = "hand"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Drag to scroll.")
    order: ClassVar[int] = 70
    cursor: ClassVar[Cursor] = Cursor.OpenHandCursor

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Take hold."""
        return PanDrag(self.stage, pointer)
