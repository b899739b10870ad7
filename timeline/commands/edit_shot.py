"""Set properties of a shot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from timeline.checks import changed, storyboard_of
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project
from timeline.storyboard import CAMERA_MOTIONS, SUBJECT_MOTIONS, TRANSITIONS, Shot

_WORDS = {"camera_motion": CAMERA_MOTIONS, "subject_motion": SUBJECT_MOTIONS, "transition": ["", *TRANSITIONS]}


@dataclass(frozen=True)
class EditShot(Command):
    """Set fields of a shot: description, duration, camera_motion, mood, … Merges while typing."""

    storyboard_id: str
    shot_id: str
    changes: Mapping[str, Any]
    label: ClassVar[str] = "Change shot"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        board = storyboard_of(project, self.storyboard_id)
        old = board.shot(self.shot_id)
        if old is None:
            raise EditRefused("This shot is no longer in the storyboard.")
        new = changed(old, self.changes, ("id",))
        if new is old:
            return project
        self._sensible(new)
        return project.with_storyboard(
            replace(board, shots=tuple(new if shot.id == new.id else shot for shot in board.shots))
        )

    def _sensible(self, shot: Shot) -> None:
        for name, words in _WORDS.items():
            if name in self.changes and getattr(shot, name) not in words:
                raise EditRefused(f"“{getattr(shot, name)}” is not a {name.replace('_', ' ')}.")

    @property
    def merge_key(self) -> str:
        """The same fields of the same shot."""
        return f"edit_shot {self.shot_id} {','.join(sorted(self.changes))}"
