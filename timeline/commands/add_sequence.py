"""Add a sequence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence


@dataclass(frozen=True)
class AddSequence(Command):
    """Add a sequence behind the others."""

    sequence: Sequence
    label: ClassVar[str] = "Add sequence"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with one sequence more."""
        if project.sequence(self.sequence.id) is not None:
            raise EditRefused("This sequence is already in the project.")
        return replace(project, sequences=(*project.sequences, self.sequence))
