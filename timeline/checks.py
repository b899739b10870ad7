"""What every edit verb asks before it acts: is it there, is it free, is it on the frame grid, is there media left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple, TypeVar, cast

from timeline.codec import decode_as, encode, fits
from timeline.curve import Curve, Value
from timeline.edits import Links, exchanged, first_from, pushed, room_before, tidied
from timeline.errors import EditRefused
from timeline.items import Clip, EffectUse, GeneratorSource, Item, SequenceSource, Values
from timeline.limits import MAX_SEQUENCES
from timeline.media import Library, MediaKind
from timeline.nesting import DEEPEST, levels_around, levels_within, shows
from timeline.plain_values import Wrong
from timeline.project import Project
from timeline.query import (
    frames_text,
    handles,
    media_of,
    source_name,
    timecode_at,
    track_label,
    transition_at_head,
    transition_at_tail,
)
from timeline.sequence import Sequence
from timeline.storyboard import Storyboard
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track
from timeline.validity import check

T = TypeVar("T")


# --- finding --------------------------------------------------------------------------------------------------------


class Located(NamedTuple):
    """A clip or gap, its track and its record range."""

    item: Item
    track: Track
    range: TimeRange
    position: int


class LocatedClip(NamedTuple):
    """A clip, its track and its record range."""

    clip: Clip
    track: Track
    range: TimeRange
    position: int


def sequence_of(project: Project, sequence_id: str) -> Sequence:
    """The sequence, or EditRefused."""
    sequence = project.sequence(sequence_id)
    if sequence is None:
        raise EditRefused("This sequence is no longer in the project.")
    return sequence


def storyboard_of(project: Project, storyboard_id: str) -> Storyboard:
    """The storyboard, or EditRefused."""
    board = next((one for one in project.storyboards if one.id == storyboard_id), None)
    if board is None:
        raise EditRefused("This storyboard is no longer in the project.")
    return board


def track_of(sequence: Sequence, track_id: str) -> Track:
    """The track, locked or not, or EditRefused."""
    track = sequence.track(track_id)
    if track is None:
        raise EditRefused("This track is no longer in the sequence.")
    return track


def free_track(sequence: Sequence, track_id: str) -> Track:
    """The track, if it is there and not locked, or EditRefused."""
    track = track_of(sequence, track_id)
    if track.locked:
        raise EditRefused(f"Track {track_label(sequence, track)} is locked. Unlock it to change it.")
    return track


def free_item(sequence: Sequence, item_id: str) -> Located:
    """A clip or gap on a track that is not locked, or EditRefused."""
    track = sequence.track_holding(item_id)
    index = track.index_of(item_id) if track else None
    if track is None or index is None:
        raise EditRefused("This clip is no longer in the sequence.")
    free_track(sequence, track.id)
    return Located(track.items[index], track, track.range_of(index), index)


def free_clip(sequence: Sequence, clip_id: str) -> LocatedClip:
    """A clip on a track that is not locked, or EditRefused."""
    item, track, where, index = free_item(sequence, clip_id)
    if not isinstance(item, Clip):
        raise EditRefused("There is no clip here, only a gap.")
    return LocatedClip(item, track, where, index)


def some(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids, each once, or EditRefused when there is none."""
    result = tuple(dict.fromkeys(ids))
    if not result:
        raise EditRefused("Nothing is selected.")
    return result


def ripple_tracks(sequence: Sequence, track_ids: Iterable[str] | None) -> tuple[Track, ...]:
    """The tracks that keep in sync with an edit: None means all with sync lock that are not locked."""
    if track_ids is None:
        return tuple(track for track in sequence.tracks if track.sync_lock and not track.locked)
    return open_tracks(sequence, track_ids)


def open_tracks(sequence: Sequence, track_ids: Iterable[str] | None) -> tuple[Track, ...]:
    """The tracks an edit cuts into: None means all that are not locked."""
    if track_ids is None:
        return tuple(track for track in sequence.tracks if not track.locked)
    return tuple(free_track(sequence, track_id) for track_id in dict.fromkeys(track_ids))


# --- the grid -------------------------------------------------------------------------------------------------------


def on_frame(sequence: Sequence, *times: RationalTime) -> None:
    """Refuse a record time that is not a frame boundary."""
    for time in times:
        if not time.is_on_frame(sequence.rate):
            raise EditRefused(f"{time} s is not on a frame of this sequence; edits are made on whole frames.")


def place(sequence: Sequence, time: RationalTime) -> RationalTime:
    """A record time that is a frame boundary and not before the sequence, or EditRefused."""
    on_frame(sequence, time)
    if time < ZERO:
        raise EditRefused("Nothing can stand before the start of the sequence.")
    return time


