"""Ungroup clips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import sequence_of, some, with_clips
from timeline.command import Command
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class UngroupClips(Command):
    """Take clips out of their groups; links of picture and sound stay."""

    sequence_id: str
    clip_ids: tuple[str, ...]
    label: ClassVar[str] = "Ungroup"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with these clips in no group."""
        sequence = sequence_of(project, self.sequence_id)
        return with_clips(project, sequence, some(self.clip_ids), lambda found: replace(found.clip, group=None))
