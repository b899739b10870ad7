"""Let the first take of a shot into the places that wait for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.command import Command
from timeline.edits import exchanged
from timeline.filling import landed, waits_for
from timeline.items import Item
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.take_sound import with_sound


@dataclass(frozen=True)
class LandTake(Command):
    """Show a file in every placeholder of a shot, whatever was done to it meanwhile. `|:::A:::|  ->  |   A   |`

    Trims, splits, moves, effects and transitions stay, also on locked tracks: nothing but the picture changes. The file's
    sound comes under it, linked. Pieces that the file is too short for go on waiting. Nothing is refused: a project without
    such a placeholder stays as it is.
    """

    shot_id: str
    media_id: str
    label: ClassVar[str] = "Land take"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the file in place."""
        media = library.media.get(self.media_id)
        if media is None or not (media.has_video or media.is_endless):
            return project
        for sequence in project.sequences:
            waiting = [
                clip
                for track in sequence.tracks
                if not track.is_audio
                for clip, _ in track.clips()
                if waits_for(clip, self.shot_id)
            ]
            new = landed(waiting, media, sequence.frame)
            if new:
                rows: dict[str, tuple[Item, ...]] = {clip_id: (clip,) for clip_id, clip in new.items()}
                project = project.with_sequence(with_sound(_with(sequence, rows), new, media))
        return project


def _with(sequence: Sequence, rows: dict[str, tuple[Item, ...]]) -> Sequence:
    tracks = tuple(
        exchanged(track, own) if (own := {one: rows[one] for one in rows if track.index_of(one) is not None}) else track
        for track in sequence.tracks
    )
    return replace(sequence, tracks=tracks)
