"""Set values of an effect on a clip, or switch it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from timeline.checks import free_clip, sequence_of, with_clip, with_values
from timeline.command import Command
from timeline.curve import Curve, Value
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class SetEffect(Command):
    """Set some values (None takes one back to its default) or `enabled`. Merges while a slider is dragged."""

    sequence_id: str
    clip_id: str
    effect_use_id: str
    values: Mapping[str, Value | Curve | None] = field(default_factory=dict)
    enabled: bool | None = None
    label: ClassVar[str] = "Change effect"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the values set."""
        sequence = sequence_of(project, self.sequence_id)
        found = free_clip(sequence, self.clip_id)
        old = next((use for use in found.clip.effects if use.id == self.effect_use_id), None)
        if old is None:
            raise EditRefused("This effect is no longer on the clip.")
        values = with_values(old.values, self.values)
        new = replace(old, values=values, enabled=old.enabled if self.enabled is None else self.enabled)
        effects = tuple(new if use is old else use for use in found.clip.effects)
        return with_clip(project, sequence, found, replace(found.clip, effects=effects))

    @property
    def merge_key(self) -> str:
        """The same values of the same effect; a switch is a step of its own."""
        if self.enabled is not None:
            return ""
        return f"set_effect {self.clip_id} {self.effect_use_id} {','.join(sorted(self.values))}"
