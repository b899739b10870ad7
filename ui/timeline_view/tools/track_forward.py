"""The track forward tool: takes everything from a place on."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from PySide6.QtCore import QCoreApplication

from timeline import query
from timeline.items import Clip
from timeline.time import RationalTime
from timeline.track import Track
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.drags.move import MoveDrag
from ui.timeline_view.layout import Hit, Zone
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Tool


class TrackForwardTool(Tool):
    """Chooses the clip under the pointer and all that start with it or later, on all tracks or with Shift on one, to move them."""

    id: ClassVar[str] = "track_forward"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Track forward")
    key: ClassVar[str] = "A"
    icon: ClassVar[str] = "arrow-right-left"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Click to select everything from here on, drag to move it. Shift takes one track only."
    )
    order: ClassVar[int] = 15
    cursor: ClassVar[Cursor] = Cursor.ArrowCursor

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Choose them, and hold them."""
        since = self._since(pointer, hit)
        tracks = self._tracks(pointer, hit)
        ids = [one for track in tracks for one in _from(track, since)]
        self.stage.session.trimming.leave()
        if not ids:
            self.stage.session.selection.items.clear()
            self.stage.say(QCoreApplication.translate("TrackForwardTool", "No clip starts here or later."))
            return None
        self.stage.session.selection.items.set(ids)
        held = hit.item_id if hit.item_id in ids else ids[0]
        return MoveDrag(self.stage, pointer, held, tuple(ids), keeps_shift=True)

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """A line where the choice would begin."""
        self.stage.show_snap(self._since(pointer, hit))
        return self.cursor

    def _since(self, pointer: Pointer, hit: Hit) -> RationalTime:
        """Start of the clip under the pointer, else the pointer itself."""
        where = query.range_of(self.stage.sequence, hit.item_id) if hit.item_id else None
        on_clip = hit.zone in (Zone.CLIP, Zone.CLIP_IN, Zone.CLIP_OUT, Zone.CUT)
        return where.start if where is not None and on_clip else self.stage.layout_now.scale.time_at(pointer.x)

    def _tracks(self, pointer: Pointer, hit: Hit) -> tuple[Track, ...]:
        tracks = self.stage.sequence.tracks
        if pointer.shift:
            tracks = tuple(track for track in tracks if track.id == hit.track_id)
        return tuple(track for track in tracks if not track.locked)


def _from(track: Track, since: RationalTime) -> list[str]:
    """Clips of a track that start at a time or later."""
    first = bisect_left(track.starts, since)
    return [item.id for item in track.items[first:] if isinstance(item, Clip)]
