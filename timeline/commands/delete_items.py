"""Take clips away and leave gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, free_item, sequence_of, some
from timeline.command import Command
from timeline.edits import without
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class DeleteItems(Command):
    """Put gaps where the clips were; nothing moves. `| A | B | C |  ->  | A |   | C |` (A gap stays a gap.)"""

    sequence_id: str
    item_ids: tuple[str, ...]
    label: ClassVar[str] = "Delete"

    def apply(self, project: Project, library: Library) -> Project:
        """The project without the clips."""
        sequence = sequence_of(project, self.sequence_id)
        tracks = Tracks(project, sequence)
        ids = some(self.item_ids)
        clips = {one for one in ids if free_item(sequence, one) and sequence.clip(one) is not None}
        for track in {free_item(sequence, one).track.id for one in clips}:
            tracks[track] = without(tracks[track], clips)
        return tracks.done()
