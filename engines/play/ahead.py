"""Which cuts come next, so that readers can be at their places when the playhead is."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque

from engines.play.request import DrawRequest
from engines.render.cuts import entries
from timeline.nesting import sequences_inside
from timeline.sequence import Sequence
from timeline.time import RationalTime

AHEAD_SECONDS = 2.0
_REMEMBERED = 16


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
