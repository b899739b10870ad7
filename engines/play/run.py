"""One stretch of uninterrupted playing: the sound waiting to be heard, and the clock that hearing it makes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from timeline.time import RationalTime

LOUDEST_RATE = 2
"""Faster than this nothing is heard."""


class SampleRing:
    """Samples between one thread that writes and one that reads; neither ever waits for the other."""

    def __init__(self, capacity: int) -> None:
        self._data = np.zeros((capacity, 2), np.float32)
        self._written = 0
        self._read = 0

    @property
    def waiting(self) -> int:
        """Samples to be read."""
        return self._written - self._read

    @property
    def room(self) -> int:
        """Samples that can be written."""
        return len(self._data) - self.waiting

    def write(self, samples: NDArray[np.float32]) -> None:
        """Append at most `room` samples. The writer's thread only."""
        at = self._written % len(self._data)
        first = min(len(samples), len(self._data) - at)
        self._data[at : at + first] = samples[:first]
        self._data[: len(samples) - first] = samples[first:]
        self._written += len(samples)

    def read_into(self, out: NDArray[np.float32]) -> int:
        """Move what there is to the head of `out`; how many that were. The reader's thread only."""
        count = min(self.waiting, len(out))
        at = self._read % len(self._data)
        first = min(count, len(self._data) - at)
        out[:first] = self._data[at : at + first]
        out[first:count] = self._data[: count - first]
        self._read += count
        return count


class Run:
    """Playing from `start` at `rate` until something changes. The position follows the samples the sink took.

    Nothing is taken before `is_ready`. Where sound runs out, time stands still until there is more, so that picture and
    sound stay together.
    """

    def __init__(
        self,
        start: RationalTime,
        rate: Fraction,
        sample_rate: int,
        now: Callable[[], float],
        seconds_ahead: float = 0.35,
    ) -> None:
        self.start, self.rate, self.sample_rate = start, rate, sample_rate
        self.is_heard = abs(rate) <= LOUDEST_RATE
        self.is_ready = False
        self.ring = SampleRing(int(sample_rate * seconds_ahead))
        self.next_frame: int | None = None
        """The frame of the sequence to be drawn next; the player keeps it."""
        self._now = now
        self._taken = 0
        self._anchor: tuple[float, int, int] | None = None
        self._latest = 0.0

    def fill(self, out: NDArray[np.float32], delay: float) -> None:
        """The sink's callback: hand out samples and set the clock by them."""
        if not self.is_ready:
            out[:] = 0
            return
        count = self.ring.read_into(out) if self.is_heard else 0
        out[count:] = 0
        if not self.is_heard:
            count = len(out)
        self._anchor = (self._now() + delay, self._taken, count)  # one swap: readers see all of it or none
        self._taken += count

    @property
    def seconds(self) -> float:
        """Record time that is heard now, in seconds; never runs against the direction of play."""
        anchor = self._anchor
        if anchor is not None:
            heard_at, taken, count = anchor
            since = min((self._now() - heard_at) * self.sample_rate, count)
            self._latest = max(self._latest, (taken + since) / self.sample_rate)
        return self.start.to_seconds() + self._latest * float(self.rate)
