"""Link clips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import sequence_of, some, with_clips
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.items import new_id
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class LinkClips(Command):
    """Make clips one group (a picture and its sound) that is selected and edited together."""

    sequence_id: str
    clip_ids: tuple[str, ...]
    label: ClassVar[str] = "Link"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips linked to each other and to nothing else."""
        ids = some(self.clip_ids)
        if len(ids) < 2:
            raise EditRefused("Select two or more clips to link them.")
        link = new_id()
        sequence = sequence_of(project, self.sequence_id)
        return with_clips(project, sequence, ids, lambda found: replace(found.clip, link=link))
