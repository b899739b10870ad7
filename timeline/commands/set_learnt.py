"""Say whether takes of this project are made with what was learnt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from timeline.command import Command
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class SetLearnt(Command):
    """Make takes with what the user accepted of what Starcut learnt, or without."""

    used: bool

    @property
    def label(self) -> str:  # type: ignore[override]
        """By what is wanted from now on."""
        return "Use what was learnt" if self.used else "Leave out what was learnt"

    def apply(self, project: Project, library: Library) -> Project:
        """The project that wants it so."""
        return project if self.used == project.uses_learnt else replace(project, uses_learnt=self.used)
