"""One clip by a service, without a project: written into the book before it is sent, and gone on with after a crash."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engines.errors import EngineError
from engines.generate.base import GenerationRequest, JobLike, Result
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.provider import RemoteEngine
from engines.generate.remote.running import TRIES, run
from studio_app.services.access import EngineAccess
from studio_app.services.job_book import BookState, Entry, JobBook
from studio_app.services.job_entry import request_of
from timeline.errors import Cancelled, Left, StudioError

PROJECT = "command line"
"""Under which name the book keeps jobs that belong to no project."""
_ENDED = (BookState.FAILED, BookState.CANCELLED)


@dataclass(frozen=True)
class RemoteClips:
    """Makes clips and goes on with those that were begun."""

    access: EngineAccess
    book: JobBook
    tries: int = TRIES
    """How often a request is sent at most, where sending again is safe; 1 retries nothing."""

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
        """Jobs of the command line that were begun, and that nobody is at; also those that failed on the way back only."""
        there = tuple(one for one in self.book.all(PROJECT, _ENDED) if self.book.may_be_fetched(one))
        return (*self.book.claim(PROJECT), *there)

    def begun(self, request: GenerationRequest, target: Path) -> Entry | None:
        """The job that was to put just this at `target`: one that was left, which is ours now, or one whose film is there."""
        path = str(target.resolve())

        def fits(entry: Entry) -> bool:
            with suppress(StudioError):  # what another version wrote is another request
                return entry.target == path and request_of(entry) == request
            return False

        known = [one for one in self.book.all(PROJECT) if fits(one)]
        latest = max(known, key=lambda one: one.created, default=None)
        if latest is not None and latest.state in _ENDED and self.book.may_be_fetched(latest):
            return latest
        if any(one.state.is_open or one.state is BookState.LANDING for one in known):
            return next((one for one in self.left() if fits(one)), None)
        done = [one for one in known if one.state is BookState.DONE]
        return done[-1] if done and target.exists() else None

    def was_taken(self, target: Path) -> bool:
        """Whether the provider took the last job for `target`."""
        found = [one for one in self.book.all(PROJECT) if one.target == str(target.resolve())]
        return bool(found) and max(found, key=lambda one: one.created).handle is not None

    def go_on(self, entry: Entry, job: JobLike) -> Path:
        """To the end of a job that was begun. Raises as `make` does."""
        if entry.state in (BookState.LANDING, BookState.DONE) and Path(entry.target).exists():
            if entry.state is BookState.LANDING:
                self.book.set_state(entry.id, BookState.DONE)
            return Path(entry.target)
        maker = self.access.engine(entry.engine)
        if not isinstance(maker, RemoteEngine):
            raise StudioError(f"{entry.name} was made on this computer; make it anew.")
        return self._run(maker, request_of(entry), entry, job).path

    def _run(self, maker: RemoteEngine, request: GenerationRequest, entry: Entry, job: JobLike) -> Result:
        diary = self.book.diary(entry.id)
        try:
            result = run(maker, request, Path(entry.target), job, diary, tries=self.tries)
        except ProviderError as error:
            diary.failed(error)
            found = self.book.find(entry.id) or entry
            self.access.gone.note(found.engine, found.model, error)
            raise
        except Left:  # it goes on there, and is picked up later
            raise
        except Cancelled:
            self._cancelled(entry)
            raise
        except EngineError as error:  # before anything was sent
            self.book.set_state(entry.id, BookState.FAILED, error.message)
            raise
        self.book.set_state(entry.id, BookState.DONE)
        return result

    def _cancelled(self, entry: Entry) -> None:
        """Stopped by hand: what was sent without an answer stays one that nobody knows of."""
        found = self.book.find(entry.id) or entry
        if found.client_key and found.handle is None:
            words = "It was cancelled while nobody knew whether it was taken; it may have been billed. Look again."
            self.book.set_state(entry.id, BookState.UNKNOWN, words, Fault.OUTCOME_UNKNOWN.value)
        else:
            self.book.set_state(entry.id, BookState.CANCELLED, "by hand", found.fault)
