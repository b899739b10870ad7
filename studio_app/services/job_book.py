"""The book of generation jobs: written before anything leaves, so that neither a crash nor a closed window loses one or pays twice.

One SQLite file per user, shared by all windows. An entry belongs to one process at a time; what a process that is gone left
behind can be claimed. Money is counted here too: what was billed, and what waiting jobs may still cost.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock, Timeout

from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.states import Cancelling, Handle, Polled, RemoteState
from studio_app.services import job_log
from timeline.errors import StudioError

_PATIENCE = 10.0
_SCHEMA = (
    """CREATE TABLE jobs (
        id TEXT PRIMARY KEY, project TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, engine TEXT NOT NULL,
        model TEXT NOT NULL, request TEXT NOT NULL, target TEXT NOT NULL, place TEXT NOT NULL, state TEXT NOT NULL,
        client_key TEXT NOT NULL DEFAULT '', sent_at REAL NOT NULL DEFAULT 0, handle TEXT NOT NULL DEFAULT '',
        estimate TEXT NOT NULL DEFAULT '0', cost TEXT NOT NULL DEFAULT '0', cost_is_sure INTEGER NOT NULL DEFAULT 0,
        currency TEXT NOT NULL DEFAULT 'USD', fault TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '',
        priority INTEGER NOT NULL DEFAULT 0, owner TEXT NOT NULL DEFAULT '', created REAL NOT NULL, changed REAL NOT NULL)""",
    "CREATE INDEX jobs_by_project ON jobs (project, state)",
    """CREATE TABLE events (job TEXT NOT NULL, at REAL NOT NULL, state TEXT NOT NULL, text TEXT NOT NULL)""",
    "CREATE INDEX events_by_job ON events (job, at)",
)


class BookState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    LANDING = "landing"
    """Its film is on the disk, the project does not have it yet."""
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """Sent, and nobody knows whether it was taken. Never sent again by itself."""
    OVER_BUDGET = "over_budget"

    @property
    def is_open(self) -> bool:
        """Whether it may still cost what it was estimated at."""
        return self in (BookState.QUEUED, BookState.RUNNING, BookState.UNKNOWN)


@dataclass(frozen=True)
class Entry:
    """A job as it stands in the book. `request` is the engine's request as plain values; it holds no secret.

    `place` says where its result goes (a clip, a sequence) as plain values of whoever asked for it.
    """

    project: str
    subject: str
    name: str
    engine: str
    request: Mapping[str, Any]
    target: str
    model: str = ""
    place: Mapping[str, Any] = field(default_factory=dict)
    state: BookState = BookState.QUEUED
    client_key: str = ""
    sent_at: float = 0.0
    handle: Handle | None = None
    estimate: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    cost_is_sure: bool = False
    currency: str = "USD"
    fault: str = ""
    message: str = ""
    priority: int = 0
    created: float = 0.0
    changed: float = 0.0
    id: str = field(default_factory=lambda: uuid4().hex)

    @property
    def is_at_service(self) -> bool:
        """Whether it failed on the way back only: the service has it, going on asks after it and sends nothing."""
        return self.state is BookState.FAILED and self.handle is not None and self.fault in STILL_THERE


STILL_THERE = frozenset(
    one.value for one in (Fault.TIMED_OUT, Fault.UNREACHABLE, Fault.UNAVAILABLE, Fault.RATE_LIMITED, Fault.AUTH)
)
"""Faults after which a job that was taken is asked for once more, not sent."""


@dataclass(frozen=True)
class Event:
    """One line of a job's history."""

    at: float
    state: str
    text: str


@dataclass(frozen=True)
class Spent:
    """Money of some jobs: billed, and what open ones may still cost."""

    billed: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)

    @property
    def all(self) -> Decimal:
        """Both."""
        return self.billed + self.reserved


@dataclass(frozen=True)
class Caps:
    """What may be spent, per project and per calendar month; None: no limit. Over the soft one it is told, over the hard one refused."""

    project_soft: Decimal | None = None
    project_hard: Decimal | None = None
    month_soft: Decimal | None = None
    month_hard: Decimal | None = None


