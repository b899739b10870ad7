"""Set properties of a storyboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from timeline.checks import changed, storyboard_of
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project
from timeline.storyboard import STRUCTURES


@dataclass(frozen=True)
class SetStoryboard(Command):
    """Set fields of a storyboard: title, style, size, rate, structure, music, … Shots have verbs of their own."""

    storyboard_id: str
    changes: Mapping[str, Any]
    label: ClassVar[str] = "Change storyboard"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        old = storyboard_of(project, self.storyboard_id)
        new = changed(old, self.changes, ("id", "shots"))
        if new.narrative_structure not in STRUCTURES:
            raise EditRefused(f"A narrative structure is one of {', '.join(STRUCTURES)}.")
        return project if new is old else project.with_storyboard(new)

    @property
    def merge_key(self) -> str:
        """The same fields of the same storyboard."""
        return f"set_storyboard {self.storyboard_id} {','.join(sorted(self.changes))}"
