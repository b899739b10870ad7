"""From media, shots and words to clips on tracks: what an insert, an overwrite or a drop would stand where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from timeline.items import Clip, GeneratorSource, MediaSource, Placeholder, new_id
from timeline.media import Media
from timeline.query import default_track, whole_frames
from timeline.sequence import Sequence
from timeline.storyboard import Shot
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.track import TrackKind

STILL_LENGTH = RationalTime(5)
TITLE_LENGTH = RationalTime(4)
Placements = tuple[tuple[str, RationalTime, Clip], ...]
"""(track id, start in the sequence, clip), as OverwriteClips and InsertClips take them."""


def clips_of(media: Media, rate: FrameRate) -> tuple[Clip | None, Clip | None]:
    """The picture and the sound of a file as two linked clips of its whole length (whole frames, at least one)."""
    length = STILL_LENGTH if media.is_endless else media.duration
    link = new_id() if media.has_video and media.has_audio else None
    clip = Clip(MediaSource(media.id), TimeRange(ZERO, whole_frames(length, rate)), name=media.name, link=link)
    picture = clip if media.has_video else None
    sound = replace(clip, id=new_id()) if media.has_audio else None
    return picture, sound


def shot_clip(shot: Shot, rate: FrameRate, media: Media | None, name: str) -> Clip:
    """A shot as a clip: its take, or a placeholder of its planned length."""
    if media is None:
        length = max(shot.duration.snapped(rate), RationalTime.from_frames(1, rate))
        return Clip(Placeholder(shot.id), TimeRange(ZERO, length), name=name, shot_id=shot.id)
    picture, sound = clips_of(media, rate)
    whole = Clip(MediaSource(media.id), TimeRange(ZERO, whole_frames(media.duration, rate)))
    return replace(picture or sound or whole, name=name, shot_id=shot.id, link=None)


def title_clip(text: str) -> Clip:
    """A new title."""
    fade = RationalTime(1, 4)
    return Clip(
        GeneratorSource("title", {"text": text}), TimeRange(ZERO, TITLE_LENGTH), name=text, fade_in=fade, fade_out=fade
    )


def place_media(
    sequence: Sequence,
    media: Iterable[Media],
    at: RationalTime,
    video_track_id: str | None = None,
    audio_track_id: str | None = None,
) -> Placements:
    """Files one after another from `at`. Tracks left out are the lowest unlocked picture track and the first of sound."""
    video = video_track_id or _id_of(sequence, TrackKind.VIDEO)
    audio = audio_track_id or _id_of(sequence, TrackKind.AUDIO)
    result: list[tuple[str, RationalTime, Clip]] = []
    for one in media:
        picture, sound = clips_of(one, sequence.rate)
        length = ZERO
        for clip, track_id in ((picture, video), (sound, audio)):
            if clip is not None and track_id is not None:
                result.append((track_id, at, clip))
                length = clip.duration
        at = at + length
    return tuple(result)


def end_of(placements: Placements) -> RationalTime:
    """Where the last of some clips ends; 0 for none."""
    return max((at + clip.duration for _, at, clip in placements), default=ZERO)


def _id_of(sequence: Sequence, kind: TrackKind) -> str | None:
    track = default_track(sequence, kind)
    return track.id if track else None
