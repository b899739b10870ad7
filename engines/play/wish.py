"""What a player at rest is asked for: a picture at once, and the one of the originals when the playhead rests."""

from __future__ import annotations

from time import monotonic

REST_SECONDS = 0.25
"""A playhead that has not moved for so long rests: then proxies give way to the originals."""
HELD_SECONDS, MOST_GIVEN_UP_SECONDS = 0.05, 0.5
"""A hand that asked for nothing new for so long has stopped: the picture before is given up for its last one."""


class Wish:
    """Of several the last one counts. Under the deck's lock, but for `is_overtaken`."""

    def __init__(self) -> None:
        self.is_open = False
        """Whether a picture is wanted that nobody has begun."""
        self._asked_at = 0.0
        self._refine_at: float | None = None
        self._gave_up_since: float | None = None

    def ask(self) -> None:
        """A picture is wanted now."""
        self.is_open, self._asked_at = True, monotonic()
        self._refine_at = None

    def refine_later(self, wanted: bool = True) -> None:
        """The picture that is seen is wanted from the originals too, once the playhead rests; or it is not."""
        self._refine_at = monotonic() + REST_SECONDS if wanted else None

    @property
    def seconds_left(self) -> float | None:
        """Until something is wanted by itself; None: not at all."""
        return None if self._refine_at is None else max(0.001, self._refine_at - monotonic())

    def taken(self) -> bool | None:
        """Whether the picture to be drawn now is to come from the originals; None where none is wanted."""
        refines = self._refine_at is not None and monotonic() >= self._refine_at
        if not self.is_open and not refines:
            return None
        self.is_open, self._refine_at = False, None
        return refines

    def is_overtaken(self, full: bool) -> bool:
        """Whether a picture under way (`full`: from the originals) had better be given up for the one that is wanted.

        One that is drawn again from the originals: at once. Of a hand that moves all the time each picture would be given up;
        so one is finished while the hand goes on, and for `MOST_GIVEN_UP_SECONDS` no picture comes at the longest.
        """
        if not self.is_open or full:
            return self.is_open
        now, since = monotonic(), self._gave_up_since
        return now - self._asked_at >= HELD_SECONDS and (since is None or now - since < MOST_GIVEN_UP_SECONDS)

    def gave_up(self) -> None:
        """A picture was not finished."""
        self._gave_up_since = self._gave_up_since or monotonic()

    def came(self) -> None:
        """A picture was finished."""
        self._gave_up_since = None
