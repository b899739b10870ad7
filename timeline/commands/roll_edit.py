"""Move the cut between two clips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, free_clip, has_media, on_frame, sequence_of, still_long
from timeline.command import Command
from timeline.edits import exchanged, resized
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project
from timeline.time import RationalTime


@dataclass(frozen=True)
class RollEdit(Command):
    """Move the cut between two neighbours `by` (positive: later); nothing else moves. `| A | B |  ->  | A  |B|`"""

    sequence_id: str
    left_id: str
    right_id: str
    by: RationalTime
    label: ClassVar[str] = "Roll"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the cut moved."""
        sequence = sequence_of(project, self.sequence_id)
        left, track, left_range, position = free_clip(sequence, self.left_id)
        right, other, right_range, next_position = free_clip(sequence, self.right_id)
        if track is not other or next_position != position + 1:
            raise EditRefused("Only the cut between two clips that touch can be rolled.")
        on_frame(sequence, self.by)
        still_long(sequence, left, left_range.duration + self.by, library)
        still_long(sequence, right, right_range.duration - self.by, library)
        has_media(sequence, track, left, library, project, tail=self.by)
        has_media(sequence, track, right, library, project, head=-self.by)
        if not self.by:
            return project
        tracks = Tracks(project, sequence)
        tracks[track.id] = exchanged(
            track, {left.id: (resized(left, tail=self.by),), right.id: (resized(right, head=-self.by),)}
        )
        return tracks.done()
