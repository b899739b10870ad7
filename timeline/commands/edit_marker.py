"""Change a marker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from timeline.checks import changed, free_clip, place, sequence_of, with_clip
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.items import Marker
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence


@dataclass(frozen=True)
class EditMarker(Command):
    """Set fields of a marker of the sequence or of one of its clips: time, name, note, colour, duration."""

    sequence_id: str
    marker_id: str
    changes: Mapping[str, Any]
    label: ClassVar[str] = "Change marker"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        sequence = sequence_of(project, self.sequence_id)
        markers = self._edited(sequence.markers, sequence)
        if markers is sequence.markers:
            return project
        if markers is not None:
            return project.with_sequence(replace(sequence, markers=markers))
        for track in sequence.tracks:
            for clip, _ in track.clips():
                markers = self._edited(clip.markers)
                if markers is not None:
                    found = free_clip(sequence, clip.id)
                    return with_clip(project, sequence, found, replace(clip, markers=markers))
        raise EditRefused("This marker is no longer in the sequence.")

    def _edited(self, markers: tuple[Marker, ...], sequence: Sequence | None = None) -> tuple[Marker, ...] | None:
        """The markers with the one changed; themselves when nothing differs, None when it is not among them."""
        old = next((one for one in markers if one.id == self.marker_id), None)
        if old is None:
            return None
        new = changed(old, self.changes, ("id",))
        if new is old:
            return markers
        if sequence is not None:
            place(sequence, new.time)
        return tuple(sorted((new if one is old else one for one in markers), key=lambda one: one.time))

    @property
    def merge_key(self) -> str:
        """The same fields of the same marker."""
        return f"edit_marker {self.marker_id} {','.join(sorted(self.changes))}"
