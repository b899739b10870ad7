"""Set properties of clips."""

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
_LABELS: dict[tuple[str, ...], str] = {
    ("enabled",): "Enable or disable",
    ("fade_in",): "Fade in",
    ("fade_out",): "Fade out",
    ("freeze",): "Freeze frame",
    ("name",): "Rename clip",
    ("opacity",): "Opacity",
    ("pan",): "Pan",
    ("source",): "Change source",
    ("volume",): "Gain",
}


@dataclass(frozen=True)
class SetClip(Command):
    """Set fields of clips: name, enabled, opacity (0-1), volume (linear gain), pan (-1 to 1), fades, effects, source, …

    Place and length stay: `source_range` and `speed` have verbs of their own. Merges while the same fields of the same
    clips are set.
    """

    sequence_id: str
    clip_ids: tuple[str, ...]
    changes: Mapping[str, Any]

    @property
    def label(self) -> str:  # type: ignore[override]
        """By what is set."""
        return _LABELS.get(tuple(sorted(self.changes)), "Change clip")

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        sequence = sequence_of(project, self.sequence_id)

        def change(found: LocatedClip) -> Clip:
            clip = changed(found.clip, self.changes, _REFUSED)
            if clip.source is not found.clip.source:
                suits(sequence, found.track, clip, library, project)
            return settled(clip)

        return with_clips(project, sequence, some(self.clip_ids), change)

    @property
    def merge_key(self) -> str:
        """The same fields of the same clips."""
        return f"set_clip {self.sequence_id} {','.join(self.clip_ids)} {','.join(sorted(self.changes))}"
