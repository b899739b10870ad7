"""Lay clips over what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, free_track, place, sequence_of, suits, whole_clip
from timeline.command import Command
from timeline.edits import laid, settled
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.media import Library
from timeline.project import Project
from timeline.time import RationalTime


@dataclass(frozen=True)
class OverwriteClips(Command):
    """Each clip covers what stands at its place; nothing moves. `| A | B |  +  X  ->  | A| X |B|`

    `placements` are (track id, record time, clip). The clips come with ids of their own.
    """

    sequence_id: str
    placements: tuple[tuple[str, RationalTime, Clip], ...]
    label: ClassVar[str] = "Overwrite"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips in place."""
        sequence = sequence_of(project, self.sequence_id)
        tracks = Tracks(project, sequence)
        ids = [clip.id for _, _, clip in self.placements]
        if len(set(ids)) != len(ids) or any(sequence.track_holding(one) for one in ids):
            raise EditRefused("A clip with the same id already stands in this sequence.")
        rows: dict[str, list[tuple[RationalTime, Clip]]] = {}
        for track_id, at, clip in self.placements:
            track = free_track(sequence, track_id)
            suits(sequence, track, clip, library, project)
            rows.setdefault(track_id, []).append((place(sequence, at), settled(whole_clip(sequence, clip))))
        for track_id, row in rows.items():
            tracks[track_id] = laid(tracks[track_id], row, tracks.links)
        return tracks.done()
