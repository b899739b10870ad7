"""Looking through the book of jobs: by project, state, engine, month and words; and what its history says of how long jobs take."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from studio_app.services.job_book import BookState, Entry, JobBook
from studio_app.services.metrics import seconds_of

MOST = 300
"""Jobs given at once; filters find older ones."""
_LOOKED_AT = 20
"""Of the latest jobs of a kind, for their median."""
_DISMISSED = "EXISTS (SELECT 1 FROM events WHERE events.job = jobs.id AND events.state = 'dismissed')"


@dataclass(frozen=True)
class Wanted:
    """A filter; what is empty lets all through. `month` is "2026-11", here. Dismissed jobs are left out but where asked for."""

    project: str | None = None
    states: tuple[BookState, ...] = ()
    engine: str = ""
    text: str = ""
    month: str = ""
    dismissed: bool = False


def search(book: JobBook, wanted: Wanted, most: int = MOST) -> tuple[Entry, ...]:
    """The jobs that fit, the latest first, at most `most`. Raises StudioError where the book cannot be read."""
    where, values = [_DISMISSED if wanted.dismissed else f"NOT {_DISMISSED}"], list[str | float]()
    if wanted.project is not None:
        where.append("project = ?")
        values.append(wanted.project)
    if wanted.states:
        where.append(f"state IN ({','.join('?' * len(wanted.states))})")
        values += [one.value for one in wanted.states]
    if wanted.engine:
        where.append("engine = ?")
        values.append(wanted.engine)
    for word in wanted.text.split():
        where.append(
            "(name || ' ' || engine || ' ' || model || ' ' || message || ' ' || request || ' ' || handle) LIKE ? ESCAPE '!'"
        )
        values.append(f"%{_plain(word)}%")
    if wanted.month:
        where.append("created >= ? AND created < ?")
        values += _month(wanted.month)
    return book.select(" AND ".join(where), values, most)


def months(book: JobBook) -> tuple[str, ...]:
    """The months in which jobs were begun, the latest first."""
    found = book.distinct("strftime('%Y-%m', created, 'unixepoch', 'localtime')")
    return tuple(reversed(found))


def typical_seconds(book: JobBook, engine: str, model: str) -> float | None:
    """The median of how long the latest finished jobs of a model took, from sending to landing; None for too few to tell."""
    done = book.select("engine = ? AND model = ? AND state = ?", (engine, model, BookState.DONE.value), _LOOKED_AT)
    found = [seconds for one in done if (seconds := seconds_of(book.history(one.id))) is not None]
    return statistics.median(found) if len(found) > 2 else None


def _plain(word: str) -> str:
    """Signs that would mean something to LIKE, as themselves."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _month(text: str) -> tuple[float, float]:
    year, month = (int(part) for part in text.split("-"))
    begin = time.mktime((year, month, 1, 0, 0, 0, 0, 0, -1))
    return begin, time.mktime((year + month // 12, month % 12 + 1, 1, 0, 0, 0, 0, 0, -1))
