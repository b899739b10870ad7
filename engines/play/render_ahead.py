"""Makes what does not play in real time beforehand, while the editor rests, and says which stretches are which."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Condition, Thread
from time import monotonic, perf_counter
from typing import TypeVar

from engines.media.patience import GivenUp, patient_until
from engines.play.request import Scene
from engines.play.zones import Marked, Pace, Zone, zones_near
from engines.render.costs import FEWEST
from engines.render.renderer import Renderer
from timeline.errors import StudioError
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange

log = logging.getLogger(__name__)
T = TypeVar("T")

LOOK_SECONDS = 0.15
"""After an edit the stretches are told anew this soon, by what is known of them."""
IDLE_SECONDS = 1.0
"""Rest before work begins: an editor's hand pauses between two edits."""
REACH_SECONDS = 300
"""Work is done so far before and behind the playhead."""
SHARE_OF_FRAME = 0.8
"""A frame that takes more than this part of its time does not play in real time: sound and screen need some too."""
MOST_BYTES = 2 << 30
_BUSY_LOOK_SECONDS = 0.5
_TELL_SECONDS = 0.3
_MOST_REMEMBERED = 8192
_LATELY = 256
"""Of those so many that were seen last are searched for what a new zone was split from."""


@dataclass
class _Progress:
    """What is known of a zone: its objects, whether it is slow, and how many frames from its first on are made."""

    zone: Zone
    is_slow: bool | None = None
    ready: int = 0


@dataclass(frozen=True)
class _Turn:
    """What there is to do. `only_looks`: tell what is known."""

    stamp: int
    scene: Scene
    size: tuple[int, int]
    time: RationalTime
    only_looks: bool = False


