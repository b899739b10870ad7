"""What is sent for a shot: which engine and model, in what words, for how much, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from engines.errors import EngineError
from engines.generate.base import Engine, GenerationRequest
from engines.generate.health import Health
from engines.generate.moderation import Changed, Strictness
from engines.generate.prompting import Parts, build, cleared
from engines.generate.registry import DEFAULT_ENGINE, engines, visible_engines
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine
from engines.generate.remote.segments import Part
from engines.generate.remote.shared_options import with_values
from engines.generate.routing import LOCAL, Candidate, Kind, Route, Wish, route
from studio_app.planning.camera_choice import STILL
from studio_app.planning.film_kind import kind_of, preset_of
from studio_app.services.access import EngineAccess
from studio_app.services.job_book import Entry
from studio_app.services.job_entry import request_of
from studio_app.services.settings import Settings
from studio_app.session.joined_parts import (
    JOINED,
    TooLong,
    estimate_of,
    parted_model,
    parts_by,
    parts_in,
    parts_words,
    too_long_for,
)
from timeline.storyboard import Shot, Storyboard

OPTIONS = "engine_options"
"""Under which name a shot keeps values that only one engine has, by the engine's id."""


@dataclass(frozen=True)
class Plan:
    """What would be sent now. `notes`: what was changed or left out of the words, in sentences; nothing is changed in silence."""

    engine: str
    request: GenerationRequest
    route: Route
    cost: Decimal = Decimal(0)
    seconds: float = 0.0
    currency: str = "USD"
    notes: tuple[str, ...] = ()
    changes: tuple[Changed, ...] = ()
    strictness: str = ""
    """That of the word filter it went through; empty: through none."""
    parts: tuple[Part, ...] = ()
    """Of a film that is longer than the model makes, and may be made in joined parts."""
    words: Parts | None = None
    """What the prompt was built of, before the word filter; None for one that was built before."""

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing."""
        return self.cost == 0 and self.engine == LOCAL


def plan_before(entry: Entry) -> Plan:
    """The plan of a job of the book, as it was sent. Raises StudioError for one this version cannot read."""
    here = Route(entry.engine, "resumed", "It was begun before.")
    return Plan(entry.engine, request_of(entry), here, entry.estimate, parts=parts_in(entry.place))


class Planner:
    """Makes plans. Asks no network; any thread."""

    def __init__(self, access: EngineAccess, settings: Settings, health: Health, blocked: Sequence[str] = ()) -> None:
        self._access, self._settings, self._health, self._blocked = access, settings, health, tuple(blocked)

    def plan(
        self, shot: Shot, request: GenerationRequest, engine_id: str = "", board: Storyboard | None = None
    ) -> Plan:
        """What would be sent for a shot of a storyboard, where it has one. Raises EngineError where nobody can make it, in one sentence.

        `engine_id` "" is the embedded engine, "auto" goes by the tables, "runway" or "runway/gen4.5" is that one; old names
        are what serves them now, and the plan's notes say so.
        """
        wanted, model, notes = self._named(engine_id)
        if wanted != "auto" and not isinstance(maker := self._access.engine(wanted), RemoteEngine):
            if why := maker.lacks(request):
                raise EngineError(f"{why[0].upper()}{why[1:]}. Choose another.")
            here = Route(wanted, "chosen", f"{maker.label} makes it on this computer, free.")
            return Plan(wanted, request, here, seconds=maker.estimate(request).seconds)
        if model:
            request = request.model_copy(update={"model": model})
        candidates = self.candidates(request, shot, wanted)
        is_film = request.makes == "film"
        settings = self._settings
        said = f"{shot.description} {' '.join(shot.tags)} {request.style}"
        words = frozenset(re.findall(r"\w+", said.casefold()))
        chosen = route(
            Wish(
                engine=wanted,
                kind=kind_of(board, shot) if is_film else Kind.ASSET,
                preset=preset_of(board, shot) if is_film else "",
                policy=settings.engine_policy,
                budget=settings.engine_budget,
                seconds=request.length.to_seconds(),
                words=words,
                has_image=bool(request.image_reference),
                camera=request.camera_motion not in ("", STILL),
            ),
            candidates,
        )
        plan = self.for_engine(chosen.engine, shot, request, chosen)
        return replace(plan, notes=(*notes, *plan.notes))

    def too_long(self, shot: Shot, request: GenerationRequest, engine_id: str = "") -> TooLong | None:
        """Whether the engine that is asked for makes no film as long as this; then what can be done about it."""
        try:
            wanted, model, _ = self._named(engine_id)
            maker = self._access.engine(wanted) if wanted != "auto" else None
        except EngineError:
            return None
        if not isinstance(maker, RemoteEngine) or maker.available():
            return None
        plain = replace(shot, extra={key: value for key, value in shot.extra.items() if key != JOINED})
        asked = self._with_options(wanted, shot, request.model_copy(update={"model": model}))
        return too_long_for(maker, asked, self.candidates(request.model_copy(update={"model": ""}), plain))

    def for_engine(self, engine_id: str, shot: Shot, request: GenerationRequest, chosen: Route) -> Plan:
        """The plan with a given engine: the words as it takes them, and its price. Raises EngineError."""
        maker = self._access.engine(engine_id)
        if not isinstance(maker, RemoteEngine):
            return Plan(engine_id, request, chosen, seconds=maker.estimate(request).seconds)
        request = request if chosen.engine == engine_id else request.model_copy(update={"model": ""})
        request = self._with_options(engine_id, shot, request)
        parts = parts_by(maker, request) if shot.extra.get(JOINED) else ()
        model = parted_model(maker, request) if parts else maker.model_for(request)
        plan = Plan(
            engine_id, request.model_copy(update={"model": model.id}), chosen, parts=parts, words=_parts(shot, request)
        )
        plan = self._worded(plan, model, self._settings.engine_strictness)
        estimate = estimate_of(maker, plan.request, parts)
        notes = (*([parts_words(maker, model, parts)] if parts else []), *plan.notes)
        return replace(plan, cost=estimate.cost, seconds=estimate.seconds, currency=estimate.currency, notes=notes)

    def softened(self, plan: Plan) -> Plan:
        """The plan for the one more try after a refusal: with the word filter at its strictest, and asking for harmless pictures."""
        maker = self._access.engine(plan.engine)
        if not isinstance(maker, RemoteEngine):
            return plan
        milder = self._worded(plan, maker.model_for(plan.request), Strictness.STRICT)
        notes = tuple(dict.fromkeys((*plan.notes, *milder.notes)))
        return replace(milder, route=replace(plan.route, rule="softened"), notes=notes)

    def _worded(self, plan: Plan, model: Model, strictness: Strictness) -> Plan:
        """The plan with its words: first filtered, then put together within what the model reads; all of it told."""
        parts, changes = cleared(plan.words or Parts(plan.request.prompt), strictness, self._blocked)
        if plan.request.makes not in ("film", "picture"):  # nobody sees it
            parts, changes = replace(parts, cues=""), tuple(one for one in changes if one.found)
        built = build(parts, model.prompt_limit, model.prompt_units)
        notes = (*built.notes, *(one.sentence for one in changes))
        return replace(
            plan,
            request=plan.request.model_copy(update={"prompt": built.text}),
            notes=notes,
            changes=changes,
            strictness=strictness.value,
        )

    def candidates(self, request: GenerationRequest, shot: Shot, chosen: str = "") -> list[Candidate]:
        """All engines as they stand for this request of a shot. A model and values that `chosen` was given are its alone."""
        is_joined, plain, access = bool(shot.extra.get(JOINED)), request, self._access.access
        if chosen not in ("", "auto"):
            plain = request.model_copy(update={"model": "", "options": {}})
        return [
            self._candidate(
                self._access.engine(one, access),
                self._with_options(one, shot, request if one == chosen else plain),
                joined=is_joined,
            )
            for one in visible_engines()
        ]

    def _with_options(self, engine_id: str, shot: Shot, request: GenerationRequest) -> GenerationRequest:
        """The request with an engine's own values: those of the preferences, the shot's and the request's over them."""
        found = shot.extra.get(OPTIONS)
        of_shot = found.get(engine_id, {}) if isinstance(found, Mapping) else {}
        values = {**self._settings.engine_options.get(engine_id, {}), **of_shot, **request.options}
        return with_values(request, values)

    def _candidate(self, maker: Engine, request: GenerationRequest, *, joined: bool) -> Candidate:
        lacks, cost = maker.lacks(request), Decimal(0)
        missing = maker.available() or ""
        if not missing and not lacks:
            try:
                parts = parts_by(maker, request) if joined and isinstance(maker, RemoteEngine) else ()
                cost = estimate_of(maker, request, parts).cost
            except EngineError as error:
                lacks = error.message
        return Candidate(
            maker.id,
            maker.label,
            missing=missing,
            lacks=lacks,
            trouble=self._health.trouble(maker.id),
            longest=maker.capabilities.max_seconds,
            obeys_camera=maker.capabilities.camera_motion,
            cost=cost,
            good_at=frozenset(word for one in maker.models for word in one.good_at)
            if isinstance(maker, RemoteEngine)
            else frozenset(),
        )

    def _named(self, engine_id: str) -> tuple[str, str, tuple[str, ...]]:
        """Engine, model and what is to be said of an old name."""
        if engine_id in ("", DEFAULT_ENGINE):
            return LOCAL, "", ()
        if engine_id == "auto" or engine_id in engines().classes:
            return engine_id, "", ()
        models = self._access.models
        found, said = models.find(engine_id), models.words.get(engine_id.strip().casefold(), "")
        if found is None:
            raise EngineError(said or f"There is no engine {engine_id!r}; choose {', '.join(visible_engines())}.")
        return found.provider, found.id, ((said,) if said else ())


def _parts(shot: Shot, request: GenerationRequest) -> Parts:
    """What a shot's prompt is built of."""
    return Parts(
        shot.description or request.prompt,
        style=request.style,
        mood=request.mood,
        camera=request.camera_motion,
        subject=request.subject_motion,
        lighting=str(shot.extra.get("lighting", "")),
        keywords=shot.tags,
        verbatim=[str(shot.extra[name]) for name in _VERBATIM if shot.extra.get(name)],
    )


_VERBATIM = ("camera_notes", "notes", "prompt_seed")
