"""Actions that only a window has: its panels and workspaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio_app.actions.registry import Action
from studio_app.session.session import Session
from ui.workspaces import WORKSPACES

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def window_actions(window: MainWindow, taken: set[str]) -> tuple[Action, ...]:
    """One action for each workspace, and for each panel that the application has no action for (a plug-in's)."""

    def is_open(session: Session) -> bool:
        return session.document.is_open

    def panel(name: str) -> Callable[[Session], None]:
        return lambda _: window.show_panel(name)

    def workspace(name: str) -> Callable[[Session], None]:
        return lambda _: window.show_workspace(name)

    def is_on(name: str) -> Callable[[Session], bool]:
        return lambda _: window.workspaces.current == name

    found = [
        Action(
            f"panel.{name}",
            dock.panel.title,
            panel(name),
            menu="window",
            enabled=is_open,
        )
        for name, dock in window.docks.items()
    ]
    found += [
        Action(
            f"window.workspace_{name}",
            f"{title} workspace",
            workspace(name),
            (f"Ctrl+F{number}",),
            menu="window",
            group=1,
            enabled=is_open,
            checked=is_on(name),
        )
        for number, (name, title) in enumerate(WORKSPACES.items(), 1)
    ]
    return tuple(one for one in found if one.id not in taken)
