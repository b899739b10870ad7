"""Thumbnails, waveforms and sketches for the screen: asked for by a paint, made by a worker, kept on disk by content hash."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

from numpy.typing import NDArray

from engines.errors import EngineError, MediaError
from engines.generate.base import GenerationRequest
from engines.generate.registry import engine
from engines.media.open_readers import OpenReaders
from engines.media.patience import GivenUp, patient_until
from engines.media.pool import ReaderPool
from engines.media.thumbnail import jpeg, thumbnail
from engines.media.waveform import Outline, Peaks, outline, peaks_of, peaks_path
from engines.render.footage import StandIns, originals_only
from studio_app.services.cache_budget import touch
from studio_app.services.jobs import Joinable, Post, StartThread
from studio_app.services.signal import Signal
from timeline.atomic import write_atomically
from timeline.errors import Cancelled, StudioError
from timeline.media import Media
from timeline.time import RationalTime

log = logging.getLogger(__name__)
T = TypeVar("T")

OPEN_READERS = 2
"""Each holds some 50 MB of 1080p pictures."""
MOST_WAITING = 400
"""Older requests beyond this are forgotten: they have scrolled out of sight."""
FEW_PEAKS = 64
"""So many outlines at most are kept in their short form too."""


_NICENESS = 10


def make_way(niceness: int = _NICENESS) -> None:
    """Let the calling thread, and the decoders it starts, have what others leave; where threads have a niceness (Linux).

    Less of it for what somebody waits for: it is to come also while proxies are made.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)


def _untold(_size: int) -> None:
    """Nobody keeps a budget: tests, and single commands."""


class _Asked(Generic[T]):
    """Answers from memory, else asks the worker and tells `arrived` on the main thread. Latest request first."""

    def __init__(
        self, post: Post, start_thread: StartThread, name: str, most: int, grew: Callable[[int], None] = _untold
    ) -> None:
        self.arrived: Signal[str] = Signal()
        self._post = post
        self._start_thread = start_thread
        self._name = name
        self._most = most
        self._grew = grew
        self._known: OrderedDict[tuple[Any, ...], T | None] = OrderedDict()
        self._waiting: deque[tuple[tuple[Any, ...], str, Callable[[], T]]] = deque()
        self._asked: set[tuple[Any, ...]] = set()
        self._lock = threading.Lock()
        self._thread: Joinable | None = None
        self._last: Joinable | None = None
        self._closing = self._resting = False

    def rest(self, resting: bool) -> None:
        """While something else needs the machine (playing), begin nothing new; what was asked for waits."""
        with self._lock:
            self._resting = resting
            self._start_if_wanted()

    @property
    def is_working(self) -> bool:
        """Whether something that was asked for is not made yet."""
        return self._thread is not None

    def _ask(self, key: tuple[Any, ...], media_id: str, make: Callable[[], T]) -> T | None:
        with self._lock:
            if key in self._known and self._is_still_there(self._known[key]):
                self._known.move_to_end(key)
                return self._known[key]
            if key not in self._asked and not self._closing:
                self._asked.add(key)
                self._waiting.append((key, media_id, make))
                if len(self._waiting) > MOST_WAITING:
                    self._asked.discard(self._waiting.popleft()[0])
                self._start_if_wanted()
        return None

    def _start_if_wanted(self) -> None:
        if self._thread is None and self._waiting and not self._resting and not self._closing:
            self._thread = self._last = self._start_thread(self._name, self._work)

    def _is_still_there(self, value: T | None) -> bool:
        """Files go when the cache is cleared, by us or by a hand; then they are made again."""
        return not isinstance(value, Path) or value.is_file()

    def _work(self) -> None:
        make_way()
        try:
            self._answer_all()
        finally:
            self._idle()

    def _idle(self) -> None:
        """The worker's thread ends: let go of what it held."""

    def _answer_all(self) -> None:
        while True:
            with self._lock:
                if not self._waiting or self._closing or self._resting:
                    self._thread = None
                    return
                key, media_id, make = self._waiting.pop()
            value: T | None = None
            try:
                with patient_until(lambda: self._closing):
                    value = make()
            except (Cancelled, GivenUp):
                return
            except StudioError as error:
                log.info("%s for %s: %s", self._name, media_id, error.message)
            except Exception:  # worker fence: one broken file must not end all pictures
                log.exception("%s for %s failed", self._name, media_id)
            with self._lock:
                self._asked.discard(key)
                self._known[key] = value
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
            self._post(lambda media_id=media_id: self.arrived.emit(media_id))  # type: ignore[misc]

    def _check(self) -> None:
        if self._closing:
            raise Cancelled

    def _budgeted(self, path: Path) -> Path:
        """A file was used, and maybe made: the budget is told of its size, of one found again too (it counts little)."""
        touch(path)
        with suppress(OSError):
            self._grew(path.stat().st_size)
        return path

    def close(self, timeout: float = 5.0) -> None:
        """Stop the worker, which gives up what it is at; wait for it, so many seconds at most.

        Also for one that has nothing to do any more and is about to end: it may still be closing its files.
        """
        with self._lock:
            self._closing = True
            last = self._last
        if last is not None:
            last.join(timeout)


