"""Frames of files in whatever order a timeline asks for them, without a seek for each.

A file that is seen twice at once (a dissolve within one take) is read at two places by two readers. A decoder only runs one
way: for going backwards a group of pictures is decoded forwards and kept, and the one before it is filled in by another
thread meanwhile. That thread also stands readers before cuts (`prepare`), so that a cut need not wait.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from time import monotonic, perf_counter
from typing import Protocol

from effects.frame import Frame
from engines.errors import MediaError
from engines.media.memory import give_back
from engines.media.patience import check
from engines.media.reader import OpenReader, PictureReader, open_video, strip
from engines.render.kept import CACHE_BYTES, KeptFrames, Key
from engines.render.scout import Filling, Scout, Standing
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

_UNKNOWN_GROUP = 96
"""Frames decoded at once going backwards where the file does not say where its groups of pictures begin."""
_MOST_FRAMES = 600
_STEP = 24
"""Frames back that are a step (or fast reverse play), not a jump: then all that lies before is wanted soon."""
_FIRST_STRETCH = 24
"""Of a long group only so many frames are decoded before the first step back is shown, the pictures before them that
nothing is built on left out; the other thread decodes the rest while these are looked at, at the usual pace of films."""
_LANES, _MOST_LANES = 3, 5
_NEAR_SECONDS = 10
_AWAITED = 100
"""Pictures for which a reader that was made ready for a cut ahead counts as in use."""
_RECENT = 50
"""Requests within which a lane counts as in use."""
_REST_SECONDS = 0.3
"""A playhead that nothing was asked of for so long stands still: the frames before it are filled in."""
_LOOK_SECONDS = 0.01
"""How often a wait for the other thread looks whether the frame is still wanted."""


class PicturePool(Protocol):
    """Gives the open reader of a file's pictures; lets go of one, or takes one, that another thread works with meanwhile."""

    def picture(self, media: Media) -> PictureReader:
        """Raises MediaError."""

    def holds_picture(self, media: Media) -> bool:
        """Whether it is open."""

    def taken(self, media: Media) -> PictureReader | None:
        """The open reader, no longer the pool's."""

    def adopt(self, media: Media, reader: PictureReader) -> None:
        """From now on the pool's."""

    def next_picture(self) -> None:
        """Another picture begins: what can be spared may be closed."""


class StandIns(Protocol):
    """Says which file is read in place of another one: its proxy. Called for each picture, on the thread that draws."""

    def __call__(self, media: Media, size: tuple[int, int]) -> Media | None:
        """The film to read for a picture of `media`, `size` pixels; None: `media` itself. It must answer at once."""


def originals_only(media: Media, size: tuple[int, int]) -> Media | None:
    """Nothing stands in for anything: what an export reads."""
    return None


@dataclass
class _Lane:
    """One reader of a file: which it is, the frame last asked of it, when that was (in requests), and for which picture.

    `goes_on`: more than one picture came from where it is; else it was only jumped to.
    """

    media: Media
    at: int
    asked: int
    picture: int = 0
    goes_on: bool = False


@dataclass
class _Coming:
    """A lane that another thread stands before frame `at`. `name`: the file it is for; None for what has no lanes."""

    name: tuple[str, str] | None
    at: int
    standing: Standing


