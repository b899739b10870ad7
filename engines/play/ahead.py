"""Which cuts come next, so that readers can be at their places when the playhead is."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from itertools import islice

from engines.play.request import DrawRequest
from timeline.items import Clip
from timeline.nesting import DEEPEST, nested_in, seen_from, sequences_inside
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime

AHEAD_SECONDS = 2.0
_REMEMBERED = 16
_MOST = 100_000
"""Cuts, those within nested sequences too, that are kept in mind."""


class LookAhead:
    """Belongs to the drawing thread."""

    def __init__(self) -> None:
        self._sequences: tuple[Sequence, ...] = ()
        self._entries: list[int] = []
        self._told: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED)

    def coming(self, request: DrawRequest) -> list[RationalTime]:
        """Record times of pictures that a frame of a forward run will soon be followed by, and that begin something; each once."""
        leg, sequence = request.leg, request.scene.sequence
        if leg is None or leg.rate < 0:
            return []
        inside = sequences_inside(request.scene.project, sequence)
        if len(inside) != len(self._sequences) or any(a is not b for a, b in zip(inside, self._sequences, strict=True)):
            self._sequences, self._entries = inside, entries(request.scene.project, sequence)
            self._told.clear()
        reach = request.frame + max(1, round(AHEAD_SECONDS * float(sequence.rate * leg.rate)))
        at = bisect_right(self._entries, request.frame)
        found = [frame for frame in self._entries[at : at + 4] if frame < min(reach, leg.span.end)]
        if leg.span.loops and reach >= leg.span.end:
            found.append(leg.span.first)
        new = [frame for frame in found if (request.epoch, frame) not in self._told]
        if leg.span.loops and request.frame < leg.span.end - (reach - request.frame):
            self._told = deque((one for one in self._told if one[1] != leg.span.first), _REMEMBERED)
        self._told.extend((request.epoch, frame) for frame in new)
        return [RationalTime.from_frames(frame, sequence.rate) for frame in new]


def entries(project: Project, sequence: Sequence) -> list[int]:
    """The frames at which a clip of a picture track is first seen, in order: where its transition begins, else its start.

    Those of nested sequences too, where a clip shows them.
    """
    found: set[int] = set()
    for time in islice(_entries_of(project, sequence, ()), _MOST):
        found.add(time.frames(sequence.rate))
    return sorted(found)


def _entries_of(project: Project, sequence: Sequence, outer: tuple[str, ...]) -> Iterator[RationalTime]:
    for track in sequence.picture_tracks():
        if track.muted:
            continue
        before = {one.right_id: one.before for one in track.transitions}
        for index, item in enumerate(track.items):
            if not isinstance(item, Clip):
                continue
            start = track.starts[index]
            yield start - before[item.id] if item.id in before else start
            inner = nested_in(project, item)
            within = (*outer, sequence.id)
            if inner is None or inner.id in within or len(within) > DEEPEST:
                continue
            for time in _turns(project, inner, item, within):
                at = seen_from(item, track.range_of(index), time, sequence.rate)
                if at is not None:
                    yield at


def _turns(project: Project, inner: Sequence, clip: Clip, within: tuple[str, ...]) -> Iterator[RationalTime]:
    """Times of a nested sequence at which something is first seen, the way the clip plays it."""
    if clip.speed > 0:
        yield from _entries_of(project, inner, within)
    else:
        yield from (where.end for track in inner.picture_tracks() if not track.muted for _, where in track.clips())
