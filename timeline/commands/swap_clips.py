"""Let clips change places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from timeline.checks import LocatedClip, Tracks, free_clip, sequence_of, suits
from timeline.command import Command
from timeline.edits import exchanged, first_from, overwritten, without
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.media import Library
from timeline.project import Project
from timeline.query import frames_text, source_name, track_label


@dataclass(frozen=True)
class SwapClips(Command):
    """The clips of each pair change places; nothing else is lost. `| A |B| C |  ->  | C |B| A |`

    On one track what lies between them moves by the difference of their lengths. On two tracks each stands where the other
    began: a shorter one leaves a gap behind it, a longer one needs that much empty time there.
    """

    sequence_id: str
    pairs: tuple[tuple[str, str], ...]
    label: ClassVar[str] = "Swap"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips at each other's places."""
        sequence = sequence_of(project, self.sequence_id)
        tracks = Tracks(project, sequence)
        ids = [one for pair in self.pairs for one in pair]
        if not ids:
            raise EditRefused("There is no clip here to change places with.")
        if len(set(ids)) != len(ids):
            raise EditRefused("A clip cannot change places twice at once.")
        for first_id, second_id in self.pairs:
            first, second = free_clip(sequence, first_id), free_clip(sequence, second_id)
            for clip, track in ((first.clip, second.track), (second.clip, first.track)):
                suits(sequence, track, clip, library, project)
            if first.track.is_audio != second.track.is_audio:
                raise EditRefused("A picture and a sound cannot change places.")
            if first.track is second.track:
                row = {first_id: (second.clip,), second_id: (first.clip,)}
                tracks[first.track.id] = exchanged(tracks[first.track.id], row)
            else:
                _lay(tracks, first.clip, second, library)
                _lay(tracks, second.clip, first, library)
        return tracks.done()


def _lay(tracks: Tracks, clip: Clip, place: LocatedClip, library: Library) -> None:
    """Put a clip where another one, of another track, stands."""
    sequence, track = tracks.sequence, place.track
    following = first_from(track, place.range.end)
    end = place.range.start + clip.duration
    if following is not None and track.starts[following] < end:
        name, rate = source_name(clip, library), sequence.rate
        missing = frames_text(end - track.starts[following], rate)
        raise EditRefused(f"“{name}” is {missing} too long for its new place on {track_label(sequence, track)}.")
    emptied = without(tracks[track.id], (place.clip.id,))
    tracks[track.id] = overwritten(emptied, place.range.start, clip, tracks.links)
