"""New, open, save, recover: the project's life on disk."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from pathlib import Path

from filelock import FileLock, Timeout

from studio_app.services.autosave import Autosave, Recovered, forget, load_recovered, recoverable
from studio_app.services.jobs import Joinable, Post, StartThread, plain_thread, run_now
from studio_app.services.paths import Paths
from studio_app.services.settings import RecentProject, SettingsStore
from studio_app.session.document import Document
from studio_app.session.leftovers import sweep
from studio_app.session.saving import Saving
from studio_app.session.undo_file import read_steps, write_steps
from timeline.errors import ProjectFileError, StudioError
from timeline.history import State
from timeline.project import Project, Saved
from timeline.project_file import SUFFIX, load, save
from timeline.query import media_of
from timeline.sequence import Sequence
from timeline.storyboard import Storyboard
from timeline.time import FrameRate
from timeline.track import Track, TrackKind

log = logging.getLogger(__name__)


class AlreadyOpenError(StudioError):
    """The project is open in another Starcut."""


def starting_tracks() -> tuple[Track, ...]:
    """What a new sequence has: two picture tracks and two of sound."""
    return (
        Track(TrackKind.VIDEO, name="Picture"),
        Track(TrackKind.VIDEO, name="Overlay"),
        Track(TrackKind.AUDIO, name="Sound"),
        Track(TrackKind.AUDIO, name="Music"),
    )


class ProjectFiles:
    """Opens and saves the document's project, holds its lock and writes recovery copies. Main thread."""

    def __init__(
        self,
        document: Document,
        settings: SettingsStore,
        paths: Paths,
        start_thread: StartThread = plain_thread,
        post: Post = run_now,
    ) -> None:
        self._document = document
        self._settings = settings
        self._paths = paths
        self._start_thread = start_thread
        self._saving = Saving(document, post, start_thread)
        self._copying: Joinable | None = None
        self._stepping: Joinable | None = None
        self._post = post
        self._lock: FileLock | None = None
        self._autosave: Autosave | None = None
        self._autosaved: tuple[object, object] | None = None

    @property
    def take_folder(self) -> Path:
        """Where new takes go: beside the project, or among the user's data until it has a file."""
        if self._document.path is not None:
            return self._document.path.with_suffix(".media")
        return self._paths.generated / self._document.project.id

    def new(
        self,
        name: str = "Untitled",
        width: int = 1920,
        height: int = 1080,
        rate: FrameRate = Fraction(24),
        drop_frame: bool = False,
    ) -> None:
        """Start an empty project."""
        sequence = Sequence(
            name="Main cut", width=width, height=height, rate=rate, drop_frame=drop_frame, tracks=starting_tracks()
        )
        board = Storyboard(title=name, width=width, height=height, rate=rate)
        self._open(Saved(Project(name=name, sequences=(sequence,), storyboards=(board,))), None)

    def open(self, path: Path, *, as_copy: bool = False) -> None:
        """Open a project file. Raises ProjectFileError, or AlreadyOpenError (then `as_copy` opens it without its file)."""
        path = path.expanduser().absolute()
        saved = load(path)
        lock = None if as_copy else self._locked(path)
        self._open(saved, None if as_copy else path, lock)
        if not as_copy:
            self._remember(path)
            self._bring_back_steps()

    def save(self, path: Path | None = None) -> Path:
        """Save to the project's file, or to another one from now on. Raises ProjectFileError."""
        self.finish_saving()
        target = (path or self._document.path or Path()).expanduser()
        if not target.name:
            raise ProjectFileError("This project has no file yet. Choose a name with Save as.")
        target = target.absolute()
        if target.suffix != SUFFIX:
            target = target.with_name(target.name + SUFFIX)
            if target.exists():  # nobody was asked whether this one may go
                raise ProjectFileError(f"“{target.name}” is there already. Choose it by its whole name to replace it.")
        if target != self._document.path:
            lock = self._locked(target)
            try:
                save(target, self._renamed(target))
            except StudioError:
                _release(lock)
                raise
            _release(self._lock)
            self._lock = lock
        else:
            save(target, self._document.saved)
        self._document.mark_saved(target)
        self._saved(target)
        self._keep_steps()
        return target

    def save_soon(self, failed: Callable[[StudioError], None]) -> None:
        """Save to the project's file on a thread of its own; `failed` gets the sentence when it cannot be written.

        The document is unsaved until the file is there. Who must know asks `finish_saving` first.
        """
        target, copying = self._document.path, self._copying
        if target is None:
            raise ProjectFileError("This project has no file yet. Choose a name with Save as.")
        before = copying.join if copying is not None else lambda: None
        self._saving.start(target, before, lambda: self._saved(target), failed, self._steps_writer())

    def _steps_writer(self) -> Callable[[], None]:
        """Writes the steps as they are now, on any thread, so that undo goes on after the project is opened again."""
        states, place, folder = self._document.states, self._document.place, self._paths.undo
        return lambda: write_steps(folder, states, place)

    def _keep_steps(self) -> None:
        self._wait_for_steps()
        self._stepping = self._start_thread("undo steps", self._steps_writer())

    def _bring_back_steps(self) -> None:
        """Read the steps of the project that was opened; they count if nothing was done until then."""
        self._wait_for_steps()
        project, folder = self._document.project, self._paths.undo

        def read() -> None:
            found = read_steps(folder, project)
            if found is not None:
                self._post(lambda: self._take_steps(project, *found))

        if self._post is run_now:  # nobody calls what a thread posts: the command line
            read()
        else:
            self._stepping = self._start_thread("undo steps", read)

    def _take_steps(self, project: Project, states: tuple[State, ...], place: int) -> None:
        if self._document.project is project:
            self._document.restore_steps(states, place)

    def _wait_for_steps(self) -> None:
        if self._stepping is not None:
            self._stepping.join()
            self._stepping = None

    def finish_saving(self) -> None:
        """Wait until a save under way is in its file."""
        self._saving.finish()
        self._wait_for_steps()

    def _saved(self, target: Path) -> None:
        """What was kept for recovery is in the file now."""
        self._wait_for_copy()
        self._autosaved = None
        if self._autosave:
            self._autosave.discard()
        self._remember(target)

    def autosave(self) -> Joinable | None:
        """Write a recovery copy on a thread of its own when there is something new to lose; None when there is not."""
        document = self._document
        now = (document.project, document.library)
        known = self._autosaved is not None and all(a is b for a, b in zip(self._autosaved, now, strict=True))
        busy = self._saving.is_under_way or (self._copying is not None and self._copying.is_alive())
        if not document.is_open or document.is_saved or known or busy:
            return None
        try:
            self._autosave = copies = self._autosave or Autosave(self._paths.recovery, document.project.id)
        except OSError as error:
            log.warning("autosave failed: %s", error)
            return None
        self._autosaved = now
        saved, original = document.saved, document.path

        def write() -> None:
            try:
                copies.write(saved, original)
            except (ProjectFileError, OSError) as error:
                log.warning("autosave failed: %s", error)
                self._autosaved = None

        self._copying = self._start_thread("autosave", write)
        return self._copying

    def keep_for_recovery(self) -> None:
        """Write what is not saved and wait until it is written: the program is being ended from outside."""
        self.finish_saving()
        self._wait_for_copy()
        self.autosave()
        self._wait_for_copy()

    def _wait_for_copy(self) -> None:
        """A copy under way would come back after the others were removed."""
        if self._copying is not None:
            self._copying.join()
            self._copying = None

    def recoverable(self) -> tuple[Recovered, ...]:
        """What a crash left behind, newest first."""
        return recoverable(self._paths.recovery)

    def recover(self, one: Recovered) -> None:
        """Open a recovery copy as the unsaved state of its project."""
        saved = load_recovered(one)
        path = one.original if one.original and one.original.is_file() else None
        lock = self._locked(path) if path else None
        self._open(saved, path, lock, is_saved=False)
        self.autosave()
        self._wait_for_copy()
        if self._autosaved is not None:  # else what the crash left is still the only copy
            forget(one)

    def discard_recovery(self, one: Recovered) -> None:
        """The user prefers the last save."""
        forget(one)

    def close(self) -> None:
        """Let the project go: lock, recovery copies."""
        self._let_go(None)

    def _let_go(self, kept: FileLock | None) -> None:
        self.finish_saving()
        self._wait_for_copy()
        if self._autosave is not None:
            self._autosave.close()
            self._autosave = None
        if self._lock is not kept:
            _release(self._lock)
        self._lock = kept
        self._autosaved = None

    def _open(self, saved: Saved, path: Path | None, lock: FileLock | None = None, *, is_saved: bool = True) -> None:
        self._let_go(lock)
        self._document.replace(saved, path, is_saved=is_saved)
        if lock is not None:  # else another window may be at work there
            folder = self.take_folder
            self._start_thread("leftovers", lambda: sweep(folder))

    def _renamed(self, target: Path) -> Saved:
        """A project that never had a name takes its file's."""
        saved = self._document.saved
        if saved.project.name != "Untitled":
            return saved
        self._document.rename(target.stem)
        return replace(saved, project=self._document.project)

    def _locked(self, path: Path) -> FileLock | None:
        """The project's lock; None where the folder cannot be written (then nobody else can save there either)."""
        if not path.parent.is_dir():  # FileLock would make it
            raise ProjectFileError(f"There is no folder {path.parent}. Make it first, or choose another place.")
        lock = FileLock(path.with_name(f".{path.name}.lock"))
        if self._lock is not None and self._lock.lock_file == lock.lock_file:
            return self._lock
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise AlreadyOpenError(
                f"{path.name} is open in another Starcut window. Close it there, or open a copy here."
            ) from error
        except (OSError, NotImplementedError):  # some network file systems know no locks
            return None
        return lock

    def _remember(self, path: Path) -> None:
        project, library = self._document.project, self._document.library
        sequence = project.sequences[0]
        shown = (media_of(clip, library) for track in sequence.picture_tracks() for clip, _ in track.clips())
        known = chain(filter(None, shown), library.media.values())
        picture = next((one for one in known if one.has_video), None)
        self._settings.remember(
            RecentProject(
                path=str(path),
                name=project.name,
                seconds=sequence.duration.to_seconds(),
                picture=picture.path if picture is not None else "",
                picture_size=(picture.width, picture.height) if picture is not None else (1920, 1080),
                opened=datetime.datetime.now().isoformat(timespec="seconds"),
            )
        )


def _release(lock: FileLock | None) -> None:
    """Let go, and take the lock's file away while it is still ours: behind our back another may hold it already."""
    if lock is not None:
        with suppress(OSError):  # Windows removes no open file; there the lock does so itself
            Path(lock.lock_file).unlink()
        lock.release()
