"""Ripple trim several edges as one edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from timeline.checks import Tracks, free_clip, has_media, on_frame, ripple_tracks, rippled, sequence_of, still_long
from timeline.command import Command
from timeline.edits import exchanged, resized
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project
from timeline.time import ZERO, RationalTime

Edge = Literal["in", "out"]


@dataclass(frozen=True)
class TrimEdges(Command):
    """Ripple trim edges on several tracks, each by a length of its own. `| A | B |  ->  | A  | B |`, `| a | b |  ->  | a| b |`

    `trims` are (clip id, edge, by); positive is later in the source, as for RippleTrimClip. On its own track each moves what
    follows it. The first one leads: the other tracks in sync (None: all with sync lock that are not locked) move with
    it; a clip that spans the edge stays whole, and the trim is refused when one is in the way.
    """

    sequence_id: str
    trims: tuple[tuple[str, Edge, RationalTime], ...]
    ripple_track_ids: tuple[str, ...] | None = None
    label: ClassVar[str] = "Ripple trim"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the edges and all behind them moved."""
        sequence = sequence_of(project, self.sequence_id)
        tracks = Tracks(project, sequence)
        if not self.trims:
            raise EditRefused("There is no edge to trim.")
        own: set[str] = set()
        for clip_id, edge, by in self.trims:
            on_frame(sequence, by)
            track_id = free_clip(sequence, clip_id).track.id
            track, head, tail = tracks[track_id], *_more(edge, by)
            clip = track.clip(clip_id)
            if clip is not None and by:
                still_long(sequence, clip, clip.duration + head + tail, library)
                has_media(sequence, track, clip, library, project, head=head, tail=tail)
                tracks[track_id] = exchanged(track, {clip_id: (resized(clip, head, tail),)})
            own.add(track_id)
        self._keep_in_sync(tracks, own, library)
        return tracks.done()

    def _keep_in_sync(self, tracks: Tracks, own: set[str], library: Library) -> None:
        clip_id, edge, by = self.trims[0]
        sequence, where = tracks.sequence, free_clip(tracks.sequence, clip_id).range
        since = where.end if edge == "out" else where.start + max(by, sequence.frame)
        for track in ripple_tracks(sequence, self.ripple_track_ids):
            if by and track.id not in own:
                tracks[track.id] = rippled(sequence, track, since, by if edge == "out" else -by, library)


def _more(edge: Edge, by: RationalTime) -> tuple[RationalTime, RationalTime]:
    return (-by, ZERO) if edge == "in" else (ZERO, by)
