"""A sequence once more, to try something else in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from timeline.edits import copies
from timeline.items import Clip, new_id
from timeline.sequence import Sequence


def free_name(taken: Collection[str], name: str) -> str:
    """`Main cut 02`: a name like it that none has."""
    return next(text for n in range(2, len(taken) + 3) if (text := f"{name} {n:02}") not in taken)


def copied_sequence(sequence: Sequence, name: str) -> Sequence:
    """A sequence like it under another name; tracks, items and all that hangs on them have ids of their own."""
    fresh = dict(zip(*_old_and_new(sequence), strict=True))
    tracks = []
    for track in sequence.tracks:
        items = tuple(fresh.get(item.id) or replace(item, id=new_id()) for item in track.items)
        transitions = tuple(
            replace(
                one,
                left_id=fresh[one.left_id].id if one.left_id is not None else None,
                right_id=fresh[one.right_id].id if one.right_id is not None else None,
                id=new_id(),
            )
            for one in track.transitions
        )
        tracks.append(replace(track, items=items, transitions=transitions, id=new_id()))
    markers = tuple(replace(one, id=new_id()) for one in sequence.markers)
    return replace(sequence, name=name, tracks=tuple(tracks), markers=markers, id=new_id())


def _old_and_new(sequence: Sequence) -> tuple[list[str], tuple[Clip, ...]]:
    clips = [clip for track in sequence.tracks for clip, _ in track.clips()]
    return [clip.id for clip in clips], copies(clips)
