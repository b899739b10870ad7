"""Rolling a cut between two clips."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timeline import query
from timeline.command import Batch, Command
from timeline.commands.roll_edit import RollEdit
from timeline.time import ZERO, RationalTime
from ui.timeline_view.drags.end import EDGE_THRESHOLD_PX
from ui.timeline_view.drags.holding import free_handles, left_words, show_cut
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Bracket, Drag, Pointer, Stage


class RollDrag(Drag):
    """Holds a cut and, while linked selection is on, the cut of the linked clips at the same time."""

    def __init__(self, stage: Stage, start: Pointer, left_id: str, right_id: str) -> None:
        super().__init__(stage, start)
        where = query.range_of(stage.sequence, right_id)
        self._at = where.start if where is not None else None
        self._pairs = [(left_id, right_id)]
        if not start.alt:
            self._pairs += self._linked_pairs(left_id, right_id)
        self._snapper = stage.snapper(frozenset(one for pair in self._pairs for one in pair))

    def _linked_pairs(self, left_id: str, right_id: str) -> list[tuple[str, str]]:
        pairs = []
        rights = set(self.stage.linked_ids((right_id,)))
        for left in self.stage.linked_ids((left_id,)):
            track = self.stage.sequence.track_holding(left)
            if left == left_id or track is None or track.locked:
                continue
            _, right = query.neighbours(track, left)
            where = query.range_of(self.stage.sequence, left)
            if right is not None and right.id in rights and where is not None and where.end == self._at:
                pairs.append((left, right.id))
        return pairs

    def _stopped(self, by: RationalTime) -> tuple[RationalTime, bool]:
        """`by` up to where a clip or its media ends, and whether it was the media."""
        sequence, media = self.stage.sequence, False
        for left_id, right_id in self._pairs:
            left, right = sequence.clip(left_id), sequence.clip(right_id)
            if left is None or right is None:
                continue
            tail, head = free_handles(self.stage, left)[1], free_handles(self.stage, right)[0]
            shortest = (right.duration - sequence.frame, left.duration - sequence.frame)
            high = shortest[0] if tail is None else min(shortest[0], tail)
            low = shortest[1] if head is None else min(shortest[1], head)
            if by > high:
                by, media = high, high < shortest[0]
            elif by < -low:
                by, media = -low, low < shortest[1]
        return by, media

    def move(self, pointer: Pointer) -> None:
        """Show the cut elsewhere."""
        if self._at is None or not self.begins(pointer, EDGE_THRESHOLD_PX):
            return
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((self._at,), self.by(pointer), self.stage.layout_now.scale)
        by, stopped = self._stopped(snapped.by)
        self.stage.show_snap(snapped.point if by == snapped.by else None)
        moving = frozenset(one for pair in self._pairs for one in pair)
        said = QCoreApplication.translate("RollDrag", "Roll {frames}.{extra}").format(
            frames=frames(by, self.stage.sequence.rate),
            extra=QCoreApplication.translate("RollDrag", " The media ends here.") if stopped else "",
        )
        self.stage.draft(self._command(by), (), said, moving)
        self.stage.show_brackets(self._brackets(self._at + by, by, stopped))
        tracks = [self.stage.sequence.track_holding(left) for left, _ in self._pairs]
        picture = next((track for track in tracks if track is not None and not track.is_audio), None)
        if picture is not None:
            show_cut(self.stage, picture.id, self._at + by, by, by)

    def _brackets(self, at: RationalTime, by: RationalTime, stopped: bool) -> tuple[Bracket, ...]:
        found = []
        for left_id, right_id in self._pairs:
            track, left = self.stage.sequence.track_holding(left_id), self.stage.sequence.clip(left_id)
            right = self.stage.sequence.clip(right_id)
            if track is None or left is None or right is None:
                continue
            tail, head = free_handles(self.stage, left)[1], free_handles(self.stage, right)[0]
            tail, head = (None if tail is None else tail - by), (None if head is None else head + by)
            ends = (None if head is None else at - head, None if tail is None else at + tail)
            room = tail if by >= ZERO else head
            found.append(Bracket(track.id, at, "both", "roll", stopped, left_words(self.stage, room), ends))
        return tuple(found)

    def _command(self, by: RationalTime) -> Command | None:
        if by == ZERO:
            return None
        rolls = tuple(RollEdit(self.stage.sequence.id, left, right, by) for left, right in self._pairs)
        return rolls[0] if len(rolls) == 1 else Batch(rolls, "Roll")

    def release(self, pointer: Pointer) -> None:
        """Make the edit; a click selects the cut."""
        if self.has_begun:
            self.stage.commit()
            return
        self.stage.end_draft()
        if self._at is not None:
            tracks = (self.stage.sequence.track_holding(left) for left, _ in self._pairs)
            ids = tuple(track.id for track in tracks if track is not None)
            self.stage.select_edit(ids, self._at, "both", add=self.start.shift)
