"""A sequence cut into stretches in which nothing begins or ends, and how smoothly each of them plays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from engines.render.plan import heard_or_seen
from timeline.items import Clip, Item
from timeline.nesting import DEEPEST, nested_in, seen_from
from timeline.project import Project
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
class Line:
    """What a zone shows, wherever it begins: two parts of a clip that was split have the same `look`.

    `phase`: how many frames into it the zone begins.
    """

    look: tuple[object, ...]
    phase: Fraction


@dataclass(frozen=True)
class Zone:
    """Frames `first` to `end` (half-open) of a sequence. Zones with equal `content` look alike, frame by frame.

    `content` holds the identities of all that is seen; `held` keeps those objects, so that no identity is used again.
    """

    first: int
    end: int
    content: tuple[object, ...]
    held: tuple[object, ...] = field(compare=False, repr=False)
    line: Line | None = field(default=None, compare=False)

    def within(self, other: Zone) -> int | None:
        """How many frames behind the start of another zone this one begins, where it is a part of what the other shows; else None."""
        if self.line is None or other.line is None or self.line.look != other.line.look:
            return None
        behind = self.line.phase - other.line.phase
        inside = behind.denominator == 1 and 0 <= behind <= (other.end - other.first) - (self.end - self.first)
        return int(behind) if inside else None


_MOST_NESTED = 256
"""Nested sequences looked into for one answer: a damaged file may show thousands."""


def zones_near(project: Project, sequence: Sequence, frame: int, reach: int) -> list[Zone]:
    """The zones between `frame - reach` and `frame + reach`, in order; none where nothing is to be seen.

    What begins and ends within nested sequences counts as well.
    """
    first, last = max(0, frame - reach), min(sequence.duration_frames, frame + reach)
    if first >= last:
        return []
    look = _Look(project)
    span = [RationalTime.from_frames(one, sequence.rate) for one in (first, last)]
    points = {first, last}
    for time in look.times(sequence, span[0], span[1], ()):
        point = time.frames(sequence.rate)
        if first < point < last:
            points.add(point)
    edges = sorted(points)
    return [zone for pair in pairwise(edges) if (zone := look.zone(sequence, *pair))]


class _Look:
    """One look at a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._left = _MOST_NESTED
        self._tracks: dict[str, list[Track]] = {}

    def times(
        self, sequence: Sequence, start: RationalTime, end: RationalTime, outer: tuple[str, ...]
    ) -> Iterator[RationalTime]:
        """Times (record) at which something begins or ends, in the tracks and within what they show."""
        for track in self._seen(sequence):
            for index, item in _items_between(track, start, end):
                where = track.range_of(index)
                yield from (where.start, where.end)
                if not isinstance(item, Clip):
                    continue
                if item.fade_in:
                    yield (where.start + item.fade_in).snapped(sequence.rate)
                if item.fade_out:
                    yield (where.end - item.fade_out).snapped(sequence.rate)
                yield from self._within(item, where, sequence, (*outer, sequence.id))
            for transition in track.transitions:
                cut = track.cut_of(transition)
                if cut is not None:
                    yield from (cut - transition.before, cut + transition.after)

    def _within(
        self, clip: Clip, where: TimeRange, sequence: Sequence, outer: tuple[str, ...]
    ) -> Iterator[RationalTime]:
        inner = self._nested(clip, outer)
        if inner is not None:
            for time in self.times(inner, clip.source_range.start, clip.source_range.end, outer):
                at = seen_from(clip, where, time, sequence.rate)
                if at is not None:
                    yield at

    def _nested(self, clip: Clip, outer: tuple[str, ...]) -> Sequence | None:
        inner = nested_in(self._project, clip)
        if inner is None or inner.id in outer or len(outer) > DEEPEST or not self._left:
            return None
        self._left -= 1
        return inner

    def _seen(self, sequence: Sequence) -> list[Track]:
        if sequence.id not in self._tracks:
            self._tracks[sequence.id] = heard_or_seen(sequence.picture_tracks())
        return self._tracks[sequence.id]

    def zone(self, sequence: Sequence, first: int, end: int) -> Zone | None:
        """The stretch, unless nothing is seen in it."""
        self._left = _MOST_NESTED
        content: list[object] = [end - first]
        held: list[object] = []
        time = RationalTime.from_frames(first, sequence.rate)
        seen = self._describe(sequence, time, (), content, held)
        if not seen:
            return None
        line = self._line(sequence, time, RationalTime.from_frames(end, sequence.rate), held)
        return Zone(first, end, tuple(content), tuple(held), line)

    def _line(self, sequence: Sequence, start: RationalTime, end: RationalTime, held: list[object]) -> Line | None:
        """The same for all parts of what is seen; None where that hangs on the ends of clips: in fades and transitions."""
        look: list[object] = [sequence.rate, sequence.width, sequence.height]
        lead: Fraction | None = None
        for track in self._seen(sequence):
            clip = track.item_at(start)
            if not isinstance(clip, Clip):
                continue
            where = track.range_of(track.index_of(clip.id) or 0)
            if clip.fade_in > start - where.start or clip.fade_out > where.end - end or _is_passed(track, start, end):
                return None
            phase = clip.running_time(start - where.start).fraction / clip.speed * sequence.rate
            lead = phase if lead is None else lead
            inner = nested_in(self._project, clip)
            held.append(inner)
            parts = (clip.source, clip.effects, clip.opacity, track.effects)
            values = (phase - lead, clip.speed, clip.freeze, clip.enabled, track.kind, track.blend, track.opacity)
            look.append((*values, id(inner), *(id(one) for one in parts)))
            held.extend(parts)
        return None if lead is None else Line(tuple(look), lead)

    def _describe(
        self,
        sequence: Sequence,
        time: RationalTime,
        outer: tuple[str, ...],
        content: list[object],
        held: list[object],
    ) -> bool:
        """Add what a sequence shows from `time` on; whether that is anything."""
        content += (sequence.rate, sequence.width, sequence.height)
        seen = False
        for track in self._seen(sequence):
            index = track.index_at(time)
            near = track.items[max(0, (index or 0) - 1) : (index or 0) + 2] if index is not None else track.items[-1:]
            ids = {item.id for item in near}
            transitions = [one for one in track.transitions if one.left_id in ids or one.right_id in ids]
            shown = [item for item in near if isinstance(item, Clip)]
            there = (
                shown if transitions else [item for item in shown if index is not None and item is track.items[index]]
            )
            seen = seen or bool(there)
            offset = None if index is None else time - track.starts[index]
            objects = (*there, *transitions, track.effects, track.opacity)
            content.append((offset, track.kind, track.blend, tuple(id(one) for one in objects)))
            held.extend(objects)
            for clip in there:
                inner = self._nested(clip, (*outer, sequence.id))
                if inner is not None:
                    source_time = clip.source_time(time - track.starts[track.index_of(clip.id) or 0])
                    self._describe(inner, source_time, (*outer, sequence.id), content, held)
        return seen


def _is_passed(track: Track, start: RationalTime, end: RationalTime) -> bool:
    """Whether a transition lies over a stretch."""
    spans = ((cut - one.before, cut + one.after) for one in track.transitions if (cut := track.cut_of(one)) is not None)
    return any(begin < end and start < stop for begin, stop in spans)


def _items_between(track: Track, start: RationalTime, end: RationalTime) -> Iterable[tuple[int, Item]]:
    begin = bisect_right(track.starts, start) - 1
    for index in range(max(begin, 0), len(track.items)):
        if track.starts[index] >= end:
            return
        yield index, track.items[index]
