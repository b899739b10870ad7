"""Rolling a cut between two clips."""

from __future__ import annotations

from timeline import query
from timeline.command import Batch, Command
from timeline.commands.roll_edit import RollEdit
from timeline.time import ZERO, RationalTime
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

    def _stopped(self, by: RationalTime) -> RationalTime:
        """`by` up to where a clip or its media ends."""
        sequence, library = self.stage.sequence, self.stage.session.document.library
        for left_id, right_id in self._pairs:
            left, right = sequence.clip(left_id), sequence.clip(right_id)
            if left is None or right is None:
                continue
            tail, head = query.handles(left, library)[1], query.handles(right, library)[0]
            high = [right.duration - sequence.frame] + ([_whole(tail, self.stage)] if tail is not None else [])
            low = [left.duration - sequence.frame] + ([_whole(head, self.stage)] if head is not None else [])
            by = max(min(by, *high), -min(low))
        return by

    def move(self, pointer: Pointer) -> None:
        """Show the cut elsewhere."""
        if self._at is None:
            return
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap((self._at,), self.by(pointer), self.stage.layout_now.scale)
        by = self._stopped(snapped.by)
        self.stage.show_snap(snapped.point if by == snapped.by else None)
        moving = frozenset(one for pair in self._pairs for one in pair)
        self.stage.draft(self._command(by), (), f"Roll {frames(by, self.stage.sequence.rate)}.", moving)
        tracks = [self.stage.sequence.track_holding(left) for left, _ in self._pairs]
        self.stage.show_brackets(tuple(Bracket(t.id, self._at + by, "both", "roll") for t in tracks if t is not None))

    def _command(self, by: RationalTime) -> Command | None:
        if by == ZERO:
            return None
        rolls = tuple(RollEdit(self.stage.sequence.id, left, right, by) for left, right in self._pairs)
        return rolls[0] if len(rolls) == 1 else Batch(rolls, "Roll")


def _whole(time: RationalTime, stage: Stage) -> RationalTime:
    rate = stage.sequence.rate
    return RationalTime.from_frames(time.frames(rate), rate)
