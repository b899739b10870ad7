"""Take a shot out of a storyboard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import storyboard_of
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class RemoveShot(Command):
    """Take a shot out; its takes and clips stay."""

    storyboard_id: str
    shot_id: str
    label: ClassVar[str] = "Remove shot"

    def apply(self, project: Project, library: Library) -> Project:
        """The project without the shot."""
        board = storyboard_of(project, self.storyboard_id)
        shots = tuple(shot for shot in board.shots if shot.id != self.shot_id)
        if len(shots) == len(board.shots):
            raise EditRefused("This shot is no longer in the storyboard.")
        return project.with_storyboard(replace(board, shots=shots))
