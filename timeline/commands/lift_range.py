"""Empty a stretch of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, open_tracks, sequence_of, span
from timeline.command import Command
from timeline.edits import lifted
from timeline.media import Library
from timeline.project import Project
from timeline.time import TimeRange


@dataclass(frozen=True)
class LiftRange(Command):
    """Leave a gap from mark in to mark out; nothing moves. `| A | B | C |  ->  | A|   |C |`

    `track_ids` None means all tracks that are not locked.
    """

    sequence_id: str
    range: TimeRange
    track_ids: tuple[str, ...] | None = None
    label: ClassVar[str] = "Lift"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the stretch empty."""
        sequence = sequence_of(project, self.sequence_id)
        tracks, where = Tracks(project, sequence), span(sequence, self.range)
        for track in open_tracks(sequence, self.track_ids):
            tracks[track.id] = lifted(track, where, tracks.links)
        return tracks.done()
