"""Take a stretch of time out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, open_tracks, ripple_tracks, rippled, sequence_of, span
from timeline.command import Command
from timeline.edits import extracted
from timeline.media import Library
from timeline.project import Project
from timeline.time import TimeRange


@dataclass(frozen=True)
class ExtractRange(Command):
    """Take out what lies from mark in to mark out and close up. `| A | B | C |  ->  | A|C |`

    `track_ids` (None: all that are not locked) lose the stretch. Other tracks in sync (`ripple_track_ids`; None: all with
    sync lock that are not locked) are not cut: what starts behind the stretch comes up, refused when a clip is in the way.
    """

    sequence_id: str
    range: TimeRange
    track_ids: tuple[str, ...] | None = None
    ripple_track_ids: tuple[str, ...] | None = None
    label: ClassVar[str] = "Extract"

    def apply(self, project: Project, library: Library) -> Project:
        """The project without the stretch."""
        sequence = sequence_of(project, self.sequence_id)
        tracks, where = Tracks(project, sequence), span(sequence, self.range)
        cut = {track.id for track in open_tracks(sequence, self.track_ids)}
        for track_id in cut:
            tracks[track_id] = extracted(tracks[track_id], where, tracks.links)
        for track in ripple_tracks(sequence, self.ripple_track_ids):
            if track.id not in cut:
                tracks[track.id] = rippled(sequence, track, where.end, -where.duration, library)
        return tracks.done()
