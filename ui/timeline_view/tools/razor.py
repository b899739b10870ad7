"""The razor: cuts where one clicks."""

from __future__ import annotations

from typing import ClassVar

from timeline.commands.split_clips import SplitClips
from timeline.time import RationalTime
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Tool


class RazorTool(Tool):
    """A click cuts the clip and what is linked to it; with Shift all tracks; with Alt only this clip."""

    id: ClassVar[str] = "razor"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Razor")
    key: ClassVar[str] = "C"
    icon: ClassVar[str] = "scissors"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Click a clip to cut it. Shift cuts all tracks, Alt only this side of a link."
    )
    order: ClassVar[int] = 20
    cursor: ClassVar[Cursor] = Cursor.SplitHCursor

    def _time(self, pointer: Pointer) -> RationalTime:
        scale = self.stage.layout_now.scale
        snapper = self.stage.snapper(frozenset())
        snapper.points = tuple(point for point in snapper.points if point[1] == "playhead")
        return snapper.snap((RationalTime(0),), scale.time_at(pointer.x), scale).by

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Cut."""
        sequence, time = self.stage.sequence, self._time(pointer)
        if pointer.shift:
            ids = None
        else:
            clip = sequence.clip(hit.item_id) if hit.item_id else None
            if clip is None:
                return None
            ids = (clip.id,) if pointer.alt else self.stage.linked_ids((clip.id,))
        self.stage.show_snap(None)
        self.stage.session.document.do(SplitClips(sequence.id, time, ids))
        return None

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """A line where the cut would be."""
        on_clip = hit.item_id is not None and self.stage.sequence.clip(hit.item_id) is not None
        self.stage.show_snap(self._time(pointer) if on_clip or pointer.shift else None)
        return self.cursor
