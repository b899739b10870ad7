"""Group clips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, sequence_of, some, with_clip
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.items import new_id
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class GroupClips(Command):
    """Make clips one group that is selected and moved together, whatever they are; each leaves the group it was in."""

    sequence_id: str
    clip_ids: tuple[str, ...]
    label: ClassVar[str] = "Group"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips in one new group."""
        ids = some(self.clip_ids)
        if len(ids) < 2:
            raise EditRefused("Select two or more clips to group them.")
        group = new_id()
        for clip_id in ids:
            sequence = sequence_of(project, self.sequence_id)
            found = free_clip(sequence, clip_id)
            project = with_clip(project, sequence, found, replace(found.clip, group=group))
        return project
