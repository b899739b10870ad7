"""Higgsfield: each model at a path of its own, one address for status and result, a limit that comes as a 400."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider

PRICES = {
    "kling-video/v3.0/pro/text-to-video": "0.10",
    "higgsfield-ai/dop/standard": "0.09",
    "higgsfield-ai/soul/standard": "0.06",
}
STATES = {
    "queued": "queued",
    "running": "in_progress",
    "succeeded": "completed",
    "moderated": "nsfw",
    "cancelled": "canceled",
}


class Higgsfield(FakeProvider):
    """`/{model}`, `/requests/{id}/status`, `/requests/{id}/cancel`, `/files/generate-upload-url`."""

    prefix: ClassVar[str] = "higgsfield"

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        path = asked.path.strip("/")
        if path.startswith("put/"):
            self.owner.uploads[path] = asked.body
            return Answer(200, b"")
        if asked.headers.get("authorization") != f"Key {self.key}":
            return self.refused(401, "Invalid credentials")
        if path == "files/generate-upload-url":
            return Answer(
                200, {"public_url": f"{asked.base}/cdn/1", "upload_url": f"{asked.base}/put/1", "upload_headers": {}}
            )
        if path.startswith("requests/"):
            _, job_id, verb = path.split("/")
            return self._job(job_id, verb)
        return self._create(asked, path)

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """Too many at once is a 400, without a time to wait."""
        if status == 429:
            return Answer(400, {"detail": "Maximum number of concurrent requests (4) has been reached"})
        return Answer(status, {"detail": words}, headers or {})

    def _create(self, asked: Asked, model: str) -> Answer:
        plain = asked.json()
        if model not in PRICES:
            return self.refused(404, "Model not found")
        is_image = "soul" in model
        if "dop" in model and not str(plain.get("image_url", "")).startswith("http"):
            return self.refused(422, "image_url is required")
        seconds = 0.0 if is_image else float(plain.get("duration", 5))
        price = Decimal(PRICES[model]) * (1 if is_image else Decimal(str(seconds)))
        kind = "image" if is_image else "video"
        job = FakeJob(
            self.prefix, model, plain["prompt"], seconds, (320, 180), price.quantize(Decimal("0.01"), "ROUND_UP"), kind
        )
        place = f"{asked.base}/requests/{job.id}"
        reply = {
            "request_id": job.id,
            "status": "queued",
            "status_url": f"{place}/status",
            "cancel_url": f"{place}/cancel",
        }
        return self.accept(job, Answer(200, reply), asked)

    def _job(self, job_id: str, verb: str) -> Answer:
        job = self.ledger.jobs.get(job_id)
        if job is None:
            return self.refused(404, "Request not found")
        if verb == "cancel":
            if job.asked > 2:
                return self.refused(400, "Only queued requests can be cancelled")
            job.cancelled = True
            return Answer(202, {})
        if faulty := self.faulty_poll(job):
            return faulty
        state, _ = job.step(self.owner.pace)
        word = "pondering" if job.take("odd-word") else STATES.get(state, "failed")
        plain: dict[str, Any] = {"request_id": job.id, "status": word}
        if state == "succeeded":
            plain |= (
                {"images": [{"url": self.link(job)}]} if job.kind == "image" else {"video": {"url": self.link(job)}}
            )
        if state == "failed":
            plain["error"] = "generation failed"
        return Answer(200, plain)
