"""Change the speed of clips so that they fit another length."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Literal

from timeline.checks import LocatedClip, Tracks, free_clip, on_frame, place, sequence_of, some, still_long
from timeline.command import Command
from timeline.edits import first_from, overwritten, room_before, settled, without
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.limits import FASTEST_EDIT, SLOWEST_EDIT
from timeline.media import Library
from timeline.project import Project
from timeline.query import frames_text, source_name, track_label
from timeline.time import ZERO, RationalTime

Edge = Literal["in", "out"]


@dataclass(frozen=True)
class RateStretch(Command):
    """Pull an edge `by` (positive: later); the same source is shown in more or less time. `| A |   |  ->  |   A   |`

    `also_ids` are stretched alike on their own tracks (linked sound). A stretch goes as far as the empty time beside the
    clip and as far as speeds go; it is refused beyond.
    """

    sequence_id: str
    clip_id: str
    edge: Edge
    by: RationalTime
    also_ids: tuple[str, ...] = ()
    label: ClassVar[str] = "Rate stretch"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips at the speed that fits."""
        sequence = sequence_of(project, self.sequence_id)
        tracks = Tracks(project, sequence)
        on_frame(sequence, self.by)
        longer = self.by if self.edge == "out" else -self.by
        for clip_id in some((self.clip_id, *self.also_ids)):
            found = free_clip(sequence, clip_id)
            still_long(sequence, found.clip, found.range.duration + longer, library)
            start = place(sequence, found.range.start + (self.by if self.edge == "in" else ZERO))
            self._has_room(tracks, found, longer)
            if self.by:
                track = without(tracks[found.track.id], (clip_id,))
                new = _stretched(found.clip, found.range.duration + longer, library)
                tracks[track.id] = overwritten(track, start, new, tracks.links)
        return tracks.done()

    def _has_room(self, tracks: Tracks, found: LocatedClip, longer: RationalTime) -> None:
        track = found.track
        if self.edge == "in":
            room = room_before(track, found.position)
        else:
            index = first_from(track, found.range.end)
            if index is None:
                return
            room = track.starts[index] - found.range.end
        if longer > room:
            where, rate = track_label(tracks.sequence, track), tracks.sequence.rate
            raise EditRefused(f"There are only {frames_text(room, rate)} of empty time on {where} to stretch into.")


def _stretched(clip: Clip, duration: RationalTime, library: Library) -> Clip:
    fast = clip.source_range.duration / duration
    if not SLOWEST_EDIT <= fast <= FASTEST_EDIT:
        raise EditRefused(
            f"“{source_name(clip, library)}” would play at {float(fast) * 100:.4g} percent; "
            "a speed lies between 1 and 10000 percent."
        )
    return settled(replace(clip, speed=Fraction(fast) if clip.speed > 0 else -Fraction(fast)))
