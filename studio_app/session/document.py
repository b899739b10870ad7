"""The one door to the project: `do`, `undo`, `redo`, `preview`."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from studio_app.services.signal import Signal
from timeline.change import Change
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.history import History, State
from timeline.media import Library, Media, Take
from timeline.project import Project, Saved


class Document:
    """Holds the project and its library. Main thread only; others are handed `project` and `library`, which are values."""

    def __init__(self) -> None:
        self._history = History(Project())
        self._library = Library()
        self._extra: Saved | None = None
        self._library_saved: Library = self._library
        self._thread = threading.get_ident()
        self.path: Path | None = None
        self.is_open = False
        self.changed: Signal[Change] = Signal()
        self.done: Signal[Project] = Signal()
        """An edit was made and all were told; the project as it was before. Not of steps taken back or made again."""
        self.library_changed: Signal[[]] = Signal()
        self.state_changed: Signal[[]] = Signal()
        self.refused: Signal[str] = Signal()
        self.replaced: Signal[[]] = Signal()

    @property
    def project(self) -> Project:
        """The project as it stands."""
        return self._history.project

    @property
    def library(self) -> Library:
        """The media and takes as they stand."""
        return self._library

    @property
    def saved(self) -> Saved:
        """What a project file of this moment holds."""
        extra = self._extra.extra if self._extra else {}
        return Saved(self.project, self._library, extra)

    def do(self, command: Command) -> bool:
        """Make an edit, wholly or not at all. False (and `refused`) when it cannot be made."""
        self._assert_thread()
        before = self.project
        try:
            change = self._history.do(command, self._library)
        except EditRefused as error:
            self.refused.emit(error.message)
            return False
        self._tell(change)
        self.done.emit(before)
        return True

    def do_alone(self, command: Command) -> bool:
        """The same as a step of its own, whatever was done before and is done after."""
        self.seal()
        done = self.do(command)
        self.seal()
        return done

    def amend(self, command: Command) -> bool:
        """Make an edit that is no step: it holds before all steps and after them, so no undo takes it away.

        For what is no part of the cut's making: a track is locked, a take arrives in its placeholder.
        """
        self._assert_thread()
        try:
            change = self._history.amend(command, self._library)
        except EditRefused as error:
            self.refused.emit(error.message)
            return False
        self._tell(change)
        return True

    def preview(self, command: Command) -> Project:
        """The project as it would be; nothing is kept. Raises EditRefused."""
        return command.apply(self.project, self._library)

    def undo(self) -> bool:
        """Take the last step back."""
        self._assert_thread()
        change = self._history.undo()
        if change is not None:
            self._tell(change)
        return change is not None

    def redo(self) -> bool:
        """Make the step taken back again."""
        self._assert_thread()
        change = self._history.redo()
        if change is not None:
            self._tell(change)
        return change is not None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to make again."""
        return self._history.can_redo

    @property
    def undo_label(self) -> str:
        """Name of the step `undo` would take back."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str:
        """Name of the step `redo` would make again."""
        return self._history.redo_label

    @property
    def states(self) -> tuple[State, ...]:
        """The project at the start and after each step, undone ones too (see History)."""
        return self._history.states

    @property
    def place(self) -> int:
        """Where the present project stands in `states`."""
        return self._history.place

    def go_to(self, place: int) -> bool:
        """Undo or redo as many steps as lead to a place in `states`."""
        self._assert_thread()
        change = self._history.go_to(place)
        if change is not None:
            self._tell(change)
        return change is not None

    def restore_steps(self, states: Sequence[State], place: int) -> None:
        """Take over the steps of another time; the present project stands at `place` of them."""
        self._assert_thread()
        self._history.restore(states, place)
        self.state_changed.emit()

    def rename(self, name: str) -> None:
        """Name the project, without a step: the first save does."""
        self._assert_thread()
        self._tell(self._history.rename(name))

    def seal(self) -> None:
        """End a drag: the next command starts a step of its own."""
        self._history.seal()

    def add_media(self, media: Iterable[Media]) -> None:
        """Add files to the library. Not an undo step: media that arrived stay."""
        self._assert_thread()
        self._set_library(self._library.with_media(*media))

    def add_take(self, take: Take, media: Media) -> None:
        """Add a take and its file to the library."""
        self._assert_thread()
        self._set_library(self._library.with_media(media).with_take(take))

    def replace(self, saved: Saved, path: Path | None, *, is_saved: bool = True) -> None:
        """Open another project: history starts anew."""
        self._assert_thread()
        self._history = History(saved.project)
        self._library = saved.library
        self._extra = saved
        self.path = path
        self.is_open = True
        if is_saved:
            self.mark_saved(path)
        else:
            self._history.mark_unsaved()
        self.replaced.emit()
        self.library_changed.emit()
        self.changed.emit(Change.everything(self.project))
        self.state_changed.emit()

    def close(self) -> None:
        """No project is open any more."""
        self.replace(Saved(Project()), None)
        self.is_open = False
        self.state_changed.emit()

    def mark_saved(self, path: Path | None, project: Project | None = None, library: Library | None = None) -> None:
        """The file at `path` holds the project and library as they stand, or as they stood when the writing began."""
        self.path = path
        self._history.mark_saved(project)
        self._library_saved = self._library if library is None else library
        self.state_changed.emit()

    @property
    def is_saved(self) -> bool:
        """Whether the file holds just this."""
        return self._history.is_saved and self._library is self._library_saved

    def _set_library(self, library: Library) -> None:
        self._library = library
        self.library_changed.emit()
        self.state_changed.emit()

    def _tell(self, change: Change) -> None:
        self.changed.emit(change)
        self.state_changed.emit()

    def _assert_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("the document is changed on the main thread only")
