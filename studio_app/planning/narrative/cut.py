"""An order of scenes as a sequence of its own. What it was made of stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studio_app.planning.assemble import spaced
from studio_app.planning.narrative.acts import Act, Scene
from timeline.edits import copies
from timeline.items import Clip, Marker, new_id
from timeline.sequence import Sequence as Cut
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

_COLOURS = ("blue", "teal", "purple", "pink", "green")


@dataclass(frozen=True)
class Piece:
    """What stands for a scene: its picture, and its sounds each with where it begins after the picture (record time)."""

    picture: Clip
    sounds: tuple[tuple[RationalTime, Clip], ...] = ()


def piece_of(cut: Cut, clip_id: str) -> Piece | None:
    """A picture clip with the sounds linked to it, trimmed to what is heard under it; None where it is none."""
    track = cut.track_holding(clip_id)
    index = track.index_of(clip_id) if track is not None else None
    picture = cut.clip(clip_id)
    if track is None or index is None or picture is None:
        return None
    where = track.range_of(index)
    sounds = []
    for one in cut.audio_tracks():
        for place in one.places_of_link(picture.link) if picture.link else ():
            clip = one.items[place]
            if isinstance(clip, Clip) and (part := _under(clip, one.range_of(place), where)) is not None:
                sounds.append(part)
    return Piece(picture, tuple(sounds))


def _under(clip: Clip, its: TimeRange, where: TimeRange) -> tuple[RationalTime, Clip] | None:
    """The part of a sound that lies under a picture: another scene's picture may stand beside it now."""
    start, end = max(its.start, where.start), min(its.end, where.end)
    if start >= end:
        return None
    if (start, end) == (its.start, its.end):
        return start - where.start, clip
    head, length = (start - its.start) * abs(clip.speed), (end - start) * abs(clip.speed)
    source = clip.source_range
    begin = source.start + head if clip.speed > 0 else source.end - head - length
    fade_in = clip.fade_in if start == its.start else ZERO
    fade_out = clip.fade_out if end == its.end else ZERO
    room = end - start
    return start - where.start, replace(
        clip, source_range=TimeRange(begin, length), fade_in=min(fade_in, room / 2), fade_out=min(fade_out, room / 2)
    )


def sequence_of(scenes: Sequence[Scene], pieces: Mapping[str, Piece], acts: Sequence[Act], like: Cut, name: str) -> Cut:
    """The scenes one after another in the format of `like`: pictures on one track, sounds under them, a marker for each act.

    Every clip has an id of its own; clips linked to each other are so again. Scenes without a piece are left out.
    """
    pictures: list[Clip] = []
    sounds: list[list[tuple[RationalTime, Clip]]] = []
    starts: dict[str, RationalTime] = {}
    at = ZERO
    for scene in scenes:
        piece = pieces.get(scene.id)
        if piece is None:
            continue
        picture, *heard = copies((piece.picture, *(clip for _, clip in piece.sounds)))
        if not heard:
            picture = replace(picture, link=None)
        starts[scene.id] = at
        pictures.append(picture)
        for (offset, _), clip in zip(piece.sounds, heard, strict=True):
            _lay(sounds, at + offset, clip)
        at = at + picture.duration
    rows = [Track(TrackKind.AUDIO, spaced(row)) for row in sounds] or [Track(TrackKind.AUDIO)]
    tracks = (Track(TrackKind.VIDEO, tuple(pictures)), *rows)
    markers = _markers(acts, starts, at)
    return replace(like, name=name, tracks=tracks, markers=markers, id=new_id(), extra={})


def _lay(rows: list[list[tuple[RationalTime, Clip]]], at: RationalTime, clip: Clip) -> None:
    """On the first row that is free there."""
    for row in rows:
        if not row or row[-1][0] + row[-1][1].duration <= at:
            row.append((at, clip))
            return
    rows.append([(at, clip)])


def _markers(acts: Sequence[Act], starts: Mapping[str, RationalTime], end: RationalTime) -> tuple[Marker, ...]:
    """The acts as ranges; empty ones have no place to be named at."""
    begun = []
    for place, act in enumerate(acts):
        first = next((starts[one.id] for one in act.scenes if one.id in starts), None)
        if first is not None:
            begun.append((first, act.beat.name, _COLOURS[place % len(_COLOURS)]))
    ends = [one[0] for one in begun[1:]] + [end]
    return tuple(
        Marker(first, name, colour=colour, duration=until - first)
        for (first, name, colour), until in zip(begun, ends, strict=True)
    )
