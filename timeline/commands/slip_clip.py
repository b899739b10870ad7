"""Change what a clip shows, not where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, free_clip, has_media, on_frame, sequence_of, some
from timeline.command import Command
from timeline.edits import exchanged, slipped
from timeline.items import Item
from timeline.media import Library
from timeline.project import Project
from timeline.time import RationalTime


@dataclass(frozen=True)
class SlipClip(Command):
    """Show what would have come `by` later (negative: earlier), in record time, in the same place. `| 3-6 |  ->  | 4-7 |`

    A mouse drag to the right pulls the picture later and so shows what came earlier: it is a negative `by`.
    """

    sequence_id: str
    clip_ids: tuple[str, ...]
    by: RationalTime
    label: ClassVar[str] = "Slip"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with other source in the clips."""
        sequence = sequence_of(project, self.sequence_id)
        tracks = Tracks(project, sequence)
        on_frame(sequence, self.by)
        rows: dict[
            str, dict[str, tuple[Item, ...]]
        ] = {}  # each track is made anew once, however many clips are slipped
        for clip_id in some(self.clip_ids):
            clip, track, _, _ = free_clip(sequence, clip_id)
            has_media(sequence, track, clip, library, project, head=-self.by, tail=self.by)
            if self.by:
                rows.setdefault(track.id, {})[clip_id] = (slipped(clip, self.by),)
        for track_id, row in rows.items():
            tracks[track_id] = exchanged(tracks[track_id], row)
        return tracks.done()
