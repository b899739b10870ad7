"""Keys and tips of the whole application, by one filter.

Qt asks a filter on the application about every event there is, some hundred for each row of a list that is made; in Python each
question costs microseconds, of three filters that ask for the kind of the event it was a third of what the window did while
twenty takes landed. So there is one, and what most events are is let by unread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

KeyListener = Callable[[QObject, QKeyEvent], bool]
TipListener = Callable[[QObject, QHelpEvent], bool]
T = TypeVar("T")


class AppEvents(QObject):
    """What the application tells whom. The latest listener is asked first; True ends the event.

    Each method returns what ends it; so does the end of its owner.
    """

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._keys: list[KeyListener] = []
        self._tips: list[TipListener] = []
        self._left: list[Callable[[], object]] = []
        app.installEventFilter(self)
        app.focusWindowChanged.connect(lambda _: self._tell_left())

    def keys(self, owner: QObject, listener: KeyListener) -> Callable[[], None]:
        """Every press and release, wherever it goes."""
        return _listed(owner, self._keys, listener)

    def tips(self, owner: QObject, listener: TipListener) -> Callable[[], None]:
        """A tooltip is about to show."""
        return _listed(owner, self._tips, listener)

    def left(self, owner: QObject, listener: Callable[[], object]) -> Callable[[], None]:
        """Another window, or another program, has the keys now: no release of a held one will come."""
        return _listed(owner, self._left, listener)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt for every event."""
        kind = type(event)
        if kind is QEvent:
            return False
        if isinstance(event, QKeyEvent):
            return any(one(watched, event) for one in self._keys[::-1])
        if isinstance(event, QHelpEvent):
            return any(one(watched, event) for one in self._tips[::-1])
        return False

    def _tell_left(self) -> None:
        for one in self._left[::-1]:
            one()


def app_events() -> AppEvents | None:
    """The application's; None without an application."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return None
    return app.findChild(AppEvents) or AppEvents(app)


def _listed(owner: QObject, listeners: list[T], listener: T) -> Callable[[], None]:
    listeners.append(listener)

    def end() -> None:
        if listener in listeners:
            listeners.remove(listener)

    owner.destroyed.connect(end)
    return end
