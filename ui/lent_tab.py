"""A tab that comes to the front for as long as the animatic plays, and the one behind it that comes back then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio_app.session.session import Session
from ui.dock import PanelDock

if TYPE_CHECKING:
    from ui.panel import Panel
    from ui.window_panels import WindowPanels


class LentTab(QObject):
    """Remembers who was in front, and who had the keys."""

    def __init__(self, panels: WindowPanels, session: Session) -> None:
        super().__init__(panels)
        self._panels, self._session = panels, session
        self._stage: PanelDock | None = None
        self._before: PanelDock | None = None
        self._hand: Panel | None = None
        session.animatic.changed.connect(self._changed)

    def show(self, name: str) -> None:
        """Bring a panel to the front until the animatic is over."""
        stage = self._panels.docks.get(name)
        front = None if stage is None or stage.isHidden() else self._panels.front_beside(stage)
        if self._stage is None:  # once more while it plays: who was in front first comes back
            self._before, self._hand = front, self._panels.active
        self._stage = self._panels.show(name)

    def _changed(self) -> None:
        """It is over: back, unless the hand brought up something else meanwhile."""
        if self._stage is None or self._session.animatic.is_on:
            return
        stage, before, hand = self._stage, self._before, self._hand
        self._stage = self._before = self._hand = None
        if before is None or before.isHidden() or self._panels.front_beside(stage) is not None:
            return
        had_keys = self._panels.active is stage.panel
        before.raise_()
        before.prepare()
        if had_keys and hand is not None and hand.id in self._panels.docks and hand.isVisible():
            self._panels.activate(self._panels.docks[hand.id])
