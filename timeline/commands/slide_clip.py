"""Move a clip between its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, free_clip, has_media, on_frame, sequence_of, still_long
from timeline.command import Command
from timeline.edits import exchanged, resized
from timeline.errors import EditRefused
from timeline.items import Clip, Gap, Item
from timeline.media import Library
from timeline.project import Project
from timeline.query import frames_text
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.track import Track


@dataclass(frozen=True)
class SlideClip(Command):
    """Move a clip `by` (positive: later) with its source unchanged; its neighbours give way or follow, nothing else moves.

    `| A | B | C |  ->  | A  | B |C|`. A gap beside it does the same.
    """

    sequence_id: str
    clip_id: str
    by: RationalTime
    label: ClassVar[str] = "Slide"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clip moved."""
        sequence = sequence_of(project, self.sequence_id)
        clip, track, where, position = free_clip(sequence, self.clip_id)
        on_frame(sequence, self.by)
        if not self.by:
            return project
        if where.start + self.by < ZERO:
            raise EditRefused("Nothing can stand before the start of the sequence.")
        row: dict[str, tuple[Item, ...]] = {}
        left = track.items[position - 1] if position else None
        right = track.items[position + 1] if position + 1 < len(track.items) else None
        if left is None:
            row[clip.id] = (Gap(self.by), clip)
        else:
            row[left.id] = (self._resized(project, sequence, track, left, library, tail=self.by),)
        if right is not None:
            row[right.id] = (self._resized(project, sequence, track, right, library, head=-self.by),)
        tracks = Tracks(project, sequence)
        tracks[track.id] = exchanged(track, row)
        return tracks.done()

    def _resized(
        self,
        project: Project,
        sequence: Sequence,
        track: Track,
        item: Item,
        library: Library,
        head: RationalTime = ZERO,
        tail: RationalTime = ZERO,
    ) -> Item:
        duration = item.duration + head + tail
        if isinstance(item, Clip):
            still_long(sequence, item, duration, library)
            has_media(sequence, track, item, library, project, head=head, tail=tail)
            return resized(item, head, tail)
        if duration < ZERO:
            raise EditRefused(
                f"There are only {frames_text(item.duration, sequence.rate)} of empty time to slide into."
            )
        return Gap(duration, id=item.id, extra=item.extra)
