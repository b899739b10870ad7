"""Taking a nest apart: what its clips become outside, and on which tracks they go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from timeline.checks import LocatedClip, valid
from timeline.curve import Curve
from timeline.edits import laid, part, tidied, without
from timeline.errors import EditRefused
from timeline.items import Clip, Marker, Transition, new_id
from timeline.keyframes import keys_of
from timeline.markers import seen_at
from timeline.media import Library
from timeline.project import Project
from timeline.query import handles, transition_at_head, transition_at_tail
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import BlendMode, Track, TrackKind

Links = dict[tuple[str, str], str]
"""Links and groups inside, with the nest they were in -> the new ones outside."""


@dataclass(frozen=True)
class Lane:
    """A track of the nest as it comes out: the settings its clips need, the clips by their place, the passages between them."""

    like: Track
    pieces: tuple[tuple[RationalTime, Clip], ...]
    transitions: tuple[Transition, ...]


def check_nest(sequence: Sequence, track: Track, clip: Clip, nest: Sequence) -> None:
    """Refuse a nest whose clips would not look or sound outside as they do inside."""
    name = clip.name or nest.name
    if clip.freeze is not None:
        raise EditRefused(f"“{name}” is frozen on one frame and cannot be taken apart. Unfreeze it first.")
    own = [what for what, there in _own(track, clip) if there]
    if own:
        raise EditRefused(f"“{name}” has {' and '.join(own)}, which its clips would lose. Remove that first.")
    if not track.is_audio and (nest.width, nest.height) != (sequence.width, sequence.height):
        raise EditRefused(
            f"“{name}” is {nest.width} × {nest.height}, this sequence is {sequence.width} × {sequence.height}: "
            "its clips would be seen in another size. Keep the nest."
        )


def _own(track: Track, clip: Clip) -> Iterable[tuple[str, bool]]:
    yield "effects of its own", any(use.enabled for use in clip.effects)
    yield "fades", bool(clip.fade_in or clip.fade_out)
    if track.is_audio:
        yield "a volume with keyframes", isinstance(clip.volume, Curve)
        yield "a pan of its own", isinstance(clip.pan, Curve) or clip.pan != 0
    else:
        yield "an opacity of its own", isinstance(clip.opacity, Curve) or clip.opacity != 1


def lanes_of(sequence: Sequence, found: LocatedClip, nest: Sequence, links: Links) -> tuple[Lane, ...]:
    """The tracks of the nest that show something in the part the clip shows, in their order."""
    clip, track = found.clip, found.track
    same = [one for one in nest.tracks if one.is_audio is track.is_audio]
    solo = any(one.solo for one in same)
    lanes = (_lane(sequence, found, one, nest, links, heard=not one.muted and (one.solo or not solo)) for one in same)
    filled = tuple(lane for lane in lanes if lane.pieces)
    if not filled:
        raise EditRefused(f"“{clip.name or nest.name}” shows no clip here.")
    return filled


def markers_outside(sequence: Sequence, found: LocatedClip, nest: Sequence) -> tuple[Marker, ...]:
    """The markers of a nest and of the clip that shows it, as far as they are seen, as markers of the sequence around it."""
    pace = abs(found.clip.speed)
    seen = ((one, seen_at(sequence, found.clip, found.range, one)) for one in (*nest.markers, *found.clip.markers))
    return tuple(
        replace(one, time=at, duration=(one.duration / pace).snapped(sequence.rate), id=new_id())
        for one, at in seen
        if at is not None
    )


def _lane(sequence: Sequence, found: LocatedClip, inner: Track, nest: Sequence, links: Links, *, heard: bool) -> Lane:
    clip, new_ids = found.clip, {}
    pieces = []
    for one, where in inner.clips():
        seen = where.intersection(clip.source_range)
        if seen is None or not seen.duration:
            continue
        at, piece = _outside(clip, one, where, seen)
        if not (at.is_on_frame(sequence.rate) and piece.duration.is_on_frame(sequence.rate)):
            raise EditRefused(
                f"The cuts in “{clip.name or nest.name}” do not fall on whole frames here. Set its speed to 100 % first."
            )
        piece = _renamed(replace(piece, enabled=piece.enabled and heard and clip.enabled), clip, links)
        new_ids[one.id] = piece.id
        pieces.append((found.range.start + at, valid(piece)))
    passages = tuple(_passage(one, clip, new_ids) for one in inner.transitions if _lies_within(inner, one, clip, nest))
    return Lane(inner, tuple(sorted(pieces, key=lambda one: one[0])), passages)


def _outside(nest: Clip, clip: Clip, where: TimeRange, seen: TimeRange) -> tuple[RationalTime, Clip]:
    """How long after the nest's start a clip comes, and the part of it that is seen, at the pace and in the direction of the nest."""
    piece = part(clip, seen.start - where.start, seen.end - where.start)
    pace, span = abs(nest.speed), nest.source_range
    fades = (piece.fade_in / pace, piece.fade_out / pace)
    if nest.speed > 0:
        at, speed = (seen.start - span.start) / pace, piece.speed * pace
    else:
        at, fades = (span.end - seen.end) / pace, (fades[1], fades[0])
        speed = piece.speed * (pace if piece.freeze is not None else nest.speed)
    level = nest.volume if not isinstance(nest.volume, Curve) else 1.0
    return at, replace(piece, speed=speed, fade_in=fades[0], fade_out=fades[1], volume=_scaled(piece.volume, level))


