"""One stretch of uninterrupted playing: the sound waiting to be heard, and the clock that hearing it makes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engines.play.course import Course, Leg

SECONDS_AHEAD = 0.35
"""How much sound lies ready at most."""


class SampleRing:
    """Samples between one thread that writes and one that reads; neither ever waits for the other."""

    def __init__(self, capacity: int) -> None:
        self._data = np.zeros((capacity, 2), np.float32)
        self.written = 0
        """Samples ever written; the writer's."""
        self.read = 0
        """Samples ever read; the reader's."""

    @property
    def waiting(self) -> int:
        """Samples to be read."""
        return max(0, self.written - self.read)

    @property
    def room(self) -> int:
        """Samples that can be written."""
        return len(self._data) - self.waiting

    def write(self, samples: NDArray[np.float32]) -> None:
        """Append at most `room` samples. The writer's thread only."""
        at = self.written % len(self._data)
        first = min(len(samples), len(self._data) - at)
        self._data[at : at + first] = samples[:first]
        self._data[: len(samples) - first] = samples[first:]
        self.written += len(samples)

    def cut(self, place: int) -> NDArray[np.float32] | None:
        """Take back what was written from `place` on, and give it; None when the reader is there already (nothing is changed).

        The writer's thread only. `place` should lie more than a block of the reader's ahead of it.
        """
        before = self.written
        tail = self._data[np.arange(place, before) % len(self._data)]
        self.written = place
        if self.read > place:
            self.written = before
            return None
        return tail

    def taken(self, start: int, end: int) -> NDArray[np.float32]:
        """What was read from place `start` to `end`; it is there until it is written over. The writer's thread only."""
        at, count = start % len(self._data), end - start
        if at + count <= len(self._data):
            return self._data[at : at + count]
        return np.concatenate([self._data[at:], self._data[: count - (len(self._data) - at)]])

    def read_into(self, out: NDArray[np.float32]) -> int:
        """Move what there is to the head of `out`; how many that were. The reader's thread only."""
        count = min(self.waiting, len(out))
        at = self.read % len(self._data)
        first = min(count, len(self._data) - at)
        out[:first] = self._data[at : at + first]
        out[first:count] = self._data[: count - first]
        self.read += count
        return count


class Run:
    """Playing along a course until it ends or is ended. The place follows the samples the sink took.

    Nothing is taken before `is_ready`. Where sound runs out, time stands still until there is more, so that picture and
    sound stay together. `turn` is where the caller wants the course to go instead, until the sound has done so.
    """

    def __init__(self, first: Leg, now: Callable[[], float], seconds_ahead: float = SECONDS_AHEAD) -> None:
        self.sample_rate = first.sample_rate
        self.course = Course(first)
        self.rate = first.rate
        self.turn: Turn | None = None
        self.is_ready = False
        self.ring = SampleRing(int(self.sample_rate * seconds_ahead))
        self.block = 0
        """The largest block a sink asked for."""
        self.underruns = 0
        self._now = now
        self._anchor: tuple[float, int, int] | None = None
        self._latest = 0.0

    def fill(self, out: NDArray[np.float32], delay: float) -> None:
        """The sink's callback: hand out samples and set the clock by them."""
        if not self.is_ready:
            out[:] = 0
            return
        taken = self.ring.read
        count = self.ring.read_into(out)
        out[count:] = 0
        self.block = max(self.block, len(out))
        self.underruns += count < len(out)
        self._anchor = (self._now() + delay, taken, count)  # one swap: readers see all of it or none

    @property
    def place(self) -> float:
        """The sample of the run that is heard now; never runs back."""
        anchor = self._anchor
        if anchor is not None:
            heard_at, taken, count = anchor
            since = min((self._now() - heard_at) * self.sample_rate, count)
            self._latest = max(self._latest, taken + since)
        return self._latest

    @property
    def leg(self) -> Leg:
        """The leg heard now."""
        return self.course.leg_at(self.place)

    @property
    def seconds(self) -> float:
        """Record time that is heard now, in seconds."""
        place = self.place
        return self.course.leg_at(place).seconds_at(place)


class Turn:
    """A wish to go on otherwise from the next possible place: the leg to take there, given the leg and place one comes from."""

    def __init__(self, leg: Callable[[Leg, int], Leg]) -> None:
        self.leg = leg
