"""Rename the project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class RenameProject(Command):
    """Give the project another name."""

    name: str
    label: ClassVar[str] = "Rename project"

    def apply(self, project: Project, library: Library) -> Project:
        """The project under its new name."""
        name = self.name.strip()
        if not name:
            raise EditRefused("A project needs a name.")
        return project if name == project.name else replace(project, name=name)

    @property
    def merge_key(self) -> str:
        """Merges while typing."""
        return "rename_project"
