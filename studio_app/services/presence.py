"""Which files of the library are not there: looked at once when they are new, and all again on a thread when asked."""

from __future__ import annotations

from studio_app.services.jobs import Joinable, Post, StartThread
from studio_app.services.signal import Signal
from timeline.media import Library
from timeline.project_file import is_there

_Place = tuple[str, str]


class Presence:
    """Knows what is missing without asking the disk each time. Main thread only.

    A library of thousands of files, or one on a share that has gone to sleep, would hold up the window at each take.
    """

    def __init__(self, post: Post, start_thread: StartThread) -> None:
        self.missing: frozenset[str] = frozenset()
        """Media whose file is not there."""
        self.changed: Signal[[]] = Signal()
        self._post = post
        self._start_thread = start_thread
        self._library = Library()
        self._known: dict[_Place, bool] = {}
        self._looking: Joinable | None = None

    def follow(self, library: Library) -> None:
        """Another library: files that were not in the last one are looked at now."""
        self._library = library
        known = self._known
        self._known = {
            (one.id, one.path): known[one.id, one.path] if (one.id, one.path) in known else is_there(one.path, one.kind)
            for one in library.media.values()
        }
        self._note()

    def look_again(self) -> None:
        """Look at all files on a thread; `changed` when one has come or gone."""
        if self._looking is not None and self._looking.is_alive():
            return
        library = self._library

        def look() -> None:
            found = {(one.id, one.path): is_there(one.path, one.kind) for one in library.media.values()}
            self._post(lambda: self._found(found))

        self._looking = self._start_thread("presence", look)

    def close(self, timeout: float = 5.0) -> None:
        """Wait for a look under way, so many seconds at most: a disk that is gone may not answer."""
        if self._looking is not None:
            self._looking.join(timeout)

    def _found(self, found: dict[_Place, bool]) -> None:
        before = self.missing
        self._known.update((place, there) for place, there in found.items() if place in self._known)
        self._note()
        if self.missing != before:
            self.changed.emit()

    def _note(self) -> None:
        self.missing = frozenset(media_id for (media_id, _), there in self._known.items() if not there)
