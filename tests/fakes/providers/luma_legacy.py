"""Luma's Dream Machine interface: generations with a list, credits, and deletion for cancelling."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider

PRICES = {"540p": "0.40", "720p": "0.71", "1080p": "0.87", "4k": "1.30"}
STATES = {"queued": "queued", "running": "dreaming", "succeeded": "completed"}


class LumaLegacy(FakeProvider):
    """`/generations/video`, `/generations/{id}`, `/generations`, `/credits`."""

    prefix: ClassVar[str] = "luma_legacy"

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        if asked.headers.get("authorization") != f"Bearer {self.key}":
            return self.refused(401, "Not authenticated")
        if asked.path == "/credits":
            return Answer(200, {"credit_balance": 5000})
        if asked.path == "/generations/video":
            return self._create(asked)
        if asked.path == "/generations":
            mine = [one for one in self.ledger.jobs.values() if one.provider == self.prefix]
            listed = [{"id": one.id, "model": one.model, "state": "dreaming", "created_at": one.stamp,
                       "request": {"callback_url": one.client_key}}
                      for one in reversed(mine)]  # fmt: skip
            return Answer(200, {"generations": listed[: int(asked.query.get("limit", "10"))]})
        if asked.path.startswith("/generations/"):
            return self._job(asked, asked.path.rsplit("/", 1)[1])
        return self.refused(404, "not found")

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """In `detail`."""
        return Answer(status, {"detail": words}, headers or {})

    def _create(self, asked: Asked) -> Answer:
        plain = asked.json()
        if plain.get("model") != "ray-2":
            return self.refused(404, "model not found")
        if plain.get("duration") not in ("5s", "9s") or plain.get("resolution") not in PRICES:
            return self.refused(400, "duration or resolution")
        for frame in (plain.get("keyframes") or {}).values():
            if frame.get("type") == "generation":
                if frame.get("id") not in self.ledger.jobs:
                    return self.refused(400, "no such generation")
            elif not str(frame.get("url", "")).startswith("http"):
                return self.refused(400, "keyframes must be public urls")
        price = Decimal(PRICES[plain["resolution"]])
        seconds = float(plain["duration"].rstrip("s"))
        job = FakeJob(
            self.prefix, "ray-2", plain["prompt"], seconds, (320, 180), price, client_key=plain.get("callback_url", "")
        )
        return self.accept(job, Answer(201, {"id": job.id, "state": "queued"}), asked)

    def _job(self, asked: Asked, job_id: str) -> Answer:
        job = self.ledger.jobs.get(job_id)
        if job is None or job.deleted:
            return self.refused(404, "Generation not found")
        if asked.method == "DELETE":
            job.cancelled = job.deleted = True
            return Answer(204, b"")
        if faulty := self.faulty_poll(job):
            return faulty
        state, _ = job.step(self.owner.pace)
        word = "pondering" if job.take("odd-word") else STATES.get(state, "failed")
        plain: dict[str, Any] = {"id": job.id, "state": word, "assets": {}}
        if state == "succeeded":
            plain["assets"] = {"video": self.link(job)}
        if state in ("moderated", "failed"):
            plain["failure_reason"] = "frame moderation failed" if state == "moderated" else "internal error"
        return Answer(200, plain)
