"""Set values of a clip's generator: the text of a title, the colour of a solid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, sequence_of, with_clip, with_values
from timeline.command import Command
from timeline.curve import Curve, Value
from timeline.errors import EditRefused
from timeline.items import GeneratorSource
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class SetGenerator(Command):
    """Set some values of a generator clip; None takes a value back to its default. Merges while typing."""

    sequence_id: str
    clip_id: str
    values: Mapping[str, Value | Curve | None]
    label: ClassVar[str] = "Change generator"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the values set."""
        sequence = sequence_of(project, self.sequence_id)
        found = free_clip(sequence, self.clip_id)
        source = found.clip.source
        if not isinstance(source, GeneratorSource):
            raise EditRefused("This clip is not a title or another generator.")
        values = with_values(source.values, self.values)
        return with_clip(project, sequence, found, replace(found.clip, source=replace(source, values=values)))

    @property
    def merge_key(self) -> str:
        """The same values of the same clip."""
        return f"set_generator {self.sequence_id} {self.clip_id} {','.join(sorted(self.values))}"
