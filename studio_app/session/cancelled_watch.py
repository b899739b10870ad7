"""Cancelled jobs that their services go on with: asked after until they end, so that the book is right and a paid film is offered."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from engines.generate.registry import engines
from engines.generate.remote.doubt import asked
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.provider import Alone, RemoteEngine
from engines.generate.remote.states import Polled, RemoteState
from studio_app.services.job_book import BookState, Entry, JobBook
from studio_app.services.job_entry import GOES_ON, MADE
from studio_app.services.jobs import Job, JobState
from studio_app.services.money import money
from timeline.errors import Cancelled, StudioError

if TYPE_CHECKING:
    from studio_app.session.session import Session

log = logging.getLogger(__name__)
MOST_SECONDS = 3 * 3600.0
"""So long after its sending a job is asked after again and again; an older one once, when its project is opened."""
_FIRST, _MOST_WAIT = 4.0, 60.0
_LOOKS = 3
"""How often a service must say that it does not know a job before it is believed."""


class _Asking(Alone):
    """A question that is given up when the program ends: a service may not answer for a minute."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def check(self) -> None:
        """Raise Cancelled at the end."""
        if self._stop.is_set():
            raise Cancelled


@dataclass(frozen=True)
class Ended:
    """How a cancelled job ended at its service. `is_made`: there is a film, which can be fetched."""

    entry: Entry
    is_made: bool


class CancelledWatch:
    """One thread asks, while there is anything to ask after. The window hears of it on the main thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._is_asking = False
        self._unknown: dict[str, int] = {}
        self._asked: set[str] = set()
        session.jobs.changed.connect(self._job_changed)
        session.document.replaced.connect(self.look)

    def look(self) -> None:
        """Begin to ask, where anything of the open project goes on and nobody asks yet. Main thread."""
        with self._lock:
            if (
                self._is_asking
                or not self._session.document.is_open
                or not self._open(self._session.document.project.id)
            ):
                return
            self._is_asking = True
        self._session.threads("cancelled jobs", self._ask_all)

    def close(self, timeout: float = 0.0) -> None:
        """Ask no more."""
        self._stop.set()

    def _job_changed(self, job: Job) -> None:
        if job.kind == "generate" and job.state is JobState.CANCELLED:
            self.look()

    def _open(self, project_id: str) -> tuple[Entry, ...]:
        """Those that may still go on."""
        where = "project = ? AND state = ? AND fault = ? AND handle <> '' AND subject <> ''"
        try:
            found = self._session.desk.book.select(where, (project_id, BookState.CANCELLED.value, GOES_ON))
        except StudioError:
            return ()
        fresh = time.time() - MOST_SECONDS
        return tuple(one for one in found if one.id not in self._asked or one.sent_at > fresh)

    def _ask_all(self) -> None:
        """The thread: all of them, again and again, ever more seldom."""
        wait, access = _FIRST, self._session.desk.access
        try:
            while not self._stop.is_set():
                with self._lock:
                    entries = self._open(self._session.document.project.id)
                    if not entries:
                        self._is_asking = False
                        return
                for entry in entries:
                    self._ask(entry)
                self._stop.wait(wait * access.pace)
                wait = min(_MOST_WAIT, wait * 1.3)
        except Exception:  # thread fence: whoever wants the film can fetch it by hand
            log.exception("cancelled jobs cannot be asked after")
        with self._lock:
            self._is_asking = False

    def _ask(self, entry: Entry) -> None:
        self._asked.add(entry.id)
        if entry.engine not in engines().classes:
            return  # another version of Starcut sent it
        maker = self._session.desk.access.engine(entry.engine)
        if entry.handle is None or not isinstance(maker, RemoteEngine) or maker.available():
            return
        try:
            polled: Polled | None = asked(maker, entry.handle, _Asking(self._stop))
        except Cancelled:
            return
        except ProviderError as error:
            if error.fault is not Fault.LOST:
                return  # a question that fails says nothing of the job
            self._unknown[entry.id] = self._unknown.get(entry.id, 0) + 1
            if self._unknown[entry.id] < _LOOKS:
                return
            polled = None
        if polled is None or polled.state.is_over:
            ended = settle(self._session.desk.book, entry, polled)
            if ended is not None:
                self._session.post(partial(self._tell, ended, maker.label))

    def _tell(self, ended: Ended, label: str) -> None:
        session, entry = self._session, ended.entry
        session.records.changed.emit()
        session.generation.changed.emit(entry.subject)
        if not ended.is_made or "part" in entry.place or session.generation.home_of(entry) is None:
            return
        costs = f"is billed {money(entry.cost)}" if entry.cost_is_sure else f"may be billed, about {money(entry.cost)}"
        words = f"{label} made “{entry.name}” although it was cancelled; it {costs}."
        session.offer(words, "Fetch it", self._fetcher(entry.id))

    def _fetcher(self, entry_id: str) -> Callable[[], object]:
        def fetch() -> None:
            entry = self._session.desk.book.find(entry_id)
            if entry is None or not entry.is_at_service:
                return
            if self._session.generation.go_on_with(entry) is None:
                self._session.tell("The shot is being made just now. Fetch it from the book of jobs after that.")

        return fetch


def settle(book: JobBook, entry: Entry, polled: Polled | None) -> Ended | None:
    """Write down how a cancelled job ended; None where somebody went on with it meanwhile. Any thread.

    `polled` None: its service does not know it any more; what it may cost stays as it was.
    """
    is_made, cost, is_sure = False, entry.cost, entry.cost_is_sure
    if polled is None:
        said = "it is not known there any more; it may have been billed"
    else:
        is_made, is_sure = polled.state is RemoteState.SUCCEEDED, polled.cost is not None
        if is_made:
            cost, said = cost if polled.cost is None else polled.cost, "made there although it was cancelled"
        else:
            cost = polled.cost or Decimal(0)
            said = f"it ended there without a film: {polled.message or polled.raw or polled.state}"
    with book.at_once():
        now = book.find(entry.id)
        if now is None or now.state is not BookState.CANCELLED or now.fault != GOES_ON:
            return None
        columns = {"cost": str(cost), "cost_is_sure": int(is_sure), "fault": MADE if is_made else ""}
        book.write(entry.id, BookState.CANCELLED, said, **columns)
        found = book.find(entry.id)
    return None if found is None else Ended(found, is_made)
