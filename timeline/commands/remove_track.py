"""Remove a track with all that stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import free_track, sequence_of, with_tracks
from timeline.command import Command
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class RemoveTrack(Command):
    """Remove a track with all that stands on it."""

    sequence_id: str
    track_id: str
    label: ClassVar[str] = "Remove track"

    def apply(self, project: Project, library: Library) -> Project:
        """The project without the track."""
        sequence = sequence_of(project, self.sequence_id)
        track = free_track(sequence, self.track_id)
        return with_tracks(project, sequence, tuple(one for one in sequence.tracks if one is not track))
