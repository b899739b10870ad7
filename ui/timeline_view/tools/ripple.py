"""The ripple tool: trims an end and shifts what follows."""

from __future__ import annotations

from typing import ClassVar

from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.drags.trim import TrimDrag
from ui.timeline_view.edges import edge_bracket, nearest_edge
from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Tool


class RippleTool(Tool):
    """Holds the nearest end of the clip under the pointer."""

    id: ClassVar[str] = "ripple"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Ripple trim")
    key: ClassVar[str] = "B"
    icon: ClassVar[str] = "between-horizontal-start"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Drag an end of a clip: what follows moves along.")
    order: ClassVar[int] = 30

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Take the nearest end."""
        edge = nearest_edge(self.stage, pointer, hit)
        return TrimDrag(self.stage, pointer, *edge, kind="ripple") if edge is not None else None

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """The bracket of the end a press would take."""
        self.stage.show_brackets(edge_bracket(self.stage, pointer, hit, "ripple"))
        return Cursor.SizeHorCursor if nearest_edge(self.stage, pointer, hit) else Cursor.ArrowCursor
