"""What the window does for actions: file dialogs, questions, panels and pages by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from studio_app.session.storyboarding import begin_from, board_of
from ui.dialogs.ask import ask_line, ask_unsaved
from ui.qt.language import QT_TRANSLATE_NOOP, translated

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_ALL = QT_TRANSLATE_NOOP("WindowFace", "All files (*)")
FILTERS = {
    "media": QT_TRANSLATE_NOOP(
        "WindowFace",
        "Footage (*.mp4 *.mov *.mkv *.webm *.avi *.m4v *.mpg *.mts *.mxf *.wav *.mp3 *.flac *.m4a *.aac *.ogg *.opus "
        "*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp);;All files (*)",
    ),
    "project": QT_TRANSLATE_NOOP(
        "WindowFace", "Projects and storyboards (*.starcut *.yaml *.yml *.json *.txt);;All files (*)"
    ),
    "text": QT_TRANSLATE_NOOP("WindowFace", "Texts (*.txt *.md);;All files (*)"),
    "storyboard": QT_TRANSLATE_NOOP("WindowFace", "Storyboards (*.yaml *.yml *.json *.txt);;All files (*)"),
    "save storyboard": QT_TRANSLATE_NOOP("WindowFace", "Storyboards (*.yaml);;Scene graphs (*.json)"),
    "save project": QT_TRANSLATE_NOOP("WindowFace", "Starcut project (*.starcut)"),
    "save markers csv": QT_TRANSLATE_NOOP("WindowFace", "Tables (*.csv)"),
    "save markers txt": QT_TRANSLATE_NOOP("WindowFace", "Text (*.txt)"),
    "scene": QT_TRANSLATE_NOOP("WindowFace", "Scenes (*.json);;All files (*)"),
    "save scene": QT_TRANSLATE_NOOP("WindowFace", "Scenes (*.json)"),
    "lineage": QT_TRANSLATE_NOOP(
        "WindowFace", "Drawings (*.svg);;Graphs for other programs (*.graphml);;Facts (*.json)"
    ),
    "storyboard pdf": QT_TRANSLATE_NOOP("WindowFace", "Documents (*.pdf)"),
    "contact sheet": QT_TRANSLATE_NOOP("WindowFace", "Pictures (*.png *.jpg);;Documents (*.pdf)"),
    "image": QT_TRANSLATE_NOOP("WindowFace", "Pictures (*.png *.jpg *.jpeg *.webp *.bmp);;All files (*)"),
}


class WindowFace:
    """Fulfils `studio_app.session.face.Face`."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def ask_open_files(self, title: str, kinds: str) -> list[Path]:
        """Choose existing files, or a folder; only media may be several."""
        filters = translated("WindowFace", FILTERS.get(kinds, _ALL))
        folder = self._window.last_folder
        if kinds == "folder":
            name = QFileDialog.getExistingDirectory(self._window, title, folder)
            names = [name] if name else []
        elif kinds == "media":
            names, _ = QFileDialog.getOpenFileNames(self._window, title, folder, filters)
        else:
            name, _ = QFileDialog.getOpenFileName(self._window, title, folder, filters)
            names = [name] if name else []
        if names:
            self._window.last_folder = str(Path(names[0]).parent)
        return [Path(name) for name in names]

    def ask_save_file(self, title: str, suggestion: str, kinds: str) -> Path | None:
        """Choose a name to save under."""
        start = str(Path(self._window.last_folder) / suggestion) if self._window.last_folder else suggestion
        filters = translated("WindowFace", FILTERS.get(f"save {kinds}") or FILTERS.get(kinds, _ALL))
        name, _ = QFileDialog.getSaveFileName(self._window, title, start, filters)
        if name:
            self._window.last_folder = str(Path(name).parent)
        return Path(name) if name else None

    def ask_text(self, title: str, label: str, text: str = "", verb: str = "") -> str | None:
        """A line of text; what was typed on the start page answers at once."""
        return ask_line(self._window, title, label, text, verb)

    def may_close_project(self) -> bool:
        """Ask only when there is something to lose."""
        document, files = self._window.session.document, self._window.session.files
        files.finish_saving()
        if not document.is_open or document.is_saved:
            return True
        answer = ask_unsaved(self._window, document.project.name)
        if answer == "save":
            self._window.run("file.save")
            files.finish_saving()
            return document.is_saved
        return answer == "discard"

    def show(self, what: str, about: str = "") -> None:
        """A panel, a workspace, a dialog or a page by name."""
        pages: dict[str, Callable[[], object]] = {
            "export": lambda: self._window.open_export(about),
            "new_project": self._window.open_new_project,
            "marker": lambda: self._window.show_panel("timeline", about),
            "start": self._window.refresh,
            "open": lambda: self._window.files.open(Path(about)),
            "preferences": lambda: self._preferences(about),
            "reset_workspace": self._window.reset_layout,
            "palette": self._window.palette_box.open,
            "shortcuts": lambda: self._window.open_shortcuts(about),
            "maximise": self._window.panels.maximise,
            "stage": lambda: self._window.panels.lent.show(about),
            "full_screen": self._toggle_full_screen,
            "full_screen_viewer": self._window.viewers.toggle_full_screen,
            "timecode": lambda: self._window.viewers.type_timecode(about),
            "scene": lambda: self._scene(about),
            "speed": self._speed,
            "gain": self._gain,
            "paste_attributes": self._attributes,
            "music": self._music,
            "picture": lambda: self._picture(about),
            "generate_here": lambda: self._window.tell_panel("timeline", "generate", about),
            "finals": self._finals,
            "dry_run": lambda: self._dry_run(about),
            "take_too_short": lambda: self._too_short(about),
            "too_long": lambda: self._too_long(about),
            "director": lambda: self._direct(about),
            "enrich": self._enrich,
            "templates": self._templates,
            "storyboard pdf": lambda: self._print(about, is_sheet=False),
            "contact sheet": lambda: self._print(about, is_sheet=True),
        }
        if what == "workspace":
            self._window.show_workspace(about)
        elif what == "panel":
            self._window.show_panel(about)
        elif what in pages:
            pages[what]()
        else:
            self._window.show_panel(what, about)

    def zoom(self, how: str) -> None:
        """Zoom the timeline."""
        self._window.tell_panel("timeline", "zoom", how)

    def set_tool(self, tool: str) -> None:
        """Choose the timeline's tool."""
        self._window.tell_panel("timeline", "set_tool", tool)

    def quit(self) -> None:
        """Close the window, which asks about unsaved edits."""
        self._window.close()

    def _preferences(self, page: str) -> None:
        from ui.dialogs.base import shown_already
        from ui.dialogs.preferences import PreferencesDialog  # late: few starts of the window see it

        if not shown_already(self._window, PreferencesDialog):
            PreferencesDialog(self._window, self._window.session, page).show()

    def _scene(self, shot_id: str) -> None:
        from ui.dialogs.scene import show_scene

        show_scene(self._window, self._window.session, shot_id)

    def _speed(self) -> None:
        from ui.dialogs.speed import SpeedDialog

        SpeedDialog(self._window, self._window.session).ask()

    def _gain(self) -> None:
        from ui.dialogs.gain import GainDialog

        GainDialog(self._window, self._window.session).ask()

    def _music(self) -> None:
        from ui.dialogs.music import MusicDialog

        MusicDialog(self._window, self._window.session).ask()

    def _picture(self, about: str) -> None:
        from ui.dialogs.picture import picture_dialog

        picture_dialog(self._window, self._window.session, about).ask()

    def _direct(self, shot_id: str) -> None:
        from ui.dialogs.director import DirectorDialog

        board = board_of(self._window.session)
        shot = board.shot(shot_id) if board is not None else None
        if board is not None and shot is not None:
            DirectorDialog(self._window, self._window.session, board, shot).ask()

    def _enrich(self) -> None:
        from ui.dialogs.enrich import EnrichDialog

        EnrichDialog(self._window, self._window.session).ask()

    def _templates(self) -> None:
        from ui.dialogs.templates import TemplatesDialog

        dialog = TemplatesDialog(self._window)
        if dialog.ask() == "use":
            begin_from(self._window.session, dialog.board, self.may_close_project)
            self._window.show_workspace("storyboard")

    def _print(self, path: str, *, is_sheet: bool) -> None:
        from ui.storyboard_print import print_board, print_sheet

        if path and (board := board_of(self._window.session)) is not None:
            (print_sheet if is_sheet else print_board)(self._window.session, board, Path(path))

    def _finals(self) -> None:
        from ui.dialogs.finals import FinalsDialog

        FinalsDialog(self._window, self._window.session).ask()

    def _dry_run(self, about: str) -> None:
        from studio_app.session.dry_run import all_anew
        from studio_app.session.storyboarding import board_of
        from ui.dialogs.dry_run import ANEW, DryRunDialog

        session = self._window.session
        board = board_of(session)
        if board is not None and DryRunDialog(self._window, session, board, about.split()).ask() == ANEW:
            DryRunDialog(self._window, session, board, all_anew(board)).ask()

    def _too_short(self, about: str) -> None:
        from ui.dialogs.take_too_short import ask_too_short

        ask_too_short(self._window, self._window.session, about)

    def _too_long(self, about: str) -> None:
        from ui.dialogs.too_long import ask_too_long

        ask_too_long(self._window, self._window.session, about)

    def _attributes(self) -> None:
        from ui.dialogs.attributes import AttributesDialog

        AttributesDialog(self._window, self._window.session).ask()

    def _toggle_full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)
