"""Move one edge of a clip and everything behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from timeline.checks import (
    Tracks,
    free_clip,
    has_media,
    on_frame,
    ripple_tracks,
    rippled,
    sequence_of,
    some,
    still_long,
)
from timeline.command import Command
from timeline.edits import exchanged, resized
from timeline.media import Library
from timeline.project import Project
from timeline.time import ZERO, RationalTime

Edge = Literal["in", "out"]


@dataclass(frozen=True)
class RippleTrimClip(Command):
    """Trim an edge `by` (positive: later in the source) and move all that follows. `| A | B |  ->  | A| B |`

    The clip's start stays where it is; its length changes by -`by` at the in edge and by `by` at the out edge. `also_ids`
    are trimmed alike on their own tracks (linked sound). Other tracks in sync (None: all with sync lock that are not
    locked) move what starts behind the edge; a clip that spans it stays whole, and the trim is refused when one is in the way.
    """

    sequence_id: str
    clip_id: str
    edge: Edge
    by: RationalTime
    ripple_track_ids: tuple[str, ...] | None = None
    also_ids: tuple[str, ...] = ()
    label: ClassVar[str] = "Ripple trim"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the edge and all behind it moved."""
        sequence = sequence_of(project, self.sequence_id)
        tracks = Tracks(project, sequence)
        on_frame(sequence, self.by)
        head, tail = (-self.by, ZERO) if self.edge == "in" else (ZERO, self.by)
        own: set[str] = set()
        for clip_id in some((self.clip_id, *self.also_ids)):
            clip, track, where, _ = free_clip(sequence, clip_id)
            still_long(sequence, clip, where.duration + head + tail, library)
            has_media(sequence, track, clip, library, project, head=head, tail=tail)
            tracks[track.id] = exchanged(tracks[track.id], {clip_id: (resized(clip, head, tail),)})
            own.add(track.id)
        if not self.by:
            return project
        where = free_clip(sequence, self.clip_id).range
        since = where.end if self.edge == "out" else where.start + max(self.by, sequence.frame)
        for track in ripple_tracks(sequence, self.ripple_track_ids):
            if track.id not in own:
                tracks[track.id] = rippled(sequence, track, since, head + tail, library)
        return tracks.done()
