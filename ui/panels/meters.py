"""The meters right of the timeline: how loud what is heard is, of whichever viewer plays."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from studio_app.session.transport import Transport
from ui.panel import Panel
from ui.peak_meter import PeakMeter
from ui.qt.language import QT_TRANSLATE_NOOP

REFRESH_MS: Final = 33
_SCRUB_SECONDS: Final = 0.25
"""A moment of sound under a dragged playhead is heard within this."""


class MetersPanel(Panel):
    """Asks thirty times a second while something plays or a bar still falls, and only while it is seen; else never."""

    id: ClassVar[str] = "meters"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Mix")
    order: ClassVar[int] = 35
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Peaks of what is heard, and its loudness. A click puts the clip lights out."
    )
    least_width: ClassVar[int] = 48

    def build(self) -> None:
        """The meter, and ears on both viewers."""
        self.meter = PeakMeter()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.meter)
        self._heard: Transport | None = None
        self._player: object = None
        self._number = 0
        self._until = 0.0
        self.timer = QTimer(self)
        self.timer.setInterval(REFRESH_MS)
        self.timer.timeout.connect(self.look)
        for transport in (self.session.transport, self.session.source.transport):
            self.listen(transport.state_changed, lambda one=transport: self._started(one))
            self.listen(transport.time_changed, lambda _, one=transport: self._moved(one))
        self.listen(self.session.document.replaced, self._forget)

    def look(self) -> None:
        """Show what was heard since the last look."""
        now, transport = monotonic(), self._heard
        if transport is not None and transport.player is self._player:
            levels = transport.levels_since(self._number)
            for level in levels:
                self._number = level.number
                self.meter.hear(level.peaks, now)
                loud = level.loudness
                if loud is not None:
                    self.meter.set_loudness(loud.momentary, loud.short_term, loud.integrated)
        self.meter.go_on(now)
        self.meter.refresh()
        if not (transport is not None and transport.playing) and self.meter.is_at_rest and now > self._until:
            self.timer.stop()
            self.meter.describe()

    def clear(self, _: str = "") -> None:
        """Put the clip lights out; the window asks for it by name."""
        if self.is_built:
            self.meter.clear()

    def menu(self) -> Sequence[QAction]:
        """The clip lights."""
        action = QAction(self.tr("Clear clip lights"), self)
        action.triggered.connect(lambda: self.clear())
        return (action,)

    def _started(self, transport: Transport) -> None:
        if transport.playing:
            self._listen_to(transport)

    def _moved(self, transport: Transport) -> None:
        """A playhead was moved: while it stands, a moment of sound may be heard there."""
        if not transport.playing and transport.scrub_sound and not self.timer.isActive():
            self._until = monotonic() + _SCRUB_SECONDS
            self._listen_to(transport)

    def _listen_to(self, transport: Transport) -> None:
        if transport is not self._heard or transport.player is not self._player:
            self._heard, self._player = transport, transport.player
            before = transport.levels_since(0)  # what was heard before nobody looked
            self._number = before[-1].number if before else 0
        if self.isVisible():
            self.timer.start()

    def _forget(self) -> None:
        """Another project: its loudness has not begun."""
        inf = float("-inf")
        self.meter.set_loudness(inf, inf, inf)
        self.meter.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on where something plays."""
        super().showEvent(event)
        for transport in (self.session.transport, self.session.source.transport):
            self._started(transport)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: do not ask."""
        self.timer.stop()
        super().hideEvent(event)

    def release(self) -> None:
        """The window closes."""
        if self.is_built:
            self.timer.stop()
        super().release()
