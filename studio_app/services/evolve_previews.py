"""Small pictures of what operations make of a clip: asked for by a paint, drawn in the background, the newest clip first."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from engines.evolve import preview
from engines.evolve.preview import Picture, Strip
from engines.evolve.run import Step
from engines.media.patience import GivenUp, patient_until
from studio_app.services.jobs import Joinable, Post, StartThread
from studio_app.services.media_cache import make_way
from studio_app.services.signal import Signal
from timeline.errors import Cancelled, StudioError
from timeline.media import Media

log = logging.getLogger(__name__)
WORKERS = 2
_MOST_STRIPS = 8
_MOST_MADE = 600
_NICENESS = 2
"""Behind the window itself and what plays, before proxies and exports."""


@dataclass(frozen=True)
class Asked:
    """One preview: what is made (`steps` as JSON-like text in `key`) of which clips, about frame `at` of the first."""

    media: tuple[Media, ...]
    at: int
    steps: tuple[Step, ...]
    seed: int
    moves: bool = False
    """The whole small film, instead of one picture."""

    @property
    def key(self) -> tuple[Any, ...]:
        """What decides the pictures."""
        values = tuple((one.operation, tuple(sorted((k, str(v)) for k, v in one.values.items()))) for one in self.steps)
        return (*self.clips, values, self.seed, self.moves)

    @property
    def clips(self) -> tuple[Any, ...]:
        """What decides the frames they are drawn from."""
        return (tuple((one.content_hash or one.path, one.rate) for one in self.media), self.at)

    @property
    def lead(self) -> tuple[Any, ...]:
        """Which clip is looked at, and where: a remix borrows others for it."""
        return (self.clips[0][:1], self.at)


@dataclass(frozen=True, eq=False)
class Preview:
    """What came of it: one picture, or several at `rate`; or none, and why in a sentence."""

    pictures: tuple[Picture, ...] = ()
    rate: Fraction = field(default_factory=lambda: Fraction(12))
    why: str = ""


class EvolvePreviews:
    """Answers from memory, else asks workers and tells `arrived` on the main thread."""

    def __init__(self, post: Post, start_thread: StartThread, workers: int = WORKERS) -> None:
        self.arrived: Signal[[]] = Signal()
        self._post, self._start_thread, self._workers = post, start_thread, workers
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[Any, ...], Preview] = OrderedDict()
        self._waiting: OrderedDict[tuple[Any, ...], Asked] = OrderedDict()
        self._at_work: set[tuple[Any, ...]] = set()
        self._strips: OrderedDict[tuple[Any, ...], _Making] = OrderedDict()
        self._threads: list[Joinable] = []
        self._running = 0
        self._lead: tuple[Any, ...] = ()
        self._closing = self._resting = self._told = False

    def get(self, asked: Asked) -> Preview | None:
        """The preview; None for now, then `arrived` tells. What waits of other clips or places is forgotten."""
        key = asked.key
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
                return found
            if self._wait_for(asked) and asked.moves:  # somebody's hand rests on it
                self._waiting.move_to_end(key, last=False)
            self._start()
        return None

    def want(self, wanted: Sequence[Asked]) -> None:
        """Draw these first and in this order, what is not there yet: somebody looks at them in this order."""
        with self._lock:
            waits = [one.key for one in wanted if one.key not in self._known and self._wait_for(one)]
            for key in reversed(waits):
                self._waiting.move_to_end(key, last=False)
            self._start()

    def _wait_for(self, asked: Asked) -> bool:
        """Put it with what waits; False where it is being drawn already. Holds the lock."""
        if self._closing or asked.key in self._at_work:
            return False
        if asked.lead != self._lead:
            self._lead = asked.lead
            for old in [one for one, waits in self._waiting.items() if waits.lead != asked.lead]:
                del self._waiting[old]
        self._waiting[asked.key] = asked
        return True

    def forget_faults(self) -> None:
        """What could not be made may be made now: a file is there again."""
        with self._lock:
            for key in [key for key, one in self._known.items() if one.why]:
                del self._known[key]
        self.arrived.emit()

    def rest(self, resting: bool) -> None:
        """While something plays, begin nothing new."""
        with self._lock:
            self._resting = resting
            self._start()

    @property
    def is_working(self) -> bool:
        """Whether something that was asked for is not made yet."""
        return self._running > 0

    def close(self, timeout: float = 5.0) -> None:
        """Stop the workers and wait for them, so many seconds at most."""
        with self._lock:
            self._closing = True
            self._waiting.clear()
            threads = list(self._threads)
        for thread in threads:
            thread.join(timeout)

    def check(self) -> None:
        """Raise Cancelled when it closes: the job of an operation that looks at its frames."""
        if self._closing:
            raise Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        """Nobody watches."""

    def _start(self) -> None:
        wanted = 0 if self._resting or self._closing else min(self._workers, len(self._waiting))
        self._threads = [one for one in self._threads if one.is_alive()]
        while self._running < wanted:
            self._running += 1
            self._threads.append(self._start_thread("evolve previews", self._work))

    def _work(self) -> None:
        make_way(_NICENESS)
        while (asked := self._next()) is not None:
            key = asked.key
            made = self._made(asked)
            with self._lock:
                self._at_work.discard(key)
                if made is not None:
                    self._known[key] = made
                while len(self._known) > _MOST_MADE:
                    self._known.popitem(last=False)
                tell, self._told = not self._told, True
            if tell:
                self._post(self._tell)
        if not self._running and not self._closing:
            self._post(self._tell)  # whoever waits for the end of it hears of it when it is so

    def _next(self) -> Asked | None:
        with self._lock:
            if self._closing or self._resting or not self._waiting:
                self._running -= 1
                return None
            key, asked = self._waiting.popitem(last=False)
            self._at_work.add(key)
            return asked

    def _tell(self) -> None:
        """Several that came at once are one repaint."""
        self._told = False
        self.arrived.emit()

    def _made(self, asked: Asked) -> Preview | None:
        try:
            with patient_until(lambda: self._closing):
                strips = [self._strip(media, asked.at if n == 0 else None) for n, media in enumerate(asked.media)]
                wanted = [one.made() for one in asked.steps]
                if asked.moves:
                    return Preview(*preview.moving(wanted, strips, asked.seed, self))
                return Preview((preview.still(wanted, strips, asked.seed, self),))
        except (Cancelled, GivenUp):
            return None
        except StudioError as error:
            return Preview(why=error.message)
        except Exception as error:  # worker fence: one operation that fails must not end all previews
            log.exception("a preview could not be drawn")
            return Preview(why=f"No preview: {error}")

    def _strip(self, media: Media, at: int | None) -> Strip:
        """The small frames of a clip, decoded by whoever comes first; the others wait for it."""
        place = preview.length_of(media)[0] // 2 if at is None else at
        key = (media.content_hash or media.path, media.rate, place)
        with self._lock:
            making = self._strips.get(key)
            if making is None:
                making = self._strips[key] = _Making(lambda: preview.strip_of(media, place))
                while len(self._strips) > _MOST_STRIPS:
                    self._strips.popitem(last=False)
        return making.get()


class _Making:
    """Something made once, by the first that asks."""

    def __init__(self, make: Callable[[], Strip]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._strip: Strip | None = None

    def get(self) -> Strip:
        with self._lock:
            if self._strip is None:
                self._strip = self._make()
            return self._strip
