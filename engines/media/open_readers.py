"""How much the open readers of pictures hold together, whichever threads and pools they belong to."""

from __future__ import annotations

from fractions import Fraction
from threading import Lock

from effects.frame import Frame
from engines.media.reader import OpenReader, PictureReader
from timeline.media import Media
from timeline.time import RationalTime

READER_BYTES = 256 << 20
"""What a film's decoder holds, it holds as long as it is open, also where it rests: some 35 MB at 1080p."""
_HELD_PICTURES = 11
"""Pictures a decoder holds, about: those others are built on, those waiting for their turn, one for each thread."""


class OpenReaders:
    """Counts what is open, by size, against `limit` bytes. Any thread.

    It closes nothing itself, since a reader belongs to one thread: who has opened one asks `is_over` and closes what it
    can do without (engines.media.pool).
    """

    def __init__(self, limit: int = READER_BYTES) -> None:
        self.limit = limit
        self._lock = Lock()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """What all that are open hold, about."""
        return self._bytes

    @property
    def is_over(self) -> bool:
        """Whether more is open than there is room for."""
        return self._bytes > self.limit

    def opening(self, open_reader: OpenReader) -> OpenReader:
        """What opens as `open_reader` does, and is counted until it is closed."""

        def opened(media: Media) -> PictureReader:
            return _Counted(open_reader(media), media.width * media.height * 3 // 2 * _HELD_PICTURES, self)

        return opened

    def count(self, size: int) -> None:
        """So many bytes more are open; fewer, where it is below 0."""
        with self._lock:
            self._bytes += size


class _Counted:
    """A reader that says so when it is closed."""

    def __init__(self, reader: PictureReader, size: int, readers: OpenReaders) -> None:
        self._reader, self._size, self._readers = reader, size, readers
        readers.count(size)

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        return self._reader.frame_at(time, size)

    def stand_at(self, time: RationalTime) -> None:
        self._reader.stand_at(time)

    def shown(self, time: RationalTime) -> tuple[Fraction, Fraction | None]:
        return self._reader.shown(time)

    def group_start(self, time: RationalTime) -> Fraction | None:
        return self._reader.group_start(time)

    @property
    def damage(self) -> str:
        return getattr(self._reader, "damage", "")

    def close(self) -> None:
        self._reader.close()
        self._readers.count(-self._size)
        self._size = 0
