"""Tooltips carry the key in force: a tip is written with the default one, `Snapping (S)`, and shown with the user's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent, QKeySequence
from PySide6.QtWidgets import QToolTip, QWidget

from studio_app.actions.registry import Action
from studio_app.session.keymap import Keymap, normal
from ui.panel import panel_of
from ui.qt.app_events import app_events

_KEY: Final = re.compile(r"^(?P<name>[^\n]*?) \((?P<keys>[^()\n]+)\)(?P<rest>(\n.*)?)$", re.DOTALL)


class KeyTips(QObject):
    """Listens for the tooltips of one window."""

    def __init__(self, window: QWidget, actions: Iterable[Action], keymap: Keymap) -> None:
        super().__init__(window)
        self._window, self._keymap = window, keymap
        self._ids = {(one.scope, normal(keys)): one.id for one in actions for keys in one.keys}
        events = app_events()
        self._end = events.tips(self, self._shows) if events is not None else lambda: None

    def remove(self) -> None:
        """Stop listening."""
        self._end()

    def _shows(self, watched: QObject, event: QHelpEvent) -> bool:
        """Any tooltip of the application; only those that name another key than the one in force matter."""
        if event.type() is not QEvent.Type.ToolTip or not isinstance(watched, QWidget):
            return False
        written = watched.toolTip()
        shown = self.shown(written, watched)
        if shown == written or not written:
            return False
        QToolTip.showText(event.globalPos(), shown, watched)
        return True

    def shown(self, written: str, widget: QWidget) -> str:
        """What a tooltip says with the keys in force."""
        match = _KEY.match(written)
        if match is None:
            return written
        panel = panel_of(widget)
        keys = normal(match["keys"])
        found = self._ids.get((panel.id if panel is not None else "", keys)) or self._ids.get(("", keys))
        if found is None:
            return written
        now = next(iter(self._keymap.keys_of(found)), "")
        text = f" ({QKeySequence(now).toString(QKeySequence.SequenceFormat.NativeText)})" if now else ""
        return f"{match['name']}{text}{match['rest']}"
