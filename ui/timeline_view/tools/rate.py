"""The rate stretch tool: pulls an end of a clip, which plays slower or faster to fit."""

from __future__ import annotations

from typing import ClassVar

from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.drags.stretch import StretchDrag
from ui.timeline_view.edges import edge_bracket, nearest_edge
from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Tool


class RateTool(Tool):
    """Holds the nearest end of the clip under the pointer."""

    id: ClassVar[str] = "rate"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Rate stretch")
    key: ClassVar[str] = "R"
    icon: ClassVar[str] = "gauge"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Drag an end of a clip into empty time: it plays slower or faster to fit."
    )
    order: ClassVar[int] = 65

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Take the nearest end."""
        edge = nearest_edge(self.stage, pointer, hit)
        return StretchDrag(self.stage, pointer, *edge) if edge is not None else None

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """The bracket of the end a press would take."""
        self.stage.show_brackets(edge_bracket(self.stage, pointer, hit, "roll"))
        return Cursor.SizeHorCursor if nearest_edge(self.stage, pointer, hit) else Cursor.ArrowCursor
