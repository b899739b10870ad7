"""Frames of files in whatever order a timeline asks for them, without a seek for each.

A file that is seen twice at once (a dissolve within one take) is read at two places by two readers. Going backwards,
frames are decoded forwards in short stretches and kept: a decoder only runs one way, and its way to a frame leads through
the ones before it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Protocol

from effects.frame import Frame
from engines.errors import MediaError
from engines.media.reader import PictureReader
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

KEPT_BYTES = 128 << 20
_STRETCH_BYTES = 96 << 20
_LONGEST_STRETCH = 96
_LANES = 3
_NEAR_SECONDS = 10
_RECENT = 50
"""Requests within which a lane counts as in use."""


class PicturePool(Protocol):
    """Gives the open reader of a file's pictures."""

    def picture(self, media: Media) -> PictureReader:
        """Raises MediaError."""


class StandIns(Protocol):
    """Says which file is read in place of another one: its proxy. Called for each picture, on the thread that draws."""

    def __call__(self, media: Media, size: tuple[int, int]) -> Media | None:
        """The film to read for a picture of `media`, `size` pixels; None: `media` itself. It must answer at once."""


def originals_only(media: Media, size: tuple[int, int]) -> Media | None:
    """Nothing stands in for anything: what an export reads."""
    return None


@dataclass
class _Lane:
    """One reader of a file: which it is, the frame last asked of it, and when that was (counted in requests)."""

    media: Media
    at: int
    asked: int


class Footage:
    """Frames by time, from a pool of readers; belongs to the pool's thread. The answer never depends on the order.

    While `full` is set nothing stands in for the originals. `stood_in` becomes true when something did; who asks resets it.
    `seconds` is what all pictures so far took to come.
    """

    def __init__(self, pool: PicturePool, stand_in: StandIns = originals_only) -> None:
        self._pool = pool
        self._stand_in = stand_in
        self._unfit: set[str] = set()
        self.full = False
        self.stood_in = False
        self.seconds = 0.0
        self._lanes: dict[tuple[str, str], list[_Lane]] = {}
        self._kept: OrderedDict[tuple[str, str, tuple[int, int], int], tuple[Frame, _Lane]] = OrderedDict()
        self._bytes = 0
        self._requests = 0

    def frame_at(self, media: Media, time: RationalTime, size: tuple[int, int]) -> Frame:
        """The frame of `media` shown at `time` (source), `size` pixels. Raises MediaError."""
        started = perf_counter()
        try:
            return self._original_or_other(media, time, size)
        finally:
            self.seconds += perf_counter() - started

    def _original_or_other(self, media: Media, time: RationalTime, size: tuple[int, int]) -> Frame:
        other = None if self.full else self._stand_in(media, size)
        if other is not None and other.path not in self._unfit:
            try:
                frame = self._frame_at(other, time, size)
            except MediaError:
                self._unfit.add(other.path)  # deleted or damaged: the original serves
            else:
                self.stood_in = True
                return frame
        return self._frame_at(media, time, size)

    def _frame_at(self, media: Media, time: RationalTime, size: tuple[int, int]) -> Frame:
        if media.kind is not MediaKind.VIDEO or not media.rate:
            return self._pool.picture(media).frame_at(time, size)
        self._requests += 1
        index = time.frames(media.rate)
        known = self._kept.get((media.id, media.path, size, index))
        if known is not None:
            frame, lane = known
            lane.at, lane.asked = index, self._requests
            return frame
        stretch = min(_LONGEST_STRETCH, max(4, _STRETCH_BYTES * 2 // (3 * size[0] * size[1])))
        lane = self._lane(media, index, stretch)
        reader = self._pool.picture(lane.media)
        if 0 < lane.at - index <= stretch and not media.variable_rate:
            for earlier in range(max(0, index - stretch + 1), index):
                middle = RationalTime.from_frames(2 * earlier + 1, media.rate * 2)
                self._keep((media.id, media.path, size, earlier), reader.frame_at(middle, size), lane)
        lane.at, lane.asked = index, self._requests
        return reader.frame_at(time, size)

    def _lane(self, media: Media, index: int, stretch: int) -> _Lane:
        """The reader that has the shortest way to a frame: forwards, else a little back, else one that is not in use."""
        lanes = self._lanes.setdefault((media.id, media.path), [])
        near = int(_NEAR_SECONDS * (media.rate or 25))
        ahead = [lane for lane in lanes if 0 <= index - lane.at <= near]
        if ahead:
            return min(ahead, key=lambda lane: index - lane.at)
        behind = [lane for lane in lanes if 0 < lane.at - index <= stretch]
        if behind:
            return min(behind, key=lambda lane: lane.at - index)
        oldest = min(lanes, key=lambda lane: lane.asked, default=None)
        if oldest is not None and (len(lanes) >= _LANES or self._requests - oldest.asked > _RECENT):
            oldest.at = -1 if oldest.at < index else index + stretch + 1  # a seek either way; not a step back
            return oldest
        named = replace(media, id=f"{media.id}/{len(lanes)}") if lanes else media
        lanes.append(_Lane(named, -1, self._requests))
        return lanes[-1]

    def _keep(self, key: tuple[str, str, tuple[int, int], int], frame: Frame, lane: _Lane) -> None:
        if key in self._kept:
            return
        self._kept[key] = (frame, lane)
        self._bytes += sum(plane.nbytes for plane in frame.planes)
        while self._bytes > KEPT_BYTES:
            _, (old, _) = self._kept.popitem(last=False)
            self._bytes -= sum(plane.nbytes for plane in old.planes)
