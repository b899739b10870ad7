"""The roll tool: moves the nearest cut."""

from __future__ import annotations

from typing import ClassVar

from timeline import query
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.drags.roll import RollDrag
from ui.timeline_view.edges import nearest_cut
from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Bracket, Cursor, Drag, Pointer, Tool


class RollTool(Tool):
    """Holds the cut nearest to the pointer."""

    id: ClassVar[str] = "roll"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Roll")
    key: ClassVar[str] = "N"
    icon: ClassVar[str] = "split"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Drag a cut: one clip gets longer by what the other loses.")
    order: ClassVar[int] = 40

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Take the nearest cut."""
        cut = nearest_cut(self.stage, pointer, hit)
        return RollDrag(self.stage, pointer, *cut) if cut is not None else None

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """The double bracket of the cut a press would take."""
        cut = nearest_cut(self.stage, pointer, hit)
        where = query.range_of(self.stage.sequence, cut[1]) if cut is not None else None
        track = self.stage.sequence.track_holding(cut[1]) if cut is not None else None
        if where is None or track is None:
            self.stage.show_brackets(())
            return Cursor.ArrowCursor
        self.stage.show_brackets((Bracket(track.id, where.start, "both", "roll"),))
        return Cursor.SizeHorCursor
