"""The title tool: a click or a drag on the picture tracks makes a title."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QCoreApplication

from studio_app.session.placing import title_clip
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.items import Clip
from timeline.time import ZERO, TimeRange
from timeline.track import Track, TrackKind
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.covering import covers
from ui.timeline_view.layout import Hit, Zone
from ui.timeline_view.saying import length_words
from ui.timeline_view.tools.base import Cursor, Drag, Ghost, Pointer, Stage, Tool


class TitleDrag(Drag):
    """Draws a title from where it began to the pointer. `track_id` None: on a new track on top."""

    def __init__(self, stage: Stage, start: Pointer, track_id: str | None) -> None:
        super().__init__(stage, start)
        self._new = Track(TrackKind.TEXT)
        self._track_id = track_id
        self._clip = title_clip("Title", stage.session.lengths.title)
        self._snapper = stage.snapper(frozenset())
        scale = stage.layout_now.scale
        at = scale.time_at(start.x)
        self._snapper.enabled = stage.snapping
        self._from = max(ZERO, self._snapper.snap((ZERO,), at, scale).by)

    def move(self, pointer: Pointer) -> None:
        """Show it as long as it was drawn."""
        if not self.begins(pointer):
            return
        scale = self.stage.layout_now.scale
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((ZERO,), scale.time_at(pointer.x), scale)
        self.stage.show_snap(snapped.point)
        end = max(ZERO, snapped.by)
        start, end = min(self._from, end), max(self._from, end)
        self._show(TimeRange(start, max(end - start, self.stage.sequence.frame)))

    def _show(self, where: TimeRange) -> None:
        clip = self._sized(where)
        edit: Command = OverwriteClips(self.stage.sequence.id, ((self._track_id or self._new.id, where.start, clip),))
        if self._track_id is None:
            edit = Batch((AddTrack(self.stage.sequence.id, self._new), edit), "New title")
        else:
            edit = Batch((edit,), "New title")
        length = length_words(where.duration, self.stage.sequence.rate)
        label = f"{self.stage.timecode(where.start)}  {length}"
        covered = covers(self.stage.sequence, ((self._track_id, where),)) if self._track_id else ()
        ghost = Ghost(self._track_id, where, label)
        self.stage.draft(
            edit,
            (ghost,),
            QCoreApplication.translate("TitleDrag", "New title, {length}.").format(length=length),
            frozenset((clip.id,)),
            covered,
        )

    def _sized(self, where: TimeRange) -> Clip:
        return replace(self._clip, source_range=TimeRange(ZERO, where.duration))

    def release(self, pointer: Pointer) -> None:
        """Make it; a click makes one of the usual length."""
        if not self.has_begun:
            rate = self.stage.sequence.rate
            self._show(TimeRange(self._from, self._clip.duration.snapped(rate)))
        if self.stage.commit():
            self.stage.session.selection.items.set((self._clip.id,))


class TitleTool(Tool):
    """Titles stand on picture tracks; above the top one a track is made for it."""

    id: ClassVar[str] = "title"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Title")
    key: ClassVar[str] = "T"
    icon: ClassVar[str] = "type"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Click or drag on a picture track to make a title there; above the top track on a new one."
    )
    order: ClassVar[int] = 68
    cursor: ClassVar[Cursor] = Cursor.CrossCursor

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Begin to draw."""
        if hit.zone is Zone.ABOVE:
            return TitleDrag(self.stage, pointer, None)
        track = self.stage.sequence.track(hit.track_id) if hit.track_id else None
        if track is None or track.is_audio:
            self.stage.say(QCoreApplication.translate("TitleTool", "A title needs a picture track."))
            return None
        return TitleDrag(self.stage, pointer, track.id)

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """A cross where one can be made."""
        track = self.stage.sequence.track(hit.track_id) if hit.track_id else None
        return Cursor.CrossCursor if track is not None and not track.is_audio else Cursor.ForbiddenCursor
