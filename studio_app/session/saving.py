"""Saving without keeping the window: the project is a value, so a thread may write it while the edit goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from studio_app.services.jobs import Joinable, Post, StartThread
from studio_app.session.document import Document
from timeline.errors import StudioError
from timeline.media import Library
from timeline.project import Project
from timeline.project_file import save


@dataclass
class _Save:
    """One save under way: what is written, and how it ended once the thread is through."""

    project: Project
    library: Library
    then: Callable[[], None]
    failed: Callable[[StudioError], None]
    thread: Joinable | None = None
    error: StudioError | None = None
    is_written: bool = False


class Saving:
    """Writes the document as it stands to a file, one save after the other. Main thread only."""

    def __init__(self, document: Document, post: Post, start_thread: StartThread) -> None:
        self._document = document
        self._post = post
        self._start_thread = start_thread
        self._now: _Save | None = None
        self._ending = Lock()

    @property
    def is_under_way(self) -> bool:
        """Whether a thread is writing."""
        return self._now is not None

    def start(
        self,
        target: Path,
        first: Callable[[], None],
        then: Callable[[], None],
        failed: Callable[[StudioError], None],
        also: Callable[[], None] = lambda: None,
    ) -> None:
        """Begin to write; `first` is called on the thread before it does, `then` or `failed` later on the main thread.

        `also` is called on the thread once the project's file is written.

        Until then the document is unsaved; edits made meanwhile leave it so.
        """
        document = self._document
        now = self._now
        if now is not None and now.project is document.project and now.library is document.library:
            return
        self.finish()
        document.seal()  # a drag that goes on does not swallow the state in the file
        self._now = now = _Save(document.project, document.library, then, failed)
        saved = document.saved

        def write() -> None:
            try:
                first()
                save(target, saved)
                now.is_written = True
                also()
            except StudioError as error:
                now.error = error
            finally:
                self._post(lambda: self._end(now, target))

        now.thread = self._start_thread("save", write)

    def finish(self) -> None:
        """Wait until nothing is being written."""
        now = self._now
        if now is not None and now.thread is not None:
            now.thread.join()
            self._end(now, self._document.path or Path())

    def _end(self, now: _Save, target: Path) -> None:
        with self._ending:  # whoever comes first: the thread's word, or one who waits for it
            if self._now is not now:
                return
            self._now = None
        if now.error is not None:
            now.failed(now.error)
        elif now.is_written:
            self._document.mark_saved(target, now.project, now.library)
            now.then()
