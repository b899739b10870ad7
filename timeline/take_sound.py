"""The sound of takes: a clip of its own on an audio track, linked to the picture, as that of footage is.

Ids of what is added come from the clip it belongs to: a take lands in all states of a project, and is the same in each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from timeline.edits import overwritten, tidied, without
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media
from timeline.query import linked_ids
from timeline.sequence import Sequence
from timeline.time import TimeRange
from timeline.track import Track, TrackKind

PICTURE_ONLY = "picture_only"
"""In a clip's extra: it lies over a part of another one, whose sound goes on under it."""


def sound_clips(sequence: Sequence, clip: Clip) -> tuple[str, ...]:
    """Ids of the linked clips on audio tracks that sound what a picture clip shows; those on locked tracks stay out of it."""
    if clip.link is None:
        return ()
    found = []
    for one in linked_ids(sequence, (clip.id,)):
        track, other = sequence.track_holding(one), sequence.clip(one)
        if track is not None and track.is_audio and not track.locked and other is not None:
            found += [one] if other.source == clip.source else []
    return tuple(found)


def had_sound(clip: Clip, library: Library) -> bool:
    """Whether the file a clip shows has sound: where none is linked to it, somebody took it away."""
    media = library.media.get(clip.source.media_id) if isinstance(clip.source, MediaSource) else None
    return media is not None and media.has_audio


def without_clips(sequence: Sequence, ids: Iterable[str]) -> Sequence:
    """The sequence with gaps in place of clips; nothing else moves."""
    gone = set(ids)
    tracks = tuple(
        tidied(without(track, gone), track) if any(track.index_of(one) is not None for one in gone) else track
        for track in sequence.tracks
    )
    return replace(sequence, tracks=tracks) if gone else sequence


def with_sound(sequence: Sequence, clip_ids: Iterable[str], media: Media) -> Sequence:
    """The sequence with the sound of a file under picture clips that show it: on the first free audio track, else on a new one.

    A clip whose picture stands still has none, and one that has some keeps it.
    """
    if not media.has_audio or not media.has_video:
        return sequence
    for clip_id in clip_ids:
        track = sequence.track_holding(clip_id)
        clip = track.clip(clip_id) if track is not None else None
        if track is None or clip is None or track.is_audio or clip.freeze is not None or clip.extra.get(PICTURE_ONLY):
            continue
        if clip.source != MediaSource(media.id) or sound_clips(sequence, clip):
            continue
        sequence = _laid_under(sequence, track, clip)
    return sequence


def _laid_under(sequence: Sequence, track: Track, clip: Clip) -> Sequence:
    where = track.range_of(track.index_of(clip.id) or 0)
    link = clip.link or _id(clip.id, "link")
    sound = Clip(clip.source, clip.source_range, clip.name, clip.speed, clip.enabled, link=link,
                 group=clip.group, shot_id=clip.shot_id, id=_id(clip.id, "sound"))  # fmt: skip
    if sequence.track_holding(sound.id) is not None:  # it was taken off its picture and still stands
        return sequence
    home = next((one for one in sequence.audio_tracks() if _is_free(one, where)), None)
    rows = tuple(_with_link(one, clip.id, link) if one is track else one for one in sequence.tracks)
    if home is None:
        home = Track(TrackKind.AUDIO, id=_id(clip.id, "track"))
        if any(one.id == home.id for one in rows):
            return sequence
        rows = (*rows, home)
    laid = tidied(overwritten(home, where.start, sound, {}), home)
    return replace(sequence, tracks=tuple(laid if one is home else one for one in rows))


def _with_link(track: Track, clip_id: str, link: str) -> Track:
    items = tuple(
        replace(one, link=link) if isinstance(one, Clip) and one.id == clip_id else one for one in track.items
    )
    return replace(track, items=items)


def _is_free(track: Track, where: TimeRange) -> bool:
    return not track.locked and not any(span.overlaps(where) for _, span in track.clips())


def _id(clip_id: str, what: str) -> str:
    return hashlib.blake2b(f"{clip_id} {what}".encode(), digest_size=6).hexdigest()
