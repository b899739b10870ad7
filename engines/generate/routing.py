"""Which engine makes a shot where none is named: a table of rules, the first that fits wins and says why.

Two tables, as the two kinds of films have them: shots of a film go by length, budget and camera; scenes of a reel go by what
the words ask for, and still pictures are moved here. Nothing is sent while a route is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from engines.errors import EngineError

LOCAL = "procedural"
ORDER = ("runway", "pika", "luma", "stability")
"""In which order engines are asked where nothing else decides; others follow in the order of their names."""
LONG_SECONDS = 5
PRESET_ENGINES = {"product_hero_clean": "luma", "cinematic_story": "runway", "stylized_promo": "pika"}
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("runway", ("realistic", "cinematic", "photoreal", "photorealistic")),
    ("pika", ("stylized", "creative", "artistic", "anime", "abstract")),
    ("luma", ("physics", "3d", "product", "showcase", "rotation")),
)
"""What an engine is good at, by words of the prompt; the first group that is named wins, then what the list of models says."""


class Policy(StrEnum):
    """Who may be asked at all."""

    LOCAL_ONLY = "local_only"
    LOCAL_PREFERRED = "local_preferred"
    API_ONLY = "api_only"
    MULTI_ENGINE = "multi_engine"
    SINGLE_ENGINE = "single_engine"


class Budget(StrEnum):
    """How much a shot may cost, roughly."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Kind(StrEnum):
    """Which table goes for it."""

    FILM = "film"
    REEL = "reel"
    ASSET = "asset"
    """A picture, music or a sound."""


@dataclass(frozen=True)
class Candidate:
    """An engine as it stands now. `cost` is for this very request, None where its price is not known.

    `missing`: why it cannot be used; `trouble`: why it is left for now; `lacks`: what the request needs and it cannot do.
    """

    id: str
    label: str
    missing: str = ""
    trouble: str = ""
    lacks: str = ""
    longest: float = 600.0
    obeys_camera: bool = True
    cost: Decimal | None = Decimal(0)
    good_at: frozenset[str] = frozenset()
    """Words that the list of models names for it."""

    @property
    def why_not(self) -> str:
        """The reason it is out, empty while it is in."""
        return self.missing or self.lacks or self.trouble


@dataclass(frozen=True)
class Wish:
    """What a route is looked for by. `engine` empty or "auto": nobody chose one."""

    engine: str = "auto"
    kind: Kind = Kind.FILM
    policy: Policy = Policy.MULTI_ENGINE
    budget: Budget = Budget.MEDIUM
    preset: str = ""
    seconds: float = 5.0
    words: frozenset[str] = frozenset()
    has_image: bool = False
    camera: bool = False


@dataclass(frozen=True)
class Route:
    """The engine chosen, the rule that chose it and why in a sentence; who was out and why; who comes next if it fails."""

    engine: str
    rule: str
    reason: str
    out: tuple[tuple[str, str], ...] = ()
    then: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Case:
    wish: Wish
    there: tuple[Candidate, ...] = field(default=())
    """Remote ones that can be used, in order."""

    def first(self, ids: Iterable[str], fits: Callable[[Candidate], bool] = lambda _: True) -> Candidate | None:
        """The first of these that is there."""
        by_id = {one.id: one for one in self.there}
        return next((by_id[one] for one in ids if one in by_id and fits(by_id[one])), None)


_Rule = tuple[str, Callable[[_Case], "tuple[str, str] | None"]]
"""Its name, and what it gives for a case: engine and reason, or None."""


def route(wish: Wish, candidates: Sequence[Candidate]) -> Route:
    """The first rule of the wish's table that fits. Raises EngineError where the policy leaves nobody, in one sentence.

    `candidates`: all engines, the embedded one too; it always can, but for what no drawing can do (`lacks`).
    """
    known = {one.id: one for one in candidates}
    wanted = wish.engine if wish.engine not in ("", "auto") else ""
    if wanted:
        return _as_told(wanted, wish, candidates)
    if wish.policy is Policy.SINGLE_ENGINE:
        raise EngineError("The policy is one engine, and none is chosen. Choose one for the project or the shot.")
    local = known.get(LOCAL, Candidate(LOCAL, "Starcut"))
    remote = tuple(sorted((one for one in candidates if one.id != LOCAL), key=_place))
    case = _Case(wish, tuple(one for one in remote if not one.why_not))
    out = tuple((one.id, one.why_not) for one in (*remote, local) if one.why_not)
    table = _FIRST + _TABLES[wish.kind]
    for name, rule in table:
        found = rule(case)
        if found is not None and not (found[0] == LOCAL and (local.lacks or wish.policy is Policy.API_ONLY)):
            return Route(found[0], name, found[1], out, after(found[0], wish.policy, candidates))
    if wish.policy is Policy.API_ONLY or local.lacks:
        why = "; ".join(f"{known[one].label}: {text}" for one, text in out if one in known)
        this = "this" if wish.kind is Kind.ASSET else "this shot"
        raise EngineError(f"No engine can make {this} now. {why or 'None is set up'}.")
    too_short = next((one for one in remote if one.lacks and not one.missing and one.longest < wish.seconds), None)
    if too_short is not None:
        why = f"It is longer than services make in one, so the Starcut engine draws it, free. Choose {too_short.label} for joined parts."
        return Route(LOCAL, "too long", why, out, ())
    return Route(LOCAL, "nobody else", "No other engine is ready: the Starcut engine draws it, free.", out, ())


