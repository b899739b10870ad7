"""What the window does with its viewers: the timecode entry of the one that has the keys, the full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.panels.timeline import TimelinePanel
from ui.viewer_panel import ViewerBase

if TYPE_CHECKING:
    from studio_app.session.session import Session
    from ui.viewer_full_screen import FullScreenViewer
    from ui.window_panels import WindowPanels


class WindowViewers:
    """Finds the viewer that keys of transport act on."""

    def __init__(self, window: QWidget, session: Session, panels: WindowPanels) -> None:
        self._window, self._session, self._panels = window, session, panels
        self._full: FullScreenViewer | None = None

    @property
    def active(self) -> ViewerBase | None:
        """The panel of the viewer whose playhead moves by keys."""
        dock = self._panels.docks.get("source_viewer" if self._session.monitor == "source" else "viewer")
        return dock.panel if dock is not None and isinstance(dock.panel, ViewerBase) else None

    @property
    def full_screen(self) -> FullScreenViewer | None:
        """The viewer that fills the screen, while there is one."""
        return self._full if self._full is not None and isValid(self._full) and self._full.isVisible() else None

    def type_timecode(self, first: str = "") -> None:
        """Open the timecode for typing: the timeline's while that has the keys, else that of the viewer.

        A viewer that is hidden or behind another comes to the front.
        """
        if not self._session.document.is_open or self.full_screen is not None:
            return
        with_keys = self._panels.active
        if isinstance(with_keys, TimelinePanel) and with_keys.isVisible():
            with_keys.type_timecode(first)
            return
        panel = self.active
        if panel is None:
            return
        if not panel.isVisible():
            self._panels.show(panel.id)
        panel.type_timecode(first)

    def toggle_full_screen(self) -> None:
        """Fill the screen with the picture, or come back."""
        full = self.full_screen
        if full is not None:
            full.close()
        elif self._session.document.is_open:
            from ui.viewer_full_screen import FullScreenViewer  # late: few starts of the window see it

            self._full = FullScreenViewer(self._window, self._session)
            panel = self.active
            if panel is not None:
                panel.make()
                panel.surface.setUpdatesEnabled(False)  # it is behind: painting each picture twice would cost time
                self._full.closed.connect(lambda: self._come_back(panel))
            self._full.open()

    def _come_back(self, panel: ViewerBase) -> None:
        if isValid(panel):
            panel.surface.setUpdatesEnabled(True)
            panel.surface.ask_again()
