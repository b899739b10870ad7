"""The window: top bar, panels as docks, status line; the start page while no project is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStatusBar, QWidget

from studio_app.actions.registry import Actions
from studio_app.session.session import Session
from ui import tab_order, words
from ui.arrangements import WORKSPACES
from ui.closing import Closing
from ui.format_bar import FormatBar
from ui.key_tips import KeyTips
from ui.menus import Menus
from ui.palette import Palette
from ui.qt import motion
from ui.qt.language import translated
from ui.shortcuts import Shortcuts
from ui.start_page import StartPage
from ui.status_line import StatusLine
from ui.toasts import Toasts
from ui.top_bar import TopBar
from ui.tour import Tour
from ui.window_actions import window_actions
from ui.window_face import WindowFace
from ui.window_files import WindowFiles
from ui.window_panels import WindowPanels
from ui.window_viewers import WindowViewers
from ui.workspaces import room_on

SMALLEST = QSize(1180, 680)
"""In which everything has its place (design)."""


class MainWindow(QMainWindow):
    """Given the session and the actions; everything it shows comes from them."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__()
        self.session, self.registered = session, actions
        self.last_folder = ""
        self.setObjectName("main")
        # large letters on a small screen: rather crowded than with its edges out of reach
        self.setMinimumSize(SMALLEST.boundedTo(room_on(self.screen())))
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks
            | QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.panels = WindowPanels(self, session, self.run, self._hint)
        self.docks, self.workspaces = self.panels.docks, self.panels.workspaces
        self.is_first = not self.workspaces.restore_window()
        if self.is_first:
            self.resize(QSize(1600, 960).boundedTo(room_on(self.screen())))
        self.every_action = (*actions, *window_actions(self, {one.id for one in actions}))
        session.keymap.know(self.every_action)
        self.menus = Menus(self.every_action, session, self.run)
        self.top_bar = TopBar({name: translated("Workspaces", title) for name, title in WORKSPACES.items()})
        self.menus.fill(self.top_bar.menus)
        self.setMenuWidget(self.top_bar)
        self.status_line = StatusLine(session)
        bar = QStatusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self.status_line, 1)
        bar.setFixedHeight(self.status_line.height())
        self.setStatusBar(bar)
        self.start_page = StartPage(session, self.every_action, self.run)
        self.setCentralWidget(self.start_page)
        self.toasts = Toasts(self, bar)
        self.shortcuts = Shortcuts(
            self.every_action,
            self.run,
            lambda one: one.id not in actions or actions.is_enabled(one.id),
            session.keymap,
        )
        self.shortcuts.install(self)
        held = self.shortcuts.held_tool
        held.went_down.connect(lambda: self.tell_panel("timeline", "keep_tool", ""))
        self.shortcuts.held_edit.ended.connect(session.document.seal)
        held.came_up.connect(lambda long: self.tell_panel("timeline", "give_tool_back", "held" if long else ""))
        self.shortcuts.field_left.connect(self.panels.leave_field)
        self.viewers = WindowViewers(self, session, self.panels)
        self.shortcuts.keypad_typed.connect(self.viewers.type_timecode)
        self.palette_box = Palette(self, session, lambda: self.every_action, self.run)
        self.format_bar = FormatBar(self, bar, session)
        self.panels.raised, self.toasts.keeps_free = self._keep_above, self.panels.timeline_place
        self.tour = Tour(self, session, self.docks, self.top_bar)
        self.shortcuts.rests = self.tour.isVisible
        self._tips = KeyTips(self, self.every_action, session.keymap)
        session.face = WindowFace(self)
        self._was_open: bool | None = None
        self._is_entering = False
        self.files = WindowFiles(self)
        self._wire()
        self.refresh()
        self._ending = Closing(self, session)
        self._autosave = QTimer(self, interval=session.settings.values.autosave_seconds * 1000)
        self._autosave.timeout.connect(session.files.autosave)
        self._autosave.start()
        self._settings_subscription = session.settings_changed.connect(self._take_settings)
        self._take_settings()

    def _take_settings(self) -> None:
        values = self.session.settings.values
        self._autosave.setInterval(values.autosave_seconds * 1000)
        self.setAnimated(not values.reduced_motion)
        motion.set_reduced(values.reduced_motion)

    def _hint(self, text: str) -> None:
        self.status_line.set_hint(text)

    def _keep_above(self) -> None:
        """What is said and asked stays before a panel that came to the front."""
        self.format_bar.place()
        self.toasts.place()

    def _wire(self) -> None:
        self.top_bar.workspace_chosen.connect(self.show_workspace)
        self.status_line.jobs_wanted.connect(lambda: self.show_panel("jobs"))
        self.status_line.preferences_wanted.connect(lambda page: WindowFace(self).show("preferences", page))
        self.session.told.connect(lambda message, error: self.toasts.say(message, error))
        self.session.told.connect(lambda message, _: self.status_line.say(message))
        self.session.noted.connect(self.status_line.say)
        self.session.offered.connect(lambda message, verb, do: self.toasts.say(message, verb=verb, do=do))
        self.session.document.state_changed.connect(self.refresh)
        self.session.document.replaced.connect(self._enter_soon)
        self.session.transport.sequence_changed.connect(self.refresh)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self.panels.focus_moved)
            app.applicationStateChanged.connect(self._state_moved)

    def run(self, action_id: str) -> bool:
        """Run an action of the application or of the window by its id."""
        if action_id in self.registered:
            return self.registered.run(action_id)
        own = next((one for one in self.every_action if one.id == action_id), None)
        if own is None:
            return False
        own.run(self.session)
        return True

    # panels and workspaces

    def show_workspace(self, name: str) -> None:
        """Bring up an arrangement of the panels."""
        if self.session.document.is_open and name in WORKSPACES:
            self._is_entering = False
            self.panels.show_workspace(name)
            self.top_bar.set_workspace(name)

    def show_panel(self, name: str, about: str = "") -> None:
        """Show a panel, bring its tab to the front and give it the keys."""
        if self.session.document.is_open and self.panels.show(name) is not None and about:
            self.tell_panel(name, "reveal", about)

    def reset_layout(self) -> None:
        """The built-in arrangement."""
        self.panels.reset()

    def tell_panel(self, name: str, method: str, argument: str) -> None:
        """Call an optional method of a panel (`zoom`, `set_tool`, `reveal`), where it has one."""
        dock = self.docks.get(name)
        call = getattr(dock.panel, method, None) if dock is not None else None
        if callable(call):
            call(argument)

    def show_first(self) -> None:
        """Show the window as it was left; for the first time it fills the screen, as an editor's does."""
        if self.is_first:
            self.showMaximized()
        else:
            self.show()

    def _state_moved(self, state: Qt.ApplicationState) -> None:
        """Whoever comes back from elsewhere may have moved files there."""
        if state == Qt.ApplicationState.ApplicationActive:
            self.session.presence.look_again()

    # project

    def refresh(self) -> None:
        """Names, title, and docks or start page."""
        document = self.session.document
        if document.is_open is not self._was_open:
            self._was_open = document.is_open
            self._opened(document.is_open)
        project, sequence = document.project.name, self.session.sequence.name
        self.top_bar.set_names(project, sequence, document.is_saved and document.path is not None)
        self.setWindowTitle(
            self.tr("{film_name} - Starcut").format(film_name=words.film_name(project, sequence))
            if document.is_open
            else self.tr("Starcut")
        )
        self.status_line.refresh()

    def _opened(self, is_open: bool) -> None:
        self.top_bar.set_open(is_open)
        if is_open:
            self.start_page.hide()
            self._enter_soon()
        else:
            self.workspaces.keep()
            for dock in self.docks.values():
                dock.hide()
            self.start_page.refresh()
            self.start_page.show()
            self.toasts.place()
            self.start_page.sentence.text.setFocus()
            self.status_line.set_hint(self.tr("Drop a project, a storyboard or footage anywhere in this window."))

    def _enter_soon(self) -> None:
        self._is_entering = True
        QTimer.singleShot(0, self, self._enter)

    def _enter(self) -> None:
        """The workspace a project opens in: what is only planned so far begins with its storyboard."""
        if self._is_entering and self.session.document.is_open:
            planned = any(board.shots for board in self.session.document.project.storyboards)
            is_empty = not self.session.sequence.duration
            self.show_workspace("storyboard" if planned and is_empty else self.workspaces.current or "edit")

    # events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from the desktop may fall anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A project opens, a storyboard is read, footage is imported."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.files.take(paths))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Toasts keep to their corner."""
        super().resizeEvent(event)
        self.toasts.place()
        self.palette_box.place()
        QTimer.singleShot(0, self, self.workspaces.follow_width)
        self.format_bar.place()
        self.tour.place()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab: from widget to widget, past panels that lie behind others. What hides with the keys gives them back."""
        focus = QApplication.focusWidget()
        if focus is not None and focus.window() is self and not focus.isVisible() and self.panels.take_keys_back():
            return True
        found = tab_order.after(focus, forward=forward) if focus is not None and focus.window() is self else None
        if found is None:
            return super().focusNextPrevChild(forward)
        self.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        found.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved edits, keep the arrangement, end all work."""
        face = self.session.face
        if not self._ending.may_close() or (face is not None and not face.may_close_project()):
            event.ignore()
            return
        self._ending.release()
        if self.session.document.is_open:
            self.workspaces.keep()
        self.workspaces.keep_window()
        self.shortcuts.remove()
        self.menus.release()
        self._tips.remove()
        self.format_bar.release()
        self.start_page.release()
        self._autosave.stop()
        self._settings_subscription.close()
        for dock in self.docks.values():
            dock.panel.release()
        self.hide()  # what is still to be ended or written need not be watched
        self.session.close()
        event.accept()

    def open_export(self, about: str = "") -> None:
        """The export dialog."""
        from ui.dialogs.export import ExportDialog  # late: its forms cost more to import than the window to build

        _show_one(self, ExportDialog, lambda: ExportDialog(self, self.session))

    def open_shortcuts(self, about: str = "") -> None:
        """The editor of the keys; `about` is searched for."""
        from ui.dialogs.shortcuts import ShortcutsDialog

        _show_one(self, ShortcutsDialog, lambda: ShortcutsDialog(self, self.session, self.every_action, about))

    def open_new_project(self) -> None:
        """The new project dialog."""
        from ui.dialogs.new_project import NewProjectDialog

        _show_one(self, NewProjectDialog, lambda: NewProjectDialog(self, self.session))


def _show_one(window: QWidget, kind: type[QDialog], make: Callable[[], QDialog]) -> None:
    """Show a dialog beside the window, the one that is open already if there is; closed, it is let go: kept, it would listen on."""
    from ui.dialogs.base import shown_already

    if not shown_already(window, kind):
        dialog = make()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
