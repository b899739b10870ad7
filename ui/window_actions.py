"""Actions that only a window has: its panels and workspaces, the palette, the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from studio_app.actions.registry import Action
from studio_app.session.session import Session
from ui.arrangements import WORKSPACES
from ui.qt.language import QT_TRANSLATE_NOOP, translated

if TYPE_CHECKING:
    from ui.main_window import MainWindow

PANEL_KEYS: Final = {
    "media_pool": "Shift+1",
    "source_viewer": "Shift+2",
    "timeline": "Shift+3",
    "viewer": "Shift+4",
    "inspector": "Shift+5",
    "meters": "Shift+6",
    "storyboard": "Shift+7",
    "evolution": "Shift+8",
    "constellation": "Shift+9",
    "jobs": "Shift+0",
}


def window_actions(window: MainWindow, taken: set[str]) -> tuple[Action, ...]:
    """One action for each workspace and panel, and what else only a window can do."""
    found = (*_panels(window), *_workspaces(window), *_others(window))
    return tuple(one for one in found if one.id not in taken)


def _is_open(session: Session) -> bool:
    """Whether a project is open."""
    return session.document.is_open


def _panels(window: MainWindow) -> list[Action]:
    def show(name: str) -> Callable[[Session], None]:
        return lambda _: window.show_panel(name)

    return [
        Action(
            f"panel.{name}",
            dock.panel.shown_title,
            show(name),
            (PANEL_KEYS[name],) if name in PANEL_KEYS else (),
            menu="window",
            help=QT_TRANSLATE_NOOP("Actions", "Show this panel and give it the keys."),
            enabled=_is_open,
        )
        for name, dock in sorted(window.docks.items(), key=lambda item: PANEL_KEYS.get(item[0], "~" + item[0])[-1])
    ]


def _workspaces(window: MainWindow) -> list[Action]:
    def show(name: str) -> Callable[[Session], None]:
        return lambda _: window.show_workspace(name)

    def is_on(name: str) -> Callable[[Session], bool]:
        return lambda _: window.workspaces.current == name

    found = [
        Action(
            f"window.workspace_{name}",
            QCoreApplication.translate("Actions", "{title} workspace").format(title=translated("Workspaces", title)),
            show(name),
            (f"Ctrl+F{number}",),
            menu="window",
            group=1,
            help=QT_TRANSLATE_NOOP("Actions", "Another arrangement of the panels; each is remembered."),
            enabled=_is_open,
            checked=is_on(name),
        )
        for number, (name, title) in enumerate(WORKSPACES.items(), 1)
    ]
    reset = Action(
        "window.reset_workspace",
        QT_TRANSLATE_NOOP("Actions", "Reset workspace"),
        lambda _: window.reset_layout(),
        menu="window",
        group=2,
        icon="rotate-ccw",
        help=QT_TRANSLATE_NOOP("Actions", "Put the panels of this workspace back where they were at first."),
        enabled=_is_open,
    )
    maximise = Action(
        "window.maximise_panel",
        QT_TRANSLATE_NOOP("Actions", "Maximise panel"),
        lambda _: window.panels.maximise(),
        ("`", "Shift+F11"),
        menu="window",
        group=2,
        icon="maximize",
        help=QT_TRANSLATE_NOOP(
            "Actions", "The panel under the pointer fills the window; once more brings the others back."
        ),
        enabled=_is_open,
        checked=lambda _: window.workspaces.is_maximised,
    )
    return [*found, maximise, reset]


def _is_asked(window: MainWindow) -> Callable[[Session], bool]:
    def is_asked(_: Session) -> bool:
        """Whether the first clip of an empty sequence has another format."""
        return window.format_bar.isVisible()

    return is_asked


def _others(window: MainWindow) -> list[Action]:
    return [
        Action(
            "file.open_storyboard",
            QT_TRANSLATE_NOOP("Actions", "Make a film from a storyboard…"),
            lambda _: window.files.choose_storyboard(),
            menu="file",
            icon="file-text",
            help=QT_TRANSLATE_NOOP("Actions", "Start a project from a storyboard file; Generate makes its film."),
        ),
        Action(
            "sequence.match_first_clip",
            QT_TRANSLATE_NOOP("Actions", "Change sequence to the first clip's format"),
            lambda _: window.format_bar.accept(),
            menu="sequence",
            group=5,
            help=QT_TRANSLATE_NOOP(
                "Actions", "Size and rate of the first clip, where they differ from the sequence it came into."
            ),
            enabled=_is_asked(window),
        ),
        Action(
            "help.palette",
            QT_TRANSLATE_NOOP("Actions", "Command palette"),
            lambda _: window.palette_box.open(),
            ("Ctrl+Shift+P",),
            menu="help",
            icon="search",
            help=QT_TRANSLATE_NOOP("Actions", "Find any command by its name."),
        ),
        Action(
            "help.shortcuts",
            QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts…"),
            lambda _: window.open_shortcuts(),
            ("F1",),
            menu="help",
            icon="keyboard",
            help=QT_TRANSLATE_NOOP("Actions", "See and change which key does what."),
        ),
        Action(
            "meters.clear",
            QT_TRANSLATE_NOOP("Actions", "Clear clip lights"),
            lambda _: window.tell_panel("meters", "clear", ""),
            menu="playback",
            help=QT_TRANSLATE_NOOP(
                "Actions", "Put out the red lights of the meters, which stay on where the sound reached 0 dBFS."
            ),
            enabled=_is_open,
        ),
        Action(
            "help.tour",
            QT_TRANSLATE_NOOP("Actions", "Take the tour"),
            lambda _: window.tour.start(),
            menu="help",
            group=1,
            icon="book-open",
            help=QT_TRANSLATE_NOOP("Actions", "Five places to know, in a minute."),
            enabled=_is_open,
        ),
    ]
