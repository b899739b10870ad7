"""The catalogue kept up to date: what the open project has is taken in when nobody needs the machine, what the user says at once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engines.analyse.store import Measure, analysed
from engines.errors import MediaError
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.indexing import Indexer
from studio_app.catalogue.keeping import rebuild
from studio_app.services.jobs import Job, Jobs, Joinable, Post, StartThread
from studio_app.services.latest import Latest
from studio_app.services.signal import Signal
from studio_app.session.document import Document
from studio_app.session.footage_files import footage_in
from timeline.errors import ProjectFileError, StudioError
from timeline.media import Media
from timeline.project_file import load

log = logging.getLogger(__name__)

KIND = "catalogue"
"""Of the jobs that take clips in, and of those that write down what the user says."""
SECONDS = 2.0
"""Between two looks at whether something is to be done; an edit has to be so old before it is noted."""
FOLDERS_EVERY = 600.0
"""Seconds between two looks at the folders that were indexed, while somebody works."""
_PAUSE = 0.25
_GIVEN_WAY = 0.5
"""So long after the last movement of a hand clips are looked at again."""
Say = Callable[[Catalogue], object]
Offer = Callable[[str, str, Callable[[], object]], None]


class Cataloguing:
    """One window's hand on the catalogue. Main thread, but for what is said otherwise.

    Nothing is opened or looked at before `start`: the command line, tests and pictures of the window have no catalogue.
    """

    def __init__(
        self, folder: Path, cache: Path, document: Document, jobs: Jobs, post: Post, start_thread: StartThread,
        is_busy: Callable[[], bool], tell: Callable[[str], None], offer: Offer,
        recent: Callable[[], Sequence[str]] = tuple,
        measure: Measure = analysed,
    ) -> None:  # fmt: skip
        self._measure_one = measure
        self._folder, self._cache, self._document, self._jobs = folder, cache, document, jobs
        self._post, self._start_thread, self._is_busy = post, start_thread, is_busy
        self._tell, self._offer, self._recent = tell, offer, recent
        self.changed: Signal[[]] = Signal()
        """The catalogue says something else than before, whoever wrote it."""
        self.catalogue: Catalogue | None = None
        """None until `start`, and while it cannot be used: see `failure`."""
        self.failure = ""
        """Why it cannot be used now; empty again as soon as it can be."""
        self._can_wait = False
        """Whether what failed may pass by itself: another window was writing."""
        self._told = -1
        self._touched: float | None = None
        self._stop = threading.Event()
        self._watcher: Joinable | None = None
        self._job: Job | None = None
        self._projects = Latest("catalogue-project", start_thread)
        self._unreadable: set[str] = set()
        self._is_first = True
        self._folders_at = -FOLDERS_EVERY
        self.looked_at: dict[str, float] = {}
        """When folders were last looked at by this window, seconds since 1970."""
        self._moved = -_GIVEN_WAY
        document.replaced.connect(self._touch)
        document.library_changed.connect(self._touch)
        document.changed.connect(lambda _: self._touch())

    @property
    def is_at_work(self) -> bool:
        """Whether clips are being taken in."""
        return self._job is not None and not self._job.is_over

    def start(self) -> None:
        """Open the catalogue and keep it up to date from now on."""
        if self._watcher is None:
            self._touch()
            self._watcher = self._start_thread("catalogue", self._watch)

    def give_way(self) -> None:
        """A hand moves the sky: what is done in the background waits until it rests, since it would take every other frame."""
        self._moved = time.monotonic()

    @property
    def _has_to_wait(self) -> bool:
        """Whether the machine, or a hand that moves the sky, is busy. Any thread."""
        return time.monotonic() - self._moved < _GIVEN_WAY or self._is_busy()

    def say(self, do: Say, then: Callable[[], None] = lambda: None) -> None:
        """Write down what the user says of clips (`catalogue.rate(…)`), in a job: another window may be writing. Then `changed`.

        Where clips were moved into or out of clusters, others that are like them follow.
        """
        catalogue = self.catalogue
        if catalogue is None:
            self._tell(self.failure or "There is no catalogue yet. Try again in a moment.")
            return

        def work(job: Job) -> Job:
            before = catalogue.lessons_mark
            do(catalogue)
            if catalogue.lessons_mark != before:
                catalogue.relearn(job.check)
            return job

        def done(job: Job) -> None:  # may come before `submit` has returned it
            self._jobs.dismiss(job)
            self._look()
            then()

        self._jobs.submit("Catalogue", work, done, self._failed, kind=f"{KIND}-say")

    def report(self, error: StudioError) -> None:
        """Somebody who read the catalogue could not: where it is damaged, rebuilding it is offered."""
        if isinstance(error, CatalogueError) and error.can_rebuild and not self.failure:
            self._failed(error)

    def move(self, content_hash: str, cluster: str, belongs: bool | None) -> None:
        """Put a clip into a cluster or take it out; clips like it follow."""
        self.say(lambda catalogue: catalogue.move(content_hash, cluster, belongs))

    def look_now(self) -> None:
        """Take in what the open project says of its clips, on a thread; then measure those that are new, in a job."""
        catalogue = self.catalogue
        self._touched = None
        if catalogue is None or not self._document.is_open:
            return
        saved, path = self._document.saved, str(self._document.path or "")
        indexer = Indexer(catalogue, self._cache, measure=self._measure_one)

        def work() -> None:
            try:
                new = tuple(one for one in indexer.project(saved, path) if one.content_hash not in self._unreadable)
                self._post(lambda: self._taken_in(indexer, new))
            except CatalogueError as error:
                failure = error
                self._post(lambda: self._failed(failure))

        self._projects.ask(work)

    def watch_folder(self, path: str) -> None:
        """Look at a folder from now on, at once for the first time."""
        self.say(lambda catalogue: catalogue.watch([path]), self.look_at_folders)

    def unwatch_folder(self, path: str) -> None:
        """Look there no more; what was found stays known."""
        self.say(lambda catalogue: catalogue.unwatch(path))

    def look_at_folders(self) -> None:
        """Look at all folders again as soon as nobody needs the machine."""
        self._folders_at = time.monotonic() - FOLDERS_EVERY
        self._touched = time.monotonic() - SECONDS

    def rebuild(self) -> Job:
        """Begin a damaged catalogue anew with all that the user said, and look at the files again."""
        if self.catalogue is not None:
            self.catalogue.close()
            self.catalogue = None

        def done(_: object) -> None:
            self._open()
            self._is_first = True
            self._touch()
            self._tell(
                "The catalogue was rebuilt. Your tags, ratings and clusters are kept; clips are looked at again."
            )

        def work(job: Job) -> None:
            rebuilt = rebuild(self._folder)
            catalogue = Catalogue(self._folder)
            try:
                files = [path for one in rebuilt.paths if (path := Path(one)).is_file()]
                indexer = Indexer(catalogue, self._cache, measure=self._measure_one)
                indexer.files(files, job)
                quiet = _Quiet(job, lambda: False, self._stop)
                self._measure(indexer, tuple(_of_others(indexer, catalogue, (), quiet)), quiet)
            finally:
                catalogue.close()

        return self._jobs.submit("Rebuild the catalogue", work, done, self._failed, kind=KIND)

    def close(self, timeout: float) -> None:
        """Look no more; so many seconds at most for the threads. The jobs are ended by their owner, the file goes with the process."""
        self._stop.set()
        self._projects.close(timeout)
        if self._watcher is not None:
            self._watcher.join(timeout)

    # --- within ---------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        """Any thread."""
        try:
            self.catalogue, self.failure = Catalogue(self._folder), ""
            self._post(self._look)
        except CatalogueError as error:
            failure = error
            self._post(lambda: self._failed(failure))

    def _touch(self) -> None:
        self._touched = time.monotonic()

    def _watch(self) -> None:
        """The thread: looks now and then whether something is to be done, and lets the main thread begin it."""
        self._open()
        while not self._stop.wait(SECONDS):
            touched = self._touched
            old = self.catalogue
            if old is None and self._can_wait:
                self._open()  # another window held it
                self._touch()
                continue
            if old is not None and old.database.is_replaced and not self.is_at_work:
                self.catalogue = None  # nobody is to ask the one that is closed
                old.close()
                self._open()
                self._touch()
            elif touched is not None and time.monotonic() - touched >= SECONDS and not self._has_to_wait:
                self._post(self._begin)
            elif self._has_news():
                self._post(self._look)

    def _begin(self) -> None:
        if not self._stop.is_set():
            self.look_now()

    def _has_news(self) -> bool:
        try:
            return self.catalogue is not None and (self.catalogue.revision != self._told or bool(self.failure))
        except StudioError:
            return False  # it will be told by who next needs it

    def _look(self) -> None:
        """Tell that there is something new, once for each change."""
        catalogue = self.catalogue
        if catalogue is None:
            return
        try:
            revision = catalogue.revision
        except CatalogueError as error:
            self._failed(error)
            return
        was, self.failure = self.failure, ""  # it can be read again: whoever held it has let go
        if revision != self._told or was:
            self._told = revision
            self.changed.emit()

    def _taken_in(self, indexer: Indexer, new: tuple[Media, ...]) -> None:
        """The project is known now; what is new is measured, one job at a time."""
        self._look()
        catalogue = self.catalogue
        is_due = time.monotonic() - self._folders_at >= FOLDERS_EVERY
        if catalogue is None or self.is_at_work or self._stop.is_set() or not (new or self._is_first or is_due):
            return
        if is_due:
            self._folders_at = time.monotonic()
        recent = tuple(self._recent()) if self._is_first else ()
        project = self._document.project.id
        self._is_first = False

        def work(job: Job) -> None:
            quiet = _Quiet(job, lambda: self._has_to_wait, self._stop)
            quiet.check()
            catalogue.forget_gone_projects(but=project)
            catalogue.bring_up_to_date(quiet.check)
            self._measure(indexer, (*new, *_of_others(indexer, catalogue, recent, quiet)), quiet)
            if is_due:
                _look_at_folders(indexer, catalogue, quiet, self.looked_at)
            indexer.pictures(quiet)
            catalogue.embed(quiet.check)
            catalogue.tidy()

        def done(_: object) -> None:
            if self._job is not None:
                self._jobs.dismiss(self._job)
            self._look()
            self._touch()  # clips may have come meanwhile

        self._job = self._jobs.submit("Looking at clips", work, done, self._failed, kind=KIND)
        self._job.set_low(True)

    def _measure(self, indexer: Indexer, media: tuple[Media, ...], job: _Quiet) -> None:
        for number, one in enumerate(media):
            job.progress(number / len(media), one.name or Path(one.path).name)
            try:
                if indexer.media(one, job.within(number, len(media))):
                    self._post(self._look)
            except MediaError as error:
                self._unreadable.add(one.content_hash)
                log.info("%s is not measured: %s", one.name, error.message)

    def _failed(self, error: StudioError) -> None:
        if not isinstance(error, CatalogueError):
            return
        is_new, self.failure = error.message != self.failure, error.message
        self._can_wait = not error.can_rebuild
        if error.can_rebuild:
            if self.catalogue is not None:
                self.catalogue.close()
                self.catalogue = None
            self._offer(error.message, "Rebuild", self.rebuild)
        elif is_new:
            self._tell(error.message)


def _of_others(indexer: Indexer, catalogue: Catalogue, paths: Sequence[str], job: _Quiet) -> list[Media]:
    """Projects opened lately that the catalogue does not know yet, and those it knows of only since it was rebuilt, taken in.

    What is to be measured of them.
    """
    found: list[Media] = []
    known = catalogue.project_paths()
    for path in dict.fromkeys((*catalogue.unread_projects(), *(one for one in paths if one not in known))):
        job.check()
        if Path(path).is_file():
            try:
                found += indexer.project(load(path), path)
            except ProjectFileError as error:
                log.info("%s is not taken in: %s", path, error.message)
    return found


def _look_at_folders(indexer: Indexer, catalogue: Catalogue, job: _Quiet, looked_at: dict[str, float]) -> None:
    """Take in what is new in the folders that were indexed; what is known costs a look at its date."""
    for path in map(Path, catalogue.watched()):
        job.check()
        if path.is_dir():
            indexer.folder(path, footage_in(path), job)
        elif path.is_file():
            indexer.files([path], job)
        else:
            continue
        looked_at[str(path)] = time.time()


@dataclass(frozen=True)
class _Quiet:
    """A job that waits while somebody else needs the machine."""

    job: Job
    is_busy: Callable[[], bool]
    stop: threading.Event
    begun: float = 0.0
    share: float = 1.0

    def within(self, number: int, count: int) -> _Quiet:
        """The progress of one of so many pieces."""
        return _Quiet(self.job, self.is_busy, self.stop, number / count, 1 / count)

    def check(self) -> None:
        """Raise Cancelled when it was asked for; wait while somebody plays, exports, generates."""
        self.job.check()
        while self.is_busy() and not self.stop.is_set():
            self.stop.wait(_PAUSE)
            self.job.check()

    def progress(self, fraction: float, note: str = "") -> None:
        """Of the piece."""
        self.job.progress(self.begun + self.share * min(1.0, fraction), note)
