"""The question about a dearer engine, kept in the book: an earlier run asked it, and nobody has answered yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engines.errors import EngineError
from engines.generate.fallback import Tried
from engines.generate.remote.faults import Fault
from studio_app.services.job_book import BookState, JobBook

if TYPE_CHECKING:
    from studio_app.session.generation_work import TakeWork

OFFERED = "offered"
"""A remark in a job's history: the id of the engine that could make it, which the user was asked about."""


def remark_offer(book: JobBook, entry_id: str, engine: str) -> None:
    """Keep what was asked."""
    book.remark(entry_id, OFFERED, engine)


def ask_again(work: TakeWork) -> bool:
    """Put the question of an earlier run to a failed job anew, at today's price; False where none was asked, or nobody can now."""
    book, entry = work.desk.book, work.entry
    asked = [one.text for one in book.history(entry.id) if one.state == OFFERED]
    if not asked:
        return False
    tried = book.select("subject = ? AND target = ? AND state = ?", (entry.subject, entry.target, BookState.FAILED))
    work.chain = [Tried(one.engine, Fault(one.fault), one.message) for one in reversed(tried) if one.fault]
    try:
        maker = work.desk.access.engine(asked[-1])
        offer = work.offer_by(asked[-1])
        if maker.available():
            return False
        work.offer = replace(offer, cost=work.agreed(offer).cost)
    except EngineError:
        return False
    return True
