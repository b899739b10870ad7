"""What becomes of a job in the book when it is cancelled: it may have begun to cost."""

from __future__ import annotations

from engines.generate.registry import engines
from studio_app.services.job_book import BookState, Entry, JobBook
from studio_app.services.money import money
from studio_app.session.joined_parts import stopped_words


def settle_cancelled(book: JobBook, entry: Entry, *, has_parts: bool) -> tuple[Entry, str, bool]:
    """Write down how it stands: the job, what is to be told (empty: nothing), and whether anybody knows its outcome."""
    entry = book.find(entry.id) or entry
    if entry.client_key and entry.handle is None:
        words = "It was cancelled while nobody knew whether it was taken; it may have been billed. Look again."
        book.set_state(entry.id, BookState.UNKNOWN, words, "outcome_unknown")
        return entry, words, False
    told, words = "", "by hand"
    if entry.handle is not None:
        name = getattr(engines().classes.get(entry.engine), "label", entry.engine)
        cost = money(entry.cost)
        costs = f"is billed {cost}" if entry.cost_is_sure else f"may still be billed, about {cost}"
        told = words = f"{name} {costs}." if entry.cost else f"{name} stopped it; nothing is billed."
    elif has_parts and (parts := stopped_words(book, entry)):
        told = words = parts
    if entry.is_at_service:
        words = f"{words} Its film can be fetched from the book of jobs."
    book.set_state(entry.id, BookState.CANCELLED, words, entry.fault)
    return entry, told, True
