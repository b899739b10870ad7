"""Actions describe themselves once; menus, buttons, keys and tooltips read it from here.

An action that needs something only a window has (a file dialog, a zoom) asks `session.face`, which the window fulfils.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from studio_app.session.session import Session
from timeline.errors import EditRefused, StudioError

log = logging.getLogger(__name__)

Run = Callable[[Session], None]
Enabled = Callable[[Session], bool]

_MARK = "starcut_action"
MENUS = ("file", "edit", "clip", "trim", "sequence", "marker", "playback", "shot", "view", "window", "help")


@dataclass(frozen=True)
class Action:
    """One thing a user can do. `keys` are portable texts (`Ctrl+K`); the first is shown. `scope` empty: everywhere in the window."""

    id: str
    title: str
    run: Run
    keys: tuple[str, ...] = ()
    menu: str = ""
    group: int = 0
    icon: str = ""
    scope: str = ""
    help: str = ""
    enabled: Enabled = lambda _: True
    repeats: bool = False
    checked: Enabled | None = None


def action(
    action_id: str,
    title: str,
    *keys: str,
    menu: str = "",
    group: int = 0,
    icon: str = "",
    scope: str = "",
    enabled: Enabled = lambda _: True,
    repeats: bool = False,
    checked: Enabled | None = None,
) -> Callable[[Run], Run]:
    """Make a function an action. Its docstring is the tooltip's sentence; `group` parts a menu by separators."""

    def describe(run: Run) -> Run:
        sentence = (run.__doc__ or "").strip().split("\n")[0]
        one = Action(action_id, title, run, tuple(keys), menu, group, icon, scope, sentence, enabled, repeats, checked)
        setattr(run, _MARK, one)
        return run

    return describe


def _actions_of(module: ModuleType) -> Iterator[Action]:
    """The actions a module defines, in the order they are written; not those it imports."""
    for value in vars(module).values():
        one = getattr(value, _MARK, None)
        if isinstance(one, Action) and value.__module__ == module.__name__:
            yield one


class Actions:
    """All actions by id, and the one place that runs them."""

    def __init__(self, session: Session) -> None:
        import studio_app.actions as package

        self._session = session
        self._by_id: dict[str, Action] = {}
        for info in pkgutil.iter_modules(package.__path__):
            for one in _actions_of(importlib.import_module(f"{package.__name__}.{info.name}")):
                if one.id in self._by_id:
                    raise ValueError(f"two actions are called {one.id}")
                self._by_id[one.id] = one

    def __iter__(self) -> Iterator[Action]:
        return iter(self._by_id.values())

    def __getitem__(self, action_id: str) -> Action:
        return self._by_id[action_id]

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._by_id

    def is_enabled(self, action_id: str) -> bool:
        """Whether the action can be used now."""
        return self._by_id[action_id].enabled(self._session)

    def run(self, action_id: str) -> bool:
        """Run an action if it is enabled. What goes wrong becomes a sentence in `session.told`."""
        one = self._by_id[action_id]
        if not one.enabled(self._session):
            return False
        if not one.repeats:  # a step of its own; of a held key all that it does is one
            self._session.document.seal()
        try:
            one.run(self._session)
        except StudioError as error:
            self._session.tell(error.message, error=not isinstance(error, EditRefused))
            return False
        except Exception as error:  # action fence: see docs/architecture.md, section 10
            log.exception("action %s failed", action_id)
            self._session.tell(f"{one.title} failed: {error}. Your project is as it was.", error=True)
            return False
        finally:
            if not one.repeats:
                self._session.document.seal()
        return True
