"""Where what hangs at the pointer would land: which tracks, found or made for it. Pure, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track, TrackKind
from ui.timeline_view.layout import Layout, Row


@dataclass(frozen=True)
class NewTracks:
    """The tracks one drag would make: the same ones as long as it lasts."""

    video: Track = field(default_factory=lambda: Track(TrackKind.VIDEO))
    audio: Track = field(default_factory=lambda: Track(TrackKind.AUDIO))

    @property
    def ids(self) -> frozenset[str]:
        """Their ids."""
        return frozenset((self.video.id, self.audio.id))


@dataclass(frozen=True)
class Place:
    """Where it would land. A new Track where the drop makes one."""

    at: RationalTime
    video: str | Track | None
    audio: str | Track | None

    @property
    def video_id(self) -> str | None:
        """Id of the picture track."""
        return self.video.id if isinstance(self.video, Track) else self.video

    @property
    def audio_id(self) -> str | None:
        """Id of the sound track."""
        return self.audio.id if isinstance(self.audio, Track) else self.audio

    @property
    def made(self) -> tuple[Track, ...]:
        """The tracks that would be made."""
        return tuple(one for one in (self.video, self.audio) if isinstance(one, Track))


def place_at(layout: Layout, at: RationalTime, y: float, new: NewTracks) -> Place:
    """The tracks for a content y: the one there and its partner; above the top and below the bottom a new one.

    Picture dropped on a sound track goes to the picture track of the same number, and sound to its partner likewise.
    """
    row = layout.row_at(y)
    if row is not None:
        partner = _partner(layout, row)
        return (
            Place(at, partner or new.video, row.track.id)
            if row.is_audio
            else Place(at, row.track.id, partner or new.audio)
        )
    lowest_video = _lowest(layout.sequence, audio=False) or new.video
    lowest_audio = _lowest(layout.sequence, audio=True) or new.audio
    if y < 0:
        return Place(at, new.video, lowest_audio)
    return Place(at, lowest_video, new.audio if y >= layout.height else lowest_audio)


def _partner(layout: Layout, row: Row) -> str | None:
    """A1 for V1, V2 for A2; the last one where there are fewer."""
    number = int(row.label[1:])
    others = [one for one in layout.rows if one.is_audio != row.is_audio and not one.track.locked]
    exact = next((one for one in others if int(one.label[1:]) == number), None)
    last = max(others, key=lambda one: int(one.label[1:]), default=None)
    found = exact or last
    return found.track.id if found is not None else None


def _lowest(sequence: Sequence, audio: bool) -> str | None:
    tracks = sequence.audio_tracks() if audio else sequence.picture_tracks()
    return next((track.id for track in tracks if not track.locked), None)
