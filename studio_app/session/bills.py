"""What the shots of a storyboard would cost, by the plans of how they would be sent; kept until something that decides changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from time import monotonic
from typing import TYPE_CHECKING

from engines.generate.registry import DEFAULT_ENGINE
from studio_app.services.jobs import Post, run_now
from studio_app.services.signal import Signal
from studio_app.session.generation_plan import Plan
from studio_app.session.spending import cost_of
from timeline.errors import StudioError
from timeline.storyboard import Shot, Storyboard

if TYPE_CHECKING:
    from studio_app.session.document import Document
    from studio_app.session.generation import Generation

_FRESH_SECONDS = 20.0
"""Keys, health and addresses change without a word: after so long a plan is made anew."""
_AT_ONCE, _TURN_SECONDS = 8, 0.05
LOCAL_NAME = "Starcut"


@dataclass(frozen=True)
class ShotBill:
    """One take more of one shot: who would make it for how much, or in `fault` why nobody can. `plan` None: nothing to go by."""

    plan: Plan | None = None
    fault: str = ""
    engine: str = LOCAL_NAME
    model: str = ""
    is_pending: bool = False
    """Not planned yet: its price is not known, `Bills.changed` tells."""

    @property
    def cost(self) -> Decimal:
        """In US dollars; 0 for the embedded engine."""
        return self.plan.cost if self.plan is not None else Decimal(0)


@dataclass(frozen=True)
class Bill:
    """Several shots together. `faults`: how many of them nobody can make as they stand."""

    count: int = 0
    cost: Decimal = Decimal(0)
    faults: int = 0
    is_pending: bool = False
    """Whether some are not planned yet: the sum is not the whole."""


class Bills:
    """Answers from memory where nothing changed. A few are planned at once, the others a few at a time, and `changed` tells.

    A plan takes about a millisecond, and a storyboard may have hundreds of shots: the window does not wait for them.
    Main thread.
    """

    def __init__(self, document: Document, generation: Generation, post: Post = run_now) -> None:
        self._document, self._generation, self._post = document, generation, post
        self._known: dict[str, tuple[tuple[object, ...], float, ShotBill]] = {}
        self._waiting: dict[str, None] = {}
        self._is_posted = False
        self._turn, self._in_turn = 0.0, 0
        self.changed: Signal[[]] = Signal()

    def forget(self) -> None:
        """Settings changed: all is planned anew when it is asked for."""
        self._known.clear()

    def of_shot(self, board: Storyboard, shot: Shot) -> ShotBill:
        """One more take of a shot, as its engine is set; what was known last while it waits for its turn."""
        if shot.engine in ("", DEFAULT_ENGINE):
            return ShotBill()
        found = self._known.get(shot.id)
        is_same = found is not None and found[0] == self._key(board, shot)
        if found is not None and is_same and monotonic() - found[1] < _FRESH_SECONDS:
            return found[2]
        if not is_same and self._has_turn():
            return self._kept(board, shot)
        self._wait_for(shot.id)
        return found[2] if found is not None else ShotBill(engine=self.named(shot.engine), is_pending=True)

    def of(self, board: Storyboard, shot_ids: Iterable[str]) -> Bill:
        """One more take of each."""
        shots = {shot.id: shot for shot in board.shots}
        bills = [self.of_shot(board, shots[one]) for one in shot_ids if one in shots]
        cost = sum((one.cost for one in bills), Decimal(0))
        faults, is_pending = sum(bool(one.fault) for one in bills), any(one.is_pending for one in bills)
        return Bill(len(bills), cost, faults, is_pending)

    def plan(self, board: Storyboard, shot: Shot) -> ShotBill:
        """What would be sent, also to the embedded engine: for a preview. Raises nothing."""
        if shot.engine in ("", DEFAULT_ENGINE):
            return self._planned(shot)
        found = self._known.get(shot.id)
        is_fresh = found is not None and found[0] == self._key(board, shot) and monotonic() - found[1] < _FRESH_SECONDS
        return found[2] if found is not None and is_fresh else self._kept(board, shot)

    def _key(self, board: Storyboard, shot: Shot) -> tuple[object, ...]:
        takes = len(self._document.library.takes_of(shot.id))
        never_sent = self._document.project.never_sent
        return (shot, board.global_style, board.width, board.height, board.rate, takes, never_sent)

    def _kept(self, board: Storyboard, shot: Shot) -> ShotBill:
        bill = self._planned(shot)
        self._known[shot.id] = (self._key(board, shot), monotonic(), bill)
        return bill

    def _has_turn(self) -> bool:
        """Whether one more may be planned before the window draws again."""
        if monotonic() - self._turn > _TURN_SECONDS:
            self._turn, self._in_turn = monotonic(), 0
        self._in_turn += 1
        return self._in_turn <= _AT_ONCE

    def _wait_for(self, shot_id: str) -> None:
        self._waiting[shot_id] = None
        if not self._is_posted:
            self._is_posted = True
            self._post(self._go_on)

    def _go_on(self) -> None:
        """The next few of those that wait."""
        shots = {one.id: (board, one) for board in self._document.project.storyboards for one in board.shots}
        for shot_id in list(self._waiting)[:_AT_ONCE]:
            del self._waiting[shot_id]
            if shot_id in shots:
                self._kept(*shots[shot_id])
        self._is_posted = bool(self._waiting)
        if self._is_posted:
            self._post(self._go_on)
        else:
            self.changed.emit()

    def limit_of(self, bill: ShotBill) -> int:
        """How many characters the engine of a bill reads; 0 where it reads all."""
        if bill.plan is None:
            return 0
        model = self._generation.desk.access.models.models.get(f"{bill.plan.engine}/{bill.plan.request.model}")
        return model.prompt_limit if model is not None else 0

    def spent_on(self, shot_id: str) -> Decimal:
        """What the takes of a shot were billed at."""
        return sum((cost_of(take) for take in self._document.library.takes_of(shot_id)), Decimal(0))

    def _planned(self, shot: Shot) -> ShotBill:
        try:
            plan = self._generation.plan_of(shot.id)
        except StudioError as error:
            return ShotBill(None, error.message, self.named(shot.engine))
        if plan is None:
            return ShotBill(None, "", self.named(shot.engine))
        return ShotBill(plan, "", self._label(plan.engine), self._model(plan))

    def passed_over(self, plan: Plan) -> str:
        """Who was not asked for a routed shot, and why: `Not asked: Luma (3 of its last 4 jobs failed); without a key: Pika.`"""
        keyless, found = [], []
        for engine, why in plan.route.out:
            label, said = self._label(engine), why.rstrip(".")
            if "needs a key" in said:
                keyless.append(label)
            else:
                found.append(said if said.startswith(label) else f"{label} ({said})")
        found += [f"without a key: {', '.join(keyless)}"] if keyless else []
        return f"Not asked: {'; '.join(found)}." if found else ""

    def named(self, engine: str) -> str:
        """The name of an engine as it is written in a shot: "runway/gen4_turbo" is Runway."""
        wanted = engine.partition("/")[0]
        return LOCAL_NAME if wanted in ("", DEFAULT_ENGINE) else "Auto" if wanted == "auto" else self._label(wanted)

    def _label(self, engine_id: str) -> str:
        try:
            return self._generation.desk.access.engine(engine_id).label
        except StudioError:
            return engine_id

    def _model(self, plan: Plan) -> str:
        name = plan.request.model
        found = self._generation.desk.access.models.models.get(f"{plan.engine}/{name}")
        label = found.label if found is not None else name
        return "" if self._label(plan.engine).endswith(f" {label}") else label  # "Luma ray-2" says it already
