"""What the window does with files: open, drop, start from a sentence, recover."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio_app.actions.file import open_path, start_from_sentence
from studio_app.services.autosave import Recovered
from studio_app.session.files import AlreadyOpenError
from timeline.commands.set_sequence import SetSequence
from timeline.errors import StudioError
from timeline.media import Media
from ui.dialogs.ask import already_open_dialog, recovery_dialog
from ui.drag_mime import DOCUMENTS
from ui.format_bar import differing

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class WindowFiles:
    """Errors become a sentence in a toast; the open project stays as it was."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        page = window.start_page
        page.sentence.asked.connect(self.start_from_sentence)
        page.recent.open_asked.connect(self.open)
        page.recent.footage_asked.connect(self.start_from_footage)
        page.recovery.recover_asked.connect(lambda one: self._try(lambda: self._session.files.recover(one)))
        page.recovery.discard_asked.connect(self.discard)

    def open(self, path: Path) -> None:
        """Open a project or storyboard; a project that another window holds, as a copy if the user wants."""
        face = self._session.face
        if face is None or not face.may_close_project() or not self._is_wanted(path):
            return
        try:
            open_path(self._session, path)
        except AlreadyOpenError as error:
            if already_open_dialog(self._window, error.message).ask() == "copy":
                self._try(lambda: self._session.files.open(path, as_copy=True))
        except StudioError as error:
            self._session.tell(error.message, error=True)

    def _is_wanted(self, path: Path) -> bool:
        """Whether the file is to be opened as it was saved: edits that a crash left behind are offered first, however it is opened."""
        path = path.expanduser().absolute()
        found = next((one for one in self._session.files.recoverable() if one.original == path), None)
        if found is None or not path.is_file() or path.stat().st_mtime > found.written.timestamp():
            return True
        answer = recovery_dialog(self._window, found).ask()
        if answer == "recover":
            self._try(lambda: self._session.files.recover(found))
        elif answer == "last":
            self._session.files.discard_recovery(found)
        return answer == "last"

    def take(self, paths: list[Path]) -> None:
        """What dropped or chosen files mean: a project or a storyboard opens, footage is imported."""
        documents = [path for path in paths if path.suffix.lower() in DOCUMENTS]
        if documents:
            self.open(documents[0])
        elif paths:
            if self._session.document.is_open:
                self._session.import_files(paths)
            else:
                self._session.files.new()
                self._session.import_files(paths, self._take_format)

    def _take_format(self, media: list[Media]) -> None:
        """A project made of footage has the size and rate of its first film."""
        film = next((one for one in media if one.has_video), None)
        changes = differing(film, self._session.sequence) if film is not None else {}
        if changes and not self._session.sequence.duration:
            self._session.document.do(SetSequence(self._session.sequence_id, dict(changes)))

    def choose_storyboard(self) -> None:
        """Choose a storyboard file and start a project from it."""
        if self._session.face is not None:
            for path in self._session.face.ask_open_files(
                QCoreApplication.translate("WindowFiles", "Make a film from a storyboard"), "storyboard"
            )[:1]:
                self.open(path)

    def start_from_sentence(self) -> None:
        """Make the storyboard that the start page describes."""
        box = self._window.start_page.sentence
        self._try(lambda: start_from_sentence(self._session, box.words, seconds=box.seconds, **box.wishes))

    def start_from_footage(self) -> None:
        """Choose files and start a project with them."""
        if self._session.face is not None:
            self.take(
                self._session.face.ask_open_files(QCoreApplication.translate("WindowFiles", "Choose footage"), "media")
            )

    def discard(self, one: Recovered) -> None:
        """Go on with the last save, if there is one."""
        self._session.files.discard_recovery(one)
        self._window.start_page.refresh()
        if one.original is not None:
            self.open(one.original)

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except StudioError as error:
            self._session.tell(error.message, error=True)
