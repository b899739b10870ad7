"""A catalogue that is damaged: put aside, begun anew, and given back what the user said of clips."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio_app.catalogue.database import Database, copies
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.journal import Journal, Said
from studio_app.catalogue.saying import PARTS, do, everything

log = logging.getLogger(__name__)

NAME, JOURNAL, COPIES = "catalogue.db", "said.jsonl", "copies"
_OLD = 24 * 3600.0
_FACTS = ("spoken", "project", "watch")
"""Of earlier versions' journals these are missing."""
_SPARE = 1 << 20


@dataclass(frozen=True)
class Rebuilt:
    """What came of a rebuild: where the damaged one lies, how much the user had said of clips, which files are to be looked at again."""

    damaged: Path
    said: int
    paths: tuple[str, ...]


def rebuild(folder: Path) -> Rebuilt:
    """Put the catalogue aside and begin a new one with all that the user said. Raises CatalogueError and OSError.

    Other windows that have it open take the new one within some seconds (`Database.is_replaced`).

    What was said comes from the journal; where that is gone, from what can be read of the damaged file, else of the last copy.
    Where clips come from (projects, folders) and what was transcribed comes from all of them. Projects have to be read again
    (`Catalogue.unread_projects`), and so have the files of `paths`.
    """
    path, journal = folder / NAME, Journal(folder / JOURNAL)
    said: list[Said] = list(journal.lines())
    paths: list[str] = []
    for source in (path, *copies(folder / COPIES)):
        more, seen = _salvaged(source)
        known = {_about(one) for one in said}
        said += [one for one in more if not said or (one["do"] in _FACTS and _about(one) not in known)]
        paths = paths or seen
        if said and paths:
            break
    damaged = folder / f"damaged-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.db"
    try:
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            path.replace(damaged)
    except OSError as error:  # where files that are open cannot be moved
        raise CatalogueError(
            "The catalogue is open in another window. Close that one, then rebuild.", repr(error)
        ) from error
    new = Database(path)
    try:
        replay(new, said)
        journal.write(said)
    finally:
        new.close()
    return Rebuilt(damaged, len(said), tuple(paths))


def replay(database: Database, said: Sequence[Said]) -> None:
    """Do again what was said; what cannot be done (a line of a later version) is left out."""
    with database.writing() as db:
        for one in said:
            try:
                do(db, one)
            except (KeyError, TypeError, ValueError) as error:
                log.warning("something that was said of a clip is lost: %r", error)


def tidy(database: Database, folder: Path) -> Path | None:
    """Once a day: check it all, copy it, shorten the journal. The copy; None where the last is not old. Raises CatalogueError."""
    kept = copies(folder / COPIES)
    if kept and time.time() - kept[0].stat().st_mtime < _OLD:
        return None
    database.check()
    made = database.copy_to(folder / COPIES)
    journal = Journal(folder / JOURNAL)
    if journal.size > _SPARE:
        with database.writing() as db:  # no other window writes a line meanwhile
            journal.write(everything(db))
    return made


def _about(said: Said) -> tuple[str, str]:
    """Which thing a fact is of: what the journal says of it goes first."""
    verb = "project" if said["do"] == "forget" else str(said["do"]).removeprefix("un")
    return verb, str(said.get("of") or said.get("id") or said.get("path"))


def _salvaged(path: Path) -> tuple[list[Said], list[str]]:
    """What the user said and where files were seen, as far as a file can be read."""
    if not path.is_file():
        return [], []
    said: list[Said] = []
    paths: list[str] = []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            for part in PARTS:
                with suppress(sqlite3.Error):
                    said.extend(part(db))
            with suppress(sqlite3.Error):
                paths += [_text(row[0]) for row in db.execute("SELECT path FROM place")]
    except sqlite3.Error as error:
        log.info("%s cannot be read: %s", path.name, error)
    return said, paths


def _text(value: Any) -> str:
    return str(value)
