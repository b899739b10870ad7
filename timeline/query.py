"""Read-only questions about a cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal

from timeline.items import Clip, GeneratorSource, MediaSource, Placeholder, SequenceSource, Transition, UnknownSource
from timeline.media import Library, Media
from timeline.nesting import shows
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.timecode import format_timecode
from timeline.track import Track, TrackKind

SnapKind = Literal["start", "playhead", "edit", "marker", "transition", "mark"]


# --- one clip -------------------------------------------------------------------------------------------------------


def media_of(clip: Clip, library: Library) -> Media | None:
    """The file a clip shows, when it shows one and the library has it."""
    return library.media.get(clip.source.media_id) if isinstance(clip.source, MediaSource) else None


def available_range(clip: Clip, library: Library, project: Project | None = None) -> TimeRange | None:
    """All of the source there is, in source time; None when it is endless, a frozen frame or unknown.

    How long a nested sequence is, only the `project` knows; without it one counts as endless.
    """
    if clip.freeze is not None:
        return None
    if isinstance(clip.source, SequenceSource):
        nest = project.sequence(clip.source.sequence_id) if project is not None else None
        return None if nest is None or nest.duration <= ZERO else TimeRange(ZERO, nest.duration)
    media = media_of(clip, library)
    if media is None or media.is_endless or media.duration <= ZERO:
        return None
    return TimeRange(ZERO, media.duration)


def handles(
    clip: Clip, library: Library, project: Project | None = None
) -> tuple[RationalTime | None, RationalTime | None]:
    """Source left before the clip's start and behind its end, in record time, never negative; None is endless.

    For reverse play the head is what lies behind the source range. `project`: see `available_range`.
    """
    whole = available_range(clip, library, project)
    if whole is None:
        return None, None
    speed = abs(clip.speed)
    before = max(ZERO, clip.source_range.start - whole.start) / speed
    after = max(ZERO, whole.end - clip.source_range.end) / speed
    return (before, after) if clip.speed > 0 else (after, before)


def media_name(media: Media) -> str:
    """What to call a file."""
    return media.name or media.path.replace("\\", "/").rsplit("/", 1)[-1]


def source_name(clip: Clip, library: Library) -> str:
    """What to call a clip: its own name, else that of its file, generator or shot."""
    if clip.name:
        return clip.name
    media = media_of(clip, library)
    if media is not None:
        return media_name(media)
    if isinstance(clip.source, GeneratorSource):
        return clip.source.generator
    return "placeholder" if isinstance(clip.source, Placeholder) else "clip"


# --- one track ------------------------------------------------------------------------------------------------------


def neighbours(track: Track, clip_id: str) -> tuple[Clip | None, Clip | None]:
    """The clips that touch this one on the left and on the right; None where there is a gap or nothing."""
    index = track.index_of(clip_id)
    if index is None:
        return None, None
    left = track.items[index - 1] if index else None
    right = track.items[index + 1] if index + 1 < len(track.items) else None
    return (left if isinstance(left, Clip) else None), (right if isinstance(right, Clip) else None)


def through_edit(track: Track, left_id: str) -> bool:
    """Whether the cut behind a clip is none: the same source goes on at the same speed in the next clip."""
    left = track.clip(left_id)
    _, right = neighbours(track, left_id)
    return left is not None and right is not None and goes_on(left, right)


def goes_on(left: Clip, right: Clip) -> bool:
    """Whether a clip shows on what the one before it showed last: the same source at the same speed."""
    if left.source != right.source or (left.speed is not right.speed and left.speed != right.speed):
        return False
    if left.freeze is not None or right.freeze is not None:
        return left.freeze == right.freeze
    if left.speed > 0:
        return left.source_range.end == right.source_range.start
    return left.source_range.start == right.source_range.end


def transition_at_head(track: Track, clip_id: str) -> Transition | None:
    """The transition over the start of a clip."""
    return next((one for one in track.transitions if one.right_id == clip_id), None)


def transition_at_tail(track: Track, clip_id: str) -> Transition | None:
    """The transition over the end of a clip."""
    return next((one for one in track.transitions if one.left_id == clip_id), None)


# --- a sequence -----------------------------------------------------------------------------------------------------


def range_of(sequence: Sequence, item_id: str) -> TimeRange | None:
    """Record range of a clip or gap."""
    track = sequence.track_holding(item_id)
    index = track.index_of(item_id) if track else None
    return None if track is None or index is None else track.range_of(index)


def linked_ids(sequence: Sequence, clip_ids: Iterable[str]) -> tuple[str, ...]:
    """These clips and all that are linked to them, in the order of the tracks."""
    places: dict[str, set[int]] = {}
    links: set[str] = set()
    for one in dict.fromkeys(clip_ids):
        track = sequence.track_holding(one)
        place = track.index_of(one) if track is not None else None
        if track is None or place is None:
            continue
        places.setdefault(track.id, set()).add(place)
        item = track.items[place]
        if isinstance(item, Clip) and item.link is not None:
            links.add(item.link)
    found: list[str] = []
    for track in sequence.tracks:
        row = places.get(track.id, set())
        row.update(track.places_of_links(links))
        found += (track.items[place].id for place in sorted(row))
    return tuple(found)


def together_ids(sequence: Sequence, clip_ids: Iterable[str]) -> tuple[str, ...]:
    """These clips, all of their groups and all that are linked to any of them, in the order of the tracks.

    What a click selects and what is moved as one. Ids of gaps and transitions stay among them, at the end.
    """
    given = tuple(clip_ids)
    groups = {clip.group for one in given if (clip := sequence.clip(one)) is not None and clip.group is not None}
    wanted = set(given)
    if groups:
        wanted |= {clip.id for track in sequence.tracks for clip, _ in track.clips() if clip.group in groups}
    found = linked_ids(sequence, wanted)
    known = set(found)
    return (*found, *(one for one in given if one not in known))


def edit_points(sequence: Sequence, track_ids: Iterable[str] | None = None) -> tuple[RationalTime, ...]:
    """All starts and ends of clips on these tracks (None: all), sorted, each once."""
    wanted = None if track_ids is None else set(track_ids)
    points: set[RationalTime] = set()
    for track in sequence.tracks:
        if wanted is None or track.id in wanted:
            for _, where in track.clips():
                points |= {where.start, where.end}
    return tuple(sorted(points))


def snap_points(
    sequence: Sequence,
    exclude_ids: Iterable[str] = (),
    playhead: RationalTime | None = None,
    extra: Iterable[RationalTime] = (),
) -> tuple[tuple[RationalTime, SnapKind], ...]:
    """Times (record) an edge may snap to, sorted, each once; at the same time the playhead comes before all others.

    Clips in `exclude_ids` (those being dragged) do not count. `extra` are marks in and out.
    """
    excluded = set(exclude_ids)
    points: dict[RationalTime, SnapKind] = {}
    for track in sequence.tracks:
        for transition in track.transitions:
            cut = track.cut_of(transition)
            if cut is not None and not {transition.left_id, transition.right_id} & excluded:
                points[cut - transition.before] = points[cut + transition.after] = "transition"
        starts = track.starts
        for index, item in enumerate(track.items):
            if isinstance(item, Clip) and item.id not in excluded:
                points[starts[index]] = points[starts[index + 1]] = "edit"
    for marker in sequence.markers:
        points[marker.time] = "marker"
        points[marker.time + marker.duration] = "marker"
    points[ZERO] = "start"
    points.update((time, "mark") for time in extra)
    if playhead is not None:
        points[playhead] = "playhead"
    return tuple(sorted(points.items(), key=lambda point: point[0].to_seconds()))


def uppermost(sequence: Sequence, time: RationalTime, library: Library) -> tuple[Media, RationalTime] | None:
    """The file that is seen uppermost at a record time, and the instant of it; None where none is seen."""
    for track in reversed(sequence.picture_tracks()):
        index = None if track.muted else track.index_at(time)
        item = None if index is None else track.items[index]
        media = media_of(item, library) if isinstance(item, Clip) and item.enabled else None
        if isinstance(item, Clip) and index is not None and media is not None:
            return media, item.source_time(time - track.starts[index])
    return None


def track_label(sequence: Sequence, track: Track) -> str:
    """What a track is called: its name, else V1, A2, … by its kind and place among its kind."""
    if track.name:
        return track.name
    same = [one.id for one in sequence.tracks if one.kind is track.kind]
    return f"{_LETTERS[track.kind]}{same.index(track.id) + 1 if track.id in same else len(same) + 1}"


_LETTERS = {
    TrackKind.VIDEO: "V",
    TrackKind.AUDIO: "A",
    TrackKind.OVERLAY: "O",
    TrackKind.TEXT: "T",
    TrackKind.EFFECTS: "FX",
}


def default_track(sequence: Sequence, kind: TrackKind) -> Track | None:
    """The first unlocked track of a kind (V1, A1): where an edit goes when nothing else is said."""
    return next((track for track in sequence.tracks if track.kind is kind and not track.locked), None)


def whole_frames(duration: RationalTime, rate: FrameRate) -> RationalTime:
    """The longest whole number of frames that fits, at least one: the length at which a file comes into a cut."""
    return RationalTime.from_frames(max(1, duration.frames(rate)), rate)


# --- what is wrong with a sequence ----------------------------------------------------------------------------------


def sequence_check(sequence: Sequence, library: Library, project: Project | None = None) -> tuple[str, ...]:
    """One sentence for each thing that would not be delivered as it is meant; nothing on the disk is looked at.

    What is said of nested sequences, only the `project` knows.
    """
    problems: list[str] = []
    for track in sequence.tracks:
        label = track_label(sequence, track)
        for clip, where in track.clips():
            place = f"“{source_name(clip, library)}” at {timecode_at(sequence, where.start)} on {label}"
            problems += [f"{place} {fault}." for fault in _faults(sequence, clip, where, library, project)]
        for transition in track.transitions:
            missing = _missing_handles(track, transition, library, project)
            if missing >= sequence.frame:
                at = timecode_at(sequence, track.cut_of(transition) or ZERO)
                problems.append(
                    f"The transition {transition.effect} at {at} on {label} needs "
                    f"{frames_text(missing, sequence.rate)} more than its clips have; the picture stands still there."
                )
    return tuple(problems)


def _faults(
    sequence: Sequence, clip: Clip, where: TimeRange, library: Library, project: Project | None
) -> Iterator[str]:
    source = clip.source
    if isinstance(source, MediaSource) and source.media_id not in library.media:
        yield "shows a file that is not in the media pool"
    elif isinstance(source, Placeholder):
        yield "is still a placeholder; generate its shot or fill it with a file"
    elif isinstance(source, UnknownSource):
        yield f"shows a “{source.kind}”, which this version of Starcut does not know"
    elif isinstance(source, SequenceSource) and project is not None and project.sequence(source.sequence_id) is None:
        yield "shows a sequence that is not in the project"
    elif isinstance(source, SequenceSource) and project is not None and shows(project, source.sequence_id, sequence.id):
        yield "shows the sequence it stands in; remove it"
    whole = available_range(clip, library, project)
    if whole is not None:
        over = max(clip.source_range.end - whole.end, whole.start - clip.source_range.start) / abs(clip.speed)
        if over >= sequence.frame:
            nests = isinstance(source, SequenceSource)
            beyond = "sequence; nothing is seen there" if nests else "file; the picture stands still there"
            yield f"runs {frames_text(over, sequence.rate)} beyond its {beyond}"
    if not (where.start.is_on_frame(sequence.rate) and where.duration.is_on_frame(sequence.rate)):
        yield "does not start or end on a frame"


def _missing_handles(track: Track, transition: Transition, library: Library, project: Project | None) -> RationalTime:
    """How much longer the transition is than the handles of its clips (0 or less: not at all)."""
    missing = ZERO
    left, right = track.clip(transition.left_id), track.clip(transition.right_id)
    if left is not None and right is not None:
        tail, head = handles(left, library, project)[1], handles(right, library, project)[0]
        missing = max(missing, transition.after - tail if tail is not None else ZERO)
        missing = max(missing, transition.before - head if head is not None else ZERO)
    return missing


# --- a project ------------------------------------------------------------------------------------------------------


def all_clips(project: Project) -> Iterator[tuple[Sequence, Track, Clip]]:
    """Every clip of every sequence."""
    for sequence in project.sequences:
        for track in sequence.tracks:
            for item in track.items:
                if isinstance(item, Clip):
                    yield sequence, track, item


def clips_of_shot(project: Project, shot_id: str) -> tuple[tuple[Sequence, Clip], ...]:
    """Clips made for a shot: placeholders that wait for it and clips that were filled by it."""
    return tuple(
        (sequence, clip)
        for sequence, _, clip in all_clips(project)
        if clip.shot_id == shot_id or (isinstance(clip.source, Placeholder) and clip.source.shot_id == shot_id)
    )


def timecode_at(sequence: Sequence, time: RationalTime) -> str:
    """Record time as the sequence's own timecode."""
    return format_timecode(sequence.start_timecode + time, sequence.rate, sequence.drop_frame)


def frames_text(time: RationalTime, rate: Fraction) -> str:
    """`1 frame`, `12 frames`: a length in words, rounded down."""
    count = time.frames(rate)
    return "1 frame" if count == 1 else f"{count} frames"
