"""How large pictures are made while playing: as chosen, or as large as they come in time."""

from __future__ import annotations

from collections import deque
from typing import Final

AUTO: Final = "auto"
SHARES: Final = {"full": 1.0, "half": 0.5, "quarter": 0.25}
"""The choices beside `auto`: part of the viewer's pixels each way."""

_LEVELS = tuple(SHARES.values())
_LATE_TIMES, _LATE_SECONDS = 3, 1.5
"""Being late so often within so long is too much."""
_SETTLE_SECONDS = 0.7
"""After a change, how long what was made before it still arrives."""
_CALM_SECONDS = 3.0
_UP_LOAD = 0.6
"""Going up must leave this much of a frame's time at most taken."""


class Quality:
    """The choice, and what it comes to now. Times are seconds of the player's clock."""

    def __init__(self) -> None:
        self.choice = AUTO
        self._level = 0
        self._late: deque[float] = deque(maxlen=_LATE_TIMES)
        self._changed_at = float("-inf")
        self._calm_since: float | None = None
        self._mean = 0.0

    @property
    def share(self) -> float:
        """Part of the viewer's pixels each way, while playing."""
        return SHARES.get(self.choice, _LEVELS[self._level])

    @property
    def resting_share(self) -> float:
        """The same while the playhead rests: all of it, unless less was chosen."""
        return SHARES.get(self.choice, 1.0)

    def rest(self) -> None:
        """The playhead rests: the next run begins with all pixels."""
        self._level = 0
        self._late.clear()
        self._calm_since = None
        self._mean = 0.0

    def was_late(self, at: float) -> None:
        """Pictures were left out. One stall is one time, however many they were."""
        self._calm_since = None
        if at - self._changed_at < _SETTLE_SECONDS:
            return
        self._late.append(at)
        often = len(self._late) == _LATE_TIMES and at - self._late[0] <= _LATE_SECONDS
        if often and self._level + 1 < len(_LEVELS):
            self._change(self._level + 1, at)

    def made(self, seconds: float, frame_seconds: float, at: float) -> None:
        """A picture took so long, of the time there is for one. Four times as many pixels take four times as long, at most."""
        self._mean = seconds if self._mean == 0 else self._mean + 0.1 * (seconds - self._mean)
        if self._level == 0 or self._mean * 4 > _UP_LOAD * frame_seconds:
            self._calm_since = None
        elif self._calm_since is None:
            self._calm_since = at
        elif at - self._calm_since >= _CALM_SECONDS:
            self._change(self._level - 1, at)

    def _change(self, level: int, at: float) -> None:
        self._level, self._changed_at = level, at
        self._late.clear()
        self._calm_since = None
        self._mean = 0.0
