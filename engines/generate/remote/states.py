"""A job at a provider, as plain data: how to find it again, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from engines.generate.remote.faults import Fault


class RemoteState(StrEnum):
    """Where a job stands at its provider."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether it will not change any more."""
        return self in (RemoteState.SUCCEEDED, RemoteState.FAILED, RemoteState.CANCELLED)


_WORDS: Mapping[RemoteState, tuple[str, ...]] = {
    RemoteState.QUEUED: ("queued", "pending", "throttled", "starting", "in_queue"),
    RemoteState.SUCCEEDED: ("succeeded", "completed"),
    RemoteState.FAILED: (
        "failed", "nsfw", "incomplete", "budget_exceeded", "requires_action", "requires_continuation",
    ),
    RemoteState.CANCELLED: ("cancelled", "canceled", "aborted"),
}  # fmt: skip
"""What services call it; every other word, a new one too, is a job that runs and is asked after again."""
_NAMED = {word: state for state, words in _WORDS.items() for word in words}


def state_named(word: str) -> RemoteState:
    """What a service's own word for a state means."""
    return _NAMED.get(word.casefold(), RemoteState.RUNNING)


@dataclass(frozen=True)
class Handle:
    """All that is needed to find a job again, in another process, another day. Plain data; holds no secret."""

    engine: str
    model: str
    id: str
    links: Mapping[str, str] = field(default_factory=dict)
    """Addresses the provider gave for this job: status, result, cancel."""

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @staticmethod
    def from_plain(plain: Mapping[str, Any]) -> Handle:
        """Out of what `as_plain` gave."""
        links = {str(key): str(value) for key, value in plain.get("links", {}).items()}
        return Handle(str(plain["engine"]), str(plain.get("model", "")), str(plain["id"]), links)


@dataclass(frozen=True)
class Output:
    """One result of a job: where it can be fetched now. Links end; poll again for new ones."""

    url: str
    kind: str = "video"  # video, image, audio
    size: int | None = None
    data: bytes = field(default=b"", repr=False)
    """The result itself, from providers that answer with it."""


@dataclass(frozen=True)
class Polled:
    """What a provider says of a job. `progress` 0..1 only where it gives one; `cost` only where it says what was charged."""

    state: RemoteState
    progress: float | None = None
    position: int | None = None
    """Place in the provider's queue, 1 is next."""
    outputs: tuple[Output, ...] = ()
    cost: Decimal | None = None
    fault: Fault | None = None
    message: str = ""
    """Why it failed, in the provider's words."""
    raw: str = ""
    """The provider's own word for the state, for the log."""


@dataclass(frozen=True)
class Cancelling:
    """What came of asking to stop: whether it will, and whether it may be billed all the same."""

    stopped: bool
    may_be_billed: bool
