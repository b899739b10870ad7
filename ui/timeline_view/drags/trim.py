"""Trimming an end of a clip: overwrite trim leaves a gap or covers, ripple trim shifts what follows."""

from __future__ import annotations

from typing import Literal

from timeline import query
from timeline.command import Batch, Command
from timeline.commands.ripple_trim_clip import RippleTrimClip
from timeline.commands.trim_clip import TrimClip
from timeline.items import Clip
from timeline.time import ZERO, RationalTime
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Bracket, Drag, Pointer, Stage

Edge = Literal["in", "out"]


def trim_kind(stage: Stage, ctrl: bool) -> str:
    """Which trim a press means now: `overwrite` or `ripple` (Ctrl, or ripple mode, but not both)."""
    return "ripple" if ctrl != stage.ripple_mode else "overwrite"


class TrimDrag(Drag):
    """Holds one end of a clip and, while linked selection is on, the same end of what is linked and ends there too."""

    def __init__(self, stage: Stage, start: Pointer, clip_id: str, edge: Edge, kind: str = "") -> None:
        super().__init__(stage, start)
        self._edge: Edge = edge
        self._kind = kind
        self._at = self._edge_time(clip_id)
        ids = (clip_id,) if start.alt else stage.linked_ids((clip_id,))
        others = (one for one in ids if one != clip_id and self._edge_time(one) == self._at and self._is_free(one))
        self._ids = (clip_id, *others)
        self._snapper = stage.snapper(frozenset(self._ids))

    def _edge_time(self, clip_id: str) -> RationalTime | None:
        where = query.range_of(self.stage.sequence, clip_id)
        return None if where is None else where.start if self._edge == "in" else where.end

    def _is_free(self, clip_id: str) -> bool:
        track = self.stage.sequence.track_holding(clip_id)
        return track is not None and not track.locked

    def _stopped(self, by: RationalTime) -> tuple[RationalTime, bool]:
        """`by` up to where the media or the clip ends, and whether it was the media that stopped it."""
        rate, stopped = self.stage.sequence.rate, False
        for clip_id in self._ids:
            clip = self.stage.sequence.clip(clip_id)
            if not isinstance(clip, Clip):
                continue
            head, tail = query.handles(clip, self.stage.session.document.library)
            longest = clip.duration - self.stage.sequence.frame
            handle = head if self._edge == "in" else tail
            whole = None if handle is None else RationalTime.from_frames(handle.frames(rate), rate)
            low, high = (None if whole is None else -whole, longest) if self._edge == "in" else (-longest, whole)
            if low is not None and by < low:
                by, stopped = low, low != -longest
            elif high is not None and by > high:
                by, stopped = high, high != longest
        return by, stopped

    def move(self, pointer: Pointer) -> None:
        """Show the clip with its end elsewhere."""
        if self._at is None:
            return
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((self._at,), self.by(pointer), self.stage.layout_now.scale)
        by, stopped = self._stopped(snapped.by)
        kind = self._kind or trim_kind(self.stage, pointer.ctrl)
        if self._edge == "in" and kind == "overwrite" and self._at + by < ZERO:
            by = -self._at
        self.stage.show_snap(snapped.point if by == snapped.by else None)
        command = self._command(by, kind)
        verb = "Ripple trim" if kind == "ripple" else "Trim"
        said = f"{verb} {frames(by, self.stage.sequence.rate)}.{' The media ends here.' if stopped else ''}"
        self.stage.draft(command, (), said, frozenset(self._ids))
        at = self._at if kind == "ripple" and self._edge == "in" else self._at + by
        tracks = [self.stage.sequence.track_holding(one) for one in self._ids]
        brackets = (Bracket(track.id, at, self._edge, kind, stopped) for track in tracks if track is not None)
        self.stage.show_brackets(tuple(brackets))

    def _command(self, by: RationalTime, kind: str) -> Command | None:
        if by == ZERO:
            return None
        sequence_id = self.stage.sequence.id
        if kind == "ripple":
            if len(self._ids) == 1:
                return RippleTrimClip(sequence_id, self._ids[0], self._edge, by)
            first, *rest = self._ids
            own = {track.id for one in self._ids if (track := self.stage.sequence.track_holding(one)) is not None}
            in_sync = tuple(t.id for t in self.stage.sequence.tracks if not t.locked and t.id not in own)
            each: list[Command] = [RippleTrimClip(sequence_id, first, self._edge, by, in_sync)]
            each += [RippleTrimClip(sequence_id, one, self._edge, by, ()) for one in rest]
            return Batch(tuple(each), "Ripple trim")
        trims = tuple(TrimClip(sequence_id, one, self._edge, by) for one in self._ids)
        return trims[0] if len(trims) == 1 else Batch(trims, "Trim")
