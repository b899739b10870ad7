"""Pulling an end of a clip so that the same source takes more or less time."""

from __future__ import annotations

from timeline import query
from timeline.commands.rate_stretch import RateStretch
from timeline.edits import first_from, room_before
from timeline.items import Clip
from timeline.time import ZERO, RationalTime
from timeline.track import Track
from ui.timeline_view.drags.trim import EDGE_THRESHOLD_PX, Edge
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Bracket, Drag, Pointer, Stage
from ui.words import MINUS


class StretchDrag(Drag):
    """Goes as far as the empty time beside the clip; how fast that may be is decided by RateStretch."""

    def __init__(self, stage: Stage, start: Pointer, clip_id: str, edge: Edge) -> None:
        super().__init__(stage, start)
        self._edge: Edge = edge
        self._at = self._edge_time(clip_id)
        ids = (clip_id,) if start.alt else stage.linked_ids((clip_id,))
        same = (one for one in ids if one != clip_id and self._edge_time(one) == self._at)
        self._ids = (clip_id, *same)
        self._snapper = stage.snapper(frozenset(self._ids))

    def _edge_time(self, clip_id: str) -> RationalTime | None:
        where = query.range_of(self.stage.sequence, clip_id)
        return None if where is None else where.start if self._edge == "in" else where.end

    def _held(self) -> list[tuple[Clip, Track]]:
        sequence, found = self.stage.sequence, []
        for one in self._ids:
            clip, track = sequence.clip(one), sequence.track_holding(one)
            if clip is not None and track is not None:
                found.append((clip, track))
        return found

    def _stopped(self, by: RationalTime) -> tuple[RationalTime, bool]:
        """`by` up to the clip beside it, or one frame of length; and whether a clip was in the way."""
        wanted = by
        for clip, track in self._held():
            longest = clip.duration - self.stage.sequence.frame
            place = track.index_of(clip.id) or 0
            if self._edge == "in":
                by = min(max(by, -room_before(track, place)), longest)
                continue
            by = max(by, -longest)
            end = track.starts[place + 1]
            following = first_from(track, end)
            by = by if following is None else min(by, track.starts[following] - end)
        return by, by != wanted

    def move(self, pointer: Pointer) -> None:
        """Show the clip at the speed that fits."""
        if self._at is None or not self.begins(pointer, EDGE_THRESHOLD_PX):
            return
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((self._at,), self.by(pointer), self.stage.layout_now.scale)
        by, stopped = self._stopped(snapped.by)
        self.stage.show_snap(snapped.point if by == snapped.by else None)
        command = RateStretch(self.stage.sequence.id, self._ids[0], self._edge, by, self._ids[1:]) if by else None
        said = f"Rate stretch {frames(by, self.stage.sequence.rate)}, {self._speed(by)}."
        self.stage.draft(command, (), said + (" No empty time beyond." if stopped else ""), frozenset(self._ids))
        tracks = [track.id for _, track in self._held()]
        note = self._speed(by)
        brackets = (Bracket(one, self._at + by, self._edge, "roll", stopped, note) for one in tracks)
        self.stage.show_brackets(tuple(brackets))

    def _speed(self, by: RationalTime) -> str:
        """`86.5 %`, of the clip that is held."""
        clip = self.stage.sequence.clip(self._ids[0])
        length = clip.duration + (by if self._edge == "out" else -by) if clip is not None else ZERO
        if clip is None or length <= ZERO:
            return ""
        speed = float(clip.source_range.duration / length) * 100
        return f"{MINUS if clip.speed < 0 else ''}{speed:.4g} %"
