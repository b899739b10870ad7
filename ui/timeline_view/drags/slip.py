"""Slipping: other source under a fixed place."""

from __future__ import annotations

from timeline import query
from timeline.commands.slip_clip import SlipClip
from timeline.time import RationalTime
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Drag, Pointer, Stage


class SlipDrag(Drag):
    """Dragging right shows earlier source: the film moves with the hand."""

    def __init__(self, stage: Stage, start: Pointer, clip_ids: tuple[str, ...]) -> None:
        super().__init__(stage, start)
        self._ids = clip_ids

    def _stopped(self, by: RationalTime) -> RationalTime:
        """`by` (later source is positive) up to where the media ends on either side."""
        sequence, library = self.stage.sequence, self.stage.session.document.library
        for clip_id in self._ids:
            clip = sequence.clip(clip_id)
            if clip is None:
                continue
            head, tail = query.handles(clip, library)
            if head is not None:
                by = max(by, -RationalTime.from_frames(head.frames(sequence.rate), sequence.rate))
            if tail is not None:
                by = min(by, RationalTime.from_frames(tail.frames(sequence.rate), sequence.rate))
        return by

    def move(self, pointer: Pointer) -> None:
        """Show the other source."""
        by = self._stopped(-self.by(pointer))
        command = SlipClip(self.stage.sequence.id, self._ids, by) if by else None
        self.stage.draft(command, (), f"Slip {frames(by, self.stage.sequence.rate)} of source.", frozenset(self._ids))