def _scaled(volume: float | Curve, by: float) -> float | Curve:
    if by == 1:
        return volume
    if not isinstance(volume, Curve):
        return volume * by
    keys = tuple(
        replace(key, value=key.value * by if isinstance(key.value, (int, float)) else key.value)
        for key in keys_of(volume)
    )
    return replace(volume, keyframes=keys)


def _renamed(piece: Clip, nest: Clip, links: Links) -> Clip:
    """A copy with ids of its own. Picture and sound of a nest that are linked share the links of what was in it."""
    home = nest.link or nest.id
    link, group = (
        None if one is None else links.setdefault((home, one), new_id()) for one in (piece.link, piece.group)
    )
    return replace(piece, id=new_id(), link=link, group=group)


def _lies_within(inner: Track, one: Transition, nest_clip: Clip, nest: Sequence) -> bool:
    """Whether a transition is seen; refused where only a part of it is, or backwards."""
    cut, span = inner.cut_of(one), nest_clip.source_range
    if cut is None:
        return False
    passage = TimeRange.between(cut - one.before, cut + one.after)
    if not passage.overlaps(span):
        return False
    name = nest_clip.name or nest.name
    if passage.start < span.start or passage.end > span.end:
        raise EditRefused(f"“{name}” begins or ends within a transition inside it. Trim it past the transition first.")
    if nest_clip.speed < 0:
        raise EditRefused(f"“{name}” plays backwards, and transitions inside it cannot. Set its speed to 100 % first.")
    return True


def _passage(one: Transition, nest: Clip, new_ids: dict[str, str]) -> Transition:
    pace = abs(nest.speed)
    ids = (None if old is None else new_ids[old] for old in (one.left_id, one.right_id))
    return replace(
        one, left_id=next(ids), right_id=next(ids), before=one.before / pace, after=one.after / pace, id=new_id()
    )


# --- where it goes ----------------------------------------------------------------------------------------------------


def put_out(
    project: Project, sequence: Sequence, found: LocatedClip, lanes: tuple[Lane, ...], library: Library
) -> Sequence:
    """The sequence with the lanes in place of the nest: the first on its track, the others above (of sound: below) it.

    They go on tracks that are free there and set alike, else on new ones.
    """
    rows = list(sequence.tracks)
    place = rows.index(found.track)
    check_around(project, sequence, found, lanes, library)
    rows[place] = _without_nest(found, lanes)
    for number, lane in enumerate(lanes):
        home = _home_settings(found.track, lane.like)
        if number or not _takes(rows[place], home, found.range):
            above = next((at for at in range(place + 1, len(rows)) if rows[at].is_audio is found.track.is_audio), None)
            if number and above is not None and _takes(rows[above], home, found.range):
                place = above
            else:
                place += 1
                rows.insert(place, home)
        row = laid(rows[place], lane.pieces, {})
        rows[place] = tidied(replace(row, transitions=(*row.transitions, *lane.transitions)))
    return valid(replace(sequence, tracks=tuple(tidied(row) for row in rows)))


