"""Memory that was freed, given back to the system (glibc; elsewhere nothing of this is needed or done)."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from functools import cache
from typing import Any

_MMAP_THRESHOLD = -3
"""The parameter's name in mallopt(3)."""
_OWN_PAGES_BYTES = 128 << 10


def keep_pictures_apart() -> None:
    """Once, at the start of a process with many decoders: each picture gets pages of its own, which return when it goes.

    The C library begins so, but after the first large block was freed it puts all of up to 32 MB into the heaps of its
    threads, where a few small blocks that stay keep hundreds of megabytes of freed pictures from returning. New pages
    cost about 0.25 ms of system time for a 1080p picture; decoders take theirs from pools and do not pay it.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _OWN_PAGES_BYTES)


def give_back() -> None:
    """Return what the C library keeps of freed memory: after a decoder was closed that is some 60 MB. Takes milliseconds.

    Each of its threads had a heap of its own, which no other thread would use again. Elsewhere than on glibc nothing happens.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            return ctypes.CDLL(None).malloc_trim
    return None
