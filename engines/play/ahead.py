"""Makes what does not play in real time beforehand, while the editor rests, and says which stretches are which."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Condition, Thread
from time import monotonic, perf_counter

from engines.play.request import Scene
from engines.play.zones import Marked, Pace, Zone, zones_near
from engines.render.costs import FEWEST, Costs, shape_of
from engines.render.plan import plan
from engines.render.previews import Previews
from engines.render.renderer import Renderer
from timeline.errors import StudioError
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
"""Rest before work begins: an editor's hand pauses between two edits."""
REACH_SECONDS = 300
"""Work is done so far before and behind the playhead."""
SHARE_OF_FRAME = 0.8
"""A frame that takes more than this part of its time does not play in real time: sound and screen need some too."""
_BUSY_LOOK_SECONDS = 0.5
_TELL_SECONDS = 0.3
_MOST_REMEMBERED = 8192


@dataclass
class _Progress:
    """What is known of a zone: its objects, whether it is slow, and how many frames from its first on are made."""

    zone: Zone
    is_slow: bool | None = None
    ready: int = 0


class RenderAhead:
    """One thread with a renderer of its own. `tell` is called on it with the zones near the playhead, in order.

    It rests while `hold` is on (playing), while `is_busy()` (exports, generation), when `is_wanted()` is off, and for a second
    after every change. What an edit did not touch stays made: frames are named by what is in them.
    """

    def __init__(
        self,
        previews: Previews,
        costs: Costs,
        make_renderer: Callable[[], Renderer],
        tell: Callable[[tuple[Marked, ...]], None],
        *,
        is_busy: Callable[[], bool] = lambda: False,
        is_wanted: Callable[[], bool] = lambda: True,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._previews, self._costs, self._make_renderer, self._tell = previews, costs, make_renderer, tell
        self._is_busy, self._is_wanted, self._idle = is_busy, is_wanted, idle_seconds
        self._changed = Condition()
        self._scene: Scene | None = None
        self._size = (0, 0)
        self._time = ZERO
        self._held = self._closed = False
        self._stamp = 0
        self._stamped_at = 0.0
        self._thread: Thread | None = None
        self._known: OrderedDict[tuple[object, ...], _Progress] = OrderedDict()
        self._told: tuple[Marked, ...] = ()

    def set_scene(self, scene: Scene) -> None:
        """Another project, or the same one edited."""
        with self._changed:
            self._scene = scene
            self._touched()
            if self._thread is None and not self._closed:
                self._thread = Thread(target=self._run, name="render ahead", daemon=True)
                self._thread.start()

    def set_size(self, size: tuple[int, int]) -> None:
        """Pixels of the viewer."""
        with self._changed:
            if size != self._size:
                self._size = size
                self._touched()

    def set_time(self, time: RationalTime) -> None:
        """Where the playhead rests."""
        with self._changed:
            self._time = time
            self._touched()

    def hold(self, on: bool) -> None:
        """Something needs the machine now, or no longer."""
        with self._changed:
            self._held = on
            self._touched()

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._touched()
        if self._thread is not None:
            self._thread.join()

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
                stamp, scene, size, time = turn
                renderer = renderer or self._make_renderer()
                if self._work(renderer, stamp, scene, size, time):
                    done = stamp
        finally:
            if renderer is not None:
                renderer.close()

    def _wait(self, done: int) -> tuple[int, Scene, tuple[int, int], RationalTime] | None:
        with self._changed:
            while not self._closed:
                rested = monotonic() - self._stamped_at
                if self._scene is None or self._held or self._stamp == done or min(self._size) < 2:
                    self._changed.wait()
                elif rested < self._idle:
                    self._changed.wait(self._idle - rested)
                elif self._is_busy() or not self._is_wanted():
                    self._changed.wait(_BUSY_LOOK_SECONDS)
                else:
                    return (self._stamp, self._scene, self._size, self._time)
            return None

    def _goes_on(self, stamp: int) -> bool:
        with self._changed:
            return self._stamp == stamp and not self._closed

    def _work(
        self, renderer: Renderer, stamp: int, scene: Scene, size: tuple[int, int], time: RationalTime
    ) -> bool:
        """Look at all zones, then make the slow ones, from the playhead on. False: something else came up."""
        sequence = scene.sequence
        here, reach = time.frames(sequence.rate), int(REACH_SECONDS * sequence.rate)
        near = [self._progress(zone, size) for zone in zones_near(sequence, here, reach)]
        ordered = sorted(near, key=lambda one: (one.zone.end <= here, abs(one.zone.first - here)))
        for one in ordered:
            if not self._goes_on(stamp):
                return False
            self._measure(renderer, scene, size, one)
        self._say(sequence, near)
        told_at = perf_counter()
        for one in ordered:
            for _ in self._making(renderer, scene, size, one):
                if perf_counter() - told_at > _TELL_SECONDS:
                    self._say(sequence, near)
                    told_at = perf_counter()
                if not self._goes_on(stamp) or self._is_busy():
                    self._say(sequence, near)
                    return False
        self._say(sequence, near)
        return True

    def _progress(self, zone: Zone, size: tuple[int, int]) -> _Progress:
        key = (size, zone.content)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Progress(zone)
            if len(self._known) > _MOST_REMEMBERED:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(key)
            known.zone = zone  # it may have been moved as a whole
        return known

    def _measure(self, renderer: Renderer, scene: Scene, size: tuple[int, int], one: _Progress) -> None:
        """Find out whether a zone is slow: by what is known of its shape, else by making a few frames."""
        if one.is_slow is not None:
            return
        rate = scene.sequence.rate
        middle = (one.zone.first + one.zone.end) // 2
        shape = shape_of(plan(scene.project, scene.library, scene.sequence, RationalTime.from_frames(middle, rate)), size)
        cost = self._costs.known(shape)
        for frame in range(middle, min(middle + FEWEST + 1, one.zone.end)):
            if cost is None:
                self._make(renderer, scene, size, frame, keeps=False)
        cost = cost if cost is not None else self._costs.known(shape)
        if cost is not None:
            one.is_slow = cost > SHARE_OF_FRAME / float(rate)

    def _making(self, renderer: Renderer, scene: Scene, size: tuple[int, int], one: _Progress) -> Iterator[None]:
        """Make a slow zone's frames one after another."""
        while one.is_slow and one.ready < one.zone.end - one.zone.first:
            if not self._make(renderer, scene, size, one.zone.first + one.ready, keeps=True):
                one.is_slow = None  # it cannot be kept: something is missing
                return
            one.ready += 1
            yield

    def _make(self, renderer: Renderer, scene: Scene, size: tuple[int, int], frame: int, *, keeps: bool) -> bool:
        time = RationalTime.from_frames(frame, scene.sequence.rate)
        try:
            return renderer.prepare_preview(scene.project, scene.library, scene.sequence.id, time, size, keeps=keeps)
        except StudioError:
            return False
        except Exception:  # render fence: see docs/architecture.md, section 10
            log.exception("a frame could not be made ahead")
            return False

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