def check_around(
    project: Project, sequence: Sequence, found: LocatedClip, lanes: tuple[Lane, ...], library: Library
) -> None:
    """Refuse where the nest's track, what lies below it, or a transition over its ends means something else for single clips."""
    track, name = found.track, f"“{found.clip.name}”" if found.clip.name else "This nest"
    if len(lanes) > 1 and (track.effects or (not track.is_audio and not _is_plain(track))):
        raise EditRefused(f"{name} stands on a track with opacity, blending or effects, which act on it as a whole.")
    if any(lane.like.kind is TrackKind.EFFECTS for lane in lanes) and _covers(sequence, found):
        raise EditRefused(f"{name} has an effects track, which outside would change what lies below as well.")
    for passage, is_head in (
        (transition_at_head(track, found.clip.id), True),
        (transition_at_tail(track, found.clip.id), False),
    ):
        if passage is not None and not _carries(project, found, lanes, library, passage, is_head=is_head):
            edge = "start" if is_head else "end"
            raise EditRefused(f"The transition at the {edge} of {name} needs it as a whole. Remove that first.")


def _is_plain(track: Track) -> bool:
    return track.opacity == 1 and track.blend is BlendMode.NORMAL and not track.effects


def _covers(sequence: Sequence, found: LocatedClip) -> bool:
    """Whether pictures lie below the nest."""
    below = sequence.tracks[: sequence.tracks.index(found.track)]
    return any(where.overlaps(found.range) for track in below if not track.is_audio for _, where in track.clips())


def _edge_piece(found: LocatedClip, lane: Lane, *, is_head: bool) -> Clip | None:
    """The clip that begins or ends where the nest does."""
    at, piece = lane.pieces[0] if is_head else lane.pieces[-1]
    touches = at == found.range.start if is_head else at + piece.duration == found.range.end
    return piece if touches else None


def _carries(
    project: Project,
    found: LocatedClip,
    lanes: tuple[Lane, ...],
    library: Library,
    passage: Transition,
    *,
    is_head: bool,
) -> bool:
    """Whether the one clip at that end can take over the transition there."""
    piece = _edge_piece(found, lanes[0], is_head=is_head)
    if piece is None or len(lanes) > 1:
        return False
    head, tail = handles(piece, library, project)
    handle, used = (head, passage.before) if is_head else (tail, passage.after)
    inside = passage.after if is_head else passage.before
    return (handle is None or handle >= used) and piece.duration >= inside


def _without_nest(found: LocatedClip, lanes: tuple[Lane, ...]) -> Track:
    """The nest's track with a gap for it; transitions over its ends already name the clips that come."""
    head, tail = (_edge_piece(found, lanes[0], is_head=is_head) for is_head in (True, False))
    old = found.clip.id
    transitions = tuple(
        replace(one, right_id=head.id)
        if one.right_id == old and head is not None
        else replace(one, left_id=tail.id)
        if one.left_id == old and tail is not None
        else one
        for one in found.track.transitions
    )
    return replace(without(found.track, (old,)), transitions=transitions)


def _home_settings(outer: Track, inner: Track) -> Track:
    """An empty track on which clips look and sound as they did on a track within a nest on `outer`."""
    is_audio = outer.is_audio
    return Track(
        inner.kind,
        name=inner.name,
        opacity=inner.opacity * outer.opacity,
        blend=inner.blend if outer.blend is BlendMode.NORMAL else outer.blend,
        volume=inner.volume * outer.volume,
        pan=max(-1.0, min(1.0, inner.pan + outer.pan)) if is_audio else 0.0,
        effects=(*inner.effects, *outer.effects),
        muted=outer.muted,
        solo=outer.solo,
    )


def _takes(track: Track, home: Track, where: TimeRange) -> bool:
    """Whether clips of a lane can go on a track: it is free there, not locked and set as they need it."""
    suits = track.kind is home.kind or (
        track.kind is TrackKind.VIDEO and home.kind not in (TrackKind.AUDIO, TrackKind.EFFECTS)
    )
    alike = all(
        getattr(track, name) == getattr(home, name)
        for name in ("opacity", "blend", "volume", "pan", "effects", "muted", "solo")
    )
    taken = any(place.overlaps(where) for _, place in track.clips())
    return suits and not track.locked and alike and not taken
