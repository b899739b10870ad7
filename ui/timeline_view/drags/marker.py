"""Moving a marker on a clip."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timeline.commands.edit_marker import EditMarker
from timeline.items import Clip
from timeline.query import range_of
from timeline.time import ZERO, RationalTime
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Drag, Pointer, Stage


class ClipMarkerDrag(Drag):
    """Holds a marker of a clip, which keeps to what the clip shows."""

    def __init__(self, stage: Stage, start: Pointer, clip: Clip, marker_id: str) -> None:
        super().__init__(stage, start)
        self._clip = clip
        self._marker = next(one for one in clip.markers if one.id == marker_id)
        where = range_of(stage.sequence, clip.id)
        self._start = where.start if where is not None else ZERO
        self._snapper = stage.snapper(frozenset())

    def _offset(self, pointer: Pointer) -> RationalTime:
        before = self._clip.offset_of(self._marker.time)
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((self._start + before,), self.by(pointer), self.stage.layout_now.scale)
        self.stage.show_snap(snapped.point)
        return max(ZERO, min(before + snapped.by, self._clip.duration - self.stage.sequence.frame))

    def move(self, pointer: Pointer) -> None:
        """Show it elsewhere."""
        if not self.begins(pointer, 3):
            return
        offset = self._offset(pointer)
        time = self._clip.source_time(offset) if self._clip.freeze is None else self._marker.time
        command = EditMarker(self.stage.sequence.id, self._marker.id, {"time": time})
        by = frames(offset - self._clip.offset_of(self._marker.time), self.stage.sequence.rate)
        said = QCoreApplication.translate("ClipMarkerDrag", "{name} to {timecode}, {by}.").format(
            name=self._marker.name or QCoreApplication.translate("ClipMarkerDrag", "Marker"),
            timecode=self.stage.timecode(self._start + offset),
            by=by,
        )
        self.stage.draft(command if time != self._marker.time else None, (), said, frozenset((self._clip.id,)))