def _as_told(wanted: str, wish: Wish, candidates: Sequence[Candidate]) -> Route:
    """An engine that somebody chose is used or refused, never replaced in silence; who comes after it is another matter."""
    known = {one.id: one for one in candidates}
    one = known.get(wanted)
    if one is None:
        raise EngineError(f"There is no engine {wanted!r}; choose {', '.join(known)}.")
    if wish.policy is Policy.LOCAL_ONLY and wanted != LOCAL:
        raise EngineError(f"The policy is local only, and {one.label} is not on this computer. Change one of the two.")
    if one.missing or one.lacks:
        this = "this" if wish.kind is Kind.ASSET else "this shot"
        raise EngineError(f"{one.label} is chosen and cannot make {this}: {(one.missing or one.lacks).rstrip('.')}.")
    return Route(wanted, "chosen", f"{one.label} was chosen by hand.", (), after(wanted, wish.policy, candidates))


def after(chosen: str, policy: Policy, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Who is asked after an engine that failed: the others that can, in order, the embedded one at last; as the policy allows."""
    if policy is Policy.LOCAL_ONLY or chosen == LOCAL:
        return ()
    by_id = {one.id: one for one in candidates}
    remote = sorted((one for one in candidates if one.id not in (LOCAL, chosen) and not one.why_not), key=_place)
    rest = () if policy is Policy.SINGLE_ENGINE else tuple(one.id for one in remote)
    can_here = LOCAL not in by_id or not by_id[LOCAL].lacks
    return (*rest, LOCAL) if can_here and policy is not Policy.API_ONLY else rest


def _place(one: Candidate) -> tuple[int, str]:
    return (ORDER.index(one.id) if one.id in ORDER else len(ORDER), one.id)


def _local_only(case: _Case) -> tuple[str, str] | None:
    if case.wish.policy is Policy.LOCAL_ONLY:
        return LOCAL, "The policy is local only: nothing leaves this computer."
    return None


def _local_preferred(case: _Case) -> tuple[str, str] | None:
    if case.wish.policy is Policy.LOCAL_PREFERRED:
        return LOCAL, "The policy prefers this computer, and the Starcut engine can draw it."
    return None


def _preset(case: _Case) -> tuple[str, str] | None:
    one = case.first(filter(None, [PRESET_ENGINES.get(case.wish.preset)]))
    return None if one is None else (one.id, f"The preset {case.wish.preset} goes best with {one.label}.")


def _long(case: _Case) -> tuple[str, str] | None:
    one = case.first(["runway"])
    if case.wish.seconds > LONG_SECONDS and one is not None:
        return one.id, f"It is longer than {LONG_SECONDS} seconds: {one.label} makes long ones best."
    return None


def _cheap(case: _Case) -> tuple[str, str] | None:
    if case.wish.budget is not Budget.LOW:
        return None
    one = case.first(["stability"]) if case.wish.has_image else None
    one = one or case.first(["pika"])
    return None if one is None else (one.id, f"The budget is low: {one.label} is the cheapest that fits.")


def _best(case: _Case) -> tuple[str, str] | None:
    """The budget high is obeyed, too: the dearest that can is taken for the best."""
    if case.wish.budget is not Budget.HIGH:
        return None
    priced = [one for one in case.there if one.cost]
    one = max(priced, key=lambda each: each.cost or Decimal(0), default=None)
    return None if one is None else (one.id, f"The budget is high: {one.label} is the best that is ready.")


def _camera(case: _Case) -> tuple[str, str] | None:
    if not case.wish.camera:
        return None
    one = case.first(("runway", "pika", "luma"), lambda each: each.obeys_camera) or case.first(
        ("runway", "pika", "luma")
    )
    if one is None:
        return None
    how = "obeys camera moves" if one.obeys_camera else "takes camera moves as words"
    return one.id, f"A camera move is asked for: {one.label} {how}."


def _words(case: _Case) -> tuple[str, str] | None:
    for engine, words in WORDS:
        named = next((word for word in words if word in case.wish.words), None)
        one = case.first([engine])
        if named is not None and one is not None:
            return one.id, f"The words say “{named}”: {one.label} is good at it."
    for one in case.there:
        if said := sorted(one.good_at & case.wish.words):
            return one.id, f"The words say “{said[0]}”: {one.label} is good at it."
    return None


def _first(case: _Case) -> tuple[str, str] | None:
    if not case.there:
        return None
    one = case.there[0]
    return one.id, f"{one.label} is the first that is ready."


def _cheapest(case: _Case) -> tuple[str, str] | None:
    priced = [one for one in case.there if one.cost is not None]
    if case.wish.budget is not Budget.LOW or not priced:
        return None
    one = min(priced, key=lambda each: each.cost or Decimal(0))
    return one.id, f"The budget is low: {one.label} is the cheapest that is ready."


def _still(case: _Case) -> tuple[str, str] | None:
    if case.wish.has_image:
        return LOCAL, "It shows a picture: the Starcut engine moves over it, and does not change it."
    return None


def _usual(case: _Case) -> tuple[str, str] | None:
    one = case.first(["runway"])
    return None if one is None else (one.id, f"{one.label} is the usual one for reels.")


_FIRST: tuple[_Rule, ...] = (
    ("local only", _local_only),
    ("local preferred", _local_preferred),
    ("preset", _preset),
)
"""Who may be asked at all stands before what goes best with what."""
_FILM: tuple[_Rule, ...] = (
    ("long", _long),
    ("low budget", _cheap),
    ("high budget", _best),
    ("camera", _camera),
    ("words", _words),
    ("first ready", _first),
)
_REEL: tuple[_Rule, ...] = (
    ("still", _still),
    ("low budget", _cheap),
    ("high budget", _best),
    ("words", _words),
    ("usual", _usual),
    ("first ready", _first),
)
_ASSET: tuple[_Rule, ...] = (("low budget", _cheapest), ("high budget", _best), ("first ready", _first))
_TABLES = {Kind.FILM: _FILM, Kind.REEL: _REEL, Kind.ASSET: _ASSET}
