"""A sequence cut into stretches in which nothing begins or ends, and how smoothly each of them plays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from engines.render.plan import heard_or_seen
from timeline.items import Clip, Item
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track


class Pace(StrEnum):
    """How a stretch plays."""

    UNKNOWN = "unknown"
    SMOOTH = "smooth"
    """In real time as it is."""
    SLOW = "slow"
    """Not in real time, and not made beforehand yet."""
    READY = "ready"
    """Made beforehand."""


@dataclass(frozen=True)
class Marked:
    """A stretch of a sequence (record) and its pace."""

    range: TimeRange
    pace: Pace


@dataclass(frozen=True)
class Zone:
    """Frames `first` to `end` (half-open) of a sequence. Zones with equal `content` look alike, frame by frame.

    `content` holds the identities of all that is seen; `held` keeps those objects, so that no identity is used again.
    """

    first: int
    end: int
    content: tuple[object, ...]
    held: tuple[object, ...] = field(compare=False, repr=False)


def zones_near(sequence: Sequence, frame: int, reach: int) -> list[Zone]:
    """The zones between `frame - reach` and `frame + reach`, in order; none where nothing is to be seen."""
    first, last = max(0, frame - reach), min(sequence.duration_frames, frame + reach)
    if first >= last:
        return []
    tracks = heard_or_seen(sequence.picture_tracks())
    points = {first, last}
    for track in tracks:
        points.update(point for point in _points(track, sequence.rate, first, last) if first < point < last)
    edges = sorted(points)
    return [zone for pair in pairwise(edges) if (zone := _zone(sequence, tracks, *pair))]


def _points(track: Track, rate: Fraction, first: int, last: int) -> Iterator[int]:
    """Frames at which something in a track begins or ends."""
    for index, item in _items_between(track, rate, first, last):
        start = track.starts[index]
        end = start + item.duration
        yield from (start.frames(rate), end.frames(rate))
        if isinstance(item, Clip) and item.fade_in:
            yield (start + item.fade_in).nearest_frame(rate)
        if isinstance(item, Clip) and item.fade_out:
            yield (end - item.fade_out).nearest_frame(rate)
    for transition in track.transitions:
        cut = track.cut_of(transition)
        if cut is not None:
            yield from ((cut - transition.before).frames(rate), (cut + transition.after).frames(rate))


def _items_between(track: Track, rate: Fraction, first: int, last: int) -> Iterator[tuple[int, Item]]:
    begin = bisect_right(track.starts, RationalTime.from_frames(first, rate)) - 1
    end = RationalTime.from_frames(last, rate)
    for index in range(max(begin, 0), len(track.items)):
        if track.starts[index] >= end:
            return
        yield index, track.items[index]


def _zone(sequence: Sequence, tracks: list[Track], first: int, end: int) -> Zone | None:
    time = RationalTime.from_frames(first, sequence.rate)
    content: list[object] = [end - first, sequence.rate, sequence.width, sequence.height]
    held: list[object] = []
    seen = False
    for track in tracks:
        index = track.index_at(time)
        near = track.items[max(0, (index or 0) - 1) : (index or 0) + 2] if index is not None else track.items[-1:]
        ids = {item.id for item in near}
        transitions = [one for one in track.transitions if one.left_id in ids or one.right_id in ids]
        shown = [item for item in near if isinstance(item, Clip)]
        there = shown if transitions else [item for item in shown if index is not None and item is track.items[index]]
        seen = seen or bool(there)
        offset = None if index is None else time - track.starts[index]
        objects = (*there, *transitions, track.effects, track.opacity)
        content.append((offset, track.kind, track.blend, tuple(id(one) for one in objects)))
        held.extend(objects)
    return Zone(first, end, tuple(content), tuple(held)) if seen else None
