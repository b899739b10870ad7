"""The slide tool: moves a clip between its neighbours, which give way."""

from __future__ import annotations

from typing import ClassVar

from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.drags.slide import SlideDrag
from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Tool


class SlideTool(Tool):
    """Holds a clip and what is linked to it."""

    id: ClassVar[str] = "slide"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Slide")
    key: ClassVar[str] = "U"
    icon: ClassVar[str] = "gallery-horizontal-end"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Drag a clip: its neighbours get longer and shorter, all else stays."
    )
    order: ClassVar[int] = 60
    cursor: ClassVar[Cursor] = Cursor.SizeHorCursor

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Take the clip."""
        if hit.item_id is None or self.stage.sequence.clip(hit.item_id) is None:
            return None
        ids = (hit.item_id,) if pointer.alt else self.stage.linked_ids((hit.item_id,))
        self.stage.session.selection.items.set(ids)
        return SlideDrag(self.stage, pointer, tuple(ids))
