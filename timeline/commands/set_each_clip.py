"""Set properties of clips, of each its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from timeline.checks import LocatedClip, changed, sequence_of, some, suits, with_clips
from timeline.command import Command
from timeline.edits import settled
from timeline.items import Clip
from timeline.media import Library
from timeline.project import Project

_REFUSED = ("id", "source_range", "speed")


@dataclass(frozen=True)
class SetEachClip(Command):
    """Set fields of many clips, for each clip (by its id) those it is to have: what `SetClip` does with the same for all.

    Place and length stay. Merges while the same fields of the same clips are set under the same name.
    """

    sequence_id: str
    changes: Mapping[str, Mapping[str, Any]]
    name: str = "Change clip"

    @property
    def label(self) -> str:  # type: ignore[override]
        """The step's own name."""
        return self.name

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        sequence = sequence_of(project, self.sequence_id)

        def change(found: LocatedClip) -> Clip:
            clip = changed(found.clip, self.changes[found.clip.id], _REFUSED)
            if clip.source is not found.clip.source:
                suits(sequence, found.track, clip, library, project)
            return settled(clip)

        return with_clips(project, sequence, some(self.changes), change)

    @property
    def merge_key(self) -> str:
        """The same fields of the same clips."""
        fields = sorted({name for one in self.changes.values() for name in one})
        return f"set_each {self.sequence_id} {self.name} {','.join(self.changes)} {','.join(fields)}"
