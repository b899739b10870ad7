"""Change the order of shots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import storyboard_of
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class MoveShot(Command):
    """Move a shot so that it stands at `index` among the shots (counted without it). `A B C, C to 0  ->  C A B`"""

    storyboard_id: str
    shot_id: str
    index: int
    label: ClassVar[str] = "Move shot"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the shots in the new order."""
        board = storyboard_of(project, self.storyboard_id)
        shot = board.shot(self.shot_id)
        if shot is None:
            raise EditRefused("This shot is no longer in the storyboard.")
        others = [one for one in board.shots if one is not shot]
        others.insert(max(0, self.index), shot)
        if all(new is old for new, old in zip(others, board.shots, strict=True)):
            return project
        return project.with_storyboard(replace(board, shots=tuple(others)))
