"""Memory that was freed, given back to the system (glibc; elsewhere nothing of this is needed or done)."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from time import monotonic
from typing import Any

_PAUSE_SECONDS = 4.0


def give_back() -> None:
    """Return what the C library keeps of freed memory: after a decoder was closed that is some 60 MB. Takes milliseconds.

    Each of its threads had a heap of its own, which no other thread would use again. Elsewhere than on glibc nothing happens.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


class GivingBack:
    """Gives back now and then, for a thread that makes and drops pictures all the time.

    Each of them in pages of its own (mallopt, M_MMAP_THRESHOLD) would return at once, but cost 3 ms of system time a picture
    of two layers; this costs some milliseconds each time.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._last = now()

    def at_times(self) -> bool:
        """Give back, unless that was done a few seconds ago; whether it was done."""
        now = self._now()
        if now - self._last < _PAUSE_SECONDS:
            return False
        give_back()
        self._last = now
        return True


@cache
def _trim() -> Any:
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            return ctypes.CDLL(None).malloc_trim
    return None
