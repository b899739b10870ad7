"""Take cuts away that are none: the same source goes on behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import Tracks, free_clip, sequence_of
from timeline.command import Command
from timeline.edits import exchanged, resized
from timeline.errors import EditRefused
from timeline.items import Marker
from timeline.media import Library
from timeline.project import Project
from timeline.query import through_edit, timecode_at, track_label


@dataclass(frozen=True)
class JoinClips(Command):
    """Make one clip of the two at a through edit. `| A | A' |  ->  |   A   |`

    `left_ids` are the clips before the cuts. The left clip keeps its id, name, effects and levels, and takes over the right
    one's fade out, its markers and the transition at its end. Refused at a real cut.
    """

    sequence_id: str
    left_ids: tuple[str, ...]
    label: ClassVar[str] = "Join through edit"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the cuts gone."""
        sequence = sequence_of(project, self.sequence_id)
        tracks = Tracks(project, sequence)
        if not self.left_ids:
            raise EditRefused("There is no through edit here to join.")
        lefts = {left_id: free_clip(sequence, left_id) for left_id in self.left_ids}
        for left_id, found in sorted(lefts.items(), key=lambda one: one[1].range.start, reverse=True):
            track = tracks[found.track.id]
            index = track.index_of(left_id)
            if index is None or not through_edit(track, left_id):
                at, label = timecode_at(sequence, found.range.end), track_label(sequence, found.track)
                raise EditRefused(f"The cut at {at} on {label} is a real one: another picture or sound follows.")
            left, right = track.clip(left_id), track.clip(track.items[index + 1].id)
            if left is None or right is None:
                continue
            longer = replace(left, fade_out=right.fade_out, markers=_both(left.markers, right.markers))
            new = exchanged(track, {left.id: (resized(longer, tail=right.duration),), right.id: ()})
            tracks[track.id] = replace(
                new,
                transitions=tuple(
                    replace(one, left_id=left.id) if one.left_id == right.id else one
                    for one in new.transitions
                    if (one.left_id, one.right_id) != (left.id, right.id)
                ),
            )
        return tracks.done()


def _both(left: tuple[Marker, ...], right: tuple[Marker, ...]) -> tuple[Marker, ...]:
    """The markers of both halves in order; those that a split had left in either, once."""
    known = {one.id: one for one in (*left, *right)}
    return tuple(sorted(known.values(), key=lambda one: one.time))
