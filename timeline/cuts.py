"""The cuts of a sequence: where one clip ends and the next begins, or a clip meets a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from timeline.items import Clip
from timeline.media import Library
from timeline.project import Project
from timeline.query import handles
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track

Side = Literal["out", "both", "in"]
"""Which side of a cut is trimmed: the end of the clip before it, the start of the one behind it, or both (a roll)."""


@dataclass(frozen=True)
class EditPoint:
    """A cut of one track: the clips that meet there (None: a gap or nothing) and the side of it that is held."""

    track_id: str
    left_id: str | None
    right_id: str | None
    side: Side = "both"

    @property
    def held(self) -> Side:
        """The side that can be trimmed: beside a gap that is the clip's."""
        if self.left_id is None:
            return "in"
        return "out" if self.right_id is None else self.side

    def turned(self, side: Side) -> EditPoint:
        """The same cut, held at another side."""
        return replace(self, side=side)


def cut_time(sequence: Sequence, cut: EditPoint) -> RationalTime | None:
    """Record time of a cut; None when its clips are gone, or no longer touch."""
    track = sequence.track(cut.track_id)
    if track is None:
        return None
    left = None if cut.left_id is None else track.index_of(cut.left_id)
    right = None if cut.right_id is None else track.index_of(cut.right_id)
    if (left is None) != (cut.left_id is None) or (right is None) != (cut.right_id is None):
        return None
    if left is not None and right is not None and right != left + 1:
        return None
    if left is not None:
        return track.starts[left + 1]
    return None if right is None else track.starts[right]


def cuts_of(track: Track) -> Iterator[tuple[RationalTime, EditPoint]]:
    """Every cut of a track with its record time, in order."""
    before: Clip | None = None
    for index, item in enumerate(track.items):
        after = item if isinstance(item, Clip) else None
        if before is not None or after is not None:
            yield track.starts[index], EditPoint(track.id, _id(before), _id(after))
        before = after
    if before is not None:
        yield track.duration, EditPoint(track.id, before.id, None)


def _id(clip: Clip | None) -> str | None:
    return None if clip is None else clip.id


def cut_at(track: Track, time: RationalTime) -> EditPoint | None:
    """The cut of a track at a record time."""
    index = track.index_at(time)
    if index is None:
        index = len(track.items) if track.items and time == track.duration else None
    if index is None or (index < len(track.items) and track.starts[index] != time):
        return None
    left = track.items[index - 1] if index else None
    right = track.items[index] if index < len(track.items) else None
    left_id, right_id = (one.id if isinstance(one, Clip) else None for one in (left, right))
    return None if left_id is None and right_id is None else EditPoint(track.id, left_id, right_id)


def cuts_at(tracks: Iterable[Track], time: RationalTime) -> tuple[EditPoint, ...]:
    """The cuts of some tracks at one record time."""
    return tuple(cut for track in tracks if (cut := cut_at(track, time)) is not None)


def nearest_cut(
    tracks: Iterable[Track], time: RationalTime, where: Literal["before", "after", "near"] = "near"
) -> RationalTime | None:
    """Record time of the cut nearest to a time on some tracks (at it counts); `before` or `after` it only, if said.

    Of two as near the earlier one. None where there is none.
    """
    times = {at for track in tracks for at, _ in cuts_of(track)}
    if where == "before":
        return max((at for at in times if at <= time), default=None)
    if where == "after":
        return min((at for at in times if at >= time), default=None)
    return min(times, key=lambda at: (abs(at - time), at), default=None)


def room_at(
    sequence: Sequence, cut: EditPoint, library: Library, project: Project
) -> tuple[RationalTime | None, RationalTime | None]:
    """How far the held side of a cut can be trimmed, earlier and later, in whole frames; None: without end.

    What lies beside a gap is not looked at: a trim may cover it.
    """
    rate, frame = sequence.rate, sequence.frame
    left = sequence.clip(cut.left_id) if cut.left_id is not None and cut.held != "in" else None
    right = sequence.clip(cut.right_id) if cut.right_id is not None and cut.held != "out" else None
    earlier: list[RationalTime] = []
    later: list[RationalTime] = []
    if left is not None:
        earlier.append(left.duration - frame)
        tail = handles(left, library, project)[1]
        later += [] if tail is None else [RationalTime.from_frames(tail.frames(rate), rate)]
    if right is not None:
        later.append(right.duration - frame)
        head = handles(right, library, project)[0]
        earlier += [] if head is None else [RationalTime.from_frames(head.frames(rate), rate)]
    return min(earlier, default=None), min(later, default=None)
