"""A word of the desktop when exports and takes are ready while the user is elsewhere, and how far they are in the task bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from studio_app.services.awake import KINDS
from studio_app.services.jobs import Job, Jobs, JobState
from studio_app.services.settings import SettingsStore

_STEP = 0.01
"""Of progress that is told on: a task bar needs no more."""


class Desktop(Protocol):
    """What a desktop can be asked for. Main thread; never raises; what it cannot do it leaves."""

    def tell(self, title: str, text: str) -> None:
        """Show a note."""

    def progress(self, fraction: float | None) -> None:
        """Show how far the work is, 0..1; None: there is none."""


class Notices:
    """Listens to the jobs. One note for all that ended, once nothing of its kind is under way any more."""

    def __init__(self, jobs: Jobs, settings: SettingsStore, is_active: Callable[[], bool], desktop: Desktop) -> None:
        self._jobs, self._settings, self._is_active, self._desktop = jobs, settings, is_active, desktop
        self._under_way: dict[Job, None] = {}
        self._ended: list[Job] = []
        self._shown: float | None = None
        self._subscription = jobs.changed.connect(self._changed)

    def close(self) -> None:
        """Stop listening; the task bar shows nothing any more."""
        self._subscription.close()
        self._show(None)

    def _changed(self, job: Job) -> None:
        if job.kind not in KINDS:
            return
        if not job.is_over:
            self._under_way[job] = None
        elif job in self._under_way:
            del self._under_way[job]
            self._ended.append(job)
        if not self._under_way and self._ended:
            self._tell(self._ended)
            self._ended = []
        together = [*self._under_way, *self._ended]
        done = sum(1.0 if one.is_over else one.fraction or 0.0 for one in together)
        self._show(done / len(together) if together else None)

    def _tell(self, ended: list[Job]) -> None:
        told = [one for one in ended if one.state in (JobState.DONE, JobState.FAILED)]
        if told and self._settings.values.notify_when_done and not self._is_active():
            self._desktop.tell(*words_of(told))

    def _show(self, fraction: float | None) -> None:
        same = fraction == self._shown or (
            fraction is not None and self._shown is not None and abs(fraction - self._shown) < _STEP
        )
        if not same:
            self._shown = fraction
            self._desktop.progress(fraction)


def words_of(ended: list[Job]) -> tuple[str, str]:
    """Title and sentence of what ended: by name where it is one, else in numbers."""
    failed = [one for one in ended if one.state is JobState.FAILED]
    if len(ended) == 1:
        (job,) = ended
        if job.error is not None and failed:
            return f"{job.label} failed", job.error.message
        return f"{job.label} is ready", job.doubt or job.outcome
    ready = len(ended) - len(failed)
    title = f"{ready} ready" + (f", {len(failed)} failed" if failed else "")
    return title, ", ".join(one.label for one in ended[:4]) + (" and more" if len(ended) > 4 else "")
