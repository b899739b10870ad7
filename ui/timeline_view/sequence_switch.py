"""Goes from one open sequence to another; each comes back as it was left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from studio_app.session.session import Session
from timeline.change import Change
from timeline.time import RationalTime
from ui.timeline_view.scale import Scale
from ui.timeline_view.sequence_tabs import OpenSequences, SequenceTabs

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView


class _Place(NamedTuple):
    """What was seen of a sequence, and where its playhead stood."""

    scale: Scale
    scroll_y: int
    time: RationalTime


class SequenceSwitch:
    """Joins the tabs with the session and the view."""

    def __init__(self, session: Session, view: TimelineView, tabs: SequenceTabs) -> None:
        self._session, self._view, self._tabs = session, view, tabs
        self._open = OpenSequences()
        self._places: dict[str, _Place] = {}
        tabs.chosen.connect(self.choose)
        tabs.closed.connect(self.close)
        self._begin()
        self.show()

    def show(self) -> None:
        """The tabs as they are now."""
        self._open.open(self._session.sequence_id)
        self._tabs.show_tabs(self._open.tabs(self._session.document.project), self._session.sequence_id)
        self._view.left_as.keep_tabs(self._open.ids, self._open.closed, self._session.sequence_id)

    def project_changed(self, change: Change) -> None:
        """Another project, or other names."""
        if change.whole:
            self._places.clear()
            self._begin()
        self.show()

    def _begin(self) -> None:
        """A project as it was left: its open sequences, and the one that was worked on."""
        left, project = self._view.left_as.look, self._session.document.project
        active = left.active if project.sequence(left.active) is not None else self._session.sequence_id
        self._open.begin(project, active, left.tabs, left.closed)
        if active != self._session.sequence_id:
            self._session.transport.set_sequence(active)

    def sequence_changed(self) -> None:
        """Another sequence is active: keep how the old one was seen, show the new one as it was left, else all of it."""
        view, left = self._view, self._view.sequence.id
        self._places[left] = _Place(view.scale, view.scroll_y, self._session.transport.time)
        view.refresh()
        place = self._places.get(self._session.sequence_id)
        if place is None or left == self._session.sequence_id:
            view.fit()
        else:
            view.set_scale(replace(place.scale, rate=view.sequence.rate))
            view.verticalScrollBar().setValue(place.scroll_y)
        self.show()

    def choose(self, sequence_id: str) -> None:
        """Show a sequence, its playhead where it was."""
        transport = self._session.transport
        if sequence_id != self._session.sequence_id:
            transport.set_sequence(sequence_id)
            if (place := self._places.get(sequence_id)) is not None:
                transport.set_time(place.time)

    def close(self, sequence_id: str) -> None:
        """Take a tab away; the sequence stays in the project."""
        active = self._session.sequence_id
        beside = self._open.close(sequence_id)
        if beside is not None and sequence_id == active:
            self.choose(beside)
        self.show()
