"""Add a shot to a storyboard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import sound, storyboard_of
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project
from timeline.storyboard import Shot


@dataclass(frozen=True)
class AddShot(Command):
    """Add a shot at `index`; None puts it last."""

    storyboard_id: str
    shot: Shot
    index: int | None = None
    label: ClassVar[str] = "Add shot"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with one shot more."""
        board = storyboard_of(project, self.storyboard_id)
        if project.shot(self.shot.id) is not None:
            raise EditRefused("This shot is already in a storyboard.")
        shots = list(board.shots)
        shots.insert(len(shots) if self.index is None else self.index, sound(self.shot))
        return project.with_storyboard(replace(board, shots=tuple(shots)))
