"""Unlink clips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import sequence_of, some, with_clips
from timeline.command import Command
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class UnlinkClips(Command):
    """Let clips go their own way."""

    sequence_id: str
    clip_ids: tuple[str, ...]
    label: ClassVar[str] = "Unlink"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with these clips in no group."""
        sequence = sequence_of(project, self.sequence_id)
        return with_clips(project, sequence, some(self.clip_ids), lambda found: replace(found.clip, link=None))
