"""Remove a marker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, sequence_of, with_clip
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.items import Marker
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class RemoveMarker(Command):
    """Remove a marker of the sequence or of one of its clips."""

    sequence_id: str
    marker_id: str
    label: ClassVar[str] = "Remove marker"

    def apply(self, project: Project, library: Library) -> Project:
        """The project without the marker."""
        sequence = sequence_of(project, self.sequence_id)
        kept = self._without(sequence.markers)
        if len(kept) < len(sequence.markers):
            return project.with_sequence(replace(sequence, markers=kept))
        for track in sequence.tracks:
            for clip, _ in track.clips():
                kept = self._without(clip.markers)
                if len(kept) < len(clip.markers):
                    found = free_clip(sequence, clip.id)
                    return with_clip(project, sequence, found, replace(clip, markers=kept))
        raise EditRefused("This marker is no longer in the sequence.")

    def _without(self, markers: tuple[Marker, ...]) -> tuple[Marker, ...]:
        return tuple(one for one in markers if one.id != self.marker_id)
