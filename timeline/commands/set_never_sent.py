"""Say which words this project never sends to services."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.command import Command
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class SetNeverSent(Command):
    """Words and names that are taken out of every prompt, whatever the word filter is set to. Each counts once, without blanks."""

    words: tuple[str, ...]
    label: ClassVar[str] = "Words never sent"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with its list."""
        words = tuple(dict.fromkeys(one for word in self.words if (one := " ".join(word.split()))))
        return project if words == project.never_sent else replace(project, never_sent=words)
