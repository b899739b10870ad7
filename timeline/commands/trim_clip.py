"""Move one edge of a clip and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from timeline.checks import Tracks, free_clip, has_media, on_frame, place, sequence_of, still_long
from timeline.command import Command
from timeline.edits import overwritten, resized, without
from timeline.media import Library
from timeline.project import Project
from timeline.time import ZERO, RationalTime

Edge = Literal["in", "out"]


@dataclass(frozen=True)
class TrimClip(Command):
    """Move an edge `by` (positive: later). Shorter leaves a gap, longer covers the neighbour. `| A | B |  ->  | A|  B |`"""

    sequence_id: str
    clip_id: str
    edge: Edge
    by: RationalTime
    label: ClassVar[str] = "Trim"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the edge moved."""
        sequence = sequence_of(project, self.sequence_id)
        clip, track, where, _ = free_clip(sequence, self.clip_id)
        on_frame(sequence, self.by)
        head, tail = (-self.by, ZERO) if self.edge == "in" else (ZERO, self.by)
        start = place(sequence, where.start - head)
        still_long(sequence, clip, where.duration + head + tail, library)
        has_media(sequence, track, clip, library, project, head=head, tail=tail)
        if not self.by:
            return project
        tracks = Tracks(project, sequence)
        tracks[track.id] = overwritten(without(track, (clip.id,)), start, resized(clip, head, tail), tracks.links)
        return tracks.done()