class Thumbnails(_Asked[Path]):
    """JPEG files of single frames, read from a proxy where there is one: that is quicker by far."""

    def __init__(
        self,
        post: Post,
        start_thread: StartThread,
        cache: Path,
        grew: Callable[[int], None] = _untold,
        stand_in: StandIns = originals_only,
        readers: OpenReaders | None = None,
    ) -> None:
        super().__init__(post, start_thread, "thumbnails", 20000, grew)
        self._cache = cache
        self._readers = readers
        self._stand_in = stand_in
        self._own = threading.local()  # each worker's readers: a reader belongs to one thread

    def get(self, media: Media, time: RationalTime, width: int) -> Path | None:
        """The frame at `time` (source), `width` px wide; None for now (then `arrived` tells) or for good (unreadable)."""
        key = (media.path, media.content_hash, time, width)
        return self._ask(key, media.id, lambda: self._made(media, time, width))

    def known(self, media: Media, time: RationalTime, width: int) -> Path | None:
        """The frame if it is there at once; the worker is not asked for it."""
        with self._lock:
            return self._known.get((media.path, media.content_hash, time, width))

    def make(self, media: Media, time: RationalTime, width: int) -> Path:
        """The same now, on the calling thread, which waits for it. Raises MediaError."""
        try:
            return self._made(media, time, width)
        finally:
            self._idle()

    def _made(self, media: Media, time: RationalTime, width: int) -> Path:
        if not hasattr(self._own, "pool"):
            self._own.pool = ReaderPool(OPEN_READERS, readers=self._readers)
        self._own.pool.next_picture()
        size = _size(media, width)
        source, place = self._stand_in(media, size), (time, size, self._cache)
        try:
            path = thumbnail(media, *place, check=self._check, pool=self._own.pool, source=source)
        except MediaError:
            if source is None:
                raise
            path = thumbnail(media, *place, check=self._check, pool=self._own.pool)  # the proxy is broken
        return self._budgeted(path)

    def _idle(self) -> None:
        if hasattr(self._own, "pool"):
            self._own.pool.close()
            del self._own.pool


class Sketches(_Asked[Path]):
    """JPEG files of what an engine would make of a request: for shots that have no take yet."""

    def __init__(
        self, post: Post, start_thread: StartThread, cache: Path, grew: Callable[[int], None] = _untold
    ) -> None:
        super().__init__(post, start_thread, "sketches", 2000, grew)
        self._cache = cache

    def get(self, shot_id: str, engine_id: str, request: GenerationRequest, width: int, at: float = 0.5) -> Path | None:
        """A picture from the middle of the shot (or `at` another share of it), `width` px wide.

        None for now, or for good (the engine does not sketch).
        """
        key = (engine_id, request.model_dump_json(), width, at)
        return self._ask(key, shot_id, lambda: self._made(engine_id, request, width, key))

    def make(self, engine_id: str, request: GenerationRequest, width: int) -> Path:
        """The same now, on the calling thread, which waits for it. Raises EngineError for an engine that does not sketch."""
        return self._made(engine_id, request, width, (engine_id, request.model_dump_json(), width, 0.5))

    def _made(self, engine_id: str, request: GenerationRequest, width: int, key: tuple[Any, ...]) -> Path:
        maker = engine(engine_id)
        name = hashlib.blake2b(f"{maker.version} {key}".encode(), digest_size=16).hexdigest()
        path = self._cache / f"sketch_{name}.jpg"
        if not path.is_file():
            height = max(2, round(width * request.height / request.width))
            frame = maker.sketch(request, request.length.to_seconds() * key[3], (width, height))
            if frame is None:
                raise EngineError(f"{maker.label} does not sketch.")
            write_atomically(path, jpeg(frame))
        return self._budgeted(path)


class Waveforms(_Asked[Outline]):
    """Outlines of whole sounds: peaks and RMS."""

    def __init__(
        self, post: Post, start_thread: StartThread, cache: Path, grew: Callable[[int], None] = _untold
    ) -> None:
        super().__init__(post, start_thread, "waveforms", 2000, grew)
        self._cache = cache
        self._peaks: OrderedDict[int, tuple[Outline, Peaks]] = OrderedDict()

    def outline(self, media: Media) -> Outline | None:
        """Sum, left and right (n, 3, 3), each lowest, highest and RMS, 100 a second; None for now or for good."""
        key = (media.path, media.content_hash)
        return self._ask(key, media.id, lambda: self._made(media))

    def get(self, media: Media) -> Peaks | None:
        """Peaks (n, 2) min and max over both sides, 100 a second; None for now or for good."""
        made = self.outline(media)
        if made is None:
            return None
        kept = self._peaks.get(id(made))
        if kept is None or kept[0] is not made:
            kept = self._peaks[id(made)] = (made, peaks_of(made))
            while len(self._peaks) > FEW_PEAKS:
                self._peaks.popitem(last=False)
        return kept[1]

    def _made(self, media: Media) -> Outline:
        found = outline(media, self._cache, check=self._check)
        self._budgeted(peaks_path(media, self._cache))
        return found


class Tiles(_Asked[NDArray[Any]]):
    """Arrays of pixels made on a worker of what is in memory already; whoever asks keeps them."""

    def __init__(self, post: Post, start_thread: StartThread) -> None:
        super().__init__(post, start_thread, "tiles", MOST_WAITING)

    def take(self, key: tuple[Any, ...], about: str, make: Callable[[], NDArray[Any]]) -> NDArray[Any] | None:
        """What `make` gives, handed over once it is made; None for now, then `arrived` tells `about`."""
        made = self._ask(key, about, make)
        if made is not None:
            with self._lock:
                self._known.pop(key, None)
        return made


def _size(media: Media, width: int) -> tuple[int, int]:
    if not media.width or not media.height:
        return (width, width * 9 // 16)
    return (width, max(2, round(width * media.height / media.width)))
