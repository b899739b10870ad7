"""Change the order of tracks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import sequence_of, track_of, with_tracks
from timeline.command import Command
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class MoveTrack(Command):
    """Move a track so that it stands at `index` of `Sequence.tracks` (counted without it). `V1 V2 V3, V3 to 0  ->  V3 V1 V2`

    What lies higher covers what lies lower. A locked track may move: nothing on it changes.
    """

    sequence_id: str
    track_id: str
    index: int
    label: ClassVar[str] = "Move track"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the tracks in the new order."""
        sequence = sequence_of(project, self.sequence_id)
        track = track_of(sequence, self.track_id)
        others = [one for one in sequence.tracks if one is not track]
        others.insert(max(0, self.index), track)
        return with_tracks(project, sequence, tuple(others))
