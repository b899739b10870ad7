"""The pictures made ahead, in the order in which they are to be seen."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from engines.play.course import Course, Leg
from engines.play.request import PlayedFrame


@dataclass(frozen=True)
class Waiting:
    """A picture and where in the run it belongs; `leg` is None for a paused player's."""

    picture: PlayedFrame
    leg: Leg | None
    frame: int

    @property
    def place(self) -> float:
        """The sample of the run with which it is to be seen."""
        return self.leg.place_of(self.frame) if self.leg is not None else 0.0


class Shelf:
    """Filled by the drawing thread, emptied by the showing one, under the deck's lock."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, one: Waiting) -> None:
        """Behind all others."""
        self._waiting.append(one)

    def take(self) -> Waiting:
        """The first one."""
        return self._waiting.popleft()

    def clear(self) -> None:
        """None of them is of use."""
        self._waiting.clear()

    @property
    def first_place(self) -> float:
        """Where the first one belongs."""
        return self._waiting[0].place

    def due(self, place: float) -> tuple[Waiting | None, int]:
        """The newest one whose place has come, and how many before it came too late to be seen."""
        found, late = None, -1
        while self._waiting and self._waiting[0].place <= place:
            found = self._waiting.popleft()
            late += 1
        return found, max(0, late)

    def turn(self, course: Course, leg: Leg) -> int:
        """The run goes on along `leg`: pictures of before stay, what it shows too gets its new place, the rest goes.

        The frame of `leg` to be drawn next.
        """
        before = [one for one in self._waiting if one.leg is not None and course.holds(one.leg, one.frame)]
        wanted = leg.first_frame
        kept = []
        for one in self._waiting:
            on_the_way = one.leg is not None and one.leg.rate * leg.rate > 0 and leg.covers(one.frame)
            if on_the_way and one not in before and (one.frame - wanted) * leg.step >= 0:
                kept.append(replace(one, leg=leg))
                wanted = one.frame + leg.step
        self._waiting = deque((*before, *kept))
        return wanted
