"""One budget for everything kept on disk so that it need not be made again, and one for pictures in memory.

What was used last stays longest: a file's time is moved on when it is used. What is in use is never deleted: what a part of
the program names as such, and what was written a moment ago (another window may be at it).
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakKeyDictionary

from engines.media.open_readers import OpenReaders
from engines.render.renderer import Renderer
from studio_app.services.jobs import Post, StartThread
from studio_app.services.latest import Latest
from studio_app.services.signal import Signal

log = logging.getLogger(__name__)

KINDS = ("proxies", "previews", "thumbnails", "waveforms", "plates", "analyses")
"""Folders in the cache folder; what else lies there is not ours."""
FRESH_SECONDS = 600.0
"""Files written since are taken for being in use, by us or by another window."""
_TOUCH_SECONDS = 3600.0
_FULL_TO = 0.9
"""A tidied cache is filled to this share, so that it is not tidied again at once."""
_GREW_BYTES = 64 << 20
_FREE_BYTES = 1 << 30
"""What is left free on the disk for other things."""
COMPOSED_SHARE = 0.25
"""Of the memory for pictures: what frames made ahead may take."""
READERS_SHARE, _LEAST_FOR_READERS = 0.25, 100 << 20
"""Of the same, for all open readers together; and at least three of 1080p, since to open one again costs a tenth of a seek."""
_DECODED_SHARE, _LAST_SHARE = 0.3, 0.06
"""Of the same, for the renderer of the viewer: decoded frames, and the last composed ones."""
_FORWARD_SHARE = 0.06
"""Of the same, for one that only goes forward: decoded frames, and the last composed ones, each."""


class MemoryBudget:
    """Keeps the frames of all renderers of the window within `budget()` bytes, with those made ahead and what is open.

    `readers` is for all who open films.
    """

    def __init__(self, budget: Callable[[], int]) -> None:
        self._budget = budget
        self.readers = OpenReaders(self._for_readers())
        self._renderers: WeakKeyDictionary[Renderer, bool] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def adopt(self, renderer: Renderer, *, goes_back: bool = True) -> Renderer:
        """From now on this one too keeps within its share, the viewer's (which `goes_back`) or a smaller one. Any thread."""
        with self._lock:
            self._renderers[renderer] = goes_back
        self._bound(renderer, goes_back)
        return renderer

    def apply(self) -> None:
        """The budget was changed."""
        with self._lock:
            renderers = list(self._renderers.items())
        self.readers.limit = self._for_readers()
        for renderer, goes_back in renderers:
            self._bound(renderer, goes_back)

    @property
    def ahead(self) -> int:
        """Bytes for frames made ahead."""
        return int(self._budget() * COMPOSED_SHARE)

    def _for_readers(self) -> int:
        return max(int(self._budget() * READERS_SHARE), _LEAST_FOR_READERS)

    def _bound(self, renderer: Renderer, goes_back: bool) -> None:
        shares = (_DECODED_SHARE, _LAST_SHARE) if goes_back else (_FORWARD_SHARE, _FORWARD_SHARE)
        renderer.keep_within(*(int(self._budget() * share) for share in shares))


def touch(path: Path) -> None:
    """Note that a file of the cache was used; at most once an hour is written to the disk."""
    try:
        now = time.time()
        if now - path.stat().st_mtime > _TOUCH_SECONDS:
            os.utime(path, (now, now))
    except OSError:
        log.debug("%s cannot be touched", path)


@dataclass(frozen=True)
class Usage:
    """Bytes on disk by kind (`KINDS`), and in how many files."""

    by_kind: Mapping[str, int] = field(default_factory=dict)
    files: int = 0

    @property
    def total(self) -> int:
        """All kinds together."""
        return sum(self.by_kind.values())


@dataclass(frozen=True, order=True)
class _File:
    used: float
    size: int
    kind: str
    path: str


