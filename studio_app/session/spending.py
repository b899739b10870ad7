"""Money: what the project and the month cost, what the cut costs and what takes nobody uses did."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from studio_app.services.job_book import Caps, Spent, month_begin
from studio_app.services.money import money
from studio_app.session.generation_desk import Desk
from timeline.library_lineage import used_media
from timeline.media import Library, Take
from timeline.project import Project


@dataclass(frozen=True)
class Account:
    """In US dollars, as services bill. `cut` and `unused`: takes of this project that stand in a sequence, and the others."""

    project: Spent
    month: Spent
    caps: Caps
    cut: Decimal
    unused: Decimal

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell: nothing spent, nothing open, no cap."""
        return not (self.project.all or self.month.all or any((self.caps.project_hard, self.caps.month_hard)))

    @property
    def line(self) -> str:
        """For a narrow place: "$ 3.42 of $ 20.00"."""
        cap, spent = (
            (self.caps.project_hard, self.project) if self.caps.project_hard else (self.caps.month_hard, self.month)
        )
        spent = spent if cap else self.project
        return f"{money(spent.all)} of {money(cap)}" if cap else money(spent.all)

    @property
    def is_near(self) -> bool:
        """Whether a soft cap is passed, or a hard one nearly."""
        pairs = (
            (self.project.all, self.caps.project_soft),
            (self.month.all, self.caps.month_soft),
            (self.project.all, self.caps.project_hard and self.caps.project_hard * Decimal("0.9")),
            (self.month.all, self.caps.month_hard and self.caps.month_hard * Decimal("0.9")),
        )
        return any(cap is not None and spent >= cap for spent, cap in pairs)


def account(desk: Desk, project: Project, library: Library) -> Account:
    """As of now. Raises StudioError where the book cannot be read."""
    used = used_media(project)
    takes = library.takes.values()
    return Account(
        desk.book.spent(project.id),
        desk.book.spent(since=month_begin()),
        desk.caps,
        sum((cost_of(one) for one in takes if one.media_id in used), Decimal(0)),
        sum((cost_of(one) for one in takes if one.media_id not in used), Decimal(0)),
    )


def cost_of(take: Take) -> Decimal:
    """What a take cost; 0 for what was made here."""
    try:
        return Decimal(take.lineage.cost or 0)
    except InvalidOperation:
        return Decimal(0)
