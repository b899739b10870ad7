"""What an earlier run left: takes that were paid for and are in no project (it was not saved after they landed, or an older save
was opened), and shots that failed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio_app.services.job_book import BookState, Entry, JobBook

if TYPE_CHECKING:
    from studio_app.session.document import Document

_MARGIN = 60.0
"""Seconds by which a save may be newer than what it holds: it is written while takes land."""
_LOOKED_AT = 500
"""Jobs of a project that are looked through when it is opened."""


def left_behind(document: Document, book: JobBook) -> tuple[Entry, ...]:
    """Jobs whose film landed after the open project was saved, whose file is there, and which the project does not hold.

    They stand as landing in the book from now on: they land once more, and cost nothing. The library of a project only grows,
    so what it does not hold was never in the file that was opened.
    """
    where = "project = ? AND state = ? AND subject <> '' AND changed > ?"
    values = (document.project.id, BookState.DONE.value, _saved_at(document.path) - _MARGIN)
    held = {media.path for media in document.library.media.values()}
    found = [one for one in book.select(where, values)[::-1] if one.target and one.target not in held]
    found = [one for one in found if "part" not in one.place and Path(one.target).is_file()]
    for one in found:
        book.set_state(one.id, BookState.LANDING, "it was not in the project that was opened")
    return tuple(replace(one, state=BookState.LANDING) for one in found)


def last_failures(project_id: str, book: JobBook) -> tuple[Entry, ...]:
    """Jobs that failed and that nothing came after, one a shot, for cards to say so; dismissed ones are left out."""
    latest: dict[str, Entry] = {}
    for one in book.select("project = ? AND subject <> ''", (project_id,), _LOOKED_AT):  # the latest first
        if "part" not in one.place:
            latest.setdefault(one.subject, one)
    return tuple(one for one in latest.values() if one.state is BookState.FAILED)


def _saved_at(path: Path | None) -> float:
    """Unix time; 0 for a project that was never saved."""
    try:
        return 0.0 if path is None else path.stat().st_mtime
    except OSError:
        return 0.0
