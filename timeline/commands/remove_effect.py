"""Take an effect off a clip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, sequence_of, with_clip
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class RemoveEffect(Command):
    """Take an effect off a clip."""

    sequence_id: str
    clip_id: str
    effect_use_id: str
    label: ClassVar[str] = "Remove effect"

    def apply(self, project: Project, library: Library) -> Project:
        """The project without the effect."""
        sequence = sequence_of(project, self.sequence_id)
        found = free_clip(sequence, self.clip_id)
        effects = tuple(use for use in found.clip.effects if use.id != self.effect_use_id)
        if len(effects) == len(found.clip.effects):
            raise EditRefused("This effect is no longer on the clip.")
        return with_clip(project, sequence, found, replace(found.clip, effects=effects))
