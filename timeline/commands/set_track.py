"""Set properties of a track."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from timeline.checks import changed, free_track, sequence_of, track_of, with_tracks
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project

_REFUSED = ("id", "items", "transitions")
_SAFE = {"locked", "sync_lock", "muted", "solo", "name"}
_LABELS = {
    "locked": ("Lock track", "Unlock track"),
    "muted": ("Mute track", "Unmute track"),
    "solo": ("Solo track", "End solo"),
    "sync_lock": ("Sync lock on", "Sync lock off"),
}
_LEVELS = {"name": "Rename track", "opacity": "Track opacity", "pan": "Track pan", "volume": "Track gain"}


@dataclass(frozen=True)
class SetTrack(Command):
    """Set fields of a track: name, muted, locked, solo, opacity, blend, volume, pan, effects, …

    On a locked track only lock, sync lock, mute, solo and name can be set.
    """

    sequence_id: str
    track_id: str
    changes: Mapping[str, Any]

    @property
    def label(self) -> str:  # type: ignore[override]
        """By what is set."""
        if len(self.changes) != 1:
            return "Change track"
        name, value = next(iter(self.changes.items()))
        return _LABELS[name][0 if value else 1] if name in _LABELS else _LEVELS.get(name, "Change track")

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        sequence = sequence_of(project, self.sequence_id)
        if set(self.changes) <= _SAFE:
            old = track_of(sequence, self.track_id)
        else:
            old = free_track(sequence, self.track_id)
        new = changed(old, self.changes, _REFUSED)
        if new.items and new.is_audio != old.is_audio:
            raise EditRefused("A track with clips cannot turn from picture to sound or back.")
        return with_tracks(project, sequence, tuple(new if one is old else one for one in sequence.tracks))

    @property
    def merge_key(self) -> str:
        """The same values of the same track; switches are steps of their own."""
        if any(isinstance(value, bool) for value in self.changes.values()):
            return ""
        return f"set_track {self.sequence_id} {self.track_id} {','.join(sorted(self.changes))}"
