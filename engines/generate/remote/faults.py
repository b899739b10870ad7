"""What can go wrong with a provider, in one vocabulary: whether to send again, whom to ask, whether it may have cost money."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engines.errors import EngineError


class Fault(StrEnum):
    """Kinds of failure."""

    AUTH = "auth"
    CREDITS = "credits"
    RATE_LIMITED = "rate_limited"
    INVALID = "invalid_input"
    MODERATED = "moderated"
    UNAVAILABLE = "unavailable"
    UNREACHABLE = "unreachable"
    """Nothing was sent: no network, no such host, connection refused."""
    OUTCOME_UNKNOWN = "outcome_unknown"
    """Sent, but no reply came: it may have been accepted, and billed."""
    MODEL_GONE = "model_gone"
    FAILED = "failed"
    """The provider took the work and could not do it."""
    BAD_RESULT = "bad_result"
    """What came back is not what was asked for, or no film at all."""
    LOST = "lost"
    """The provider does not know the job, or no longer has its result."""
    TIMED_OUT = "timed_out"
    NOT_KEPT = "not_kept"
    """It is made and paid for, and this computer could not write it down."""


@dataclass(frozen=True)
class Policy:
    """What may be done after a fault without asking.

    `again`: the same request may be sent to the same provider (after a wait where one is named). `others`: another provider
    may be tried. `charged`: True, False, or None where nobody can say.
    """

    again: bool
    others: bool
    charged: bool | None


POLICIES: dict[Fault, Policy] = {
    Fault.AUTH: Policy(again=False, others=True, charged=False),
    Fault.CREDITS: Policy(again=False, others=True, charged=False),
    Fault.RATE_LIMITED: Policy(again=True, others=True, charged=False),
    Fault.INVALID: Policy(again=False, others=False, charged=False),
    Fault.MODERATED: Policy(again=False, others=False, charged=None),
    Fault.UNAVAILABLE: Policy(again=True, others=True, charged=False),
    Fault.UNREACHABLE: Policy(again=True, others=True, charged=False),
    Fault.OUTCOME_UNKNOWN: Policy(again=False, others=False, charged=None),
    Fault.MODEL_GONE: Policy(again=False, others=True, charged=False),
    Fault.FAILED: Policy(again=False, others=True, charged=None),
    Fault.BAD_RESULT: Policy(again=False, others=True, charged=True),
    Fault.LOST: Policy(again=False, others=False, charged=None),
    Fault.TIMED_OUT: Policy(again=False, others=False, charged=None),
    Fault.NOT_KEPT: Policy(again=False, others=False, charged=True),
}
"""Paid work is never sent twice by itself: only faults before it was accepted allow `again`."""


class ProviderError(EngineError):
    """A failure at a provider. `wait`: seconds it asked to wait. The message never holds a key, a header or a signed link."""

    def __init__(self, fault: Fault, message: str, detail: str = "", wait: float | None = None) -> None:
        super().__init__(message, detail, retryable=POLICIES[fault].again)
        self.fault = fault
        self.wait = wait

    @property
    def policy(self) -> Policy:
        """What may be done now."""
        return POLICIES[self.fault]
