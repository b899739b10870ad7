"""Make a transition a cut again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_track, sequence_of, with_tracks
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project


@dataclass(frozen=True)
class RemoveTransition(Command):
    """Make a transition a cut again. `| A >< B |  ->  | A | B |`"""

    sequence_id: str
    transition_id: str
    label: ClassVar[str] = "Remove transition"

    def apply(self, project: Project, library: Library) -> Project:
        """The project without the transition."""
        sequence = sequence_of(project, self.sequence_id)
        for track in sequence.tracks:
            kept = tuple(one for one in track.transitions if one.id != self.transition_id)
            if len(kept) < len(track.transitions):
                free_track(sequence, track.id)
                new = replace(track, transitions=kept)
                return with_tracks(project, sequence, tuple(new if one is track else one for one in sequence.tracks))
        raise EditRefused("This transition is no longer in the sequence.")
