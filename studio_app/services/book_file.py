"""The file of the book of jobs: SQLite, shared by all windows, written to the disk before a call returns; who of them is alive."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock, Timeout

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


class BookFile:
    """Tables, transactions, and the lock that says that this process lives. Any thread. Raises StudioError where it cannot be kept."""

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
        """What a question gives; nothing once the book is closed: a window that goes may still ask, and jobs that end beside it."""
        if self._writer == threading.get_ident() or self._reader is self._db:
            with self._lock, _told():
                return [] if self._is_closed else self._db.execute(sql, values).fetchall()
        with self._reading, _told():
            return [] if self._is_closed else self._reader.execute(sql, values).fetchall()

    def _one(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        return next(iter(self._rows(sql, values)), None)


def _lock_of(path: Path, owner: str) -> Path:
    return path.with_name(f"{path.name}.{owner}.lock")


@contextmanager
def _told() -> Iterator[None]:
    """What SQLite complains of, as a sentence: a job that cannot be written down is not sent."""
    try:
        yield
    except sqlite3.Error as error:
        words = f"The book of jobs cannot be written ({error}). Nothing was sent; look at the disk and retry."
        raise StudioError(words, repr(error)) from error
