"""Jobs of the fake providers: how they go, step by step as they are asked after, and what was billed."""

from __future__ import annotations

import datetime
import re
import threading
import time
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

_TOKEN = re.compile(r"#([a-z][a-z0-9-]*?)(?:x(\d+))?(?=$|[^a-z0-9-])")
_numbers = count(1)


def tokens_of(prompt: str) -> dict[str, int]:
    """The faults a prompt asks for: "a lake #busyx2 #late-moderation" is {"busy": 2, "late-moderation": 1}."""
    return {name: int(times or 1) for name, times in _TOKEN.findall(prompt)}


@dataclass
class FakeJob:
    """One accepted job. It moves one step each time it is asked after (or each `pace` seconds, for trying by hand)."""

    provider: str
    model: str
    prompt: str
    seconds: float
    size: tuple[int, int]
    price: Decimal
    kind: str = "video"
    client_key: str = ""
    lines: int = 0
    """Of the shorter side, as asked for; 0 where nobody said."""
    id: str = field(default_factory=lambda: f"job-{next(_numbers):05d}")
    asked: int = 0
    cancelled: bool = False
    deleted: bool = False
    links_given: int = 0
    created: float = field(default_factory=time.time)
    spent: dict[str, int] = field(default_factory=dict)

    STEPS = ("queued", "queued", "running 0.1", "running 0.5", "running 0.9")

    @property
    def tokens(self) -> dict[str, int]:
        """What its prompt asks for."""
        return tokens_of(self.prompt)

    @property
    def stamp(self) -> str:
        """When it was taken, as providers write it."""
        return datetime.datetime.fromtimestamp(self.created, datetime.UTC).isoformat()

    def has(self, token: str) -> bool:
        """Whether its prompt asks for a fault."""
        return token in self.tokens

    def take(self, token: str) -> bool:
        """Whether a fault still happens: as often as the prompt says, each call is one."""
        if self.spent.get(token, 0) >= self.tokens.get(token, 0):
            return False
        self.spent[token] = self.spent.get(token, 0) + 1
        return True

    def step(self, pace: float = 0.0) -> tuple[str, float | None]:
        """Where it stands when asked once more: queued, running with a progress, succeeded, failed, moderated, cancelled."""
        if self.cancelled:
            return "cancelled", None
        self.asked += 1
        at = int((time.time() - self.created) / pace) if pace else self.asked - 1
        if self.has("quick"):
            at += 4
        if self.has("stuck"):
            return "running", 0.99
        if at < len(self.STEPS):
            word, _, progress = self.STEPS[at].partition(" ")
            return word, float(progress) if progress else None
        if self.has("late-moderation"):
            return "moderated", None
        if self.has("fails"):
            return "failed", None
        return "succeeded", None


def lines_in(plain: object) -> int:
    """The lines that a request asks for, wherever it names a resolution ("720p", "4k") or a size in pixels ("1280:720")."""
    if not isinstance(plain, dict):
        return 0
    for name in ("resolution", "ratio"):
        text = str(plain.get(name, "")).casefold()
        if text in ("2k", "4k"):
            return {"2k": 1440, "4k": 2160}[text]
        found = [int(one) for one in re.findall(r"\d{3,4}", text)]
        if found:
            return min(found)
    return max(map(lines_in, plain.values()), default=0)


class Ledger:
    """What was taken and what it cost: the truth that a client's own book is held against."""

    def __init__(self) -> None:
        self.jobs: dict[str, FakeJob] = {}
        self.refused: list[str] = []
        self.lock = threading.RLock()

    def take(self, job: FakeJob) -> FakeJob:
        """Accept a job, and bill it."""
        with self.lock:
            self.jobs[job.id] = job
        return job

    def billed(self, provider: str = "") -> Decimal:
        """What all jobs cost that were not cancelled while they waited and did not fail on the provider's side."""
        return sum((self.price_of(one) for one in self.jobs.values() if provider in ("", one.provider)), Decimal(0))

    @staticmethod
    def price_of(job: FakeJob) -> Decimal:
        """Failed and moderated ones are free here, as is what was cancelled in time."""
        free = job.has("fails") or job.has("late-moderation") or (job.cancelled and job.asked <= 2)
        return Decimal(0) if free else job.price

    def count(self, provider: str = "", prompt: str = "") -> int:
        """How many jobs were taken."""
        return sum(provider in ("", one.provider) and prompt in one.prompt for one in self.jobs.values())
