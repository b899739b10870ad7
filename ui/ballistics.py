"""How a peak meter moves: up at once, down slowly; the peak held, and the clip light. No Qt here.

After IEC 60268-18 (digital peak meters): the return time for 20 dB is 1.7 s; a held peak stays between 0.5 and 1.5 s.
"""

from __future__ import annotations

from itertools import pairwise
from math import log10
from typing import Final

FLOOR: Final = -60.0
"""dBFS at the foot of the scale."""
FALL: Final = 20 / 1.7
"""dB a second."""
HOLD_SECONDS: Final = 1.5
MARKS: Final = (0, -6, -12, -18, -24, -36, -48)
_LOUDEST: Final = 60.0
_BENDS: Final = ((0.0, 1.0), (-24.0, 0.446), (-36.0, 0.256), (-48.0, 0.108), (FLOOR, 0.0))
"""Where levels stand: even down to -24 dBFS, closer below."""


def dbfs(peak: float) -> float:
    """The level of a sample value, not below the scale's foot: 1.0 is 0 dBFS. What is no number counts as nothing."""
    return min(max(FLOOR, 20 * log10(peak)), _LOUDEST) if peak > 0 else FLOOR


def share(level: float) -> float:
    """How far up the scale a level (dBFS) stands: 0 at the foot, 1 at 0 dBFS and above."""
    if level >= 0:
        return 1.0
    for (above, high), (below, low) in pairwise(_BENDS):
        if level > below:
            return low + (high - low) * (level - below) / (above - below)
    return 0.0


class Ballistics:
    """One channel. Times are seconds of any clock that only goes on."""

    def __init__(self) -> None:
        self.level = FLOOR
        """What the bar shows, dBFS."""
        self.held = FLOOR
        """The peak of the last moments, dBFS."""
        self.highest = FLOOR
        """Since the light was put out."""
        self.is_clipped = False
        """Whether a sample reached 0 dBFS; stays until `clear`."""
        self._now = self._held_since = 0.0

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing moves until something is heard."""
        return self.level <= FLOOR and self.held <= FLOOR

    def hear(self, peak: float, now: float) -> None:
        """A peak (sample value) was heard just now."""
        self.go_on(now)
        level = dbfs(peak)
        self.level = max(self.level, min(level, 0.0))
        self.highest = max(self.highest, level)
        self.is_clipped |= peak >= 1
        if min(level, 0.0) >= self.held:
            self.held, self._held_since = min(level, 0.0), now

    def go_on(self, now: float) -> None:
        """Time passes."""
        self.level = max(FLOOR, self.level - FALL * (now - self._now))
        over = now - max(self._now, self._held_since + HOLD_SECONDS)
        if over > 0:
            self.held = max(self.level, self.held - FALL * over)
        self._now = now

    def clear(self) -> None:
        """Put the light out and begin to look for the highest peak anew."""
        self.is_clipped, self.highest = False, self.level
