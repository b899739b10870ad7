"""A window that grows or shrinks gives the width to the program viewer; the panels beside it keep theirs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QMainWindow

from ui.dock import PanelDock

PROGRAM = "viewer"
LEAST = 320
"""What is left to the program before the panels beside it give way too."""


class ProgramWidth(QObject):
    """Knows how wide the panels beside the program viewer are by hand, and gives them that back after Qt laid out a new width.

    Qt spreads a new width over all docks of a row. What a dock gets while the window keeps its own width was meant so.
    """

    def __init__(self, window: QMainWindow, docks: Mapping[str, PanelDock]) -> None:
        super().__init__(window)
        self._window, self._docks = window, docks
        self._whole = 0
        self._widths: dict[str, int] = {}
        for dock in docks.values():
            dock.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A dock got another width while the window kept its own: by a hand, or with another arrangement."""
        if (
            event.type() is QEvent.Type.Resize
            and isinstance(watched, PanelDock)
            and self._window.width() == self._whole
        ):
            self._widths[watched.panel.id] = watched.width()
        return False

    def forget(self) -> None:
        """Another arrangement comes: what stands then is as it is meant."""
        self._whole = 0

    def follow(self) -> None:
        """The window has its width, and Qt laid out the docks."""
        before, self._whole = self._whole, self._window.width()
        beside = self._beside()
        known = beside and all(dock.panel.id in self._widths for dock in beside)
        if before and before != self._whole and known:
            program = self._docks[PROGRAM]
            widths = [self._widths[dock.panel.id] for dock in beside]
            room = sum(dock.width() for dock in beside) + program.width()
            if room - sum(widths) >= LEAST:
                self._window.resizeDocks([*beside, program], [*widths, room - sum(widths)], Qt.Orientation.Horizontal)
        self._widths |= {dock.panel.id: dock.width() for dock in self._docks.values() if dock.isVisible()}

    def _beside(self) -> list[PanelDock]:
        """The panels in front that stand in the row of the program viewer."""
        program = self._docks.get(PROGRAM)
        if program is None or not _stands(program):
            return []
        top, bottom = program.geometry().top(), program.geometry().bottom()
        return [
            dock
            for dock in self._docks.values()
            if dock is not program
            and _stands(dock)
            and dock.geometry().top() < bottom
            and dock.geometry().bottom() > top
        ]


def _stands(dock: PanelDock) -> bool:
    """Whether a panel is seen in the window: not floating, not hidden, not behind another tab."""
    return dock.isVisible() and not dock.isFloating() and not dock.visibleRegion().isEmpty()
