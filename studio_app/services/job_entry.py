"""What the book of jobs holds, as values: a job and where it stands, its history, money spent and money allowed."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from engines.generate.base import GenerationRequest
from engines.generate.remote.faults import Fault
from engines.generate.remote.states import Handle
from timeline.errors import StudioError


class BookState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    LANDING = "landing"
    """Its film is on the disk, the project does not have it yet."""
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """Sent, and nobody knows whether it was taken. Never sent again by itself."""
    OVER_BUDGET = "over_budget"

    @property
    def is_open(self) -> bool:
        """Whether it may still cost what it was estimated at."""
        return self in (BookState.QUEUED, BookState.RUNNING, BookState.UNKNOWN)


@dataclass(frozen=True)
class Entry:
    """A job as it stands in the book. `request` is the engine's request as plain values; it holds no secret.

    `place` says where its result goes (a clip, a sequence) as plain values of whoever asked for it.
    """

    project: str
    subject: str
    name: str
    engine: str
    request: Mapping[str, Any]
    target: str
    model: str = ""
    place: Mapping[str, Any] = field(default_factory=dict)
    state: BookState = BookState.QUEUED
    client_key: str = ""
    sent_at: float = 0.0
    handle: Handle | None = None
    estimate: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    cost_is_sure: bool = False
    currency: str = "USD"
    fault: str = ""
    message: str = ""
    priority: int = 0
    created: float = 0.0
    changed: float = 0.0
    id: str = field(default_factory=lambda: uuid4().hex)

    @property
    def is_at_service(self) -> bool:
        """Whether it failed on the way back only: the service has it, or may, and going on asks after it and sends nothing."""
        if self.handle is None:
            return False
        if self.state is BookState.CANCELLED:
            return self.fault in (GOES_ON, MADE)
        if self.state is not BookState.FAILED:
            return False
        costs = bool(self.estimate or self.cost)
        return self.fault in STILL_THERE or (costs and self.fault == Fault.LOST)

    @property
    def broke_off(self) -> bool:
        """Whether it was sent, or is there, and nothing says how it ended: where nobody is at it, going on sends nothing anew."""
        return self.state is BookState.LANDING or (self.state is BookState.RUNNING and bool(self.client_key))


def request_of(entry: Entry) -> GenerationRequest:
    """What was asked for. Raises StudioError where another version wrote what this one cannot read; the book keeps it."""
    try:
        return GenerationRequest.model_validate(entry.request)
    except ValidationError as error:
        at_service = f" The service knows it as {entry.handle.id}." if entry.handle is not None else ""
        raise StudioError(
            f"“{entry.name}” stands in the book of jobs as this version of Starcut cannot read it; nothing was sent, and it stays "
            f"there.{at_service} Go on with the version that wrote it, or generate the shot anew.",
            str(error),
        ) from error


GOES_ON = "goes_on"
"""Stands for the fault of a cancelled job that its service did not stop: it is made there, may be billed, and can be fetched."""
MADE = "made"
"""The same, once it is known that it was made there."""
STILL_THERE = frozenset(
    one.value
    for one in (Fault.TIMED_OUT, Fault.UNREACHABLE, Fault.UNAVAILABLE, Fault.RATE_LIMITED, Fault.AUTH, Fault.NOT_KEPT)
)
"""Faults after which a job that was taken is asked for once more, not sent."""


@dataclass(frozen=True)
class Event:
    """One line of a job's history."""

    at: float
    state: str
    text: str


@dataclass(frozen=True)
class Spent:
    """Money of some jobs: billed, and what open ones may still cost."""

    billed: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)

    @property
    def all(self) -> Decimal:
        """Both."""
        return self.billed + self.reserved


@dataclass(frozen=True)
class Caps:
    """What may be spent, per project and per calendar month; None: no limit. Over the soft one it is told, over the hard one refused."""

    project_soft: Decimal | None = None
    project_hard: Decimal | None = None
    month_soft: Decimal | None = None
    month_hard: Decimal | None = None


def month_begin(now: float | None = None) -> float:
    """When the calendar month began, here (Unix time)."""
    local = time.localtime(now)
    return time.mktime((local.tm_year, local.tm_mon, 1, 0, 0, 0, 0, 0, -1))


def entry_of(row: sqlite3.Row) -> Entry:
    """A job out of its row in the table."""
    handle = json.loads(row["handle"]) if row["handle"] else None
    return Entry(
        project=row["project"],
        subject=row["subject"],
        name=row["name"],
        engine=row["engine"],
        request=json.loads(row["request"]),
        target=row["target"],
        model=row["model"],
        place=json.loads(row["place"]),
        state=BookState(row["state"]),
        client_key=row["client_key"],
        sent_at=row["sent_at"],
        handle=None if handle is None else Handle.from_plain(handle),
        estimate=Decimal(row["estimate"]),
        cost=Decimal(row["cost"]),
        cost_is_sure=bool(row["cost_is_sure"]),
        currency=row["currency"],
        fault=row["fault"],
        message=row["message"],
        priority=row["priority"],
        created=row["created"],
        changed=row["changed"],
        id=row["id"],
    )
