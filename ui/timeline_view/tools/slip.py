"""The slip tool: changes what a clip shows, not where it stands."""

from __future__ import annotations

from typing import ClassVar

from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.drags.slip import SlipDrag
from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Tool


class SlipTool(Tool):
    """Holds a clip's content and that of what is linked to it."""

    id: ClassVar[str] = "slip"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Slip")
    key: ClassVar[str] = "Y"
    icon: ClassVar[str] = "move-horizontal"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Drag in a clip: it shows another part of its source, in the same place."
    )
    order: ClassVar[int] = 50
    cursor: ClassVar[Cursor] = Cursor.SizeHorCursor

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Take the clip."""
        if hit.item_id is None or self.stage.sequence.clip(hit.item_id) is None:
            return None
        ids = (hit.item_id,) if pointer.alt else self.stage.linked_ids((hit.item_id,))
        self.stage.session.selection.items.set(ids)
        return SlipDrag(self.stage, pointer, tuple(ids))
