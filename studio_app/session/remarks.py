"""What the history of a job says of its words: what the filter changed, what a service refused, that they were put milder."""

from __future__ import annotations

from studio_app.services.job_book import JobBook
from studio_app.services.metrics import MODERATED, REFUSED, REPHRASED
from studio_app.session.generation_plan import Plan


def remark_words(book: JobBook, entry_id: str, plan: Plan, *, is_milder: bool = False) -> None:
    """Of a job that was just written down: why the word filter changed something, and whether it is the try with milder words."""
    for why in dict.fromkeys(one.why.removeprefix(f"{plan.strictness}: ") for one in plan.changes):
        book.remark(entry_id, MODERATED, f"{plan.strictness}: {why}")
    if is_milder:
        book.remark(entry_id, REPHRASED, "sent once more with milder words")


def remark_refusal(book: JobBook, entry_id: str, plan: Plan) -> None:
    """Of a job whose content a service refused."""
    book.remark(entry_id, MODERATED, f"{plan.strictness or 'unknown'}: {REFUSED}")
