"""Arrangements of the panels: built in by code, changed by hand, kept as JSON per workspace."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QByteArray, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

from studio_app.services.settings import SettingsStore
from ui.dock import PanelDock

VERSION = 2
"""Raise it when a panel's id or the built-in arrangement changes: older layouts are then left aside."""
WORKSPACES = {"edit": "Edit", "storyboard": "Storyboard"}
COMPACT_BELOW = 1400
FRAME = QSize(8, 40)
"""What a desktop may put round a window, logical pixels: borders and a title bar. Known only once the window is shown."""
_TOP = Qt.DockWidgetArea.TopDockWidgetArea
_H, _V = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


def room_on(screen: QScreen) -> QSize:
    """The largest window, logical pixels without its frame, that shows whole on a screen beside the desktop's bars."""
    return screen.availableGeometry().size() - FRAME


class Workspaces:
    """Arranges the docks of a window and remembers what the user makes of it."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, PanelDock], settings: SettingsStore) -> None:
        self._window, self._docks, self._settings = window, docks, settings
        self.current = ""

    def show(self, name: str) -> None:
        """Leave the current workspace as it is and bring up another."""
        if self.current:
            self.keep()
        self.current = name
        self._window.setUpdatesEnabled(False)
        try:
            if not self._restore(name):
                self.arrange(name)
        finally:
            self._window.setUpdatesEnabled(True)

    def reset(self) -> None:
        """The built-in arrangement of the current workspace."""
        self._settings.values.layouts.pop(self.current, None)
        self.arrange(self.current)

    def keep(self) -> None:
        """Write the current arrangement to the settings."""
        if self.current:
            state = b64encode(self._window.saveState(VERSION).data()).decode()
            self._settings.values.layouts[self.current] = {"version": VERSION, "state": state}

    def keep_window(self) -> None:
        """Write size and place of the window to the settings."""
        geometry = b64encode(self._window.saveGeometry().data()).decode()
        self._settings.values.layouts["window"] = {"version": VERSION, "geometry": geometry}

    def restore_window(self) -> bool:
        """Size and place as they were. A window off every screen is left to the caller."""
        kept = self._settings.values.layouts.get("window")
        if not isinstance(kept, dict) or not isinstance(kept.get("geometry"), str):
            return False
        return bool(self._window.restoreGeometry(_bytes(kept["geometry"])))

    def arrange(self, name: str) -> None:
        """The built-in arrangement of a workspace, wide or compact by the width of the window."""
        for dock in self._docks.values():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        {"edit": self._edit, "storyboard": self._storyboard}[name]()

    def _restore(self, name: str) -> bool:
        kept: Any = self._settings.values.layouts.get(name)
        if not isinstance(kept, dict) or kept.get("version") != VERSION or not isinstance(kept.get("state"), str):
            return False
        if not self._window.restoreState(_bytes(kept["state"]), VERSION):
            return False
        self._bring_back()
        return True

    def _bring_back(self) -> None:
        """A floating panel whose screen is gone comes back."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        for dock in self._docks.values():
            frame: QRect = dock.frameGeometry()
            if dock.isFloating() and not any(screen.intersects(frame) for screen in screens):
                dock.move(screens[0].center() - dock.rect().center())

    @property
    def is_compact(self) -> bool:
        """Whether the window is too narrow for the full arrangement."""
        return self._window.width() < COMPACT_BELOW

    def _edit(self) -> None:
        pool, viewer, inspector, timeline = self._take("media_pool", "viewer", "inspector", "timeline")
        self._grid((pool, viewer, inspector), timeline)
        self._tab(pool, "storyboard")
        self._tab(inspector, "jobs")
        compact = self.is_compact
        left, right = (300, 318) if compact else (384, 352)
        below = 358 if compact else 510
        self._sizes((pool, viewer, inspector), (left, right), timeline, min(below, self._window.height() * 51 // 100))

    def _storyboard(self) -> None:
        board, inspector, timeline = self._take("storyboard", "inspector", "timeline")
        self._grid((board, inspector), timeline)
        self._tab(board, "media_pool")
        self._tab(inspector, "viewer", "jobs")
        right = 318 if self.is_compact else 352
        self._sizes((board, inspector), (None, right), timeline, 200 if self.is_compact else 232)

    def _take(self, *names: str) -> tuple[PanelDock | None, ...]:
        return tuple(self._docks.get(name) for name in names)

    def _grid(self, above: tuple[PanelDock | None, ...], below: PanelDock | None) -> None:
        there = [dock for dock in above if dock is not None]
        if not there:
            return
        self._window.addDockWidget(_TOP, there[0])
        there[0].show()
        if below is not None:
            self._window.splitDockWidget(there[0], below, _V)
            below.show()
        for left, right in pairwise(there):
            self._window.splitDockWidget(left, right, _H)
            right.show()

    def _tab(self, onto: PanelDock | None, *names: str) -> None:
        if onto is None:
            return
        for name in names:
            dock = self._docks.get(name)
            if dock is not None:
                self._window.tabifyDockWidget(onto, dock)
                dock.show()
        onto.raise_()

    def _sizes(
        self,
        above: tuple[PanelDock | None, ...],
        widths: tuple[int | None, int],
        below: PanelDock | None,
        height: int,
    ) -> None:
        there = [dock for dock in above if dock is not None]

        def apply() -> None:
            whole = self._window.width()
            left, right = widths
            wanted = (
                [left or whole - right, whole - (left or 0) - right, right]
                if len(there) == 3
                else [whole - right, right]
            )
            if len(there) == len(wanted):
                self._window.resizeDocks(there, wanted, _H)
            if below is not None and there:
                self._window.resizeDocks([there[0], below], [max(100, self._window.height() - 66 - height), height], _V)

        apply()
        QTimer.singleShot(0, self._window, apply)


def _bytes(text: str) -> QByteArray:
    try:
        return QByteArray(b64decode(text, validate=True))
    except ValueError:
        return QByteArray()
