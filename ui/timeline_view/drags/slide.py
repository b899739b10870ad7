"""Sliding: a clip moves, its neighbours are trimmed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio_app.session.trim_view import slide_view
from timeline import query
from timeline.command import Batch, Command
from timeline.commands.slide_clip import SlideClip
from timeline.items import Clip
from timeline.time import ZERO, RationalTime
from ui.timeline_view.drags.holding import free_handles
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Bracket, Drag, Ghost, Pointer, Stage


class SlideDrag(Drag):
    """It goes as far as its neighbours last, and their media reach."""

    def __init__(self, stage: Stage, start: Pointer, clip_ids: tuple[str, ...]) -> None:
        super().__init__(stage, start)
        self._ids = clip_ids
        ranges = [where for one in clip_ids if (where := query.range_of(stage.sequence, one)) is not None]
        self._edges: set[RationalTime] = {edge for where in ranges for edge in (where.start, where.end)}
        self._snapper = stage.snapper(frozenset(clip_ids))

    def _stopped(self, by: RationalTime) -> tuple[RationalTime, bool]:
        """`by` up to where a neighbour is used up, or its media; and whether it was the media."""
        media = False
        for clip_id in self._ids:
            low, high, low_media, high_media = self._room(clip_id)
            if by < -low:
                by, media = -low, low_media
            elif high is not None and by > high:
                by, media = high, high_media
        return by, media

    def _room(self, clip_id: str) -> tuple[RationalTime, RationalTime | None, bool, bool]:
        """How far a clip slides earlier and later, and whether media is what ends it there."""
        sequence = self.stage.sequence
        track = sequence.track_holding(clip_id)
        place = track.index_of(clip_id) if track is not None else None
        if track is None or place is None:
            return ZERO, ZERO, False, False
        left = track.items[place - 1] if place else None
        right = track.items[place + 1] if place + 1 < len(track.items) else None
        frame = sequence.frame
        low = ZERO if left is None else left.duration - (frame if isinstance(left, Clip) else ZERO)
        high = None if right is None else right.duration - (frame if isinstance(right, Clip) else ZERO)
        head = free_handles(self.stage, right)[0] if isinstance(right, Clip) else None
        tail = free_handles(self.stage, left)[1] if isinstance(left, Clip) else None
        low_media, high_media = head is not None and head < low, tail is not None and (high is None or tail < high)
        return (
            head if head is not None and low_media else low,
            tail if high_media else high,
            low_media,
            high_media,
        )

    def move(self, pointer: Pointer) -> None:
        """Show the clip between its neighbours."""
        if not self.begins(pointer):
            return
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap(sorted(self._edges), self.by(pointer), self.stage.layout_now.scale)
        by, stopped = self._stopped(snapped.by)
        self.stage.show_snap(snapped.point if by == snapped.by else None)
        said = QCoreApplication.translate("SlideDrag", "Slide {frames}.{extra}").format(
            frames=frames(by, self.stage.sequence.rate),
            extra=QCoreApplication.translate("SlideDrag", " The media beside it ends here.") if stopped else "",
        )
        self.stage.draft(self._command(by), self._ghosts(by), said, frozenset(self._ids))
        self.stage.show_brackets(self._brackets(by, stopped))
        self._show_ends(by)

    def _show_ends(self, by: RationalTime) -> None:
        """What stands before and behind the clip side by side, its own ends small."""
        moved, shown = by.nearest_frame(self.stage.sequence.rate), self.stage.shown_sequence
        views = (slide_view(shown, one, moved) for one in self._ids)
        view = next((one for one in views if one is not None), None)
        if view is not None:
            self.stage.show_trim(view)

    def _ghosts(self, by: RationalTime) -> tuple[Ghost, ...]:
        found: list[Ghost] = []
        for clip_id in self._ids:
            where, track = query.range_of(self.stage.sequence, clip_id), self.stage.sequence.track_holding(clip_id)
            if where is not None and track is not None:
                start = where.start + by
                label = f"{self.stage.timecode(start)}  {frames(by, self.stage.sequence.rate)}" if not found else ""
                found.append(Ghost(track.id, where.moved(by), label, track.is_audio))
        return tuple(found)

    def _brackets(self, by: RationalTime, stopped: bool) -> tuple[Bracket, ...]:
        found = []
        for clip_id in self._ids:
            where, track = query.range_of(self.stage.sequence, clip_id), self.stage.sequence.track_holding(clip_id)
            if where is not None and track is not None:
                found.append(Bracket(track.id, where.start + by, "both", "roll", stopped and by < ZERO))
                found.append(Bracket(track.id, where.end + by, "both", "roll", stopped and by > ZERO))
        return tuple(found)

    def _command(self, by: RationalTime) -> Command | None:
        if not by:
            return None
        slides = tuple(SlideClip(self.stage.sequence.id, one, by) for one in self._ids)
        return slides[0] if len(slides) == 1 else Batch(slides, "Slide")
