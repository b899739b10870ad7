"""One take, off the main thread: made by the engine of the plan, or, where that fails, by who comes next; every step in the book."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from engines.errors import EngineError
from engines.generate.base import GenerationRequest, JobLike, Result
from engines.generate.fallback import Move, Next, Tried, next_step
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.provider import RemoteEngine
from engines.generate.remote.running import not_kept, run
from engines.generate.routing import LOCAL, Route, after
from engines.media.probe import probe
from studio_app.planning.checking import Check, with_quality
from studio_app.services.gone_models import LEFT_OUT
from studio_app.services.job_book import BookState, Entry
from studio_app.services.job_search import typical_seconds
from studio_app.services.jobs import Job
from studio_app.session.asked_before import remark_offer
from studio_app.session.generation_desk import Desk
from studio_app.session.generation_plan import Plan, Planner
from studio_app.session.joined_parts import (
    BEGINS_WITH,
    PARTS,
    as_place,
    entries_of,
    make_in_parts,
    parts_in,
    rest_of,
)
from studio_app.session.remarks import remark_refusal, remark_words
from studio_app.session.take_files import make_folder
from timeline.errors import StudioError
from timeline.media import Media
from timeline.storyboard import Shot

_SAYS_NOTHING = (Fault.INVALID, Fault.MODERATED, Fault.AUTH, Fault.CREDITS, Fault.MODEL_GONE, Fault.NOT_KEPT)
"""Faults that tell nothing of how an engine does."""


@dataclass(frozen=True)
class Made:
    """A take's film: who made it, of what, and the entry in the book that it belongs to."""

    result: Result
    media: Media
    engine: str
    version: str
    request: GenerationRequest
    entry: Entry
    cost: Decimal


@dataclass(frozen=True)
class Offer:
    """Another engine that could make a shot, which is asked about first. `cost`: None where nobody knows."""

    engine: str
    label: str
    cost: Decimal | None


