"""Trimming an end of a clip: overwrite trim leaves a gap or covers, ripple trim shifts what follows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timeline.command import Batch, Command
from timeline.commands.ripple_trim_clip import RippleTrimClip
from timeline.commands.trim_clip import TrimClip
from timeline.time import ZERO, RationalTime, TimeRange
from ui.timeline_view.covering import covers
from ui.timeline_view.drags.end import EDGE_THRESHOLD_PX, Edge, EndDrag
from ui.timeline_view.drags.holding import free_handles, left_words, show_cut
from ui.timeline_view.drags.words import clips, frames
from ui.timeline_view.tools.base import Bracket, Cover, Pointer, Stage


def trim_kind(stage: Stage, ctrl: bool) -> str:
    """Which trim a press means now: `overwrite` or `ripple` (Ctrl, or ripple mode, but not both)."""
    return "ripple" if ctrl != stage.ripple_mode else "overwrite"


class TrimDrag(EndDrag):
    """Moves the ends it holds. `kind`: `overwrite` or `ripple`; empty: as the modifiers say."""

    def __init__(self, stage: Stage, start: Pointer, clip_id: str, edge: Edge, kind: str = "") -> None:
        super().__init__(stage, start, clip_id, edge)
        self._kind = kind

    def _stopped(self, by: RationalTime) -> tuple[RationalTime, bool]:
        """`by` up to where the media or the clip ends, and whether it was the media that stopped it."""
        stopped = False
        for clip, _ in self._held():
            longest = clip.duration - self.stage.sequence.frame
            head, tail = free_handles(self.stage, clip)
            low, high = (None if head is None else -head, longest) if self._edge == "in" else (-longest, tail)
            if low is not None and by < low:
                by, stopped = low, low != -longest
            elif high is not None and by > high:
                by, stopped = high, high != longest
        return by, stopped

    def move(self, pointer: Pointer) -> None:
        """Show the clip with its end elsewhere."""
        if self._at is None or not self.begins(pointer, EDGE_THRESHOLD_PX):
            return
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((self._at,), self.by(pointer), self.stage.layout_now.scale)
        by, stopped = self._stopped(snapped.by)
        kind = self._kind or trim_kind(self.stage, pointer.ctrl)
        if self._edge == "in" and kind == "overwrite" and self._at + by < ZERO:
            by, stopped = -self._at, False
        self.stage.show_snap(snapped.point if by == snapped.by else None)
        covered = self._covered(by) if kind == "overwrite" else ()
        verb = (
            QCoreApplication.translate("TrimDrag", "Ripple trim")
            if kind == "ripple"
            else QCoreApplication.translate("TrimDrag", "Trim")
        )
        said = f"{verb} {frames(by, self.stage.sequence.rate)}"
        said += (
            QCoreApplication.translate("TrimDrag", ", covers {clips}.").format(clips=clips(len(covered)))
            if covered
            else "."
        )
        said += QCoreApplication.translate("TrimDrag", " The media ends here.") if stopped else ""
        self.stage.draft(self._command(by, kind), (), said, frozenset(self._ids), covered)
        at = self._at if kind == "ripple" and self._edge == "in" else self._at + by
        self.stage.show_brackets(self._brackets(at, by, kind, stopped))
        held = self._held()
        if held:
            left, right = (None, by) if self._edge == "in" else (by, None)
            picture = next((track for _, track in held if not track.is_audio), held[0][1])
            show_cut(self.stage, picture.id, at, left, right)

    def _covered(self, by: RationalTime) -> tuple[Cover, ...]:
        """What the longer clip would lie over."""
        if self._at is None or (by >= ZERO) == (self._edge == "in"):
            return ()
        where = TimeRange.between(min(self._at, self._at + by), max(self._at, self._at + by))
        return covers(self.stage.sequence, ((track.id, where) for _, track in self._held()), self._ids)

    def _brackets(self, at: RationalTime, by: RationalTime, kind: str, stopped: bool) -> tuple[Bracket, ...]:
        found = []
        for clip, track in self._held():
            handle = free_handles(self.stage, clip)[0 if self._edge == "in" else 1]
            left = None if handle is None else (handle + by if self._edge == "in" else handle - by)
            end = None if left is None else (at - left if self._edge == "in" else at + left)
            ends = (end, None) if self._edge == "in" else (None, end)
            note = left_words(self.stage, left)
            found.append(Bracket(track.id, at, self._edge, kind, stopped and left == ZERO, note, ends))
        return tuple(found)

    def _command(self, by: RationalTime, kind: str) -> Command | None:
        if by == ZERO:
            return None
        sequence_id = self.stage.sequence.id
        if kind == "ripple":
            return RippleTrimClip(sequence_id, self._ids[0], self._edge, by, None, self._ids[1:])
        trims = tuple(TrimClip(sequence_id, one, self._edge, by) for one in self._ids)
        return trims[0] if len(trims) == 1 else Batch(trims, "Trim")

    def release(self, pointer: Pointer) -> None:
        """Make the edit; a click selects the edit at this end."""
        if self.has_begun:
            self.stage.commit()
            return
        self.stage.end_draft()
        if self._at is not None:
            tracks = tuple(track.id for _, track in self._held())
            self.stage.select_edit(tracks, self._at, self._edge, add=self.start.shift)
