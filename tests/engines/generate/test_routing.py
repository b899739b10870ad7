"""Which engine makes a shot: the tables, row by row, and what always holds."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.errors import EngineError
from engines.generate.fallback import Allowed, Finish, Move, Tried, next_step
from engines.generate.health import Health
from engines.generate.remote.faults import Fault
from engines.generate.routing import LOCAL, Budget, Candidate, Kind, Policy, Route, Wish, route

NAMES = ("runway", "pika", "luma", "stability", "fal")
COSTS = dict(zip(NAMES, ("0.60", "0.45", "0.50", "0.20", "0.90"), strict=True))


def candidates(*ready: str, **troubled: str) -> list[Candidate]:
    return [
        Candidate(LOCAL, "Starcut"),
        *(
            Candidate(
                one,
                one.capitalize(),
                missing="" if one in ready else "no key",
                trouble=troubled.get(one, ""),
                obeys_camera=one != "runway",
                cost=Decimal(COSTS[one]),
            )
            for one in NAMES
        ),
    ]


ALL = candidates(*NAMES)
IMAGE, CAMERA = {"has_image": True}, {"camera": True}


@pytest.mark.parametrize(
    ("wish", "ready", "engine", "rule"),
    [
        ({"engine": "luma"}, NAMES, "luma", "chosen"),
        ({"policy": Policy.LOCAL_ONLY}, NAMES, LOCAL, "local only"),
        ({"policy": Policy.LOCAL_PREFERRED}, NAMES, LOCAL, "local preferred"),
        ({"policy": Policy.LOCAL_PREFERRED, "preset": "product_hero_clean"}, NAMES, LOCAL, "local preferred"),
        ({"preset": "product_hero_clean"}, NAMES, "luma", "preset"),
        ({"preset": "stylized_promo"}, NAMES, "pika", "preset"),
        ({"preset": "product_hero_clean"}, ("runway",), "runway", "first ready"),
        ({"seconds": 8}, NAMES, "runway", "long"),
        ({"seconds": 8}, ("pika", "luma"), "pika", "first ready"),
        ({"seconds": 5}, NAMES, "runway", "first ready"),
        ({"budget": Budget.LOW}, NAMES, "pika", "low budget"),
        ({"budget": Budget.LOW, **IMAGE}, NAMES, "stability", "low budget"),
        ({"budget": Budget.LOW}, ("runway", "luma"), "runway", "first ready"),
        ({"budget": Budget.HIGH}, NAMES, "fal", "high budget"),
        (CAMERA, NAMES, "pika", "camera"),
        (CAMERA, ("runway", "stability"), "runway", "camera"),
        (CAMERA, ("stability",), "stability", "first ready"),
        ({"words": frozenset({"anime"})}, NAMES, "pika", "words"),
        ({"words": frozenset({"rotation"})}, NAMES, "luma", "words"),
        ({}, (), LOCAL, "nobody else"),
        ({"kind": Kind.REEL, **IMAGE}, NAMES, LOCAL, "still"),
        ({"kind": Kind.REEL, "words": frozenset({"product"})}, NAMES, "luma", "words"),
        ({"kind": Kind.REEL}, NAMES, "runway", "usual"),
        ({"kind": Kind.REEL}, ("luma", "fal"), "luma", "first ready"),
        ({"kind": Kind.REEL, "policy": Policy.API_ONLY, **IMAGE}, NAMES, "runway", "usual"),
    ],
)
def test_a_row_of_the_table(wish: dict[str, object], ready: tuple[str, ...], engine: str, rule: str) -> None:
    found = route(Wish(**wish), candidates(*ready))  # type: ignore[arg-type]
    assert (found.engine, found.rule) == (engine, rule)
    assert found.reason.endswith(".")


def test_what_the_list_of_models_names_counts_after_the_table() -> None:
    listed = [replace(one, good_at=frozenset({"claymation", "anime"})) if one.id == "fal" else one for one in ALL]
    assert route(Wish(words=frozenset({"claymation"})), listed).engine == "fal"
    assert (
        route(Wish(words=frozenset({"claymation"})), listed).reason == "The words say “claymation”: Fal is good at it."
    )
    assert route(Wish(words=frozenset({"anime"})), listed).engine == "pika"


def test_an_engine_in_trouble_is_left_out_and_says_why() -> None:
    found = route(Wish(), candidates(*NAMES, runway="3 of its last 4 jobs failed"))
    assert found.engine == "pika"
    assert ("runway", "3 of its last 4 jobs failed") in found.out


@pytest.mark.parametrize(
    ("wish", "ready", "words"),
    [
        (Wish(engine="luma"), ("runway",), "Luma is chosen and cannot make this shot: no key"),
        (Wish(engine="luma", policy=Policy.LOCAL_ONLY), NAMES, "local only"),
        (Wish(engine="gen-9"), NAMES, "no engine 'gen-9'"),
        (Wish(policy=Policy.API_ONLY), (), "No engine can make this shot now"),
        (Wish(policy=Policy.SINGLE_ENGINE), NAMES, "none is chosen"),
    ],
)
def test_what_nobody_may_make_is_refused_in_words(wish: Wish, ready: tuple[str, ...], words: str) -> None:
    with pytest.raises(EngineError, match=words):
        route(wish, candidates(*ready))


@given(
    st.builds(
        Wish,
        kind=st.sampled_from(Kind),
        policy=st.sampled_from([one for one in Policy if one not in (Policy.SINGLE_ENGINE, Policy.API_ONLY)]),
        budget=st.sampled_from(Budget),
        preset=st.sampled_from(["", "product_hero_clean", "cinematic_story"]),
        seconds=st.floats(0.5, 60),
        words=st.frozensets(st.sampled_from(["anime", "3d", "cinematic", "lake"])),
        has_image=st.booleans(),
        camera=st.booleans(),
    ),
    st.sets(st.sampled_from(NAMES)),
)
def test_there_is_always_a_route_and_it_is_one_that_can(wish: Wish, ready: set[str]) -> None:
    found = route(wish, candidates(*ready))
    assert found.engine in {LOCAL, *ready}
    assert set(found.then) <= {LOCAL, *ready} - {found.engine}
    if wish.policy is Policy.LOCAL_ONLY:
        assert (found.engine, found.then) == (LOCAL, ())


@pytest.mark.parametrize(
    ("policy", "then"),
    [
        (Policy.MULTI_ENGINE, ("runway", "luma", LOCAL)),
        (Policy.LOCAL_PREFERRED, ("runway", "luma", LOCAL)),
        (Policy.API_ONLY, ("runway", "luma")),
        (Policy.SINGLE_ENGINE, (LOCAL,)),
    ],
)
def test_an_engine_that_was_chosen_by_hand_has_the_others_after_it(policy: Policy, then: tuple[str, ...]) -> None:
    found = route(Wish(engine="pika", policy=policy), candidates("pika", "luma", "runway"))
    assert (found.engine, found.rule, found.then) == ("pika", "chosen", then)


@pytest.mark.parametrize(
    ("budget", "policy", "engine", "rule"),
    [
        (Budget.MEDIUM, Policy.MULTI_ENGINE, "luma", "first ready"),
        (Budget.LOW, Policy.MULTI_ENGINE, "stability", "low budget"),
        (Budget.HIGH, Policy.MULTI_ENGINE, "higgsfield", "high budget"),
        (Budget.HIGH, Policy.LOCAL_ONLY, LOCAL, "local only"),
        (Budget.HIGH, Policy.LOCAL_PREFERRED, LOCAL, "local preferred"),
    ],
)
def test_a_picture_goes_by_a_table_of_its_own(budget: Budget, policy: Policy, engine: str, rule: str) -> None:
    prices = {"luma": "0.05", "stability": "0.03", "higgsfield": "0.06"}
    there = [Candidate(one, one, cost=Decimal(price)) for one, price in prices.items()]
    wish = Wish(kind=Kind.ASSET, budget=budget, policy=policy, seconds=60, camera=True)
    found = route(wish, [Candidate(LOCAL, "Starcut"), *there])
    assert (found.engine, found.rule) == (engine, rule)
    assert found.reason


ROUTE = Route("pika", "words", "because", (), ("runway", "stability", LOCAL))
PRICES = {"pika": Decimal("0.45"), "runway": Decimal("0.60"), "stability": Decimal("0.20"), LOCAL: Decimal(0)}
FREELY = Allowed(softening=True, dearer=True)


def after(*faults: tuple[str, Fault], allowed: Allowed = FREELY, softened: bool = False) -> tuple[Move, str]:
    chain = [Tried(engine, fault, "It failed.", softened) for engine, fault in faults]
    found = next_step(ROUTE, chain, allowed, PRICES)
    assert found.reason
    return found.move, found.engine


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_its_first_step(fault: Fault) -> None:
    move, engine = after(("pika", fault))
    expected = {
        Fault.OUTCOME_UNKNOWN: (Move.WAIT, "pika"),
        Fault.TIMED_OUT: (Move.WAIT, "pika"),
        Fault.NOT_KEPT: (Move.WAIT, "pika"),
        Fault.AUTH: (Move.ASK, "runway"),
        Fault.CREDITS: (Move.ASK, "runway"),
        Fault.MODERATED: (Move.SOFTEN, "pika"),
        Fault.INVALID: (Move.LOCAL, LOCAL),
        Fault.LOST: (Move.LOCAL, LOCAL),
    }
    assert (move, engine) == expected.get(fault, (Move.OTHER, "runway"))


def test_the_chain_goes_down_to_a_card_and_ends() -> None:
    fault = Fault.UNAVAILABLE
    assert after(("pika", fault), ("runway", fault)) == (Move.OTHER, "stability")
    assert after(("pika", fault), ("runway", fault), ("stability", fault)) == (Move.LOCAL, LOCAL)
    assert after(("pika", fault), ("runway", fault), ("stability", fault), (LOCAL, fault)) == (Move.CARD, "")


def test_a_refusal_is_softened_once_and_only_where_that_was_allowed() -> None:
    assert after(("pika", Fault.MODERATED), softened=True) == (Move.LOCAL, LOCAL)
    assert after(("pika", Fault.MODERATED), allowed=Allowed(dearer=True)) == (Move.LOCAL, LOCAL)


def test_a_dearer_engine_is_asked_about_first() -> None:
    assert after(("pika", Fault.FAILED), allowed=Allowed()) == (Move.ASK, "runway")


def test_the_question_names_the_engine_and_its_price_in_dollars() -> None:
    names = {"runway": "Runway", "stability": "Stability"}

    def asked(fault: Fault, costs: dict[str, Decimal | None]) -> str:
        found = next_step(ROUTE, [Tried("pika", fault, "It failed.")], Allowed(), costs, names=names)
        assert (found.move, found.engine, found.cost) == (Move.ASK, "runway", costs.get("runway"))
        return found.reason

    assert asked(Fault.FAILED, {**PRICES}) == "Runway could make it for $ 0.60, $ 0.15 more."
    assert asked(Fault.CREDITS, {**PRICES, "runway": Decimal("0.40")}) == "Runway could make it for $ 0.40."
    assert (
        asked(Fault.FAILED, {"pika": Decimal("0.45"), "runway": None})
        == "Runway could make it; its price is not known."
    )
    assert asked(Fault.FAILED, {"pika": None, "runway": Decimal("9.60")}) == "Runway could make it for $ 9.60."


def test_after_a_key_or_an_account_failed_only_a_free_engine_goes_unasked() -> None:
    costs = {**PRICES, "runway": Decimal(0)}
    for fault in (Fault.AUTH, Fault.CREDITS):
        found = next_step(ROUTE, [Tried("pika", fault, "It failed.")], FREELY, costs)
        assert (found.move, found.engine) == (Move.OTHER, "runway")


@given(
    st.lists(
        st.tuples(st.sampled_from(("pika", "runway", "stability", LOCAL)), st.sampled_from(Fault)),
        min_size=1,
        max_size=5,
    ),
    st.builds(
        Allowed,
        softening=st.booleans(),
        dearer=st.booleans(),
        finish=st.sampled_from(Finish),
        policy=st.sampled_from(Policy),
    ),
    st.dictionaries(
        st.sampled_from(("pika", "runway", "stability")), st.none() | st.sampled_from([Decimal(0), Decimal(1)])
    ),
    st.booleans(),
)
def test_there_is_always_a_next_step_and_it_is_one_that_is_allowed(
    faults: list[tuple[str, Fault]], allowed: Allowed, costs: dict[str, Decimal | None], local_can: bool
) -> None:
    chain = [Tried(engine, fault, "It failed.") for engine, fault in faults]
    found = next_step(ROUTE, chain, allowed, costs, local_can=local_can)
    last, tried = chain[-1], {one.engine for one in chain}
    assert found.reason
    if allowed.finish is Finish.STRICT:
        assert found.move in (Move.CARD, Move.WAIT)
    if found.move in (Move.OTHER, Move.ASK):
        assert found.engine not in tried
        assert allowed.policy not in (Policy.LOCAL_ONLY, Policy.SINGLE_ENGINE)
        assert last.fault not in (Fault.INVALID, Fault.MODERATED, Fault.OUTCOME_UNKNOWN, Fault.LOST)
    if found.move is Move.OTHER and costs.get(found.engine) != 0:
        assert last.fault not in (Fault.AUTH, Fault.CREDITS)
        first, cost = costs.get(ROUTE.engine), costs.get(found.engine)
        assert allowed.dearer or (first is not None and cost is not None and cost <= first)
    if found.move is Move.LOCAL:
        assert local_can
        assert LOCAL not in tried
        assert allowed.policy is not Policy.API_ONLY


def test_services_only_ends_with_a_card_and_never_here() -> None:
    only = Allowed(softening=True, dearer=True, policy=Policy.API_ONLY)
    assert after(("pika", Fault.INVALID), allowed=only) == (Move.CARD, "")
    fault = Fault.UNAVAILABLE
    assert after(("pika", fault), ("runway", fault), ("stability", fault), allowed=only) == (Move.CARD, "")


def test_strict_jobs_end_with_their_first_failure() -> None:
    strict = Allowed(softening=True, dearer=True, finish=Finish.STRICT)
    assert after(("pika", Fault.UNAVAILABLE), allowed=strict) == (Move.CARD, "")
    assert after(("pika", Fault.OUTCOME_UNKNOWN), allowed=strict) == (Move.WAIT, "pika")


def test_an_engine_is_left_after_half_of_three_tries_failed_and_comes_back() -> None:
    now = [0.0]
    health = Health(lambda: now[0])
    for well in (False, True):
        health.note("pika", well)
    assert not health.trouble("pika")
    health.note("pika", False)
    assert health.trouble("pika") == "2 of its last 3 jobs failed within 5 minutes"
    now[0] = 301.0
    assert not health.trouble("pika")


def test_what_is_too_long_for_services_says_so_and_how_it_can_be_had() -> None:
    runway = Candidate("runway", "Runway", lacks="Runway makes 10 s at most.", longest=10.0)
    found = route(
        Wish(seconds=14.0), [Candidate(LOCAL, "Starcut"), runway, Candidate("luma", "Luma", missing="no key")]
    )
    assert (found.engine, found.rule) == (LOCAL, "too long")
    assert "Choose Runway for joined parts" in found.reason