@dataclass
class TakeWork:
    """The work of one job. `again` is what came after its last failure; `offer` what the user is asked then, if anything."""

    desk: Desk
    shot: Shot
    plan: Plan
    entry: Entry
    target: Path
    check: Check
    note: Callable[[str, GenerationRequest, Result, Media], None]
    chain: list[Tried] = field(default_factory=list)
    again: Next | None = None
    is_gone: bool = False
    """The service no longer has the model, which is left out of the list from now on."""
    offer: Offer | None = None

    def __call__(self, job: Job) -> Made:
        """Make it. Raises EngineError in one sentence after the last step; Cancelled, Left."""
        make_folder(self.target.parent)
        while True:
            try:
                return self._made(job)
            except ProviderError as error:
                self._failed(error)
                if not self._goes_on(error, job):
                    raise self._told(error) from error
            except OSError as error:
                raise self._not_written(error) from error
            except StudioError as error:
                if isinstance(error, EngineError):
                    self.desk.book.set_state(self.entry.id, BookState.FAILED, error.message)
                raise

    def _made(self, job: Job) -> Made:
        maker = self.desk.access.engine(self.plan.engine)
        request = self.plan.request
        job.is_elsewhere = isinstance(maker, RemoteEngine)
        cost: Decimal | None = None
        if isinstance(maker, RemoteEngine) and self.plan.parts:
            result, cost = make_in_parts(
                maker, request, self.plan.parts, self.entry, self.target, job, self.desk.book, self.desk.caps
            )
            self.desk.health.note(maker.id, went_well=True)
        elif isinstance(maker, RemoteEngine):
            diary = self.desk.book.diary(self.entry.id)
            job.spent_before = max(0.0, time.time() - diary.sent_at) if diary.sent_at else 0.0
            usual = typical_seconds(self.desk.book, maker.id, request.model)
            result = run(maker, request, self.target, job, diary, typical=usual)
            self.desk.health.note(maker.id, went_well=True)
        else:
            self.desk.book.set_state(self.entry.id, BookState.RUNNING)
            result = self.desk.made_here(maker.id, request, self.target, job)
        return self.landed(result, maker.id, maker.version, job, cost)

    def landed(self, result: Result, engine_id: str, version: str, job: JobLike, cost: Decimal | None = None) -> Made:
        """The film that is on the disk, probed and measured. `cost`: of what stands in the book elsewhere, its parts."""
        job.progress(1.0, "Checking")
        name = self.entry.name
        media = replace(probe(result.path), name=name)
        is_film = self.plan.request.makes == "film"
        quality = self.check(media, self.plan.request, result, job) if is_film else None
        differs = " ".join(str(one) for one in result.facts.get("differs", ()))
        if isinstance(job, Job) and (differs or (quality is not None and not quality.good)):
            job.seed_may_help = quality is not None and not quality.good
            job.doubt = quality.sentence if quality is not None and not quality.good else differs
        if is_film:
            self.note(engine_id, self.plan.request, result, media)
        job.progress(1.0, "Landing")
        if engine_id == LOCAL:
            self.desk.book.write(self.entry.id, BookState.LANDING, result.path.name, target=str(result.path))
        facts: dict[str, Any] = {
            **result.facts,
            "route": self.plan.route.reason,
            **({"words": list(self.plan.notes)} if self.plan.notes else {}),
            **({"chain": [[one.engine, one.fault.value, one.message] for one in self.chain]} if self.chain else {}),
        }
        found = self.desk.book.find(self.entry.id) or self.entry
        result = with_quality(
            replace(result, facts=facts if engine_id != LOCAL or self.chain else dict(result.facts)), quality
        )
        return Made(result, media, engine_id, version, self.plan.request, found, found.cost if cost is None else cost)

    def _failed(self, error: ProviderError) -> None:
        self.desk.book.diary(self.entry.id).failed(error)
        if error.fault is Fault.MODERATED:
            remark_refusal(self.desk.book, self.entry.id, self.plan)
        if error.fault not in _SAYS_NOTHING:
            self.desk.health.note(self.plan.engine, went_well=False)
        found = self.desk.book.find(self.entry.id) or self.entry
        self.is_gone = self.desk.access.gone.note(found.engine, found.model, error)
        was_soft = any(one.softened for one in self.chain) or self.plan.route.rule == "softened"
        self.chain.append(Tried(self.plan.engine, error.fault, error.message, was_soft))

    def _not_written(self, error: OSError) -> EngineError:
        """The failure of a disk, in the book too: what a service has stays there to be fetched."""
        found = self.desk.book.find(self.entry.id)
        if found is not None and found.handle is not None:
            told = not_kept(self.desk.access.engine(found.engine).label, error)
            self.desk.book.diary(found.id).failed(told)
            return told
        why = error.strerror or "the disk does not take it"
        words = f"{self.entry.name} cannot be kept here: {why}. Make room or look at the folder, and retry."
        self.desk.book.set_state(self.entry.id, BookState.FAILED, words)
        return EngineError(words, repr(error))

    def _goes_on(self, error: ProviderError, job: Job) -> bool:
        """Whether there is a next step that may be taken without asking; then the plan and the entry are its."""
        request = self.plan.request
        found = self.desk.book.find(self.entry.id)
        parts = entries_of(self.desk.book, self.entry) if self.plan.parts else ()
        there = found is not None and (found.is_at_service or any(one.is_at_service for one in parts))
        if there and error.fault is not Fault.LOST:  # what it does not know any more is asked for once more by hand
            self.again = Next(Move.WAIT, self.plan.engine, "The service has it: a retry asks for it and sends nothing.")
            return False
        step = self.again = self._next_step()
        if step.move is Move.SOFTEN:
            milder = self._planner.softened(self.plan)
            if milder.request.prompt == request.prompt:  # it has no milder words: that was the one more try
                self.chain[-1] = replace(self.chain[-1], softened=True)
                step = self.again = self._next_step()
            else:
                self._turn_to(milder)
        if step.move in (Move.OTHER, Move.LOCAL):
            self._turn_to(self._plan_by(step.engine, self.plan.route))
        elif step.move is not Move.SOFTEN:
            if step.move is Move.ASK:
                self.offer = self.offer_by(step.engine, step.cost)
                remark_offer(self.desk.book, self.entry.id, step.engine)
            return False
        job.progress(0.0, step.reason)
        return self.entry.state is not BookState.OVER_BUDGET

    def _next_step(self) -> Next:
        """What comes after the last of the chain, by the table."""
        candidates = self._planner.candidates(self._anew, self.shot)
        costs = {one.id: one.cost for one in candidates}
        costs[self.plan.engine] = self.plan.cost
        allowed, route = self.desk.allowed(self.shot), self.plan.route
        if not route.then:  # it was begun before, or is sent once more as it was
            route = replace(route, then=after(self.plan.engine, allowed.policy, candidates))
            self.plan = replace(self.plan, route=route)
        return next_step(
            route,
            self.chain,
            allowed,
            costs,
            local_can=not self._is_rest and not self.desk.access.engine(LOCAL).lacks(self.plan.request),
            names={one.id: one.label for one in candidates},
        )

    @property
    def _anew(self) -> GenerationRequest:
        """The request without what only the engine that failed was given."""
        if self._is_rest:
            return rest_of(self.plan.request, self.entry.place)
        return self.plan.request.model_copy(update={"model": "", "options": {}})

    @property
    def _is_rest(self) -> bool:
        """Whether only the rest of a film is made, which goes on from the last picture of what is there."""
        return BEGINS_WITH in self.entry.place

    def _plan_by(self, engine_id: str, route: Route) -> Plan:
        """The plan with another engine. Raises EngineError."""
        plan = self._planner.for_engine(engine_id, self.shot, self._anew, route)
        if not self._is_rest:
            return plan
        whole = {"duration": self.plan.request.duration, "image_reference": ""}
        parts = parts_in(self.entry.place)
        return replace(plan, request=plan.request.model_copy(update=whole), parts=parts)

    def offer_by(self, engine_id: str, cost: Decimal | None = None) -> Offer:
        """What the user is asked. Raises EngineError for an engine that is no more."""
        return Offer(engine_id, self.desk.access.engine(engine_id).label, cost)

    def agreed(self, offer: Offer) -> Plan:
        """The plan with the engine that was offered. Raises EngineError where it can no more."""
        failed = self.desk.access.engine(self.plan.engine).label
        reason = f"{failed} failed, and it was sent to {offer.label} by hand."
        route = Route(offer.engine, "agreed", reason, self.plan.route.out, self.plan.route.then)
        return self._plan_by(offer.engine, route)

    def _turn_to(self, plan: Plan) -> None:
        """Another attempt is another entry: what each of them cost is counted on its own."""
        old = self.entry
        self.plan = plan
        place = {key: value for key, value in old.place.items() if key != PARTS}
        self.entry = self.desk.book.add(
            replace(
                old,
                id=Entry("", "", "", "", {}, "").id,
                engine=plan.engine,
                model=plan.request.model,
                request=plan.request.model_dump(mode="json"),
                place={**place, **as_place(plan.parts)},
                estimate=plan.cost,
                currency=plan.currency,
                state=BookState.QUEUED,
            ),
            self.desk.caps,
        )
        remark_words(self.desk.book, self.entry.id, plan, is_milder=plan.engine == old.engine)

    def _told(self, error: ProviderError) -> EngineError:
        """The failure with what can be done about it."""
        says_it_itself = error.fault is Fault.OUTCOME_UNKNOWN  # that it is not sent again
        tells = self.again is not None and self.again.move in (Move.ASK, Move.WAIT) and not says_it_itself
        more = self.again.reason if self.again is not None and tells else ""
        gone = f" {LEFT_OUT}" if self.is_gone else ""
        return ProviderError(error.fault, f"{error.message}{gone} {more}".strip(), error.detail)

    @property
    def _planner(self) -> Planner:
        return self.desk.planner(self.entry.project)
