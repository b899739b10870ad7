"""Jobs that a cap refused: kept with their cards, also over a restart, and sent once the cap is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio_app.services.job_book import Caps
from studio_app.services.jobs import Job
from studio_app.services.signal import Signal
from timeline.errors import StudioError

if TYPE_CHECKING:
    from studio_app.session.document import Document
    from studio_app.session.generation import Generation


class HeldJobs:
    """Watches the caps. Nothing is sent because time went by or another job was cheaper: only because somebody raised a cap.

    Main thread.
    """

    def __init__(self, document: Document, generation: Generation, settings_changed: Signal[[]]) -> None:
        self._document, self._generation = document, generation
        self._caps = generation.desk.caps
        settings_changed.connect(self.look)

    def look(self) -> list[Job]:
        """The settings are others: where a cap was raised, those that fit within it go on, in the order in which they came."""
        before, self._caps = self._caps, self._generation.desk.caps
        return self._go_on() if self._document.is_open and _is_raised(before, self._caps) else []

    def go_on(self, shot_id: str) -> bool:
        """Send what was held of one shot, if it fits now: somebody asked for it, and a cap was raised elsewhere, or a month is over."""
        return bool(self._go_on(shot_id))

    def _go_on(self, shot_id: str = "") -> list[Job]:
        """Those of a project, or of one shot, that fit within the caps."""
        desk = self._generation.desk
        try:
            held = [one for one in desk.book.held(self._document.project.id) if shot_id in ("", one.subject)]
            free = desk.book.release([one for one in held if self._generation.can_go_on(one)], desk.caps)
        except StudioError as error:
            self._generation.failed.emit(error.message)
            return []
        jobs = [job for entry in free if (job := self._generation.go_on_with(entry)) is not None]
        if jobs:
            said = "One job that was held goes on" if len(jobs) == 1 else f"{len(jobs)} jobs that were held go on"
            self._generation.said.emit(f"{said}: the cap allows it now.")
        return jobs


def _is_raised(before: Caps, now: Caps) -> bool:
    """Whether more may be spent than before."""
    pairs = ((before.project_hard, now.project_hard), (before.month_hard, now.month_hard))
    return any(old is not None and (new is None or new > old) for old, new in pairs)
