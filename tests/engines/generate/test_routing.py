"""Which engine makes a shot: the tables, row by row, and what always holds."""

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
