"""Sequences within sequences: which are shown where, and the guard against one that shows itself."""

from __future__ import annotations

from collections.abc import Iterable

from timeline.items import Clip, SequenceSource
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange

DEEPEST = 16
"""Sequences deeper within each other than this are not shown: no edit needs it, a damaged file may have it."""


def nested_in(project: Project, clip: Clip) -> Sequence | None:
    """The sequence a clip shows; None when it shows something else, or the project has lost it."""
    return project.sequence(clip.source.sequence_id) if isinstance(clip.source, SequenceSource) else None


def sequences_inside(project: Project, sequence: Sequence) -> tuple[Sequence, ...]:
    """The sequence, and all that are shown in it however deep; each once, the outermost first."""
    found = {sequence.id: sequence}
    waiting = [sequence]
    while waiting:
        for track in waiting.pop().tracks:
            for sequence_id in sorted(track.nested_ids):
                inner = project.sequence(sequence_id)
                if inner is not None and sequence_id not in found:
                    found[sequence_id] = inner
                    waiting.append(inner)
    return tuple(found.values())


def shows(project: Project, outer_id: str, inner_id: str) -> bool:
    """Whether the sequence `outer_id` is `inner_id`, or shows it however deep: then `inner_id` cannot show `outer_id`."""
    outer = project.sequence(outer_id)
    return outer is not None and any(one.id == inner_id for one in sequences_inside(project, outer))


def levels_within(project: Project, sequence_ids: Iterable[str]) -> int:
    """How many sequences stand within each other from these down, they themselves counted; not counted beyond DEEPEST."""
    within, levels = set(sequence_ids), 0
    while within and levels <= DEEPEST:
        levels += 1
        found = (project.sequence(one) for one in within)
        within = {inner for one in found if one is not None for track in one.tracks for inner in track.nested_ids}
    return levels


def levels_around(project: Project, sequence_id: str) -> int:
    """How many sequences stand around each other from this one up, it itself counted; not counted beyond DEEPEST."""
    around, levels = {sequence_id}, 0
    while around and levels <= DEEPEST:
        levels += 1
        around = {one.id for one in project.sequences if any(track.nested_ids & around for track in one.tracks)}
    return levels


def shows_itself(project: Project, sequence: Sequence) -> bool:
    """Whether a sequence stands within itself; no edit makes that, a damaged file may have it."""
    within = frozenset[str]().union(*(track.nested_ids for track in sequence.tracks))
    return any(shows(project, one, sequence.id) for one in within)


def seen_from(clip: Clip, where: TimeRange, source_time: RationalTime, rate: FrameRate) -> RationalTime | None:
    """The first frame (record, at `rate`) in which a clip standing at `where` shows the instant `source_time`; None: never."""
    span = clip.source_range
    since = source_time - span.start if clip.speed > 0 else span.end - source_time
    at = RationalTime.from_frames(-(ZERO - (where.start + since / abs(clip.speed))).frames(rate), rate)
    return at if clip.freeze is None and where.contains(at) else None
