"""Put an effect on a clip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, sequence_of, sound, with_clip
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.items import EffectUse
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class AddEffect(Command):
    """Put an effect into a clip's row of effects, at `index` (0 works first); None puts it last."""

    sequence_id: str
    clip_id: str
    effect_use: EffectUse
    index: int | None = None
    label: ClassVar[str] = "Add effect"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the effect on the clip."""
        sequence = sequence_of(project, self.sequence_id)
        found = free_clip(sequence, self.clip_id)
        effects = list(found.clip.effects)
        if any(use.id == self.effect_use.id for use in effects):
            raise EditRefused("This effect is already on the clip.")
        effects.insert(len(effects) if self.index is None else self.index, sound(self.effect_use))
        return with_clip(project, sequence, found, replace(found.clip, effects=tuple(effects)))
