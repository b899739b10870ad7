"""Add a track."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import can_show, sequence_of, valid, whole_items
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project
from timeline.track import Track


@dataclass(frozen=True)
class AddTrack(Command):
    """Add a track, usually an empty one, at a place in `Sequence.tracks`; None puts it last."""

    sequence_id: str
    track: Track
    index: int | None = None
    label: ClassVar[str] = "Add track"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with one track more."""
        sequence = sequence_of(project, self.sequence_id)
        if sequence.track(self.track.id) is not None or any(sequence.track_holding(one.id) for one in self.track.items):
            raise EditRefused("This track is already in the sequence.")
        for clip, _ in self.track.clips():
            can_show(project, sequence, clip)
        tracks = list(sequence.tracks)
        tracks.insert(len(tracks) if self.index is None else self.index, whole_items(sequence, self.track))
        return project.with_sequence(valid(replace(sequence, tracks=tuple(tracks))))
