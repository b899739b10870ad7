"""Decoded frames kept for going backwards and for standing still, within one bound."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from dataclasses import dataclass, field
from fractions import Fraction
from threading import Lock

from effects.frame import Frame

CACHE_BYTES = 256 << 20
"""As many frames of 960x540 as the longest usual group of pictures has, and some of the one before."""
_PART_LEFT = 4
Key = tuple[str, str, tuple[int, int]]
"""Medium, path and size of a row of frames."""


@dataclass
class _Row:
    """Frames of one file in order: each is shown from its start until its end (source seconds). `at`: asked for last."""

    at: Fraction
    starts: list[Fraction] = field(default_factory=list)
    ends: list[Fraction] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    def place(self, time: Fraction) -> int | None:
        """Index of the frame shown at `time`."""
        index = bisect_right(self.starts, time) - 1
        return index if index >= 0 and time < self.ends[index] else None

    def pop(self, index: int) -> Frame:
        del self.starts[index], self.ends[index]
        return self.frames.pop(index)


class KeptFrames:
    """What several threads put in and take out. Beyond `limit` bytes the frames farthest from where one looks go first."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._lock = Lock()
        self._rows: OrderedDict[Key, _Row] = OrderedDict()
        self._limit = limit
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """Bytes held now."""
        return self._bytes

    @property
    def limit(self) -> int:
        """Most bytes that are held; may be changed at any time."""
        return self._limit

    @limit.setter
    def limit(self, limit: int) -> None:
        with self._lock:
            self._limit = limit
            self._shrink(limit)

    def find(self, key: Key, time: Fraction) -> Frame | None:
        """The frame shown at `time`; from now on those near it are the ones to keep."""
        with self._lock:
            row = self._rows.get(key)
            if row is None:
                return None
            row.at = time
            self._rows.move_to_end(key)
            index = row.place(time)
            return None if index is None else row.frames[index]

    def holds(self, key: Key, time: Fraction) -> bool:
        """Whether the frame shown at `time` is here."""
        with self._lock:
            row = self._rows.get(key)
            return row is not None and row.place(time) is not None

    def unbroken_from(self, key: Key, time: Fraction) -> Fraction:
        """Where the frames begin that lead up to the one at `time` (or end there) without a gap; `time` if there are none."""
        with self._lock:
            row = self._rows.get(key)
            if row is None:
                return time
            index = row.place(time)
            if index is None:
                index = bisect_left(row.ends, time)
                if index == len(row.ends) or row.ends[index] != time:
                    return time
            while index > 0 and row.ends[index - 1] >= row.starts[index]:
                index -= 1
            return row.starts[index]

    def put(self, key: Key, start: Fraction, end: Fraction, frame: Frame) -> None:
        """Keep a frame that is shown from `start` until `end`."""
        with self._lock:
            row = self._rows.setdefault(key, _Row(start))
            index = bisect_left(row.starts, start)
            if index < len(row.starts) and row.starts[index] == start:
                return
            row.starts.insert(index, start)
            row.ends.insert(index, end)
            row.frames.insert(index, frame)
            self._bytes += size_of(frame)
            self._shrink(self._limit)

    def leave(self) -> None:
        """The playhead jumps elsewhere: a fourth of the room is enough for where it was, should it come back.

        A hand that moves about would fill all of it otherwise, with frames that it never sees.
        """
        with self._lock:
            self._shrink(self._limit // _PART_LEFT)

    def clear(self) -> None:
        """Forget all frames."""
        with self._lock:
            self._rows.clear()
            self._bytes = 0

    def _shrink(self, limit: int) -> None:
        while self._bytes > limit and self._rows:
            key, row = next(iter(self._rows.items()))
            first_is_farther = row.at - row.starts[0] > row.starts[-1] - row.at
            self._bytes -= size_of(row.pop(0 if first_is_farther else -1))
            if not row.frames:
                del self._rows[key]


def size_of(frame: Frame) -> int:
    """Bytes of a frame."""
    return sum(plane.nbytes for plane in frame.planes)
