"""Which cuts come next, so that readers can be at their places when the playhead is."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque

from engines.play.request import DrawRequest
from timeline.items import Clip
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track

AHEAD_SECONDS = 2.0
_REMEMBERED = 16


class LookAhead:
    """Belongs to the drawing thread."""

    def __init__(self) -> None:
        self._sequence: Sequence | None = None
        self._entries: list[int] = []
        self._told: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED)

    def coming(self, request: DrawRequest) -> list[RationalTime]:
        """Record times of pictures that a frame of a forward run will soon be followed by, and that begin something; each once."""
        leg, sequence = request.leg, request.scene.sequence
        if leg is None or leg.rate < 0:
            return []
        if sequence is not self._sequence:
            self._sequence, self._entries = sequence, entries(sequence)
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


def entries(sequence: Sequence) -> list[int]:
    """The frames at which a clip of a picture track is first seen, in order: where its transition begins, else its start."""
    found = {frame for track in sequence.picture_tracks() if not track.muted for frame in _entries_of(track, sequence)}
    return sorted(found)


def _entries_of(track: Track, sequence: Sequence) -> list[int]:
    before = {one.right_id: one.before for one in track.transitions}
    found = []
    for index, item in enumerate(track.items):
        if isinstance(item, Clip):
            start = track.starts[index]
            found.append((start - before[item.id] if item.id in before else start).frames(sequence.rate))
    return found