def span(sequence: Sequence, where: TimeRange) -> TimeRange:
    """A record range of at least one frame, or EditRefused."""
    place(sequence, where.start)
    on_frame(sequence, where.duration)
    if where.duration <= ZERO:
        raise EditRefused("The range is empty; mark an in and an out point first.")
    return where


def whole_clip(sequence: Sequence, clip: Clip) -> Clip:
    """A new clip, if it is sound and has whole frames, or EditRefused."""
    clip = sound(clip)
    if not clip.duration.is_on_frame(sequence.rate):
        raise EditRefused(f"A clip of {clip.duration} s is not a whole number of frames of this sequence.")
    return clip


def whole_items(sequence: Sequence, track: Track) -> Track:
    """A new track with whole frames only, in order, or EditRefused."""
    for item in track.items:
        on_frame(sequence, item.duration)
    return tidied(sound(track))


# --- media ----------------------------------------------------------------------------------------------------------


def suits(sequence: Sequence, track: Track, clip: Clip, library: Library, project: Project) -> None:
    """Refuse picture on a sound track and the other way round, and a sequence inside itself."""
    can_show(project, sequence, clip)
    media = media_of(clip, library)
    if track.is_audio:
        silent = media is not None and not media.has_audio and media.kind is not MediaKind.AUDIO
        if silent or isinstance(clip.source, GeneratorSource):
            name = source_name(clip, library)
            raise EditRefused(f"“{name}” has no sound; it cannot go on the audio track {track_label(sequence, track)}.")
    elif media is not None and media.kind is MediaKind.AUDIO:
        name = source_name(clip, library)
        raise EditRefused(f"“{name}” is sound only; it needs an audio track, not {track_label(sequence, track)}.")


def can_show(project: Project, sequence: Sequence, clip: Clip) -> None:
    """Refuse a clip that shows a sequence which is gone, or in which the sequence it stands in is shown itself."""
    if isinstance(clip.source, SequenceSource):
        nest = sequence_of(project, clip.source.sequence_id)
        if nest.id == sequence.id:
            raise EditRefused(f"“{nest.name}” cannot stand within itself.")
        if shows(project, nest.id, sequence.id):
            raise EditRefused(f"“{nest.name}” shows “{sequence.name}”; a sequence cannot stand within itself.")
        not_too_deep(project, sequence, levels_within(project, (nest.id,)))


def one_more_sequence(project: Project) -> None:
    """Refuse where a project is full of sequences."""
    if len(project.sequences) >= MAX_SEQUENCES:
        raise EditRefused(f"A project cannot have more than {MAX_SEQUENCES} sequences.")


def not_too_deep(project: Project, sequence: Sequence, levels: int) -> None:
    """Refuse to put so many sequences within each other into one."""
    if levels_around(project, sequence.id) + levels > DEEPEST:
        raise EditRefused(f"Sequences stand at most {DEEPEST} deep within each other.")


def has_media(
    sequence: Sequence,
    track: Track,
    clip: Clip,
    library: Library,
    project: Project,
    *,
    head: RationalTime = ZERO,
    tail: RationalTime = ZERO,
) -> None:
    """Refuse to pull out more of a clip than its media holds; transitions at a moved edge need their part too.

    `head` and `tail` are record times to be added before and behind the clip.
    """
    before, after = handles(clip, library, project)
    at_head, at_tail = transition_at_head(track, clip.id), transition_at_tail(track, clip.id)
    used_head = at_head.before if at_head is not None and at_head.left_id is not None else ZERO
    used_tail = at_tail.after if at_tail is not None and at_tail.right_id is not None else ZERO
    for wanted, left, used, edge in (
        (head, before, used_head, "before its start"),
        (tail, after, used_tail, "behind its end"),
    ):
        if left is None or wanted <= ZERO or wanted + used <= left:
            continue
        name, rate = source_name(clip, library), sequence.rate
        need = f"; the transition there uses {frames_text(used, rate)}" if used else ""
        raise EditRefused(
            f"“{name}” has {frames_text(left, rate)} of handle {edge}{need}; {frames_text(wanted, rate)} more cannot be shown."
        )


def still_long(sequence: Sequence, clip: Clip, duration: RationalTime, library: Library) -> None:
    """Refuse to make a clip shorter than one frame."""
    if duration < sequence.frame:
        name = source_name(clip, library)
        raise EditRefused(f"“{name}” is {frames_text(clip.duration, sequence.rate)} long; at least one must stay.")


# --- rippling -------------------------------------------------------------------------------------------------------


