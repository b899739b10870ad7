"""The book of generation jobs: written before anything leaves, so that neither a crash nor a closed window loses one or pays twice.

One SQLite file per user, shared by all windows. An entry belongs to one process at a time; what a process that is gone left
behind can be claimed. Money is counted here too: what was billed, and what waiting jobs may still cost.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

from engines.generate.remote.faults import Fault
from studio_app.services import job_log
from studio_app.services.book_diary import BookDiary
from studio_app.services.book_file import BookFile
from studio_app.services.job_entry import STILL_THERE as STILL_THERE
from studio_app.services.job_entry import BookState as BookState
from studio_app.services.job_entry import Caps as Caps
from studio_app.services.job_entry import Entry as Entry
from studio_app.services.job_entry import Event as Event
from studio_app.services.job_entry import Spent as Spent
from studio_app.services.job_entry import entry_of
from studio_app.services.job_entry import month_begin as month_begin
from studio_app.services.keys import hidden_here

_OVER = "It would go over the budget. Nothing was sent; it goes on when the cap is raised. Or use the Starcut engine."
_LATEST = (
    "state = ? AND project = ? AND subject <> '' AND NOT EXISTS (SELECT 1 FROM jobs AS later WHERE later.project = jobs.project"
    " AND later.subject = jobs.subject AND later.place = jobs.place AND later.rowid > jobs.rowid)"
)
"""Of jobs of the same subject only the one asked for last is still wanted."""


class JobBook(BookFile):
    """The book. Any thread may write; a write is on the disk when the call returns. Raises StudioError where it cannot be kept."""

    # ---- entries

    def add(self, entry: Entry, caps: Caps | None = None) -> Entry:
        """Write a job down before anything is sent. With caps one that would go over a hard one is written as OVER_BUDGET.

        Counting and writing are one transaction: of twenty at once exactly those within the cap may run.
        """
        now = time.time()
        with self._writing() as db:
            state = entry.state
            if caps is not None and self._refused(entry, caps):
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

    def held(self, project: str) -> tuple[Entry, ...]:
        """Jobs of a project that a cap refused and that nobody asked for anew since, in the order in which they came."""
        return self.select(_LATEST, (BookState.OVER_BUDGET.value, project))[::-1]

    def release(self, wanted: Sequence[Entry], caps: Caps) -> tuple[Entry, ...]:
        """Let of these, which were held, those that fit within the caps now be queued, each counted before the next.

        Exactly those may run. They are this process's; what another one that lives holds is left to it.
        """
        with self._writing() as db:
            free = []
            for entry in wanted:
                if not self._may_take(entry) or self._refused(entry, caps):
                    continue
                values = (BookState.QUEUED.value, self._owner, time.time(), entry.id)
                db.execute("UPDATE jobs SET state = ?, owner = ?, changed = ?, message = '' WHERE id = ?", values)
                self._note(entry.id, BookState.QUEUED, "the cap allows it now")
                free.append(replace(entry, state=BookState.QUEUED, message=""))
            return tuple(free)

    def find(self, entry_id: str) -> Entry | None:
        """A job by its id."""
        row = self._one("SELECT * FROM jobs WHERE id = ?", (entry_id,))
        return None if row is None else entry_of(row)

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
        return tuple(entry_of(row) for row in self._rows(sql, values))

    def history(self, entry_id: str) -> tuple[Event, ...]:
        """All that happened to a job, in order."""
        rows = self._rows("SELECT at, state, text FROM events WHERE job = ? ORDER BY at, rowid", (entry_id,))
        return tuple(Event(row["at"], row["state"], row["text"]) for row in rows)

    def may_be_fetched(self, entry: Entry) -> bool:
        """Whether going on with a job is tried before it is sent anew: the service has it, or may. One it did not know twice is lost."""
        if entry.fault == Fault.LOST:
            known = sum(one.text == entry.message for one in self.history(entry.id)) < 2
            return entry.is_at_service and known
        return entry.is_at_service or (entry.broke_off and self._may_take(entry))

    def set_state(self, entry_id: str, state: BookState, text: str = "", fault: str = "") -> None:
        """A job stands elsewhere now. In a closed book it stays as it is, and is picked up so."""
        if self._is_closed:
            return
        text = hidden_here(text)
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
        return tuple(entry_of(row) for row in self._rows(sql, (*values, limit)))

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
                if entry.id not in at_work and self._may_take(entry):
                    db.execute("UPDATE jobs SET owner = ? WHERE id = ?", (self._owner, entry.id))
                    self._note(entry.id, entry.state, "picked up again")
                    mine.append(entry)
            return tuple(mine)

    def diary(self, entry_id: str) -> BookDiary:
        """What a run of the job writes into."""
        return BookDiary(self, entry_id)

    def remark(self, entry_id: str, what: str, text: str) -> None:
        """Put something into a job's history that is no state of it."""
        with self._writing():
            self._note(entry_id, what, text)

    # ---- money

    def spent(self, project: str | None = None, since: float = 0.0, currency: str = "USD") -> Spent:
        """Money of jobs of a project (None: all) begun since (Unix time); reserved is what those under way may still come to."""
        billed = reserved = Decimal(0)
        for row in self._rows(
            "SELECT state, estimate, cost, fault, handle, subject FROM jobs"
            " WHERE created >= ? AND currency = ? AND (? IS NULL OR project = ?)",
            (since, currency, project, project),
        ):
            cost = Decimal(row["cost"])
            billed += cost
            is_left = (
                row["state"] == BookState.FAILED and row["handle"] and row["subject"] and row["fault"] in STILL_THERE
            )
            if is_left or BookState(row["state"]).is_open:
                reserved += max(Decimal(0), Decimal(row["estimate"]) - cost)
        return Spent(billed, reserved)

    def warning(self, entry: Entry, caps: Caps) -> bool:
        """Whether a job that is written down goes over a soft cap; it counts already."""
        return bool(entry.estimate) and self._over(entry.project, Decimal(0), caps.project_soft, caps.month_soft)

    def _refused(self, entry: Entry, caps: Caps) -> bool:
        """Whether a job that is not written down yet would go over a hard cap."""
        return bool(entry.estimate) and self._over(entry.project, entry.estimate, caps.project_hard, caps.month_hard)

    def _over(self, project: str, more: Decimal, project_cap: Decimal | None, month_cap: Decimal | None) -> bool:
        """Whether so much more than what counts now is over one of the caps."""
        for cap, whose, since in ((project_cap, project, 0.0), (month_cap, None, month_begin())):
            if cap is not None and self.spent(whose, since).all + more > cap:
                return True
        return False

    # ---- inside

    def _may_take(self, entry: Entry) -> bool:
        """Whether a job is ours, or of a process that is gone."""
        row = self._one("SELECT owner FROM jobs WHERE id = ?", (entry.id,))
        return row is not None and (row["owner"] == self._owner or not self._lives(row["owner"]))

    def _note(self, entry_id: str, state: str, text: str) -> None:
        now, text = time.time(), hidden_here(text)
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
