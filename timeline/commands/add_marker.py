"""Add a marker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, place, sequence_of, sound, with_clip
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.items import Marker
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class AddMarker(Command):
    """Add a marker to the sequence (record time, on a frame), or to a clip (source time)."""

    sequence_id: str
    marker: Marker
    clip_id: str | None = None
    label: ClassVar[str] = "Add marker"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with one marker more; markers are kept in order of time."""
        sequence = sequence_of(project, self.sequence_id)
        sound(self.marker)
        if self.clip_id is not None:
            found = free_clip(sequence, self.clip_id)
            return with_clip(project, sequence, found, replace(found.clip, markers=self._with(found.clip.markers)))
        place(sequence, self.marker.time)
        return project.with_sequence(replace(sequence, markers=self._with(sequence.markers)))

    def _with(self, markers: tuple[Marker, ...]) -> tuple[Marker, ...]:
        if any(one.id == self.marker.id for one in markers):
            raise EditRefused("This marker is already there.")
        return tuple(sorted((*markers, self.marker), key=lambda one: one.time))
