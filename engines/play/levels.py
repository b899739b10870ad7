"""How loud what is heard is: peaks and loudness, with the place of the run at which each is heard."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engines.media.running_loudness import Loudness, RunningLoudness
from engines.play.run import Run

PIECES_A_SECOND = 50
"""How finely peaks are told."""
_KEPT = 128


class Heard(Protocol):
    """What is heard, sample after sample."""

    @property
    def place(self) -> float:
        """The sample that is heard now."""


@dataclass(frozen=True)
class Level:
    """A moment that was heard: the largest sample of each channel in it (1.0 is 0 dBFS), and the loudness at its end.

    `number` grows from one to the next. A run begins with a loudness of its own; a dragged playhead has none.
    """

    number: int
    peaks: tuple[float, float]
    loudness: Loudness | None
    clock: Heard = field(repr=False)
    place: int = 0


class Levels:
    """Written by the sounding thread, which measures what the device has taken; read by any. The callback knows nothing of it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: deque[Level] = deque(maxlen=_KEPT)
        self._number = 0
        self._run: Run | None = None
        self._measured = 0
        self._loudness = RunningLoudness(48000)

    def since(self, number: int) -> tuple[Level, ...]:
        """What was heard by now and is newer than the level of this number; at most 2.5 s of it, oldest first."""
        with self._lock:
            newer = [level for level in self._kept if level.number > number]
        return tuple(level for level in newer if level.place <= level.clock.place)

    def follow(self, run: Run, *, to_the_end: bool = False) -> None:
        """Measure what the device took of a run since the last call, in whole pieces; `to_the_end`: what is left, too.

        The sounding thread only, and before it writes again: it overwrites what was taken.
        """
        if run is not self._run:
            self._run, self._measured = run, 0
            self._loudness = RunningLoudness(run.sample_rate)
        piece = run.sample_rate // PIECES_A_SECOND
        taken = run.ring.read
        while self._measured < taken:
            if taken - self._measured < piece and not to_the_end:
                break
            end = min(self._measured + piece, taken)
            samples = run.ring.taken(self._measured, end)
            self._add(samples, self._loudness.add(samples), run, end)
            self._measured = end

    def add_moment(self, sound: NDArray[np.float32], clock: Heard, place: int) -> None:
        """A moment of sound that is heard from `place` of `clock` on, while the playhead is dragged. Counts for no loudness."""
        self._add(sound, None, clock, place)

    def _add(self, samples: NDArray[np.float32], loudness: Loudness | None, clock: Heard, place: int) -> None:
        if not len(samples):
            return
        peaks = float(np.abs(samples[:, 0]).max()), float(np.abs(samples[:, 1]).max())
        with self._lock:
            self._number += 1
            self._kept.append(Level(self._number, peaks, loudness, clock, place))
