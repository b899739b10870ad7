"""Slow shuttle and single frames with the stop key held: a tap on the key beside it steps, holding it plays at a quarter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeyEvent

TAP_MS: Final = 220
"""A key down for longer than this is held."""
_STOP: Final = "playback.stop"
_STEPS: Final = {"playback.back": "playback.step_back", "playback.forward": "playback.step_forward"}
_SLOW: Final = {"playback.back": "playback.slow_back", "playback.forward": "playback.slow_forward"}


class Jog(QObject):
    """Told of the actions keys mean and of keys let go; whatever keys those are, by the user's own table."""

    def __init__(self, run: Callable[[str], object]) -> None:
        super().__init__()
        self._run = run
        self._stop_key: int | None = None
        self._held: tuple[int, str] | None = None
        self._is_slow = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TAP_MS)
        self._timer.timeout.connect(self._begin_slow)

    def takes(self, action_id: str, event: QKeyEvent) -> bool:
        """Whether a pressed key is one of ours now; then its action is not run."""
        if action_id == _STOP:
            self._stop_key = event.key()
            return False
        if self._stop_key is None or action_id not in _STEPS:
            return False
        if not event.isAutoRepeat():
            self._end()
            self._held = (event.key(), action_id)
            self._run(_STEPS[action_id])
            self._timer.start()
        return True

    def let_go(self, event: QKeyEvent | None) -> None:
        """A key came up, or (None) the window lost the keys."""
        if event is None:
            self._stop_key = None
            self._end()
        elif not event.isAutoRepeat():
            if event.key() == self._stop_key:
                self._stop_key = None
                self._end()
            elif self._held is not None and event.key() == self._held[0]:
                self._end()

    def _begin_slow(self) -> None:
        if self._held is not None:
            self._is_slow = True
            self._run(_SLOW[self._held[1]])

    def _end(self) -> None:
        self._timer.stop()
        self._held = None
        if self._is_slow:
            self._is_slow = False
            self._run(_STOP)
