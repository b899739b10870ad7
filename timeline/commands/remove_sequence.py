"""Remove a sequence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import sequence_of
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class RemoveSequence(Command):
    """Remove a sequence with all that stands on it. The last one stays, and one that another shows."""

    sequence_id: str
    label: ClassVar[str] = "Remove sequence"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with one sequence less."""
        gone = sequence_of(project, self.sequence_id)
        if len(project.sequences) == 1:
            raise EditRefused(f"“{gone.name}” is the only sequence; a project needs one.")
        for one in project.sequences:
            if one is not gone and any(gone.id in track.nested_ids for track in one.tracks):
                raise EditRefused(f"“{gone.name}” is shown in “{one.name}”; take it out there first.")
        return replace(project, sequences=tuple(one for one in project.sequences if one is not gone))
