"""One clip by a service, without a project: written into the book before it is sent, and gone on with after a crash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engines.generate.base import GenerationRequest, JobLike, Result
from engines.generate.remote.faults import ProviderError
from engines.generate.remote.provider import RemoteEngine
from engines.generate.remote.running import run
from studio_app.services.access import EngineAccess
from studio_app.services.job_book import BookState, Entry, JobBook
from timeline.errors import Cancelled, StudioError

PROJECT = "command line"
"""Under which name the book keeps jobs that belong to no project."""


@dataclass(frozen=True)
class RemoteClips:
    """Makes clips and goes on with those that were begun."""

    access: EngineAccess
    book: JobBook

    def make(self, maker: RemoteEngine, request: GenerationRequest, target: Path, job: JobLike) -> Result:
        """Raises StudioError in one sentence: over the budget, refused, or without an answer; Cancelled."""
        estimate = maker.estimate(request)
        entry = self.book.add(
            Entry(
                PROJECT,
                "",
                target.name,
                maker.id,
                request.model_dump(mode="json"),
                str(target.resolve()),
                request.model,
                estimate=estimate.cost,
                currency=estimate.currency,
            ),
            self.access.caps,
        )
        if entry.state is BookState.OVER_BUDGET:
            raise StudioError(entry.message)
        return self._run(maker, request, entry, job)

    def left(self) -> tuple[Entry, ...]:
        """Jobs of the command line that were begun, and that nobody is at."""
        return self.book.claim(PROJECT)

    def go_on(self, entry: Entry, job: JobLike) -> Path:
        """To the end of a job that was begun. Raises as `make` does."""
        if entry.state is BookState.LANDING and Path(entry.target).exists():
            self.book.set_state(entry.id, BookState.DONE)
            return Path(entry.target)
        maker = self.access.engine(entry.engine)
        if not isinstance(maker, RemoteEngine):
            raise StudioError(f"{entry.name} was made on this computer; make it anew.")
        return self._run(maker, GenerationRequest.model_validate(entry.request), entry, job).path

    def _run(self, maker: RemoteEngine, request: GenerationRequest, entry: Entry, job: JobLike) -> Result:
        diary = self.book.diary(entry.id)
        try:
            result = run(maker, request, Path(entry.target), job, diary)
        except ProviderError as error:
            diary.failed(error)
            raise
        except Cancelled:
            self.book.set_state(entry.id, BookState.CANCELLED, "by hand")
            raise
        self.book.set_state(entry.id, BookState.DONE)
        return result
