"""Fill a record range with a source range, at the speed that fits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import Tracks, free_track, sequence_of, span, suits, whole_clip
from timeline.command import Command
from timeline.edits import overwritten, settled
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.limits import FASTEST_EDIT, SLOWEST_EDIT
from timeline.media import Library
from timeline.project import Project
from timeline.query import source_name
from timeline.time import TimeRange


@dataclass(frozen=True)
class FitToFill(Command):
    """Lay clips over a range, each as fast or slow as fills it wholly. `| A | B | C |  +  X  ->  | A |  X  | C |`

    `placements` are (track id, clip): picture and sound of one source. The clips come with ids of their own; a negative
    speed plays backwards.
    """

    sequence_id: str
    range: TimeRange
    placements: tuple[tuple[str, Clip], ...]
    label: ClassVar[str] = "Fit to fill"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the range filled; refused at a speed no clip may have."""
        sequence = sequence_of(project, self.sequence_id)
        tracks, where = Tracks(project, sequence), span(sequence, self.range)
        ids = [clip.id for _, clip in self.placements]
        if len(set(ids)) != len(ids) or any(sequence.track_holding(one) for one in ids):
            raise EditRefused("A clip with the same id already stands in this sequence.")
        for track_id, clip in self.placements:
            suits(sequence, free_track(sequence, track_id), clip, library, project)
            fast = clip.source_range.duration / where.duration
            if not SLOWEST_EDIT <= fast <= FASTEST_EDIT:
                raise EditRefused(
                    f"“{source_name(clip, library)}” would play at {float(fast) * 100:.4g} percent here; "
                    "a speed lies between 1 and 10000 percent."
                )
            fitting = settled(whole_clip(sequence, replace(clip, speed=fast if clip.speed > 0 else -fast)))
            tracks[track_id] = overwritten(tracks[track_id], where.start, fitting, tracks.links)
        return tracks.done()
