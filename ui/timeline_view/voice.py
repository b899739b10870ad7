"""Tells assistive technology what changed in the timeline: selection, playhead, clips that came or went."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from timeline.change import Change
from timeline.time import RationalTime
from ui.timeline_view.accessible import TimelineFace, install
from ui.timeline_view.spoken import place_words
from ui.timeline_view.view import TimelineView

_RESTS: Final = 250
"""The playhead is spoken when it has stood still for so many milliseconds."""


class Voice(QObject):
    """Speaks for one timeline; silent, and as good as free, while nobody listens."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        install()
        self._view = view
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_RESTS)
        self._timer.timeout.connect(self.say_place)

    @property
    def _face(self) -> TimelineFace | None:
        face = QAccessible.queryAccessibleInterface(self._view) if QAccessible.isActive() else None
        return face if isinstance(face, TimelineFace) else None

    def chosen(self) -> None:
        """Another clip is selected: it has the focus within the timeline."""
        face = self._face
        if face is None:
            return
        item = face.selected_face()
        if item is not None:
            _tell(QAccessibleEvent(item, QAccessible.Event.Selection))
            if self._view.hasFocus():
                _tell(QAccessibleEvent(item, QAccessible.Event.Focus))
        _tell(QAccessibleEvent(self._view, QAccessible.Event.SelectionWithin))

    def changed(self, change: Change) -> None:
        """The project is another one."""
        face = self._face
        if face is not None and (change.whole or change.tracks or change.clips):
            face.tidy()
            _tell(QAccessibleEvent(self._view, QAccessible.Event.ObjectReorder))

    def moved(self, _: RationalTime) -> None:
        """The playhead moved; it is spoken when it rests, not while it plays."""
        if QAccessible.isActive() and not self._view.session.transport.playing:
            self._timer.start()

    def say_place(self) -> None:
        """Where the playhead is and what lies there."""
        view, session = self._view, self._view.session
        if view.hasFocus() and not session.transport.playing:
            words = place_words(view.sequence, session.transport.time, view.facts, session.targets.ids)
            _tell(QAccessibleAnnouncementEvent(view, words))


def _tell(event: QAccessibleEvent) -> None:
    QAccessible.updateAccessibility(event)
