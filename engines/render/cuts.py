"""Where something is seen for the first time: there a file has to be open and decoded that far."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from timeline.items import Clip
from timeline.nesting import DEEPEST, nested_in, seen_from
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime

_MOST = 100_000
"""Cuts, those within nested sequences too, that are kept in mind."""


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
