"""What the shots of a storyboard would cost, by the plans of how they would be sent; kept until something that decides changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from time import monotonic
from typing import TYPE_CHECKING

from engines.generate.registry import DEFAULT_ENGINE
from studio_app.session.generation_plan import Plan
from timeline.errors import StudioError
from timeline.storyboard import Shot, Storyboard

if TYPE_CHECKING:
    from studio_app.session.document import Document
    from studio_app.session.generation import Generation

_FRESH_SECONDS = 20.0
"""Keys, health and addresses change without a word: after so long a plan is made anew."""
LOCAL_NAME = "Starcut"


@dataclass(frozen=True)
class ShotBill:
    """One take more of one shot: who would make it for how much, or in `fault` why nobody can. `plan` None: nothing to go by."""

    plan: Plan | None = None
    fault: str = ""
    engine: str = LOCAL_NAME
    model: str = ""

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


class Bills:
    """Answers from memory where nothing changed. Main thread."""

    def __init__(self, document: Document, generation: Generation) -> None:
        self._document, self._generation = document, generation
        self._known: dict[str, tuple[tuple[object, ...], float, ShotBill]] = {}

    def forget(self) -> None:
        """Settings changed: all is planned anew when it is asked for."""
        self._known.clear()

    def of_shot(self, board: Storyboard, shot: Shot) -> ShotBill:
        """One more take of a shot, as its engine is set."""
        if shot.engine in ("", DEFAULT_ENGINE):
            return ShotBill()
        takes = len(self._document.library.takes_of(shot.id))
        key = (id(shot), board.global_style, board.width, board.height, board.rate, takes)
        found = self._known.get(shot.id)
        if found is not None and found[0] == key and monotonic() - found[1] < _FRESH_SECONDS:
            return found[2]
        bill = self._planned(shot)
        self._known[shot.id] = (key, monotonic(), bill)
        return bill

    def of(self, board: Storyboard, shot_ids: Iterable[str]) -> Bill:
        """One more take of each."""
        bills = [self.of_shot(board, shot) for one in shot_ids if (shot := board.shot(one)) is not None]
        return Bill(len(bills), sum((one.cost for one in bills), Decimal(0)), sum(bool(one.fault) for one in bills))

    def plan(self, board: Storyboard, shot: Shot) -> ShotBill:
        """What would be sent, also to the embedded engine: for a preview. Raises nothing."""
        return self._planned(shot) if shot.engine in ("", DEFAULT_ENGINE) else self.of_shot(board, shot)

    def limit_of(self, bill: ShotBill) -> int:
        """How many characters the engine of a bill reads; 0 where it reads all."""
        if bill.plan is None:
            return 0
        model = self._generation.desk.access.models.models.get(f"{bill.plan.engine}/{bill.plan.request.model}")
        return model.prompt_limit if model is not None else 0

    def spent_on(self, shot_id: str) -> Decimal:
        """What the takes of a shot were billed at."""
        return sum((_amount(take.lineage.cost) for take in self._document.library.takes_of(shot_id)), Decimal(0))

    def _planned(self, shot: Shot) -> ShotBill:
        try:
            plan = self._generation.plan_of(shot.id)
        except StudioError as error:
            return ShotBill(None, error.message, self.named(shot.engine))
        if plan is None:
            return ShotBill(None, "", self.named(shot.engine))
        return ShotBill(plan, "", self._label(plan.engine), self._model(plan))

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
        return found.label if found is not None else name


def _amount(text: object) -> Decimal:
    """A price as lineage keeps it; a take that says nothing was free."""
    try:
        return Decimal(str(text or 0))
    except InvalidOperation:
        return Decimal(0)
