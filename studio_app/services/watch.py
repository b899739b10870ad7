"""Folders on disk whose new files come into the media pool by themselves: looked at every few seconds, on a thread."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Collection
from pathlib import Path

from studio_app.services.jobs import Joinable, Post, StartThread

log = logging.getLogger(__name__)

SECONDS = 3.0
"""Between two looks. A file that is as it was a look ago is taken to be written wholly."""
MOST_FILES = 20_000
"""A folder of more files than this is watched as far as this."""

_State = tuple[int, int]


class FolderWatch:
    """Polls, since a network share or a memory card tells nobody of new files.

    `arrived(folder, files)` comes on the main thread, once for each file; call the methods from there, too.
    """

    def __init__(
        self,
        post: Post,
        start_thread: StartThread,
        arrived: Callable[[Path, list[Path]], None],
        is_wanted: Callable[[Path], bool],
        seconds: float = SECONDS,
    ) -> None:
        self._post, self._start_thread = post, start_thread
        self._arrived, self._is_wanted, self._seconds = arrived, is_wanted, seconds
        self._folders: tuple[str, ...] = ()
        self._told: set[str] = set()
        self._stop = threading.Event()
        self._threads: list[Joinable] = []
        """The one at work, and those that are about to end."""

    @property
    def folders(self) -> tuple[str, ...]:
        """What is watched."""
        return self._folders

    def follow(self, folders: tuple[str, ...], known: Collection[str] = ()) -> None:
        """Watch these and no others; files at the paths `known` are not told of."""
        if folders == self._folders:
            return
        self._stop.set()
        self._folders, self._told = folders, set(known)
        self._threads = [one for one in self._threads if one.is_alive()]
        if folders:
            stop = self._stop = threading.Event()
            told = self._told
            self._threads.append(self._start_thread("watch", lambda: self._look_on(folders, told, stop)))

    def close(self, timeout: float = 5.0) -> None:
        """Watch nothing, and wait for the threads, so many seconds each."""
        self._stop.set()
        self._folders = ()
        for thread in self._threads:
            thread.join(timeout)
        self._threads.clear()

    def _look_on(self, folders: tuple[str, ...], told: set[str], stop: threading.Event) -> None:
        growing: dict[str, _State] = {}
        while True:
            for folder in folders:
                try:
                    ready = self._look(folder, told, growing, stop)
                except Exception:  # worker fence: see docs/architecture.md, section 10
                    log.exception("the folder %s could not be watched", folder)
                    ready = []
                if ready:
                    self._post(lambda folder=folder, ready=ready: self._tell(folder, ready, stop))  # type: ignore[misc]
            if stop.wait(self._seconds):
                return

    def _look(self, folder: str, told: set[str], growing: dict[str, _State], stop: threading.Event) -> list[Path]:
        """The files that are there, not told of, and have not grown since the last look."""
        ready, seen = [], 0
        for path in self._files(folder):
            seen += 1
            if stop.is_set() or seen > MOST_FILES:
                break
            place = str(path)
            if place in told or not self._is_wanted(path):
                continue
            try:
                status = path.stat()
            except OSError:
                growing.pop(place, None)
                continue
            state = (status.st_size, status.st_mtime_ns)
            if growing.get(place) == state and status.st_size:
                told.add(place)
                del growing[place]
                ready.append(path)
            else:
                growing[place] = state
        return ready

    @staticmethod
    def _files(folder: str) -> list[Path]:
        found = []
        for here, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if not name.startswith("."))
            found += [Path(here, name) for name in sorted(names) if not name.startswith(".")]
            if len(found) > MOST_FILES:
                break
        return found

    def _tell(self, folder: str, files: list[Path], stop: threading.Event) -> None:
        if not stop.is_set():
            self._arrived(Path(folder), files)
