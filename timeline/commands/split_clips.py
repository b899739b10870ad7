"""Cut clips in two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import Tracks, free_clip, place, sequence_of
from timeline.command import Command
from timeline.edits import split
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.media import Library
from timeline.project import Project
from timeline.time import RationalTime


@dataclass(frozen=True)
class SplitClips(Command):
    """Cut at `at`. `|   A   |  ->  | A | A' |`

    `clip_ids` None cuts every clip under `at` on tracks that are not locked. The left half keeps id and fade in, the
    right half gets a new id and the fade out; right halves of clips that were linked are linked to each other.
    """

    sequence_id: str
    at: RationalTime
    clip_ids: tuple[str, ...] | None = None
    label: ClassVar[str] = "Split"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips cut; refused when no clip lies under the time."""
        sequence = sequence_of(project, self.sequence_id)
        tracks, at = Tracks(project, sequence), place(sequence, self.at)
        if self.clip_ids is None:
            wanted = [track for track in sequence.tracks if not track.locked]
        else:
            wanted = [
                found.track
                for clip_id in dict.fromkeys(self.clip_ids)
                if (found := free_clip(sequence, clip_id)).range.contains(at)
            ]
        hit = False
        for track in wanted:
            index = track.index_at(at)
            if index is not None and isinstance(track.items[index], Clip) and track.starts[index] != at:
                tracks[track.id] = split(track, at, tracks.links)
                hit = True
        if not hit:
            raise EditRefused("There is no clip to split here.")
        return tracks.done()
