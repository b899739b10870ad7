"""Add a storyboard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import sound
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project
from timeline.storyboard import Storyboard


@dataclass(frozen=True)
class AddStoryboard(Command):
    """Add a storyboard behind the others."""

    storyboard: Storyboard
    label: ClassVar[str] = "Add storyboard"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with one storyboard more."""
        known = {shot.id for board in project.storyboards for shot in board.shots}
        if any(board.id == self.storyboard.id for board in project.storyboards) or known & {
            shot.id for shot in self.storyboard.shots
        }:
            raise EditRefused("This storyboard is already in the project.")
        return replace(project, storyboards=(*project.storyboards, sound(self.storyboard)))