class JobBook:
    """The book. Any thread may write; a write is on the disk when the call returns. Raises StudioError where it cannot be kept."""

    def __init__(self, path: Path | None) -> None:
        """`path` None: in memory, for a disk that takes nothing."""
        self.path = path
        self._lock = threading.RLock()
        self._owner = uuid4().hex
        self._is_closed = False
        self._alive: FileLock | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._alive = FileLock(_lock_of(path, self._owner))
            self._alive.acquire()
        with _told():
            self._db = sqlite3.connect(
                path or ":memory:", timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode = WAL")
            self._writer = 0
            """The thread that is writing: it reads what it wrote."""
            self._db.execute("PRAGMA synchronous = FULL")
            with self._writing() as db:
                if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                    for statement in _SCHEMA:
                        db.execute(statement)
                    db.execute("PRAGMA user_version = 1")
            self._reader = self._open_reader()
            self._reading = threading.Lock()

    def _open_reader(self) -> sqlite3.Connection:
        """A connection of its own for reading: the window never waits for a disk that takes its time over a write."""
        if self.path is None:
            return self._db
        reader = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        reader.row_factory = sqlite3.Row
        reader.execute("PRAGMA query_only = ON")
        return reader

    # ---- entries

    def add(self, entry: Entry, caps: Caps | None = None) -> Entry:
        """Write a job down before anything is sent. With caps one that would go over a hard one is written as OVER_BUDGET.

        Counting and writing are one transaction: of twenty at once exactly those within the cap may run.
        """
        now = time.time()
        with self._writing() as db:
            state = entry.state
            if caps is not None and self._over(entry, caps.project_hard, caps.month_hard):
                state = BookState.OVER_BUDGET
            db.execute(
                "INSERT INTO jobs (id, project, subject, name, engine, model, request, target, place, state, estimate, currency,"
                " priority, owner, created, changed, message) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (entry.id, entry.project, entry.subject, entry.name, entry.engine, entry.model, json.dumps(dict(entry.request)),
                 entry.target, json.dumps(dict(entry.place)), state.value, str(entry.estimate), entry.currency, entry.priority,
                 self._owner, now, now, _OVER if state is BookState.OVER_BUDGET else ""),
            )  # fmt: skip
            self._note(entry.id, state, entry.name)
        found = self.find(entry.id)
        assert found is not None  # noqa: S101 - it was just written
        return found

    def find(self, entry_id: str) -> Entry | None:
        """A job by its id."""
        row = self._one("SELECT * FROM jobs WHERE id = ?", (entry_id,))
        return None if row is None else _entry(row)

    def all(self, project: str | None = None, states: Sequence[BookState] = ()) -> tuple[Entry, ...]:
        """Jobs in the order in which they came, of a project and in some states, where named."""
        where, values = ["1"], []
        if project is not None:
            where.append("project = ?")
            values.append(project)
        if states:
            where.append(f"state IN ({','.join('?' * len(states))})")
            values += [one.value for one in states]
        sql = f"SELECT * FROM jobs WHERE {' AND '.join(where)} ORDER BY priority DESC, created"  # noqa: S608 - only marks
        return tuple(_entry(row) for row in self._rows(sql, values))

    def history(self, entry_id: str) -> tuple[Event, ...]:
        """All that happened to a job, in order."""
        rows = self._rows("SELECT at, state, text FROM events WHERE job = ? ORDER BY at, rowid", (entry_id,))
        return tuple(Event(row["at"], row["state"], row["text"]) for row in rows)

    def set_state(self, entry_id: str, state: BookState, text: str = "", fault: str = "") -> None:
        """A job stands elsewhere now. In a closed book it stays as it is, and is picked up so."""
        if self._is_closed:
            return
        with self._writing() as db:
            db.execute(
                "UPDATE jobs SET state = ?, message = ?, fault = ?, changed = ? WHERE id = ?",
                (state.value, text, fault, time.time(), entry_id),
            )
            self._note(entry_id, state, text)

    def set_priority(self, entry_id: str, priority: int) -> None:
        """A higher one starts earlier."""
        with self._writing() as db:
            db.execute("UPDATE jobs SET priority = ? WHERE id = ?", (priority, entry_id))

    def remove(self, entry_id: str) -> None:
        """Take a finished job off the lists; what it cost stays counted."""
        with self._writing() as db:
            db.execute("UPDATE jobs SET subject = '', place = '{}' WHERE id = ?", (entry_id,))
            self._note(entry_id, "dismissed", "")

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Everything written within is one write to the disk: all of it or nothing."""
        with self._writing():
            yield

    def take(self, entry_id: str) -> None:
        """A job is this process's from now on: somebody went on with it by hand."""
        with self._writing() as db:
            db.execute("UPDATE jobs SET owner = ? WHERE id = ?", (self._owner, entry_id))

    def select(self, where: str, values: Sequence[Any] = (), limit: int = -1) -> tuple[Entry, ...]:
        """Jobs by a condition on the columns, the latest first; for services.job_search."""
        sql = f"SELECT * FROM jobs WHERE {where} ORDER BY created DESC, rowid DESC LIMIT ?"  # noqa: S608 - ours
        return tuple(_entry(row) for row in self._rows(sql, (*values, limit)))

    def distinct(self, column: str) -> tuple[str, ...]:
        """What stands in a column, each once."""
        return tuple(row[0] for row in self._rows(f"SELECT DISTINCT {column} FROM jobs ORDER BY 1"))  # noqa: S608

    def claim(self, project: str | None = None, at_work: Collection[str] = ()) -> tuple[Entry, ...]:
        """Open and landing jobs that nobody is at: left behind by processes that are gone, or by this one, but for those `at_work`.

        They are this process's from now on.
        """
        open_states = [one for one in BookState if one.is_open or one is BookState.LANDING]
        with self._writing() as db:
            mine = []
            for entry in self.all(project, open_states):
                owner = db.execute("SELECT owner FROM jobs WHERE id = ?", (entry.id,)).fetchone()[0]
                if entry.id not in at_work and (owner == self._owner or not self._lives(owner)):
                    db.execute("UPDATE jobs SET owner = ? WHERE id = ?", (self._owner, entry.id))
                    self._note(entry.id, entry.state, "picked up again")
                    mine.append(entry)
            return tuple(mine)

    def diary(self, entry_id: str) -> BookDiary:
        """What a run of the job writes into."""
        return BookDiary(self, entry_id)

    # ---- money

    def spent(self, project: str | None = None, since: float = 0.0, currency: str = "USD") -> Spent:
        """Money of jobs of a project (None: all) begun since (Unix time)."""
        billed = reserved = Decimal(0)
        for row in self._rows(
            "SELECT state, estimate, cost FROM jobs WHERE created >= ? AND currency = ? AND (? IS NULL OR project = ?)",
            (since, currency, project, project),
        ):
            billed += Decimal(row["cost"])
            if BookState(row["state"]).is_open:
                reserved += Decimal(row["estimate"])
        return Spent(billed, reserved)

    def warning(self, entry: Entry, caps: Caps) -> bool:
        """Whether a job would go over a soft cap."""
        return self._over(entry, caps.project_soft, caps.month_soft)

    def _over(self, entry: Entry, project_cap: Decimal | None, month_cap: Decimal | None) -> bool:
        for cap, project, since in ((project_cap, entry.project, 0.0), (month_cap, None, month_begin())):
            if cap is not None and entry.estimate and self.spent(project, since).all + entry.estimate > cap:
                return True
        return False

    # ---- the file

    def close(self) -> None:
        """Let go of it; what this process left open can be claimed by the next one."""
        with self._lock, self._reading, suppress(sqlite3.Error):
            self._is_closed = True
            self._reader.close()
            self._db.close()
        if self._alive is not None and self.path is not None:
            self._alive.release()
            _lock_of(self.path, self._owner).unlink(missing_ok=True)

    def _lives(self, owner: str) -> bool:
        """Whether the process of that name still runs: it holds its lock as long as it does."""
        if self.path is None or not (path := _lock_of(self.path, owner)).exists():
            return False
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        path.unlink(missing_ok=True)
        return False

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, on the disk at the end; within one another they are one."""
        with self._lock, _told():
            if self._is_closed:
                raise StudioError("The book of jobs is closed: Starcut ends.")
            if self._db.in_transaction:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._writer = threading.get_ident()
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._writer = 0

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """What a question gives; nothing once the book is closed: a window that goes may still ask."""
        if self._is_closed:
            return []
        if self._writer == threading.get_ident() or self._reader is self._db:
            with self._lock, _told():
                return self._db.execute(sql, values).fetchall()
        with self._reading, _told():
            return self._reader.execute(sql, values).fetchall()

    def _one(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        return next(iter(self._rows(sql, values)), None)

    def _note(self, entry_id: str, state: str, text: str) -> None:
        now = time.time()
        row = self._db.execute(
            "SELECT subject, engine, fault, (SELECT max(at) FROM events WHERE job = id) AS last FROM jobs WHERE id = ?",
            (entry_id,),
        ).fetchone()
        self._db.execute("INSERT INTO events VALUES (?, ?, ?, ?)", (entry_id, now, str(state), text))
        if row is not None:
            error = text if row["fault"] or state == BookState.UNKNOWN else ""
            spent = (now - (row["last"] or now)) * 1000
            job_log.told(entry_id[:8], row["subject"], row["engine"], text, str(state), spent, error)

    def write(self, entry_id: str, state: BookState, text: str, **columns: Any) -> None:
        """Change some columns of a job, and note it. For diaries."""
        names = ", ".join(f"{name} = ?" for name in ("state", "changed", *columns))
        with self._writing() as db:
            values = (state.value, time.time(), *columns.values(), entry_id)
            db.execute(f"UPDATE jobs SET {names} WHERE id = ?", values)  # noqa: S608 - names are our own
            self._note(entry_id, state, text)


def _lock_of(path: Path, owner: str) -> Path:
    return path.with_name(f"{path.name}.{owner}.lock")


_OVER = "It would go over the budget. Nothing was sent; raise the cap in Preferences, or use the Starcut engine."


class BookDiary:
    """The diary of one job; see engines.generate.remote.running.Diary."""

    def __init__(self, book: JobBook, entry_id: str) -> None:
        self._book, self._id = book, entry_id
        entry = book.find(entry_id)
        if entry is None:
            raise StudioError("This job is not in the book any more; send it anew.")
        self.client_key, self.sent_at, self.handle = entry.client_key, entry.sent_at, entry.handle
        self._last = ""

    def sending(self, client_key: str, model: Model, cost: Decimal | None) -> None:
        """On the disk before the request leaves."""
        self.client_key, self.sent_at = client_key, time.time()
        estimate = {} if cost is None else {"estimate": str(cost), "currency": model.currency}
        self._book.write(
            self._id,
            BookState.RUNNING,
            "sending",
            client_key=client_key,
            sent_at=self.sent_at,
            model=model.id,
            **estimate,
        )

    def refused(self, error: ProviderError) -> None:
        """Nothing runs there."""
        self.client_key, self.sent_at = "", 0.0
        self._book.write(self._id, BookState.QUEUED, f"not taken: {error.message}", client_key="", sent_at=0.0)

    def accepted(self, handle: Handle) -> None:
        """On the disk right after the answer."""
        self.handle = handle
        self._book.write(self._id, BookState.RUNNING, f"taken as {handle.id}", handle=json.dumps(handle.as_plain()))

    def stands(self, polled: Polled) -> None:
        """Noted where it changed."""
        word = f"{polled.state} {polled.raw}".strip()
        if word != self._last:
            self._last = word
            self._book.write(self._id, BookState.RUNNING, word)
        if polled.cost is not None and polled.state.is_over:
            self._book.write(self._id, BookState.RUNNING, f"cost {polled.cost}", cost=str(polled.cost), cost_is_sure=1)
        elif polled.state is RemoteState.SUCCEEDED and (entry := self._book.find(self._id)) is not None:
            # made is billed, whatever becomes of the film on its way here
            self._book.write(self._id, BookState.RUNNING, f"cost about {entry.estimate}", cost=str(entry.estimate))

    def cancelling(self, answer: Cancelling) -> None:
        """What may be billed counts as billed, and is marked as a guess."""
        text = "asked to stop" + (", may still be billed" if answer.may_be_billed else "")
        entry = self._book.find(self._id)
        cost = str(entry.estimate) if entry is not None and answer.may_be_billed and not entry.cost_is_sure else None
        self._book.write(self._id, BookState.CANCELLED, text, **({} if cost is None else {"cost": cost}))

    def landed(self, path: Path, cost: Decimal | None) -> None:
        """The film is there; what it cost is known now, or stays the estimate."""
        self._book.write(self._id, BookState.LANDING, path.name, target=str(path), cost=str(cost or 0))

    def failed(self, error: ProviderError) -> None:
        """How it ended: a sending without an answer stays open as unknown, a fault that costs counts the estimate."""
        entry = self._book.find(self._id)
        if error.fault is Fault.OUTCOME_UNKNOWN:
            self._book.set_state(self._id, BookState.UNKNOWN, error.message, error.fault.value)
            return
        with self._book.at_once():
            if error.policy.charged and entry is not None and not entry.cost_is_sure:
                self._book.write(self._id, BookState.FAILED, "billed all the same", cost=str(entry.estimate))
            self._book.set_state(self._id, BookState.FAILED, error.message, error.fault.value)


def month_begin(now: float | None = None) -> float:
    """When the calendar month began, here (Unix time)."""
    local = time.localtime(now)
    return time.mktime((local.tm_year, local.tm_mon, 1, 0, 0, 0, 0, 0, -1))


def _entry(row: sqlite3.Row) -> Entry:
    handle = json.loads(row["handle"]) if row["handle"] else None
    return Entry(
        project=row["project"],
        subject=row["subject"],
        name=row["name"],
        engine=row["engine"],
        request=json.loads(row["request"]),
        target=row["target"],
        model=row["model"],
        place=json.loads(row["place"]),
        state=BookState(row["state"]),
        client_key=row["client_key"],
        sent_at=row["sent_at"],
        handle=None if handle is None else Handle.from_plain(handle),
        estimate=Decimal(row["estimate"]),
        cost=Decimal(row["cost"]),
        cost_is_sure=bool(row["cost_is_sure"]),
        currency=row["currency"],
        fault=row["fault"],
        message=row["message"],
        priority=row["priority"],
        created=row["created"],
        changed=row["changed"],
        id=row["id"],
    )


@contextmanager
def _told() -> Iterator[None]:
    """What SQLite complains of, as a sentence: a job that cannot be written down is not sent."""
    try:
        yield
    except sqlite3.Error as error:
        words = f"The book of jobs cannot be written ({error}). Nothing was sent; look at the disk and retry."
        raise StudioError(words, repr(error)) from error
