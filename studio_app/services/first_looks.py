"""Films of the open project are tried before they are needed: those that would crash the window are told of, and not opened."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from engines.errors import MediaError
from engines.media.trial import Trials, guard_with, make_sure
from studio_app.services.jobs import Joinable, Post, StartThread
from timeline.media import Library, MediaKind


class FirstLooks:
    """Guards all decoding of this process by `trials` (None: nothing is tried) and tries new media on a thread.

    Main thread only. What is decoded before its turn is tried by who decodes it.
    """

    def __init__(
        self, trials: Trials | None, post: Post, start_thread: StartThread, tell: Callable[[str], None]
    ) -> None:
        self._trials = trials
        self._post = post
        self._start_thread = start_thread
        self._tell = tell
        self._looked_at: set[str] = set()
        self._waiting: deque[str] = deque()
        self._lock = threading.Lock()
        self._thread: Joinable | None = None
        self._closing = False
        if trials is not None:
            guard_with(trials)

    def follow(self, library: Library) -> None:
        """Another library: try what was not there before."""
        if self._trials is None:
            return
        of_files = (one.path for one in library.media.values() if one.kind is not MediaKind.IMAGE_SEQUENCE)
        with self._lock:
            new = [path for path in of_files if path not in self._looked_at]
            self._looked_at.update(new)
            self._waiting += new
            if self._thread is None and self._waiting and not self._closing:
                self._thread = self._start_thread("first looks", self._look)

    def close(self, timeout: float = 5.0) -> None:
        """End the looks, waited for so many seconds at most; from now on this process decodes what it is told to."""
        if self._trials is None:
            return
        with self._lock:
            self._closing = True
            thread = self._thread
        self._trials.close()
        if thread is not None:
            thread.join(timeout)
        guard_with(None)

    def _look(self) -> None:
        while (path := self._next()) is not None:
            try:
                make_sure(path)
            except MediaError as error:
                self._post(lambda message=error.message: self._tell(message))  # type: ignore[misc]

    def _next(self) -> str | None:
        with self._lock:
            if self._waiting and not self._closing:
                return self._waiting.popleft()
            self._thread = None
            return None
