"""What is done when an engine fails: a table, walked down one level at a time, each step with its reason.

1 the engine that was chosen, once more with softer words where it refused the content and the user allowed that
2 the other engines, in the order of the route; a dearer one, and any that costs after a key or an account failed, only after asking
3 the embedded engine, unless the policy is services only
then a card stands in the cut that says what happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from engines.generate.remote.faults import POLICIES, Fault
from engines.generate.routing import LOCAL, Policy, Route


class Finish(StrEnum):
    """How a job takes a failure."""

    ALWAYS = "always_finish"
    STRICT = "strict"
    """No retry, no other engine: the failure is the answer."""


class Move(StrEnum):
    """What comes next."""

    SOFTEN = "soften"
    OTHER = "other"
    ASK = "ask"
    LOCAL = "local"
    CARD = "card"
    WAIT = "wait"
    """It may still be running, and paid for: nobody else is asked."""


@dataclass(frozen=True)
class Tried:
    """One attempt that failed."""

    engine: str
    fault: Fault
    message: str
    softened: bool = False


@dataclass(frozen=True)
class Next:
    """The next step: with whom, and why, in a sentence. `cost`: what that one takes for it, None where nobody knows."""

    move: Move
    engine: str = ""
    reason: str = ""
    cost: Decimal | None = Decimal(0)


@dataclass(frozen=True)
class Allowed:
    """What the user agreed to beforehand. `dearer`: another engine may cost more, or nobody knows what."""

    softening: bool = False
    dearer: bool = False
    finish: Finish = Finish.ALWAYS
    policy: Policy = Policy.MULTI_ENGINE


_ASKED_ABOUT = (Fault.AUTH, Fault.CREDITS)
"""A key or an account is at fault: that the money goes to somebody else instead is for the user to say, each time."""
_STILL_THERE = (Fault.OUTCOME_UNKNOWN, Fault.TIMED_OUT, Fault.NOT_KEPT)


def next_step(
    route: Route,
    chain: Sequence[Tried],
    allowed: Allowed,
    costs: Mapping[str, Decimal | None],
    *,
    local_can: bool = True,
    names: Mapping[str, str] | None = None,
) -> Next:
    """What to do after the last of `chain`. `costs`: by engine, for this request (None: not known); `names`: what they are called.

    Nothing paid is repeated: an attempt whose outcome is unknown ends the chain, until somebody found out.
    """
    last, called = chain[-1], names or {}
    local_can = local_can and allowed.policy is not Policy.API_ONLY
    if last.fault in _STILL_THERE:
        return Next(Move.WAIT, last.engine, "It may still be running there and is not sent twice.")
    if allowed.finish is Finish.STRICT:
        return Next(Move.CARD, reason=f"No retry was wanted. {last.message}")
    if last.fault is Fault.MODERATED:
        if allowed.softening and not any(one.softened for one in chain):
            return Next(Move.SOFTEN, last.engine, "It refused the words; they are sent once more, softened.")
        return _at_home(chain, local_can, "A refusal is not taken to another provider.")
    if last.fault is Fault.INVALID or not POLICIES[last.fault].others:
        return _at_home(chain, local_can, "Another provider would refuse the same request.")
    tried = {one.engine for one in chain}
    other = next((one for one in route.then if one != LOCAL and one not in tried), None)
    if other is None or allowed.policy in (Policy.LOCAL_ONLY, Policy.SINGLE_ENGINE):
        return _at_home(chain, local_can, "No other engine is left.")
    cost, first, name = costs.get(other), costs.get(route.engine), called.get(other, other)
    is_dearer = cost is None or (cost > 0 and (first is None or cost > first))
    if (is_dearer and not allowed.dearer) or (last.fault in _ASKED_ABOUT and cost != 0):
        return Next(Move.ASK, other, f"{name} could make it{_for(cost, first)}.", cost)
    return Next(
        Move.OTHER, other, f"{called.get(last.engine, last.engine)} failed: {last.message} {name} is next.", cost
    )


def _for(cost: Decimal | None, first: Decimal | None) -> str:
    """ " for $ 0.60, $ 0.15 more"."""
    if cost is None:
        return "; its price is not known"
    more = f", $ {cost - first:.2f} more" if first is not None and cost > first else ""
    return f" for $ {cost:.2f}{more}"


def _at_home(chain: Sequence[Tried], local_can: bool, why: str) -> Next:
    if local_can and not any(one.engine == LOCAL for one in chain):
        return Next(Move.LOCAL, LOCAL, f"{why} The Starcut engine draws it, free.")
    return Next(Move.CARD, reason=chain[-1].message)