class CacheBudget:
    """Keeps the disk caches within `budget()` bytes. `measured` tells the usage on the main thread after each look."""

    def __init__(self, folder: Path, budget: Callable[[], int], post: Post, start_thread: StartThread) -> None:
        self.folder = folder
        self.measured: Signal[Usage] = Signal()
        self._budget = budget
        self._post = post
        self._latest = Latest("cache", start_thread)
        self._users: list[Callable[[], set[Path]]] = []
        self._lock = threading.Lock()
        self._grown = 0
        self._closing = False

    def add_user(self, in_use: Callable[[], set[Path]]) -> None:
        """`in_use()` names files, and folders with all in them, that must stay. Called on another thread."""
        self._users.append(in_use)

    def usage(self) -> Usage:
        """What lies there now. Reads the folders: not for the main thread."""
        return _summed(list(self._files()))

    def can_take(self, size: int) -> bool:
        """Whether a file of `size` bytes fits, with what must stay, into the budget and onto the disk."""
        kept = sum(_size(path) for path in self._in_use())
        if kept + size > self._budget():
            return False
        try:
            place = next(one for one in (self.folder, *self.folder.parents) if one.exists())
            return shutil.disk_usage(place).free > size + _FREE_BYTES
        except (OSError, StopIteration):
            return False

    def tidy(self) -> Usage:
        """Delete what was unused for the longest time until the budget holds; the usage then."""
        files = sorted(self._files())
        total = sum(one.size for one in files)
        if total <= self._budget():
            return _summed(files)
        return _summed(self._without(files, total - int(self._budget() * _FULL_TO), FRESH_SECONDS))

    def clear(self) -> Usage:
        """Delete all that is not in use; the usage then."""
        files = sorted(self._files())
        left = self._without(files, sum(one.size for one in files) + 1, 0.0)
        return _summed(left)

    def tidy_soon(self) -> None:
        """`tidy` on a thread of its own."""
        self._soon(self.tidy)

    def clear_soon(self) -> None:
        """`clear` on a thread of its own."""
        self._soon(self.clear)

    def grew(self, size: int) -> None:
        """A file of `size` bytes was added: every so often that is a reason to look. Any thread."""
        with self._lock:
            self._grown += size
            if self._grown < _GREW_BYTES:
                return
            self._grown = 0
        self.tidy_soon()

    def close(self, timeout: float = 5.0) -> None:
        """End the thread, waited for so many seconds at most."""
        self._closing = True
        self._latest.close(timeout)

    def _soon(self, work: Callable[[], Usage]) -> None:
        def run() -> None:
            usage = work()
            self._post(lambda: self.measured.emit(usage))

        self._latest.ask(run)

    def _without(self, files: list[_File], excess: int, fresh: float) -> list[_File]:
        """Delete from the oldest on until `excess` bytes are free; the files that are left."""
        kept, left = self._in_use(), []
        youngest = time.time() - fresh
        for one in files:
            if excess <= 0 or self._closing or one.used > youngest or _is_below(one.path, kept):
                left.append(one)
                continue
            try:
                Path(one.path).unlink()
            except OSError as error:
                log.info("%s stays in the cache: %s", one.path, error)
                left.append(one)
            else:
                excess -= one.size
        return left

    def _in_use(self) -> set[Path]:
        return {path for user in self._users for path in user()}

    def _files(self) -> Iterator[_File]:
        for kind in KINDS:
            yield from _files_below(self.folder / kind, kind)


def _files_below(folder: Path, kind: str) -> Iterator[_File]:
    """Files with the time of their last use. What goes away meanwhile is passed over."""
    try:
        with os.scandir(folder) as entries:
            there = list(entries)
    except OSError:
        return
    for entry in there:
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(Path(entry.path), kind)
            elif not entry.name.endswith(".lock"):
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(found.st_mode):
                    yield _File(found.st_mtime, found.st_size, kind, entry.path)
        except OSError:
            continue


def _is_below(path: str, kept: set[Path]) -> bool:
    one = Path(path)
    return one in kept or any(parent in kept for parent in one.parents)


def _summed(files: list[_File]) -> Usage:
    by_kind = dict.fromkeys(KINDS, 0)
    for one in files:
        by_kind[one.kind] += one.size
    return Usage(by_kind, len(files))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