def rippled(sequence: Sequence, track: Track, since: RationalTime, by: RationalTime, library: Library) -> Track:
    """The track with everything that starts at `since` or later moved by `by`, so that it stays in sync.

    A clip that began before stays whole. Refused when what moves earlier would run into a clip.
    """
    index = first_from(track, since)
    if index is not None and by < ZERO and room_before(track, index) < -by:
        clip = track.items[index]
        name = source_name(clip, library) if isinstance(clip, Clip) else ""
        raise EditRefused(
            f"“{name}” at {timecode_at(sequence, track.starts[index])} on {track_label(sequence, track)} cannot move "
            f"{frames_text(-by, sequence.rate)} earlier: a clip is in the way. Lock that track to leave it where it is."
        )
    return pushed(track, since, by)


# --- results --------------------------------------------------------------------------------------------------------


class Tracks:
    """The tracks of a sequence during one edit: take one, put the changed one back, and `into` a project at the end."""

    def __init__(self, project: Project, sequence: Sequence) -> None:
        self.project = project
        self.sequence = sequence
        self.links: Links = {}
        self._tracks = {track.id: track for track in sequence.tracks}

    def __getitem__(self, track_id: str) -> Track:
        return self._tracks[track_id]

    def __setitem__(self, track_id: str, track: Track) -> None:
        self._tracks[track_id] = track

    def done(self) -> Project:
        """The project with the tracks put in order; the very same one when nothing differs."""
        tracks = tuple(
            old if self._tracks[old.id] is old else valid(tidied(self._tracks[old.id], old))
            for old in self.sequence.tracks
        )
        return with_tracks(self.project, self.sequence, tracks)


def with_tracks(project: Project, sequence: Sequence, tracks: tuple[Track, ...]) -> Project:
    """The project with other tracks in a sequence; itself when they are the same objects."""
    old = sequence.tracks
    if len(tracks) == len(old) and all(new is before for new, before in zip(tracks, old, strict=True)):
        return project
    return project.with_sequence(replace(sequence, tracks=tracks))


def with_clip(project: Project, sequence: Sequence, found: LocatedClip, clip: Clip) -> Project:
    """The project with one clip replaced by another of the same length and id."""
    if clip == found.clip:
        return project
    items = (*found.track.items[: found.position], clip, *found.track.items[found.position + 1 :])
    track = replace(found.track, items=items)
    return with_tracks(project, sequence, tuple(track if one.id == track.id else one for one in sequence.tracks))


def with_clips(
    project: Project, sequence: Sequence, ids: Iterable[str], change: Callable[[LocatedClip], Clip]
) -> Project:
    """The project with clips (of tracks that are not locked, else EditRefused) replaced by others of the same length and id.

    Each track is made anew once, however many clips are replaced.
    """
    rows: dict[str, dict[str, tuple[Item, ...]]] = {}
    for clip_id in ids:
        found = free_clip(sequence, clip_id)
        clip = change(found)
        if clip != found.clip:
            rows.setdefault(found.track.id, {})[clip_id] = (clip,)
    if not rows:
        return project
    tracks = tuple(exchanged(one, rows[one.id]) if one.id in rows else one for one in sequence.tracks)
    return with_tracks(project, sequence, tracks)


def changed(thing: T, changes: Mapping[str, Any], refused: Iterable[str] = ()) -> T:
    """A dataclass with some fields replaced; EditRefused for one that is not there, not free, or of a wrong kind."""
    what = type(thing).__name__.lower()
    allowed = {one.name for one in fields(thing)} - set(refused)  # type: ignore[arg-type]  # T is always a dataclass
    for name, value in changes.items():
        if name not in allowed:
            raise EditRefused(f"“{name}” of a {what} cannot be set.")
        if name != "extra" and not fits(type(thing), name, value):
            raise EditRefused(f"This is no {name.replace('_', ' ')} for a {what}.")
    if all(getattr(thing, name) == value for name, value in changes.items()):
        return thing
    return valid(replace(thing, **changes))  # type: ignore[type-var]  # T is always a dataclass


def valid(thing: T) -> T:
    """The thing itself, or EditRefused when it breaks a rule of `timeline.validity`."""
    problem = check(thing)
    if problem is not None:
        raise EditRefused(f"{problem[0].upper()}{problem[1:]}.")
    return thing


def sound(thing: T) -> T:
    """A thing from outside as a project file would give it back (itself, usually), or EditRefused when none could."""
    try:
        again = cast(T, decode_as(type(thing), encode(thing)))
    except Wrong as error:
        where = f" ({error.where})" if error.where else ""
        raise EditRefused(f"{error.reason[0].upper()}{error.reason[1:]}{where}.") from error
    except TypeError as error:
        raise EditRefused(f"{error}.") from error
    return thing if again == thing else again


def with_values(old: Values, new: Mapping[str, Value | Curve | None]) -> Values:
    """Values with some set and those that are None taken back to their default; the very same when nothing differs."""
    given = sound(EffectUse("", {name: value for name, value in new.items() if value is not None})).values
    values = {
        name: value for name, value in {**old, **given}.items() if name in given or new.get(name, value) is not None
    }
    return old if values == old else values
