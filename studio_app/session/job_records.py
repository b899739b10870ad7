"""The book of jobs as a user reads it: details without secrets, and what can be done with a job that is not under way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from engines.errors import EngineError
from engines.generate.registry import engines
from engines.generate.remote.faults import Fault
from engines.media.probe import probe
from studio_app.planning.remote_clip import PROJECT as COMMAND_LINE
from studio_app.services.job_book import BookState, Entry, Event, JobBook
from studio_app.services.job_search import Wanted, months, search
from studio_app.services.jobs import Job
from studio_app.services.keys import hidden
from studio_app.services.metrics import as_plain, as_prometheus, metrics
from studio_app.services.money import money, price
from studio_app.services.signal import Signal
from studio_app.session.joined_parts import PARTS
from timeline.errors import StudioError
from timeline.media import Media

if TYPE_CHECKING:
    from studio_app.session.session import Session

_LEFT_OUT: tuple[object, ...] = (None, "", 0, 0.0, False, [], {})
"""Values of a request that say nothing."""


class Verb(StrEnum):
    """What can be done with a job of the book."""

    LOOK = "look"
    """Ask the service whether it took a job without an answer."""
    ANEW = "anew"
    """It was not taken: send it once more."""
    WRITE_OFF = "write_off"
    """It was billed, and its film is lost."""
    FETCH = "fetch"
    """The service has it: ask for it again, send nothing."""
    RETRY = "retry"
    """Send the same recipe once more."""
    OTHER = "other"
    """Let another engine make the shot."""
    SHOW = "show"
    """Show its file."""
    DISMISS = "dismiss"


@dataclass(frozen=True)
class Details:
    """A job in full; nothing in it is secret."""

    entry: Entry
    engine: str
    """The engine's name."""
    cost: str
    words: str
    """The prompt that was sent."""
    request: str
    """The whole request as JSON, but for what was left empty."""
    provider_id: str
    history: tuple[Event, ...]
    note: str
    """What to know before anything is done with it; may be empty."""


