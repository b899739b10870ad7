"""What is done when an engine fails: a table, walked down one level at a time, each step with its reason.

1 the engine that was chosen, once more with softer words where it refused the content and the user allowed that
2 the other engines, in the order of the route; a dearer one only after asking
3 the embedded engine
then a card stands in the cut that says what happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from engines.generate.remote.faults import POLICIES, Fault
from engines.generate.routing import LOCAL, Route


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
    """The next step: with whom, and why, in a sentence. `extra`: how much dearer than the first choice it is."""

    move: Move
    engine: str = ""
    reason: str = ""
    extra: Decimal = Decimal(0)


@dataclass(frozen=True)
class Allowed:
    """What the user agreed to beforehand."""

    softening: bool = False
    dearer: bool = False
    finish: Finish = Finish.ALWAYS


_STILL_THERE = (Fault.OUTCOME_UNKNOWN, Fault.TIMED_OUT)


def next_step(
    route: Route,
    chain: Sequence[Tried],
    allowed: Allowed,
    costs: Mapping[str, Decimal | None],
    *,
    local_can: bool = True,
) -> Next:
    """What to do after the last of `chain`. `costs`: by engine, for this request (None: not known).

    Nothing paid is repeated: an attempt whose outcome is unknown ends the chain, until somebody found out.
    """
    last = chain[-1]
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
    first = costs.get(route.engine)
    for other in route.then:
        if other == LOCAL or any(one.engine == other for one in chain):
            continue
        cost = costs.get(other)
        extra = Decimal(0) if cost is None or first is None else max(Decimal(0), cost - first)
        if not allowed.dearer and (extra > 0 or cost is None):
            how = f"{extra} dearer" if cost is not None else "of unknown price"
            return Next(Move.ASK, other, f"{other} could make it, and is {how}.", extra)
        return Next(Move.OTHER, other, f"{last.engine} failed: {last.message} {other} is next.", extra)
    return _at_home(chain, local_can, "No other engine is left.")


def _at_home(chain: Sequence[Tried], local_can: bool, why: str) -> Next:
    if local_can and not any(one.engine == LOCAL for one in chain):
        return Next(Move.LOCAL, LOCAL, f"{why} The Starcut engine draws it, free.")
    return Next(Move.CARD, reason=chain[-1].message)
