"""Replicate: predictions, files, a list, and errors in the form of problem documents."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider

PRICES = {
    "wan-video/wan-2.2-t2v-fast": {"480p": "0.05", "720p": "0.10"},
    "wan-video/wan-2.2-i2v-fast": {"480p": "0.05", "720p": "0.11"},
}
STATES = {"queued": "starting", "running": "processing", "cancelled": "canceled"}


class Replicate(FakeProvider):
    """`/v1/models/{owner}/{name}/predictions`, `/v1/predictions`, `/v1/files`, `/v1/account`."""

    prefix: ClassVar[str] = "replicate"

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        if asked.headers.get("authorization") != f"Bearer {self.key}":
            return self.refused(401, "You did not pass a valid authentication token")
        if asked.path == "/v1/account":
            return Answer(200, {"type": "user", "username": "editor"})
        if asked.path == "/v1/files":
            if not asked.is_multipart or not asked.form().get("content"):
                return self.refused(400, "content is required")
            return Answer(201, {"id": "f1", "urls": {"get": f"{asked.base}/v1/files/f1"}})
        if asked.path == "/v1/models/acme/dreamer":
            inputs = {"prompt": {"type": "string"}, "duration": {"type": "integer", "minimum": 2, "maximum": 8},
                      "start_image": {"type": "string", "format": "uri"}, "fps": {"type": "integer", "default": 24}}  # fmt: skip
            schema = {
                "components": {"schemas": {"Input": {"properties": inputs, "required": ["prompt", "start_image"]}}}
            }
            return Answer(200, {"latest_version": {"id": "0f1e", "openapi_schema": schema}})
        if asked.path.endswith("/predictions") and asked.method == "POST":
            return self._create(asked, asked.path.removeprefix("/v1/models/").removesuffix("/predictions"))
        if asked.path == "/v1/predictions":
            mine = [one for one in self.ledger.jobs.values() if one.provider == self.prefix]
            listed = [
                {"id": one.id, "model": one.model, "webhook": one.client_key, "created_at": one.stamp}
                for one in reversed(mine)
            ]
            return Answer(200, {"results": listed[:100]})
        if asked.path.startswith("/v1/predictions/"):
            job_id, _, verb = asked.path.removeprefix("/v1/predictions/").partition("/")
            return self._job(job_id, verb)
        return self.refused(404, "not found")

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """A problem document."""
        return Answer(
            status, {"type": "about:blank", "title": "Error", "status": status, "detail": words}, headers or {}
        )

    def _create(self, asked: Asked, model: str) -> Answer:
        plain = asked.json()
        values = plain.get("input") or {}
        if model not in PRICES:
            return self.refused(404, "The requested resource could not be found")
        if values.get("resolution") not in PRICES[model]:
            return self.refused(422, "resolution must be one of 480p, 720p")
        if "i2v" in model and not str(values.get("image", "")).startswith("http"):
            return self.refused(422, "image is required")
        price = Decimal(PRICES[model][values["resolution"]])
        job = FakeJob(self.prefix, model, values["prompt"], 5.0, (320, 180), price, client_key=plain.get("webhook", ""))
        reply = {"id": job.id, "status": "starting", "urls": {"get": f"{asked.base}/v1/predictions/{job.id}"}}
        return self.accept(job, Answer(201, reply), asked)

    def _job(self, job_id: str, verb: str) -> Answer:
        job = self.ledger.jobs.get(job_id)
        if job is None:
            return self.refused(404, "prediction not found")
        if verb == "cancel":
            job.cancelled = True
            return Answer(200, {"id": job.id, "status": "canceled"})
        if faulty := self.faulty_poll(job):
            return faulty
        state, progress = job.step(self.owner.pace)
        word = "pondering" if job.take("odd-word") else STATES.get(state, "failed" if state == "moderated" else state)
        plain: dict[str, Any] = {"id": job.id, "status": word, "output": None, "error": None, "logs": ""}
        if progress is not None:
            plain["logs"] = f"  {progress:.0%}|####      | 5/10"
        if state == "succeeded":
            plain["output"] = self.link(job)
        if state == "moderated":
            plain["error"] = "NSFW content detected"
        if state == "failed":
            plain["error"] = "CUDA out of memory"
        return Answer(200, plain)
