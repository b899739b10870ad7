"""What must hold in one value of a project, whoever made it: a file, a command, a script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

from timeline.curve import Curve
from timeline.items import Clip, Gap, Marker, Transition
from timeline.limits import (
    MAX_BINS,
    MAX_LENGTH,
    MAX_RATE,
    MAX_RATING,
    MAX_SAMPLE_RATE,
    MAX_SEQUENCES,
    MAX_SIDE,
    MAX_SPEED,
    MAX_TRACKS,
    MIN_RATE,
    MIN_SPEED,
)
from timeline.media import Media
from timeline.nesting import shows_itself
from timeline.pool import Bin, Pool, PoolEntry, Subclip
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.time import ZERO, FrameRate
from timeline.track import Track


def check(value: object) -> str | None:
    """Half a sentence about what is wrong with a value (its parts are taken as checked), or None."""
    rule = _RULES.get(type(value))
    return rule(value) if rule else None


def _clip(clip: Clip) -> str | None:
    if not MIN_SPEED <= abs(clip.speed) <= MAX_SPEED:
        return f"the speed of a clip lies between 1/1000 and 1000, forwards or backwards, not at {clip.speed}"
    if clip.source_range.duration <= ZERO:
        return "a clip must be longer than nothing"
    if clip.duration > MAX_LENGTH:
        return "a clip cannot be longer than 1000 hours"
    if clip.fade_in < ZERO or clip.fade_out < ZERO:
        return "a fade cannot be shorter than nothing"
    for name, low, high in (("opacity", 0.0, 1.0), ("volume", 0.0, 1000.0), ("pan", -1.0, 1.0)):
        level = getattr(clip, name)
        if not isinstance(level, Curve) and not low <= level <= high:
            return f"the {name} of a clip lies between {low:g} and {high:g}"
    return _twice("effect", (use.id for use in clip.effects)) or _twice("marker", (one.id for one in clip.markers))


def _gap(gap: Gap) -> str | None:
    if gap.duration <= ZERO:
        return "a gap must be longer than nothing"
    return "a gap cannot be longer than 1000 hours" if gap.duration > MAX_LENGTH else None


def _transition(one: Transition) -> str | None:
    if one.before < ZERO or one.after < ZERO or not one.duration:
        return "a transition must be longer than nothing"
    return "a transition needs a clip on one side" if one.left_id is None and one.right_id is None else None


def _marker(marker: Marker) -> str | None:
    return "a marker cannot be shorter than nothing" if marker.duration < ZERO else None


def _curve(curve: Curve) -> str | None:
    if not curve.keyframes:
        return "a curve needs at least one keyframe"
    times = [key.time for key in curve.keyframes]
    if any(later <= earlier for earlier, later in pairwise(times)):
        return "the keyframes of a curve must follow each other in time"
    return None


def _track(track: Track) -> str | None:
    if track.duration > MAX_LENGTH:
        return "a track cannot be longer than 1000 hours"
    if not 0 <= track.opacity <= 1 or not 0 <= track.volume <= 1000 or not -1 <= track.pan <= 1:
        return "opacity (0 to 1), volume (0 to 1000) or pan (-1 to 1) of a track is out of range"
    return _twice("transition", (one.id for one in track.transitions))


def _sequence(sequence: Sequence) -> str | None:
    if len(sequence.tracks) > MAX_TRACKS:
        return f"a sequence cannot have more than {MAX_TRACKS} tracks"
    if not 0 < sequence.sample_rate <= MAX_SAMPLE_RATE:
        return f"{sequence.sample_rate} is not a sample rate"
    return (
        _picture(sequence.width, sequence.height, sequence.rate)
        or _twice("track", (track.id for track in sequence.tracks))
        or _twice("clip or gap", (item.id for track in sequence.tracks for item in track.items))
        or _twice("marker", (marker.id for marker in sequence.markers))
    )


def _media(media: Media) -> str | None:
    if media.duration < ZERO:
        return "a file cannot be shorter than nothing"
    if media.rate is not None and media.rate <= 0:
        return f"{media.rate} is not a frame rate"
    return None


def _shot(shot: Shot) -> str | None:
    if not ZERO < shot.duration <= MAX_LENGTH:
        return "a shot must be longer than nothing and shorter than 1000 hours"
    if shot.transition_duration is not None and shot.transition_duration < ZERO:
        return "a transition cannot be shorter than nothing"
    return None


def _storyboard(board: Storyboard) -> str | None:
    return _picture(board.width, board.height, board.rate) or _twice("shot", (shot.id for shot in board.shots))


def _bin(one: Bin) -> str | None:
    if not one.name.strip():
        return "a folder needs a name"
    return "a folder cannot lie in itself" if one.parent_id == one.id else None


def _pool_entry(entry: PoolEntry) -> str | None:
    if any(mark is not None and mark < ZERO for mark in (entry.mark_in, entry.mark_out)):
        return "a mark cannot stand before the start of a file"
    if entry.mark_in is not None and entry.mark_out is not None and entry.mark_out <= entry.mark_in:
        return "the out mark must stand behind the in mark"
    return _rating(entry.rating)


def _subclip(one: Subclip) -> str | None:
    if one.range.duration <= ZERO or one.range.start < ZERO:
        return "a subclip is a part of its file and longer than nothing"
    return _rating(one.rating) if one.name.strip() else "a subclip needs a name"


def _rating(rating: int) -> str | None:
    return None if 0 <= rating <= MAX_RATING else f"a rating is 0 to {MAX_RATING} stars"


def _pool(pool: Pool) -> str | None:
    if len(pool.bins) > MAX_BINS:
        return f"a media pool cannot have more than {MAX_BINS} folders"
    return (
        _twice("folder", (one.id for one in pool.bins))
        or _twice("file", (one.media_id for one in pool.entries))
        or _twice("subclip", (one.id for one in pool.subclips))
        or _round_about(pool.bins)
    )


def _round_about(bins: Iterable[Bin]) -> str | None:
    """Folders that lie in each other."""
    parents = {one.id: one.parent_id for one in bins}
    sound: set[str | None] = {None}
    for start in parents:
        way: set[str | None] = set()
        at: str | None = start
        while at is not None and at not in sound and at in parents:
            if at in way:
                return "a folder cannot lie in itself"
            way.add(at)
            at = parents[at]
        sound |= way
    return None


def _project(project: Project) -> str | None:
    if not project.sequences:
        return "a project needs at least one sequence"
    if len(project.sequences) > MAX_SEQUENCES:
        return f"a project cannot have more than {MAX_SEQUENCES} sequences"
    return (
        _twice("sequence", (one.id for one in project.sequences))
        or _twice("storyboard", (one.id for one in project.storyboards))
        or _twice("shot", (shot.id for board in project.storyboards for shot in board.shots))
        or _within_itself(project)
    )


def _within_itself(project: Project) -> str | None:
    nests = any(track.nested_ids for sequence in project.sequences for track in sequence.tracks)
    inside = next((one for one in project.sequences if shows_itself(project, one)), None) if nests else None
    return None if inside is None else f"the sequence “{inside.name}” stands within itself"


def _picture(width: int, height: int, rate: FrameRate) -> str | None:
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        return f"{width} x {height} is not a picture size; each side has 1 to {MAX_SIDE} pixels"
    return None if MIN_RATE <= rate <= MAX_RATE else f"{rate} is not a frame rate"


def _twice(what: str, ids: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for one in ids:
        if not one:
            return f"a {what} has no id"
        if one in seen:
            return f"two of the same id: {what} “{one}”"
        seen.add(one)
    return None


_RULES: Mapping[type, Callable[[Any], str | None]] = {
    Clip: _clip,
    Gap: _gap,
    Transition: _transition,
    Marker: _marker,
    Curve: _curve,
    Track: _track,
    Sequence: _sequence,
    Media: _media,
    Shot: _shot,
    Storyboard: _storyboard,
    Bin: _bin,
    PoolEntry: _pool_entry,
    Subclip: _subclip,
    Pool: _pool,
    Project: _project,
}
