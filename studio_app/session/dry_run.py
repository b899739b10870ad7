"""A dry run: what would be sent for which shots, by whom, for how much, and what the caps would hold. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from studio_app.planning.assemble import shot_name
from studio_app.services.job_book import month_begin
from timeline.storyboard import Storyboard

if TYPE_CHECKING:
    from studio_app.session.session import Session

_IS_MADE = "It is being made already."
_BEFORE = {
    "queued": _IS_MADE,
    "running": _IS_MADE,
    "landing": _IS_MADE,
    "unknown": "Nobody knows whether its last job was taken. Its card asks for it, or sends it anew.",
}


@dataclass(frozen=True)
class DryRow:
    """One shot. `fault`: why it is not sent as it stands; `is_held`: a hard cap would hold it; `is_told`: it goes over a soft one."""

    shot_id: str
    name: str
    engine: str
    cost: Decimal
    seconds: float
    words: str = ""
    """The prompt, as it would be sent."""
    reason: str = ""
    notes: tuple[str, ...] = ()
    fault: str = ""
    is_held: bool = False
    is_told: bool = False

    @property
    def goes(self) -> bool:
        """Whether it would be sent."""
        return not self.fault and not self.is_held


@dataclass(frozen=True)
class DryRun:
    """All of them, in the order in which they would go."""

    rows: tuple[DryRow, ...]

    @property
    def going(self) -> tuple[str, ...]:
        """Ids of the shots that would be sent."""
        return tuple(one.shot_id for one in self.rows if one.goes)

    @property
    def cost(self) -> Decimal:
        """Of those that would be sent."""
        return sum((one.cost for one in self.rows if one.goes), Decimal(0))

    @property
    def held(self) -> int:
        """How many a hard cap would hold."""
        return sum(one.is_held for one in self.rows)

    @property
    def faults(self) -> int:
        """How many are not sent as they stand."""
        return sum(bool(one.fault) for one in self.rows)


def all_anew(board: Storyboard) -> tuple[str, ...]:
    """The shots of which one more take can be made, whatever they have: those with words, but for footage."""
    return tuple(shot.id for shot in board.shots if shot.description.strip() and shot.media_id is None)


def dry_run(session: Session, board: Storyboard, shot_ids: Iterable[str]) -> DryRun:
    """Plan one take more of each, and count against the caps as the book would. Asks no network. Raises StudioError (the book)."""
    book, caps, project = session.desk.book, session.desk.caps, session.document.project.id
    of_project, of_month = book.spent(project).all, book.spent(since=month_begin()).all
    rows: list[DryRow] = []
    for shot_id in shot_ids:
        shot = board.shot(shot_id)
        if shot is None:
            continue
        bill = session.bills.plan(board, shot)
        engine = f"{bill.engine} {bill.model}".strip()
        name = shot_name(shot, board.shots.index(shot))
        fault = _BEFORE.get(session.generation.state_of(shot_id).state, "")
        if bill.plan is None or fault:
            fault = fault or bill.fault or "It has no description to go by."
            rows.append(DryRow(shot_id, name, engine, Decimal(0), 0.0, fault=fault))
            continue
        plan, cost = bill.plan, bill.cost
        is_held = _over(cost, of_project, caps.project_hard) or _over(cost, of_month, caps.month_hard)
        is_told = _over(cost, of_project, caps.project_soft) or _over(cost, of_month, caps.month_soft)
        if not is_held:
            of_project, of_month = of_project + cost, of_month + cost
        rows.append(
            DryRow(shot_id, name, engine, cost, plan.seconds, plan.request.prompt, plan.route.reason, plan.notes,
                   is_held=is_held, is_told=is_told and not is_held)
        )  # fmt: skip
    return DryRun(tuple(rows))


def _over(cost: Decimal, spent: Decimal, cap: Decimal | None) -> bool:
    """Whether a job that costs something goes over a cap."""
    return bool(cost) and cap is not None and spent + cost > cap
