"""From media, shots and words to clips on tracks: what an insert, an overwrite or a drop would stand where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from timeline.items import Clip, GeneratorSource, MediaSource, Placeholder, SequenceSource, new_id
from timeline.media import Media, MediaKind
from timeline.query import default_track, whole_frames
from timeline.sequence import Sequence
from timeline.storyboard import Shot
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.track import TrackKind

STILL_LENGTH = RationalTime(5)
TITLE_LENGTH = RationalTime(4)
Placements = tuple[tuple[str, RationalTime, Clip], ...]
"""(track id, start in the sequence, clip), as OverwriteClips and InsertClips take them."""


@dataclass(frozen=True)
class Piece:
    """What of a file goes into a cut: a stretch of its source time (None: all of it), at which speed, under which name.

    `shot`: it stands for this shot; a file without a path is then its placeholder (see `waiting`).
    """

    media: Media
    range: TimeRange | None = None
    name: str = ""
    speed: Fraction = Fraction(1)
    shot: Shot | None = None
    is_nest: bool = False
    """It is no file but a sequence (see `as_media`)."""

    @property
    def whole(self) -> TimeRange:
        """The stretch itself; of a still as much as a still lasts."""
        length = STILL_LENGTH if self.media.is_endless else self.media.duration
        return self.range if self.range is not None else TimeRange(ZERO, length)


def clips_of(media: Media | Piece, rate: FrameRate) -> tuple[Clip | None, Clip | None]:
    """Picture and sound of a file, or of a piece of it, as two linked clips (whole frames, at least one)."""
    piece = media if isinstance(media, Piece) else Piece(media)
    media, speed = piece.media, piece.speed
    link = new_id() if media.has_video and media.has_audio else None
    shown = TimeRange(piece.whole.start, whole_frames(piece.whole.duration / abs(speed), rate) * abs(speed))
    clip = Clip(MediaSource(media.id), shown, name=piece.name or media.name, speed=speed, link=link)
    if piece.shot is not None:
        shot_id = piece.shot.id
        return replace(
            clip, source=clip.source if media.path else Placeholder(shot_id), shot_id=shot_id, link=None
        ), None
    if piece.is_nest:
        clip = replace(clip, source=SequenceSource(media.id))
    picture = clip if media.has_video else None
    sound = replace(clip, id=new_id()) if media.has_audio else None
    return picture, sound


def as_media(sequence: Sequence) -> Media:
    """What stands for a sequence where files are cut in: its length and size, its id, and no path."""
    sides = {track.is_audio for track in sequence.tracks if any(isinstance(item, Clip) for item in track.items)}
    return Media(
        "",
        MediaKind.VIDEO,
        sequence.name,
        sequence.duration,
        sequence.width,
        sequence.height,
        sequence.rate,
        drop_frame=sequence.drop_frame,
        has_video=False in sides,
        has_audio=True in sides,
        id=sequence.id,
    )


def waiting(shot: Shot) -> Media:
    """What stands for the file of a shot that has none yet: as long as it is planned, without a path."""
    return Media("", MediaKind.VIDEO, shot.name, shot.duration, has_video=True, id=shot.id)


def shot_clip(shot: Shot, rate: FrameRate, media: Media | None, name: str) -> Clip:
    """A shot as a clip: its take, or a placeholder of its planned length."""
    if media is None:
        length = max(shot.duration.snapped(rate), RationalTime.from_frames(1, rate))
        return Clip(Placeholder(shot.id), TimeRange(ZERO, length), name=name, shot_id=shot.id)
    picture, sound = clips_of(media, rate)
    whole = Clip(MediaSource(media.id), TimeRange(ZERO, whole_frames(media.duration, rate)))
    return replace(picture or sound or whole, name=name, shot_id=shot.id, link=None)


def title_clip(text: str, length: RationalTime = TITLE_LENGTH) -> Clip:
    """A new title, without fades: it must be seen where it begins, which is where the playhead stands."""
    return Clip(GeneratorSource("title", {"text": text}), TimeRange(ZERO, length), name=text)


def place_media(
    sequence: Sequence,
    media: Iterable[Media | Piece],
    at: RationalTime,
    video_track_id: str | None = None,
    audio_track_id: str | None = None,
) -> Placements:
    """Files or pieces one after another from `at`. Tracks left out are the lowest unlocked picture track and the first of sound."""
    video = video_track_id or _id_of(sequence, TrackKind.VIDEO)
    audio = audio_track_id or _id_of(sequence, TrackKind.AUDIO)
    return place_pieces(sequence.rate, media, at, video, audio)


def place_pieces(
    rate: FrameRate, media: Iterable[Media | Piece], at: RationalTime, video_id: str | None, audio_id: str | None
) -> Placements:
    """Files or pieces one after another from `at` on just these tracks; what has none of its kind is left out."""
    result: list[tuple[str, RationalTime, Clip]] = []
    for one in media:
        picture, sound = clips_of(one, rate)
        parts = [(track, clip) for track, clip in ((video_id, picture), (audio_id, sound)) if clip and track]
        if len(parts) == 1:
            parts = [(track, replace(clip, link=None)) for track, clip in parts]
        result += ((track, at, clip) for track, clip in parts)
        at = at + (parts[0][1].duration if parts else ZERO)
    return tuple(result)


def end_of(placements: Placements) -> RationalTime:
    """Where the last of some clips ends; 0 for none."""
    return max((at + clip.duration for _, at, clip in placements), default=ZERO)


def _id_of(sequence: Sequence, kind: TrackKind) -> str | None:
    track = default_track(sequence, kind)
    return track.id if track else None
