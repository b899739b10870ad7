"""Transitions that an edit took away because they fit no more, as a sentence: nobody asked for that, so it is said."""

from __future__ import annotations

from collections.abc import Iterator

from effects.registry import transitions
from timeline.items import Transition
from timeline.project import Project
from timeline.query import timecode_at
from timeline.time import RationalTime
from timeline.track import Track


def lost_words(before: Project, after: Project, sequence_id: str, *, is_done: bool = True) -> str:
    """`The cross dissolve at 00:00:12:04 was removed: its clips no longer overlap enough.` Empty where none was lost.

    Those that went with a clip, and those that were taken out by themselves or made into others, are not meant.
    `is_done`: false of an edit that is only shown so far. Costs as much as the tracks that differ have transitions.
    """
    old, new = before.sequence(sequence_id), after.sequence(sequence_id)
    if old is None or new is None or old.tracks is new.tracks:
        return ""
    found = [
        (was, one, now)
        for was in old.tracks
        if was.transitions and (now := new.track(was.id)) is not None and now.transitions is not was.transitions
        for one in _lost(was, now)
    ]
    if not found:
        return ""
    was, one, now = found[0]
    first = f"The {_name(one, was)} at {timecode_at(old, _cut(was, one))}"
    if len(found) > 1:
        others = len(found) - 1
        first += f" and {others} other transition{'' if others == 1 else 's'}"
        return f"{first} {'were removed' if is_done else 'go'}: their clips no longer overlap enough."
    return f"{first} {'was removed' if is_done else 'goes'}: {_reason(one, now)}."


def _lost(was: Track, now: Track) -> Iterator[Transition]:
    """Gone from a track on which its clips still stand, one of them otherwise than before."""
    kept = {one.id for one in now.transitions} | {(one.left_id, one.right_id) for one in now.transitions}
    for one in was.transitions:
        if one.id in kept or (one.left_id, one.right_id) in kept:
            continue
        ends = [side for side in (one.left_id, one.right_id) if side is not None]
        there = [now.clip(side) for side in ends]
        touched = any(clip is not was.clip(side) for side, clip in zip(ends, there, strict=True))
        if all(there) and (touched or not _meet(one, now)):
            yield one


def _meet(one: Transition, track: Track) -> bool:
    """Whether its two clips are neighbours; a fade has only one."""
    if one.left_id is None or one.right_id is None:
        return True
    left, right = track.index_of(one.left_id), track.index_of(one.right_id)
    return left is not None and right == left + 1


def _reason(one: Transition, now: Track) -> str:
    if one.left_id is None or one.right_id is None:
        return "its clip is too short for it"
    return "its clips no longer overlap enough" if _meet(one, now) else "its clips no longer meet"


def _cut(track: Track, one: Transition) -> RationalTime:
    """Where it lay: the edit between its clips, or the end of its only one. Record time."""
    if one.right_id is not None and (right := track.index_of(one.right_id)) is not None:
        return track.starts[right]
    left = track.index_of(one.left_id or "")
    return track.starts[(left or 0) + 1]


def _name(one: Transition, track: Track) -> str:
    if track.is_audio:
        return "crossfade"
    known = transitions().classes.get(one.effect)
    return known.shown_name().lower() if known is not None else "transition"
