"""Which frame of a run is drawn next."""

from __future__ import annotations

from math import ceil

from engines.play.course import Leg
from engines.play.run import Run

_LONGEST_MAKING = 8.0


class Cursor:
    """Goes along the legs of a run, ahead of what is seen; under the deck's lock."""

    def __init__(self) -> None:
        self._at: tuple[Leg, int] | None = None
        self._was_late = False

    @property
    def is_at_the_end(self) -> bool:
        """Whether nothing is left to be drawn."""
        return self._at is None

    def place(self, leg: Leg, frame: int) -> None:
        """Go on from here."""
        self._at = (leg, frame)

    def clear(self) -> None:
        """There is no run."""
        self._at = None

    def next(self, run: Run) -> tuple[Leg, int] | None:
        """The leg and frame to be drawn now; the cursor moves on. None behind the last one."""
        self._over_the_edge(run)
        found = self._at
        if found is not None:
            self._at = (found[0], found[1] + found[0].step)
            self._over_the_edge(run)
        return found

    def catch_up(self, run: Run, last_seconds: float, mean_seconds: float) -> int:
        """Leave out frames whose time is over, and those that would be over when they are made: how many those are."""
        if not run.is_ready or self._at is None:
            return 0
        leg, frame = self._at
        late = run.place - leg.place_of(frame)
        again, self._was_late = self._was_late, late > 0
        if late <= 0:
            return 0
        # One slow frame (a seek) says little about the next one; two in a row do.
        making = last_seconds if again else min(last_seconds, mean_seconds)
        each = abs(leg.step) / float(leg.frame_rate * abs(leg.rate)) * run.sample_rate
        steps = ceil((late + min(making, _LONGEST_MAKING) * run.sample_rate) / each)
        self._at = (leg, frame + steps * leg.step)
        return steps

    def _over_the_edge(self, run: Run) -> None:
        """Where the next frame lies behind the leg's edge, it is the next leg's first; or there is none."""
        while self._at is not None and not self._at[0].covers(self._at[1]):
            following = run.course.after(self._at[0])
            self._at = None if following is None else (following, following.first_frame)
