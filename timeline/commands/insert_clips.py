"""Put clips in and push what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, free_track, place, ripple_tracks, sequence_of, suits, whole_clip
from timeline.command import Command
from timeline.edits import inserted, settled
from timeline.errors import EditRefused
from timeline.items import Clip, Gap, Item
from timeline.media import Library
from timeline.project import Project
from timeline.time import ZERO, RationalTime


@dataclass(frozen=True)
class InsertClips(Command):
    """Cut all tracks in sync at `at`, push what follows and put the clips in. `| A |  +  X  ->  |A1| X |A2|`

    `placements` are (track id, record time, clip) as for OverwriteClips, none before `at`: what belongs together stays in
    sync. All tracks are pushed by the end of the last one. `ripple_track_ids` are the tracks kept in sync besides those that
    get clips; None means all with sync lock that are not locked.
    """

    sequence_id: str
    at: RationalTime
    placements: tuple[tuple[str, RationalTime, Clip], ...]
    ripple_track_ids: tuple[str, ...] | None = None
    label: ClassVar[str] = "Insert"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips in place."""
        sequence = sequence_of(project, self.sequence_id)
        tracks, at = Tracks(project, sequence), place(sequence, self.at)
        ids = [clip.id for _, _, clip in self.placements]
        if len(set(ids)) != len(ids) or any(sequence.track_holding(one) for one in ids):
            raise EditRefused("A clip with the same id already stands in this sequence.")
        if not ids:
            raise EditRefused("There is nothing to insert.")
        rows: dict[str, list[Item]] = {}
        ends: dict[str, RationalTime] = {}
        for track_id, start, clip in sorted(self.placements, key=lambda placement: placement[1]):
            suits(sequence, free_track(sequence, track_id), clip, library, project)
            empty = place(sequence, start) - ends.get(track_id, at)
            if empty < ZERO:
                raise EditRefused("These clips would lie on each other, or before the place where they are put in.")
            rows.setdefault(track_id, []).extend((Gap(empty), settled(whole_clip(sequence, clip))))
            ends[track_id] = start + clip.duration
        last = max(ends.values())
        for track in ripple_tracks(sequence, self.ripple_track_ids):
            rows.setdefault(track.id, [])
        for track_id, row in rows.items():
            rest = last - ends.get(track_id, at)
            tracks[track_id] = inserted(tracks[track_id], at, (*row, Gap(rest)), tracks.links)
        return tracks.done()
