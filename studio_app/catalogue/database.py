"""The file of the catalogue: connections of its threads, transactions, versions, its check and its copies."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from studio_app.catalogue.errors import BUSY, DAMAGED, CatalogueError
from studio_app.catalogue.schema import VERSIONS

log = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds that a write waits for another window's."""
_LET_GO_SECONDS = 5.0
"""So long `close` waits for a question that does not end when it is told to; its connection then ends with its thread."""
KEPT_COPIES = 3
_SETTINGS = ("synchronous = NORMAL", "temp_store = MEMORY", "cache_size = -32000", "mmap_size = 268435456")


class _Held:
    """A connection that is closed when its thread has ended: jobs have threads of their own."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.lock = threading.RLock()
        """Held while it is used: a connection that is closed under a question takes the program with it."""

    def __del__(self) -> None:
        with suppress(sqlite3.Error):
            self.db.close()


class Database:
    """One SQLite file, for all threads of a program; other programs may have it open, too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = threading.local()
        self._lock = threading.Lock()
        self._open: WeakSet[_Held] = WeakSet()
        self._closed = False
        with _told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._bring_up_to_date()
            self._file = _identity(path)

    @property
    def is_replaced(self) -> bool:
        """Whether another file stands in its place: somebody has rebuilt the catalogue, or deleted it. Open it again then."""
        return _identity(self.path) != self._file

    def _mine(self) -> _Held:
        """This thread's connection."""
        if self._closed:
            raise CatalogueError("The catalogue is closed.")
        held: _Held | None = getattr(self._own, "held", None)
        if held is not None:
            return held
        db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        self._own.held = held = _Held(db)
        with self._lock:
            self._open.add(held)
        _begin_wal(db)
        for one in _SETTINGS:
            db.execute(f"PRAGMA {one}")
        return held

    @contextmanager
    def using(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, for as long as it reads; what goes wrong becomes a CatalogueError."""
        with _told():
            held = self._mine()
            with held.lock:
                if self._closed:
                    raise CatalogueError("The catalogue is closed.")
                yield held.db

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Every row that a question gives. Raises CatalogueError."""
        with self.using() as db:
            return db.execute(sql, values).fetchall()

    def one(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first row; None where there is none."""
        with self.using() as db:
            return db.execute(sql, values).fetchone()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all that is done in it or nothing; `revision` rises by one if anything is. Raises CatalogueError."""
        with self.using() as db:
            db.execute("BEGIN IMMEDIATE")
            before = db.total_changes
            try:
                yield db
                if db.total_changes > before:
                    db.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
                db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")
                raise

    @property
    def revision(self) -> int:
        """How many times something was written, by whomever."""
        row = self.one("SELECT value FROM meta WHERE key = 'revision'")
        return int(row[0]) if row else 0

    def check(self) -> None:
        """Read all of it: tables, whether indexes say the same, and the words of the full-text search. Raises CatalogueError
        where it is damaged.
        """
        found = self.all("PRAGMA integrity_check(1)")
        if found != [("ok",)]:
            raise CatalogueError(DAMAGED, str(found), can_rebuild=True)
        with self.using() as db:
            db.execute("INSERT INTO text (text) VALUES ('integrity-check')")

    def copy_to(self, folder: Path) -> Path:
        """A copy as of now, beside the last ones; only so many are kept. Others may write meanwhile. Raises CatalogueError."""
        with self.using() as db:
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"catalogue-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.db"
            part = target.with_suffix(".part")
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part)) as copy:
                db.backup(copy, pages=2000)
                copy.execute("PRAGMA journal_mode = DELETE")
            part.replace(target)
            for old in copies(folder)[KEPT_COPIES:]:
                old.unlink(missing_ok=True)
            return target

    def close(self) -> None:
        """Close the connections of all threads; a question that is under way ends, what is asked afterwards is refused."""
        with self._lock:
            self._closed = True
            held = list(self._open)
        until = time.monotonic() + _LET_GO_SECONDS
        for one in held:
            while not (is_free := one.lock.acquire(timeout=0.02)) and time.monotonic() < until:
                with suppress(sqlite3.Error):
                    one.db.interrupt()
            if is_free:
                with suppress(sqlite3.Error):
                    one.db.close()
                one.lock.release()

    def _bring_up_to_date(self) -> None:
        db = self._mine().db
        version = _version(db)
        if version > len(VERSIONS):
            self.close()
            raise CatalogueError(
                "The catalogue was written by a later version of Starcut. Use that one, or rebuild it.",
                can_rebuild=True,
            )
        if version == len(VERSIONS):
            return
        if version:
            self.copy_to(self.path.parent / "copies")
        db.execute("BEGIN IMMEDIATE")
        try:
            for number in range(_version(db), len(VERSIONS)):  # asked again: another window may have done it meanwhile
                for statement in VERSIONS[number]:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number + 1}")
            db.execute("INSERT OR IGNORE INTO meta VALUES ('revision', 0)")
            db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            self.close()
            raise


def copies(folder: Path) -> list[Path]:
    """The copies in a folder, the newest first."""
    return sorted(folder.glob("catalogue-*.db"), reverse=True)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _begin_wal(db: sqlite3.Connection) -> None:
    """Readers and a writer side by side. The switch itself does not wait for others that begin at this moment: it is tried again."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


_SENTENCES = {
    sqlite3.SQLITE_INTERRUPT: "The catalogue is closed.",
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: "The disk is full: the catalogue was not changed. Make room.",
    sqlite3.SQLITE_READONLY: "The catalogue cannot be written. Look at the rights of its folder.",
    sqlite3.SQLITE_CANTOPEN: "The catalogue cannot be opened. Look at the rights of its folder.",
    sqlite3.SQLITE_PERM: "The catalogue cannot be opened. Look at the rights of its folder.",
    sqlite3.SQLITE_IOERR: "The disk of the catalogue cannot be read. Look whether it is there.",
}
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def _told() -> Iterator[None]:
    """What SQLite and the disk complain of, as sentences."""
    try:
        yield
    except sqlite3.ProgrammingError as error:
        if "closed" not in str(error):
            raise
        raise CatalogueError("The catalogue is closed.", repr(error)) from error
    except sqlite3.Error as error:
        log.info("the catalogue: %r", error)
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGE or "no such table" in str(error):
            raise CatalogueError(DAMAGED, repr(error), can_rebuild=True) from error
        if code not in _SENTENCES:
            raise
        raise CatalogueError(_SENTENCES[code], repr(error)) from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged scheme quotes it, and Python cannot read that
        raise CatalogueError(DAMAGED, repr(error), can_rebuild=True) from error
    except OSError as error:
        raise CatalogueError(f"The catalogue cannot be used: {error.strerror or error}.", repr(error)) from error
