"""Add a sequence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import not_too_deep, one_more_sequence, sound, whole_items
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.nesting import levels_within, shows_itself
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
        one_more_sequence(project)
        tracks = tuple(whole_items(self.sequence, track) for track in self.sequence.tracks)
        same = all(new is old for new, old in zip(tracks, self.sequence.tracks, strict=True))
        new = sound(self.sequence if same else replace(self.sequence, tracks=tracks))
        project = replace(project, sequences=(*project.sequences, new))
        if shows_itself(project, new):
            raise EditRefused(f"“{new.name}” would stand within itself.")
        not_too_deep(project, new, levels_within(project, (new.id,)) - 1)
        return project