class JobRecords:
    """Reads the book and acts on it. Main thread; `changed` tells that something in it did."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.changed: Signal[[]] = Signal()

    # ---- reading

    def find(self, wanted: Wanted) -> tuple[Entry, ...]:
        """The jobs that fit. Raises StudioError where the book cannot be read."""
        return search(self._book, wanted)

    @property
    def project_id(self) -> str:
        """The open project, for a filter."""
        return self._session.document.project.id

    def engines(self) -> tuple[tuple[str, str], ...]:
        """Engines of which there are jobs: id and name."""
        return tuple((one, engine_name(one)) for one in self._book.distinct("engine"))

    def months(self) -> tuple[str, ...]:
        """Months of which there are jobs, the latest first."""
        return months(self._book)

    def details(self, entry_id: str) -> Details | None:
        """All about a job; None for one that is gone."""
        entry = self._book.find(entry_id)
        if entry is None:
            return None
        plain = {key: value for key, value in entry.request.items() if value not in _LEFT_OUT}
        history = tuple(Event(one.at, one.state, hidden(one.text)) for one in self._book.history(entry.id))
        return Details(
            entry,
            engine_name(entry.engine),
            cost_words(entry),
            hidden(str(entry.request.get("prompt", ""))),
            hidden(json.dumps(plain, indent=1, ensure_ascii=False)),
            entry.handle.id if entry.handle else "",
            history,
            self._note(entry),
        )

    def media(self, entry: Entry, then: Callable[[Media], None]) -> None:
        """The film a job made, at once where this project has it, else looked at in the background; nothing where there is none."""
        found = next((one for one in self._session.document.library.media.values() if one.path == entry.target), None)
        if found is not None:
            then(found)
        elif Path(entry.target).is_file() and entry.state is BookState.DONE:
            post = self._session.post

            def look() -> None:
                try:
                    seen = probe(Path(entry.target))
                except (StudioError, OSError):
                    return  # no film: the page shows none
                post(lambda: then(seen))

            self._session.threads("job film", look)

    def figures(self) -> tuple[str, str]:
        """What generating did so far, as Prometheus text and as JSON."""
        found = metrics(self._book)
        return as_prometheus(found), json.dumps(as_plain(found), indent=1)

    # ---- doing

    def verbs(self, entry: Entry) -> tuple[Verb, ...]:
        """What makes sense now."""
        found: list[Verb] = []
        if self._is_here(entry) and not self._is_under_way(entry):
            if entry.state is BookState.UNKNOWN:
                found += [Verb.LOOK, Verb.ANEW]
            elif not entry.state.is_open and entry.state is not BookState.LANDING:
                found += [Verb.FETCH] if entry.is_at_service else []
                found += [Verb.RETRY, Verb.OTHER] if self._is_of_shot(entry) else [Verb.RETRY]
        if entry.state is BookState.UNKNOWN and not self._is_under_way(entry):
            found.append(Verb.WRITE_OFF)
        if entry.target and Path(entry.target).is_file():
            found.append(Verb.SHOW)
        if not entry.state.is_open and entry.state is not BookState.LANDING:
            found.append(Verb.DISMISS)
        return tuple(found)

    def retry(self, job: Job) -> None:
        """A failed job of the list once more: what was sent, where it is for no shot's words; else what its shot says now.

        What a service has, or may have, is asked for and not sent anew.
        """
        generation, entry = self._session.generation, self._session.generation.entry_of(job)
        self._session.jobs.dismiss(job)
        if entry is not None and not {"asset", "source"}.isdisjoint(entry.place):
            is_there = entry.state is BookState.UNKNOWN or self._book.may_be_fetched(entry)
            self.do(Verb.LOOK if is_there else Verb.RETRY, entry)
        elif job.is_unknown:
            generation.look_again(job.subject)
        else:
            generation.retry(job.subject)

    def do(self, verb: Verb, entry: Entry, engine_id: str = "") -> None:
        """Do it; what cannot be done is told in a sentence. SHOW is the window's."""
        generation = self._session.generation
        try:
            if verb in (Verb.LOOK, Verb.FETCH):
                generation.go_on_with(entry)
            elif verb is Verb.ANEW:
                self._book.set_state(entry.id, BookState.FAILED, "It was not taken; it was sent anew by hand.")
                generation.again(entry)
            elif verb is Verb.RETRY:
                generation.again(entry)
            elif verb is Verb.OTHER:
                generation.generate([entry.subject], engine_id)
            elif verb is Verb.WRITE_OFF:
                self._book.write(entry.id, BookState.FAILED, "billed, and lost", cost=str(entry.estimate))
                words = "It was billed and its film is lost: written off by hand."
                self._book.set_state(entry.id, BookState.FAILED, words, Fault.OUTCOME_UNKNOWN.value)
                generation.write_off(entry)
            elif verb is Verb.DISMISS:
                self._book.remove(entry.id)
                generation.let_go(entry)
        except StudioError as error:
            self._session.tell(error.message, error=True)
        self.changed.emit()

    def others(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        """Engines that could make the shot of a job instead: id, and name with price."""
        found = []
        for one in engines().classes:
            if one == entry.engine:
                continue
            try:
                plan = self._session.generation.plan_of(entry.subject, one)
            except EngineError:
                continue  # it cannot: no key, no model, not this kind of shot
            if plan is not None and plan.engine == one and self._session.desk.access.engine(one).available() is None:
                found.append((one, f"{engine_name(one)}, {price(plan.cost)}"))
        return tuple(found)

    # ---- inside

    @property
    def _book(self) -> JobBook:
        return self._session.desk.book

    def _is_here(self, entry: Entry) -> bool:
        return entry.project == self.project_id and self._session.generation.home_of(entry) is not None

    def _is_of_shot(self, entry: Entry) -> bool:
        return self._session.document.project.shot(entry.subject) is not None

    def _is_under_way(self, entry: Entry) -> bool:
        return self._session.generation.state_of(entry.subject).state in ("queued", "running", "landing")

    def _note(self, entry: Entry) -> str:
        if entry.project == COMMAND_LINE:
            return (
                "It was begun on the command line; starcut jobs --go-on goes on with it." if entry.state.is_open else ""
            )
        if not entry.state.is_open and entry.state is not BookState.LANDING:
            return ""
        if entry.project != self.project_id:
            return "It belongs to another project; it goes on when that is open."
        if not self._is_here(entry):
            return "Its shot is no longer in the storyboard."
        return ""


def engine_name(engine_id: str) -> str:
    """How an engine is called."""
    return str(getattr(engines().classes.get(engine_id), "label", "") or engine_id)


def cost_words(entry: Entry) -> str:
    """ "$ 0.24", "about $ 0.24", "not billed", "free": what was billed, or may be. Of a job in parts each of them says its own."""
    if PARTS in entry.place and not entry.cost and not entry.estimate:
        return "in its parts"
    if not entry.estimate and not entry.cost:
        return "free"
    if entry.cost:
        return f"{'' if entry.cost_is_sure else 'about '}{money(entry.cost)}"
    return f"may cost {money(entry.estimate)}" if entry.state.is_open else "not billed"