class RenderAhead:
    """One thread with a renderer of its own, whose previews it fills. `tell` is called on it with the zones near the playhead.

    It rests while `hold` is on (playing), while `is_busy()` (exports, generation), when `is_wanted()` is off, and for a second
    after every change. What an edit did not touch stays made: frames are named by what is in them.
    """

    def __init__(
        self,
        make_renderer: Callable[[], Renderer],
        tell: Callable[[tuple[Marked, ...]], None],
        *,
        is_busy: Callable[[], bool] = lambda: False,
        is_wanted: Callable[[], bool] = lambda: True,
        most_bytes: Callable[[], int] = lambda: MOST_BYTES,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._make_renderer, self._tell = make_renderer, tell
        self._is_busy, self._is_wanted, self._most_bytes, self._idle = is_busy, is_wanted, most_bytes, idle_seconds
        self._changed = Condition()
        self._scene: Scene | None = None
        self._size = (0, 0)
        self._time = ZERO
        self._held = self._closed = False
        self._stamp = self._looked = self._changed_scene = 0
        self._stamped_at = 0.0
        self._thread: Thread | None = None
        self._known: OrderedDict[tuple[object, ...], _Progress] = OrderedDict()
        self._told: tuple[Marked, ...] = ()

    def set_scene(self, scene: Scene) -> None:
        """Another project, or the same one edited."""
        with self._changed:
            self._scene = scene
            self._changed_scene += 1
            self._touched()
            if self._thread is None and not self._closed:
                self._thread = Thread(target=self._run, name="render ahead", daemon=True)
                self._thread.start()

    def set_size(self, size: tuple[int, int]) -> None:
        """Pixels of the viewer."""
        with self._changed:
            if size != self._size:
                self._size = size
                self._changed_scene += 1
                self._touched()

    def set_time(self, time: RationalTime) -> None:
        """Where the playhead rests."""
        with self._changed:
            self._time = time
            self._touched()

    def hold(self, on: bool, time: RationalTime) -> None:
        """Playing begins or ends at `time`."""
        with self._changed:
            self._held, self._time = on, time
            self._touched()

    def close(self, timeout: float = 5.0) -> bool:
        """End the thread, waited for so many seconds at most; whether it has ended."""
        with self._changed:
            self._closed = True
            self._touched()
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _touched(self) -> None:
        self._stamp += 1
        self._stamped_at = monotonic()
        self._changed.notify_all()

    # the thread

    def _run(self) -> None:
        renderer: Renderer | None = None
        done = -1
        try:
            while (turn := self._wait(done)) is not None:
                if turn.only_looks:
                    self._say(turn.scene.sequence, self._near(turn))
                    continue
                renderer = renderer or self._make_renderer()
                if self._work(renderer, turn):
                    done = turn.stamp
                renderer.close_unseen(0)  # what it rests on, nobody else can have
        finally:
            if renderer is not None:
                renderer.close()

    def _wait(self, done: int) -> _Turn | None:
        with self._changed:
            while not self._closed:
                rested = monotonic() - self._stamped_at
                looks = self._looked != self._changed_scene
                if self._scene is None or min(self._size) < 2 or not (looks or self._stamp != done):
                    self._changed.wait()
                elif looks and rested >= min(LOOK_SECONDS, self._idle):
                    self._looked = self._changed_scene
                    return _Turn(self._stamp, self._scene, self._size, self._time, only_looks=True)
                elif looks:
                    self._changed.wait(LOOK_SECONDS)
                elif self._held:
                    self._changed.wait()
                elif rested < self._idle:
                    self._changed.wait(self._idle - rested)
                elif self._is_busy() or not self._is_wanted():
                    self._changed.wait(_BUSY_LOOK_SECONDS)
                else:
                    return _Turn(self._stamp, self._scene, self._size, self._time)
            return None

    def _goes_on(self, stamp: int) -> bool:
        with self._changed:
            return self._stamp == stamp and not self._closed

    def _near(self, turn: _Turn) -> list[_Progress]:
        rate = turn.scene.sequence.rate
        zones = zones_near(turn.scene.project, turn.scene.sequence, turn.time.frames(rate), int(REACH_SECONDS * rate))
        return [self._progress(zone, turn.size) for zone in zones]

    def _work(self, renderer: Renderer, turn: _Turn) -> bool:
        """Look at all zones, then make the slow ones, from the playhead on. False: something else came up."""
        stamp, scene, size, sequence = turn.stamp, turn.scene, turn.size, turn.scene.sequence
        here, near = turn.time.frames(sequence.rate), self._near(turn)
        ordered = sorted(near, key=lambda one: (one.zone.end <= here, abs(one.zone.first - here)))
        for one in ordered:
            if not self._goes_on(stamp) or self._is_busy():
                return False
            self._measure(renderer, scene, size, one)
            renderer.close_unseen(1)
        self._say(sequence, near)
        told_at = perf_counter()
        room = self._most_bytes() // (size[0] * size[1] * 3 // 2)
        for one in ordered:
            for _ in self._making(renderer, scene, size, one, room):
                if perf_counter() - told_at > _TELL_SECONDS:
                    self._say(sequence, near)
                    told_at = perf_counter()
                if not self._goes_on(stamp) or self._is_busy():
                    self._say(sequence, near)
                    return False
            room -= one.ready
        self._say(sequence, near)
        return True

    def _progress(self, zone: Zone, size: tuple[int, int]) -> _Progress:
        key = (size, zone.content)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._part_of(zone, size) or _Progress(zone)
            if len(self._known) > _MOST_REMEMBERED:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(key)
            known.zone = zone  # it may have been moved as a whole
        return known

    def _part_of(self, zone: Zone, size: tuple[int, int]) -> _Progress | None:
        """What is known of a zone that another one was split into: it is as slow, and as much of it is made."""
        for (other_size, _), known in islice(reversed(self._known.items()), _LATELY):
            behind = zone.within(known.zone) if other_size == size and known.is_slow is not None else None
            if behind is not None:
                ready = max(0, min(known.ready - behind, zone.end - zone.first))
                return _Progress(zone, known.is_slow, ready)
        return None

    def _measure(self, renderer: Renderer, scene: Scene, size: tuple[int, int], one: _Progress) -> None:
        """Find out whether a zone is slow: by what is known of such frames, else by making a few."""
        first, middle = one.zone.first, (one.zone.first + one.zone.end) // 2
        if one.ready and not self._asked(renderer.has_preview, scene, size, first):
            one.ready = 0  # cleaned away
        if one.is_slow is not None:
            return
        if self._asked(renderer.has_preview, scene, size, first):
            one.is_slow = True  # else it had not been made
            return
        for frame in range(middle, min(middle + FEWEST + 1, one.zone.end)):
            if self._asked(renderer.known_cost, scene, size, middle) is None:
                self._asked(renderer.frame, scene, size, frame)
        cost = self._asked(renderer.known_cost, scene, size, middle)
        if cost is not None:
            one.is_slow = cost > SHARE_OF_FRAME / float(scene.sequence.rate)

    def _making(
        self, renderer: Renderer, scene: Scene, size: tuple[int, int], one: _Progress, room: int
    ) -> Iterator[None]:
        """Make a slow zone's frames one after another, as many as there is room for."""
        while one.is_slow and one.ready < min(one.zone.end - one.zone.first, room):
            if not self._asked(renderer.keep_preview, scene, size, one.zone.first + one.ready):
                return  # something is missing: it is not worth keeping
            one.ready += 1
            yield

    def _asked(self, what: Callable[..., T], scene: Scene, size: tuple[int, int], frame: int) -> T | None:
        """What the renderer answers about a frame; None for one that cannot be made, or is not worth it any more."""
        time = RationalTime.from_frames(frame, scene.sequence.rate)
        stamp = self._stamp
        try:
            with patient_until(lambda: self._closed or self._stamp != stamp):
                return what(scene.project, scene.library, scene.sequence.id, time, size)
        except (StudioError, GivenUp):
            return None
        except Exception:  # render fence: see docs/architecture.md, section 10
            log.exception("a frame could not be made ahead")
            return None

    def _say(self, sequence: Sequence, near: list[_Progress]) -> None:
        told = tuple(_joined(mark for one in near for mark in _marks(one, sequence)))
        if told != self._told:
            self._told = told
            self._tell(told)


def _marks(one: _Progress, sequence: Sequence) -> Iterator[Marked]:
    first, end = one.zone.first, one.zone.end
    if one.is_slow is None:
        yield _marked(first, end, Pace.UNKNOWN, sequence)
    elif not one.is_slow:
        yield _marked(first, end, Pace.SMOOTH, sequence)
    else:
        if one.ready:
            yield _marked(first, first + one.ready, Pace.READY, sequence)
        if first + one.ready < end:
            yield _marked(first + one.ready, end, Pace.SLOW, sequence)


def _marked(first: int, end: int, pace: Pace, sequence: Sequence) -> Marked:
    start, stop = (RationalTime.from_frames(frame, sequence.rate) for frame in (first, end))
    return Marked(TimeRange.between(start, stop), pace)


def _joined(marks: Iterator[Marked]) -> Iterator[Marked]:
    """Neighbours of one pace as one."""
    last: Marked | None = None
    for mark in marks:
        if last is not None and last.pace is mark.pace and last.range.end == mark.range.start:
            last = Marked(TimeRange.between(last.range.start, mark.range.end), mark.pace)
            continue
        if last is not None:
            yield last
        last = mark
    if last is not None:
        yield last
