"""What an edit takes away, pushes and takes along: questions of a drag that is not made yet. Pure, no Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable

from timeline.items import Clip
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track
from ui.timeline_view.tools.base import Cover


def covered(track: Track, where: TimeRange, besides: Container[str] = ()) -> tuple[TimeRange, ...]:
    """The stretches of clips within a record range, those named left out."""
    first = max(0, bisect_right(track.starts, where.start) - 1)
    last = bisect_left(track.starts, where.end)
    found = []
    for place in range(first, min(last, len(track.items))):
        item = track.items[place]
        if isinstance(item, Clip) and item.id not in besides:
            start, end = max(track.starts[place], where.start), min(track.starts[place + 1], where.end)
            if end > start:
                found.append(TimeRange.between(start, end))
    return tuple(found)


def covers(
    sequence: Sequence, places: Iterable[tuple[str, TimeRange]], besides: Container[str] = ()
) -> tuple[Cover, ...]:
    """What clips laid down at these places (track id, record range) would cover."""
    found: list[Cover] = []
    for track_id, where in places:
        track = sequence.track(track_id)
        if track is not None:
            found += (Cover(track_id, one) for one in covered(track, where, besides))
    return tuple(found)


def pushed_tracks(sequence: Sequence, own: Container[str | None] = ()) -> tuple[Track, ...]:
    """The tracks that move along when something is put in: those in sync, and those that get something."""
    return tuple(one for one in sequence.tracks if not one.locked and (one.sync_lock or one.id in own))


def cut_in_two(tracks: Iterable[Track], at: RationalTime, besides: Container[str] = ()) -> tuple[Cover, ...]:
    """Where clips would be cut when something is put in at a time."""
    found = []
    for track in tracks:
        place = track.index_at(at)
        if place is None or track.starts[place] == at:
            continue
        item = track.items[place]
        if isinstance(item, Clip) and item.id not in besides:
            found.append(Cover(track.id, TimeRange(at, ZERO)))
    return tuple(found)


def pushed_count(tracks: Iterable[Track], since: RationalTime, besides: Container[str] = ()) -> int:
    """How many clips start at a time or later."""
    number = 0
    for track in tracks:
        for place in range(bisect_left(track.starts, since), len(track.items)):
            item = track.items[place]
            number += isinstance(item, Clip) and item.id not in besides
    return number
