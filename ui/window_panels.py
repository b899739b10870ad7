"""The panels of the window: which has the keys, which is in front, which fills everything; who gets the keys back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui.arrangements import ARRANGEMENTS
from ui.dock import PanelDock
from ui.lent_tab import LentTab
from ui.panel import Panel, discover, panel_of
from ui.shortcuts import is_text_field
from ui.workspaces import Workspaces

if TYPE_CHECKING:
    from studio_app.session.session import Session


class WindowPanels(QObject):
    """Makes a dock for every panel, and moves focus and accent among them."""

    def __init__(
        self, window: QMainWindow, session: Session, run: Callable[[str], object], hint: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._run, self._say = window, session, run, hint
        self.docks: dict[str, PanelDock] = {panel.id: self._dock(panel(session)) for panel in discover()}
        self.workspaces = Workspaces(window, self.docks, session.settings)
        self.active: Panel | None = None
        self._before_field: Panel | None = None
        self._given: PanelDock | None = None
        self.raised: Callable[[], None] = lambda: None
        self.lent = LentTab(self, session)

    def _dock(self, panel: Panel) -> PanelDock:
        dock = PanelDock(panel, self._window)
        panel.asked.connect(self._run)
        panel.message.connect(self._say)
        dock.row.chosen.connect(self.activate)
        for signal in (dock.visibilityChanged, dock.topLevelChanged, dock.dockLocationChanged):
            signal.connect(self._regroup_soon)
        return dock

    def show_workspace(self, name: str) -> None:
        """Bring up an arrangement, with the keys where its work is done."""
        self.workspaces.show(name)
        self.settle()

    def reset(self) -> None:
        """The built-in arrangement."""
        self.workspaces.reset()
        self.settle()

    def settle(self) -> None:
        """After other panels came up: tabs, and who has the keys."""
        self._regroup_soon()
        one = ARRANGEMENTS.get(self.workspaces.current)
        names = (one.front if one else "timeline", "timeline", *self.docks)
        first = next((dock for name in names if (dock := self.docks.get(name)) and not dock.isHidden()), None)
        if first is not None:
            self.activate(first)
            # Docks that were just shown are laid out by the next events, and Qt hands the focus about meanwhile.
            QTimer.singleShot(0, self, lambda: self._hold(first))

    def _hold(self, dock: PanelDock) -> None:
        """Nobody else was given the keys meanwhile; what Qt did with them does not count, nor that a dialog was in front."""
        if self._given is dock and panel_of(self._window.focusWidget()) is not dock.panel and dock.isVisible():
            self.activate(dock)

    def show(self, name: str) -> PanelDock | None:
        """Show a panel, bring its tab to the front and give it the keys."""
        dock = self.docks.get(name)
        if dock is not None:
            if self.workspaces.is_maximised and dock.isHidden():
                self.workspaces.maximise(None)
            self.workspaces.place(dock)
            dock.show()
            self.activate(dock)
        return dock

    def maximise(self) -> None:
        """The panel under the pointer, else the one with the keys, fills the window; once more: all is as it was."""
        under = panel_of(QApplication.widgetAt(QCursor.pos()))
        panel = under if under is not None and under.id in self.docks else self.active
        self.workspaces.maximise(self.docks.get(panel.id) if panel is not None else None)
        self._regroup_soon()
        if panel is not None:
            self.activate(self.docks[panel.id])

    def front_beside(self, dock: PanelDock) -> PanelDock | None:
        """The tab that is in front of a dock; None where the dock is itself in front, or stands alone."""
        if dock.isFloating() or (dock.isVisible() and not dock.visibleRegion().isEmpty()):
            return None
        beside = (one for one in self._window.tabifiedDockWidgets(dock) if isinstance(one, PanelDock))
        return next((one for one in beside if one.isVisible() and not one.visibleRegion().isEmpty()), None)

    def timeline_place(self) -> QRect | None:
        """Where the timeline stands in the window; None where it floats, is hidden or behind another tab."""
        dock = self.docks.get("timeline")
        seen = dock is not None and dock.isVisible() and not dock.isFloating() and not dock.visibleRegion().isEmpty()
        return dock.geometry() if dock is not None and seen else None

    def activate(self, dock: PanelDock) -> None:
        """Give a panel the keys."""
        self._given = dock
        dock.raise_()
        dock.prepare()
        dock.panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_active(dock.panel)
        self.raised()  # a panel that comes to the front stays behind what is said

    def focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Called by the application's `focusChanged`."""
        panel = panel_of(new)
        if panel is None:
            return
        if is_text_field(new) and not is_text_field(old):
            self._before_field = self.active
        self._set_active(panel)

    def leave_field(self, field: QWidget) -> None:
        """Enter or Esc ended a field: the keys go back to who had them before it."""
        panel = panel_of(field)
        if panel is None or QApplication.focusWidget() not in (field, None):  # None: it let go of them by itself
            return
        before = self._before_field
        dock = self.docks.get((before if before is not None and before.isVisible() else panel).id)
        if dock is not None:
            self.activate(dock)
        if QApplication.focusWidget() is field:
            field.clearFocus()

    def take_keys_back(self) -> bool:
        """Give the keys to the panel that had them last, where it can be seen: a bar or a toast that had them is gone."""
        if self.active is None or not self.active.isVisible():
            return False
        self.active.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _set_active(self, panel: Panel) -> None:
        if panel is not self.active:
            self.active = panel
            self._session.monitor = panel.monitor
            for dock in self.docks.values():
                dock.set_active(dock.panel is panel)
            self._say(panel.resting_words)

    def _regroup_soon(self, _: object = None) -> None:
        QTimer.singleShot(0, self, self._regroup)

    def _regroup(self) -> None:
        arrangement = ARRANGEMENTS.get(self.workspaces.current)
        leads = arrangement.leads if arrangement is not None else frozenset()
        for dock in self.docks.values():
            # A floating one stands alone, whatever group Qt still remembers it in.
            beside = () if dock.isFloating() else self._window.tabifiedDockWidgets(dock)
            group = {dock, *(one for one in beside if isinstance(one, PanelDock) and not one.isFloating())}
            there = (one for one in group if one is dock or not one.isHidden())
            shown = sorted(there, key=lambda one: (one.panel.id not in leads, one.panel.order))
            dock.row.set_group(tuple(shown))
