"""Take clips or gaps away and close up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, free_item, ripple_tracks, rippled, sequence_of, some
from timeline.command import Command
from timeline.edits import extracted, without
from timeline.media import Library
from timeline.project import Project
from timeline.time import TimeRange


@dataclass(frozen=True)
class RippleDelete(Command):
    """Take clips or gaps away; what follows comes up, in sync on all tracks. `| A | B | C |  ->  | A | C |`

    Of items on several tracks that overlap in time, the stretch they share is closed: a sound that starts before its
    picture leaves that bit as a gap. On the other tracks in sync (`ripple_track_ids`; None: all with sync lock that are
    not locked) what starts behind the stretch moves with it and nothing is cut; refused when a clip there is in the way.
    """

    sequence_id: str
    item_ids: tuple[str, ...]
    ripple_track_ids: tuple[str, ...] | None = None
    label: ClassVar[str] = "Ripple delete"

    def apply(self, project: Project, library: Library) -> Project:
        """The project closed up."""
        sequence = sequence_of(project, self.sequence_id)
        tracks = Tracks(project, sequence)
        ranges: dict[str, list[TimeRange]] = {}
        for item_id in some(self.item_ids):
            found = free_item(sequence, item_id)
            ranges.setdefault(found.track.id, []).append(found.range)
        for track_id in ranges:
            tracks[track_id] = without(tracks[track_id], self.item_ids)
        in_sync = [track.id for track in ripple_tracks(sequence, self.ripple_track_ids)]
        merged = {track_id: _merged(of_track) for track_id, of_track in ranges.items()}
        for group in reversed(_groups(merged)):
            for where in reversed(_shared(group)):
                for track_id in group:
                    tracks[track_id] = extracted(tracks[track_id], where, tracks.links)
                for track_id in in_sync:
                    if track_id not in group:
                        track = tracks[track_id]
                        tracks[track_id] = rippled(sequence, track, where.end, -where.duration, library)
        return tracks.done()


def _merged(ranges: list[TimeRange]) -> list[TimeRange]:
    result: list[TimeRange] = []
    for one in sorted(ranges, key=lambda each: each.start):
        if result and one.start <= result[-1].end:
            result[-1] = TimeRange.between(result[-1].start, max(result[-1].end, one.end))
        else:
            result.append(one)
    return result


def _groups(ranges: dict[str, list[TimeRange]]) -> list[dict[str, list[TimeRange]]]:
    """Ranges that overlap, over tracks, belong together; the groups are in order of time."""
    flat = sorted(((one, track_id) for track_id, row in ranges.items() for one in row), key=lambda each: each[0].start)
    groups: list[dict[str, list[TimeRange]]] = []
    end = None
    for one, track_id in flat:
        if end is None or one.start >= end:
            groups.append({})
        groups[-1].setdefault(track_id, []).append(one)
        end = one.end if end is None else max(end, one.end)
    return groups


def _shared(group: dict[str, list[TimeRange]]) -> list[TimeRange]:
    """What the rows of all tracks of a group have in common."""
    rows = list(group.values())
    common = rows[0]
    for row in rows[1:]:
        common = [both for one in common for other in row if (both := one.intersection(other)) is not None]
    return common