class Footage:
    """Frames by time, from a pool of readers; belongs to the pool's thread. The answer never depends on the order.

    While `full` is set nothing stands in for the originals. `stood_in` becomes true when something did; who asks resets it.
    `seconds` is what all pictures so far took to come. `fills_ahead`: the frames before a resting or backward playhead are
    decoded by another thread (`close` ends it). `cache_bytes` may be changed at any time.
    """

    def __init__(
        self,
        pool: PicturePool,
        stand_in: StandIns = originals_only,
        *,
        cache_bytes: int = CACHE_BYTES,
        open_reader: OpenReader = open_video,
    ) -> None:
        self._pool = pool
        self._stand_in = stand_in
        self._unfit: set[str] = set()
        self.full = False
        self.stood_in = False
        self.fills_ahead = False
        self.seconds = 0.0
        self._lanes: dict[tuple[str, str], list[_Lane]] = {}
        self._singles: dict[str, tuple[Media, int]] = {}
        """Stills and image sequences, and the picture each was last seen in."""
        self._coming: list[_Coming] = []
        self._kept = KeptFrames(cache_bytes)
        self._scout = Scout(open_reader, self._kept)
        self._requests = 0
        self._pictures = 0

    @property
    def cache_bytes(self) -> int:
        """Most bytes of decoded frames kept for going backwards."""
        return self._kept.limit

    @cache_bytes.setter
    def cache_bytes(self, limit: int) -> None:
        self._kept.limit = limit

    def next_picture(self) -> None:
        """Frames asked for from now on are for another picture: a reader that was jumped to for the last one is free."""
        self._pictures += 1
        self._pool.next_picture()

    def frame_at(self, media: Media, time: RationalTime, size: tuple[int, int]) -> Frame:
        """The frame of `media` shown at `time` (source), `size` pixels. Raises MediaError; GivenUp (engines.media.patience)."""
        started = perf_counter()
        try:
            return self._chosen(media, time, size)
        finally:
            self.seconds += perf_counter() - started

    def prepare(self, media: Media, time: RationalTime, size: tuple[int, int]) -> None:
        """Have a reader stand ready at `time` soon: another thread opens the file, seeks and decodes. Returns at once."""
        self._collect()
        other = None if self.full else self._stand_in(media, size)
        media = other if other is not None and other.path not in self._unfit else media
        if media.kind is not MediaKind.VIDEO or not media.rate:
            if not self._pool.holds_picture(media) and all(one.standing.media != media for one in self._coming):
                self._coming.append(_Coming(None, 0, self._scout.stand(media, time, None)))
            return
        name, index = (media.id, media.path), time.frames(media.rate)
        lanes = self._lanes.setdefault(name, [])
        is_there = any(lane.at in (index, index - 1) for lane in lanes)
        is_coming = any(one.name == name and one.at == index for one in self._coming)
        if is_there or is_coming or self._kept.holds((*name, size), time.fraction):
            return
        oldest = min(lanes, key=lambda lane: lane.asked, default=None)
        if oldest is not None and (len(lanes) >= _MOST_LANES or self._requests - oldest.asked > _RECENT):
            lanes.remove(oldest)
            named, reader = oldest.media, self._pool.taken(oldest.media)
        else:
            named, reader = self._named(media), None
        self._coming.append(_Coming(name, index, self._scout.stand(named, time, reader)))

    def close_unseen(self, pictures: int, *, stills: bool = False) -> None:
        """Close the films that nothing in the last so many pictures came from, each some 60 MB at 1080p; `stills` too."""
        self._close_lanes(lambda lane: self._pictures - lane.picture >= pictures)
        for media, seen in list(self._singles.values()) if stills else ():
            if self._pictures - seen >= pictures:
                del self._singles[media.id]
                reader = self._pool.taken(media)
                if reader is not None:
                    reader.close()

    def _close_lanes(self, is_unused: Callable[[_Lane], bool]) -> None:
        closed = False
        for lanes in self._lanes.values():
            for lane in [one for one in lanes if is_unused(one)]:
                lanes.remove(lane)
                reader = self._pool.taken(lane.media)
                if reader is not None:
                    reader.close()
                    closed = True
        if closed:
            give_back()

    def close(self) -> None:
        """End the other thread and forget all frames. The readers are the pool's, who closes them."""
        self._scout.close()
        for one in self._coming:
            reader = one.standing.taken()
            if reader is not None:
                reader.close()
        self._coming.clear()
        self._lanes.clear()
        self._singles.clear()
        self._kept.clear()

    def _chosen(self, media: Media, time: RationalTime, size: tuple[int, int]) -> Frame:
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
        self._collect()
        if media.kind is not MediaKind.VIDEO or not media.rate:
            self._wait_for_single(media)
            self._singles[media.id] = (media, self._pictures)
            return self._pool.picture(media).frame_at(time, size)
        self._requests += 1
        key = (media.id, media.path, size)
        index = time.frames(media.rate)
        reach = self._reach(size)
        frame = self._kept.find(key, time.fraction)
        if frame is not None:
            self._walked(media, index, key, reach)
            return frame
        self._claim(key[:2], index)
        lane = self._lane(media, index)
        goes_back = 0 < lane.at - index <= _STEP
        lane.goes_on = abs(index - lane.at) <= _STEP
        lane.at, lane.asked, lane.picture = index, self._requests, self._pictures
        if goes_back:
            return self._backwards(media, lane, time, key, reach)
        self._scout.stop_filling()
        if not lane.goes_on:
            self._kept.leave()
        reader = self._pool.picture(lane.media)
        frame = reader.frame_at(time, size)
        if self.fills_ahead:
            self._fill_before(media, reader, time.fraction, key, reach, _REST_SECONDS)
        return frame

    def _reach(self, size: tuple[int, int]) -> int:
        """How many frames of `size` can be kept before the playhead; a few are left for those behind it."""
        return min(_MOST_FRAMES, max(4, self._kept.limit * 9 // 10 * 2 // (3 * size[0] * size[1])))

    def _backwards(self, media: Media, lane: _Lane, time: RationalTime, key: Key, reach: int) -> Frame:
        """A frame before the last one: what leads to it is decoded and kept, or is just being decoded by the scout."""
        rate = media.rate or Fraction(25)
        way = self._scout.way_to(key, time.fraction)
        if way is not None and way * rate <= 2 * _FIRST_STRETCH and self._scout.wait_for(key, time.fraction):
            frame = self._kept.find(key, time.fraction)
            if frame is not None:
                return frame
        reader = self._pool.picture(lane.media)
        start = self._first_wanted(media, reader, time.fraction, reach)
        if self.fills_ahead and (time.fraction - start) * rate > 2 * _FIRST_STRETCH:
            start = time.fraction - _FIRST_STRETCH / rate
        if not self._scout.is_running(key, start - 1 / rate):
            self._scout.stop_filling()
        for begins, ends, frame in strip(reader, media, start, time.fraction, key[2]):
            self._kept.put(key, begins, ends, frame)
        frame = reader.frame_at(time, key[2])
        begins, after = reader.shown(time)
        if after is not None:
            self._kept.put(key, begins, after, frame)
        if self.fills_ahead and not self._scout.is_filling(key, start - 1 / rate):
            self._fill_before(media, reader, start, key, reach, 0)
        return frame

    def _walked(self, media: Media, index: int, key: Key, reach: int) -> None:
        """A kept frame was given: note where, and see that going on backwards there will be more."""
        lanes = self._lanes.get(key[:2], [])
        lane = min(lanes, key=lambda one: abs(one.at - index), default=None)
        if lane is None or abs(lane.at - index) > reach:
            return
        goes_back = index < lane.at
        lane.at, lane.asked, lane.picture, lane.goes_on = index, self._requests, self._pictures, True
        if not self.fills_ahead or not goes_back or not media.rate:
            return
        at = index / media.rate
        kept_from = self._kept.unbroken_from(key, at)
        if (at - kept_from) * media.rate < reach // 2 and not self._scout.is_filling(key, kept_from - 1 / media.rate):
            room = reach - int((at - kept_from) * media.rate)
            if self._pool.holds_picture(lane.media):
                self._fill_before(media, self._pool.picture(lane.media), kept_from, key, room, 0)

    def _first_wanted(self, media: Media, reader: PictureReader, end: Fraction, most: int) -> Fraction:
        """Where to begin to have the frames before `end`: at the start of their group of pictures, if they are not too many."""
        frame = 1 / (media.rate or Fraction(25))
        group = reader.group_start(RationalTime(max(end - frame, Fraction(0))))
        earliest = end - min(most, _UNKNOWN_GROUP if group is None else most) * frame
        return max(earliest, group if group is not None and group < end else earliest, Fraction(0))

    def _fill_before(
        self, media: Media, reader: PictureReader, end: Fraction, key: Key, most: int, after: float
    ) -> None:
        if end > 0:
            start = self._first_wanted(media, reader, end, most)
            self._scout.fill(Filling(key, media, start, end, monotonic() + after))

    def _lane(self, media: Media, index: int) -> _Lane:
        """The reader that has the shortest way to a frame: forwards, else a little back, else one that is not in use."""
        lanes = self._lanes.setdefault((media.id, media.path), [])
        near = int(_NEAR_SECONDS * (media.rate or 25))
        ahead = [lane for lane in lanes if 0 <= index - lane.at <= near]
        if ahead:
            return min(ahead, key=lambda lane: index - lane.at)
        behind = [lane for lane in lanes if 0 < lane.at - index <= _STEP]
        if behind:
            return min(behind, key=lambda lane: lane.at - index)
        oldest = min(lanes, key=lambda lane: (lane.goes_on or lane.picture == self._pictures, lane.asked), default=None)
        if oldest is not None and (len(lanes) >= _LANES or self._is_free(oldest)):
            oldest.at = -_STEP - 1 if oldest.at < index else index + _STEP + 1  # a seek either way; not a step back
            return oldest
        lanes.append(_Lane(self._named(media), -_STEP - 1, self._requests, self._pictures))
        return lanes[-1]

    def _is_free(self, lane: _Lane) -> bool:
        """Whether a reader may jump elsewhere: a hand that moves about needs but one for each file."""
        only_jumped_to = not lane.goes_on and lane.picture != self._pictures
        return only_jumped_to or self._requests - lane.asked > _RECENT

    def _named(self, media: Media) -> Media:
        """`media` by an id that no other lane of it has in the pool."""
        used = {lane.media.id for lane in self._lanes.get((media.id, media.path), [])}
        used |= {one.standing.media.id for one in self._coming}
        names = (media.id, *(f"{media.id}/{number}" for number in range(1, len(used) + 2)))
        return replace(media, id=next(name for name in names if name not in used))

    def _collect(self) -> None:
        """Take over the readers that stand ready."""
        for one in [one for one in self._coming if one.standing.done.is_set()]:
            self._take_over(one)

    def _take_over(self, one: _Coming) -> None:
        self._coming.remove(one)
        reader = one.standing.taken()
        if reader is None:
            return
        self._pool.adopt(one.standing.media, reader)
        if one.name is not None:
            self._lanes.setdefault(one.name, []).append(
                _Lane(one.standing.media, one.at, self._requests, self._pictures + _AWAITED, True)
            )

    def _claim(self, name: tuple[str, str], index: int) -> None:
        """Wait for the reader that is on its way to this very place."""
        near = next((one for one in self._coming if one.name == name and 0 <= index - one.at <= 2), None)
        if near is not None:
            if self._scout.called_back(near.standing):
                near.at = -1  # it is wherever it was left
            while not near.standing.done.wait(_LOOK_SECONDS):
                check()
            self._take_over(near)

    def _wait_for_single(self, media: Media) -> None:
        """Wait for a still that is being opened."""
        for one in [one for one in self._coming if one.name is None and one.standing.media == media]:
            self._scout.called_back(one.standing)
            one.standing.done.wait()
            self._take_over(one)
