"""fal: the queue, its files, and the addresses that come with an acceptance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider

PRICES = {
    "fal-ai/pika/v2.2/text-to-video": {"720p": "0.04", "1080p": "0.09"},
    "fal-ai/pika/v2.2/image-to-video": {"720p": "0.04", "1080p": "0.09"},
    "fal-ai/pika/v2.2/pikaframes": {"720p": "0.04", "1080p": "0.09"},
    "bytedance/seedance-2.0/text-to-video": {"480p": "0.13", "720p": "0.30", "1080p": "0.68"},
    "bytedance/seedance-2.0/image-to-video": {"480p": "0.13", "720p": "0.30", "1080p": "0.68"},
    "minimax/h3/text-to-video": {"480p": "0.05", "768p": "0.06", "2k": "0.13"},
    "fal-ai/minimax/hailuo-02/standard/image-to-video": {"": "0.045"},
    "fal-ai/flux/schnell": {"": "0.003"},
    "acme/dreamer/v2": {"480p": "0.05", "720p": "0.20"},
}

DOCUMENT = {
    "openapi": "3.0.4",
    "paths": {
        "/acme/dreamer/v2": {"post": {"requestBody": {"content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/DreamerV2Input"}}}}}},
        "/acme/dreamer/v2/requests/{request_id}": {"get": {"responses": {"200": {}}}},
    },
    "components": {"schemas": {
        "DreamerV2Input": {"type": "object", "required": ["prompt"], "properties": {
            "prompt": {"type": "string", "maxLength": 1500},
            "duration": {"type": "string", "enum": ["6s", "12s"], "default": "6s"},
            "resolution": {"allOf": [{"$ref": "#/components/schemas/Lines"}]},
            "aspect_ratio": {"enum": ["auto", "16:9", "9:16"]},
            "start_image_url": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "negative_prompt": {"type": "string"}, "seed": {"type": "integer"},
        }},
        "Lines": {"type": "string", "enum": ["480p", "720p"]},
        "DreamerV2Output": {"type": "object", "properties": {"video": {"$ref": "#/components/schemas/File"}}},
    }},
}  # fmt: skip
"""As fal tells of the inputs of a model."""


class Fal(FakeProvider):
    """`/{model}`, `/{owner}/{app}/requests/{id}[/status|/cancel]`, and the place for files."""

    prefix: ClassVar[str] = "fal"

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        if asked.path.startswith("/put/"):
            self.owner.uploads[asked.path] = asked.body
            return Answer(200, {})
        if asked.path == "/api/openapi/queue/openapi.json":
            model = asked.query.get("endpoint_id", "")
            return Answer(200, DOCUMENT) if model in PRICES else self.refused(404, "Endpoint not found")
        if asked.headers.get("authorization") != f"Key {self.key}":
            return self.refused(401, "Cannot access application: invalid key")
        if asked.path == "/storage/upload/initiate":
            place = f"/put/{len(self.owner.uploads)}"
            return Answer(200, {"upload_url": f"{asked.base}{place}", "file_url": f"{asked.base}/cdn{place}"})
        if "/requests/" in asked.path:
            return self._job(asked)
        if asked.method == "POST":
            return self._submit(asked, asked.path.strip("/"))
        return self.refused(404, "Application not found")

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """fal's infrastructure says it in words."""
        return Answer(status, {"detail": words}, headers or {})

    def moderated(self) -> Answer:
        """The model's form."""
        detail = [{"loc": ["body", "prompt"], "msg": "The content was flagged", "type": "content_policy_violation"}]
        return Answer(422, {"detail": detail})

    def _submit(self, asked: Asked, model: str) -> Answer:
        plain = asked.json()
        if model not in PRICES:
            return self.refused(404, f"Application {model} not found")
        prices = PRICES[model]
        resolution = str(plain.get("resolution", ""))
        fault = _fault_of(plain, model, prices)
        if fault:
            return Answer(422, {"detail": [{"loc": ["body", fault], "msg": f"wrong {fault}", "type": "value_error"}]})
        is_image = model.startswith("fal-ai/flux")
        seconds = 0.0 if is_image else float(str(plain["duration"]).rstrip("s"))
        price = (Decimal(prices[resolution]) * (1 if is_image else Decimal(str(seconds)))).quantize(
            Decimal("0.01"), "ROUND_UP"
        )
        job = FakeJob("fal", model, plain["prompt"], seconds, (320, 180), price, "image" if is_image else "video")
        owner = "/".join(model.split("/")[:2])
        place = f"{asked.base}/{owner}/requests/{job.id}"
        reply = {
            "request_id": job.id, "status": "IN_QUEUE", "queue_position": 3, "response_url": place,
            "status_url": f"{place}/status", "cancel_url": f"{place}/cancel",
        }  # fmt: skip
        return self.accept(job, Answer(200, reply), asked)

    def _job(self, asked: Asked) -> Answer:
        _, _, tail = asked.path.partition("/requests/")
        job_id, _, verb = tail.partition("/")
        job = self.ledger.jobs.get(job_id)
        if job is None:
            return self.refused(404, "Request not found")
        if verb == "cancel":
            if job.asked > len(job.STEPS):
                return Answer(400, {"status": "ALREADY_COMPLETED"})
            job.cancelled = job.asked <= 2
            return Answer(202, {"status": "CANCELLATION_REQUESTED"})
        if verb == "status":
            return self.faulty_poll(job) or self._status(job)
        return self._result(job)

    def _status(self, job: FakeJob) -> Answer:
        state, progress = job.step(self.owner.pace)
        if state == "cancelled":
            return Answer(
                200, {"status": "COMPLETED", "error": "Request was cancelled", "error_type": "request_cancelled"}
            )
        if state == "queued":
            return Answer(202, {"status": "IN_QUEUE", "queue_position": max(0, 3 - job.asked)})
        if state == "running":
            word = "PONDERING" if job.take("odd-word") else "IN_PROGRESS"
            logs = [] if progress is None else [{"message": f"sampling {progress:.0%}"}]
            return Answer(202, {"status": word, "logs": logs})
        return Answer(200, {"status": "COMPLETED", "metrics": {"inference_time": 1.0}})

    def _result(self, job: FakeJob) -> Answer:
        if job.has("fails"):
            return Answer(500, {"detail": "downstream failed", "error_type": "runner_disconnected"})
        if job.has("late-moderation"):
            return self.moderated()
        file: dict[str, Any] = {"url": self.link(job), "content_type": "video/mp4"}
        return Answer(200, {"images": [file]} if job.kind == "image" else {"video": file})


def _fault_of(plain: dict[str, Any], model: str, prices: dict[str, str]) -> str:
    """The input that is wrong, as a strict model would name it."""
    if not plain.get("prompt"):
        return "prompt"
    if str(plain.get("resolution", "")) not in prices:
        return "resolution"
    if model.endswith("image-to-video") and not str(plain.get("image_url", "")).startswith("http"):
        return "image_url"
    if model.endswith("pikaframes") and not 2 <= len(plain.get("image_urls") or ()) <= 5:
        return "image_urls"
    if "pika" in model and plain.get("duration") not in (5, 10):
        return "duration"
    if model == "acme/dreamer/v2" and plain.get("duration") not in ("6s", "12s"):
        return "duration"
    if "seedance" in model and not isinstance(plain.get("duration"), str):
        return "duration"
    return ""
