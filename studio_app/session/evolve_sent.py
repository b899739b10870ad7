"""What services make of clips: cards on their way, or failed, beside those that are made on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from studio_app.services.jobs import Job, JobState
from studio_app.session.evolve_attempts import Variant
from studio_app.session.evolve_variants import asked_name
from timeline.library_lineage import ASKED, asked_in

if TYPE_CHECKING:
    from studio_app.session.session import Session

KIND = "generate"
_SHOWN = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED)


@dataclass(frozen=True)
class _Asked:
    """What the book says of a job that is sent a clip."""

    id: str
    source: str
    """Media id of the clip."""
    name: str
    seed: int


class Sent:
    """Jobs of generation that are sent a clip of the project. Main thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: WeakKeyDictionary[Job, _Asked | None] = WeakKeyDictionary()

    def variants(self, media_id: str) -> tuple[Variant, ...]:
        """What is on its way of a clip, and what failed; what arrived is a take like others."""
        found = []
        for job in self._session.jobs.all:
            asked = self._asked(job) if job.state in _SHOWN else None
            if asked is not None and asked.source == media_id:
                found.append(_shown(job, asked))
        return tuple(found)

    def is_one(self, job: Job) -> bool:
        """Whether a job is sent a clip."""
        return self._asked(job) is not None

    def job(self, variant_id: str) -> Job | None:
        """The job of a card."""
        of_kind = (job for job in self._session.jobs.all if job.kind == KIND)
        return next((job for job in of_kind if (one := self._asked(job)) is not None and one.id == variant_id), None)

    def cancel(self, job: Job) -> None:
        """Stop it, there too; of one that failed: take its card away."""
        if job.is_over:
            self._session.jobs.dismiss(job)
        else:
            job.cancel()

    def _asked(self, job: Job) -> _Asked | None:
        if job.kind != KIND:
            return None
        if job not in self._known:
            entry = self._session.generation.entry_of(job)
            if entry is None:
                return None  # it is only just being written down
            source = str(entry.place.get("source", ""))
            operation, values = asked_in(entry.place.get(ASKED))
            name = asked_name(operation, values) if operation else entry.name
            seed = entry.request.get("seed")
            one = _Asked(f"sent {entry.id}", source, name, seed if isinstance(seed, int) else 0)
            self._known[job] = one if source else None
        return self._known[job]


def _shown(job: Job, asked: _Asked) -> Variant:
    is_landing = job.state is JobState.RUNNING and job.fraction is not None and job.fraction >= 1
    state = "landing" if is_landing else job.state.value
    message = job.error.message if job.error is not None else ""
    return Variant(
        asked.id, asked.name, asked.seed, state, fraction=job.fraction, seconds_left=job.seconds_left, message=message
    )
