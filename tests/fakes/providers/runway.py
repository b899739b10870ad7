"""Runway: tasks, with its version header, its shapes and its failure codes."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider

RATIOS = ("1280:720", "720:1280", "1104:832", "960:960", "832:1104", "1584:672")
FROM_WORDS = RATIOS[:2]
CREDITS = {"gen4.5": 12, "gen4_turbo": 5, "aleph2": 28}


class Runway(FakeProvider):
    """`/v1/{text,image,video}_to_video`, `/v1/tasks/{id}`, `/v1/uploads`, `/v1/organization`."""

    prefix: ClassVar[str] = "runway"

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        if asked.headers.get("x-runway-version") != "2024-11-06" and not asked.path.startswith("/put"):
            return self.refused(400, "X-Runway-Version header is required")
        if asked.path.startswith("/put"):
            self.owner.uploads[asked.path] = asked.form().get("file", b"")
            return Answer(204, b"")
        if asked.headers.get("authorization") != f"Bearer {self.key}":
            return self.refused(401, "Unauthorized")
        if asked.method == "POST" and asked.path.endswith("_to_video"):
            return self._create(asked)
        if asked.path.startswith("/v1/tasks/"):
            return self._task(asked, asked.path.rsplit("/", 1)[1])
        if asked.path == "/v1/uploads":
            uri = f"runway://{len(self.owner.uploads)}"
            return Answer(200, {"uploadUrl": f"{asked.base}/put/{uri[9:]}", "fields": {"k": "v"}, "runwayUri": uri})
        if asked.path == "/v1/organization":
            return Answer(200, {"creditBalance": 1000, "tier": {}, "usage": {}})
        return self.refused(404, "not found")

    def moderated(self) -> Answer:
        """At once."""
        return self.refused(400, "SAFETY.INPUT.TEXT: the prompt was rejected")

    def _create(self, asked: Asked) -> Answer:
        plain = asked.json()
        model, prompt = plain.get("model", ""), plain.get("promptText", "")
        if model == "gen3a_turbo":
            return self.refused(404, "model is no longer available")
        if model not in CREDITS:
            return self.refused(400, f"unknown model {model}")
        if len(prompt.encode("utf-16-le")) // 2 > 1000:
            return self.refused(400, "promptText is too long")
        shapes = FROM_WORDS if asked.path == "/v1/text_to_video" else RATIOS
        if model != "aleph2" and plain.get("ratio") not in shapes:
            return self.refused(400, f"ratio must be one of {', '.join(shapes)}")
        seconds = plain.get("duration", 5)
        if model != "aleph2" and not (isinstance(seconds, int) and 2 <= seconds <= 10):
            return self.refused(400, "duration must be 2 to 10")
        wide, high = (int(part) // 8 for part in str(plain.get("ratio", "1280:720")).split(":"))
        price = Decimal(CREDITS[model]) * Decimal(seconds) / 100
        job = FakeJob("runway", model, prompt, seconds, (wide, high), price)
        return self.accept(job, Answer(200, {"id": job.id, "estimatedCost": {"credits": int(price * 100)}}), asked)

    def _task(self, asked: Asked, job_id: str) -> Answer:
        job = self.ledger.jobs.get(job_id)
        if job is None or job.deleted:
            return self.refused(404, "no such task")
        if asked.method == "DELETE":
            job.cancelled = job.deleted = True
            return Answer(204, b"")
        if faulty := self.faulty_poll(job):
            return faulty
        state, progress = job.step(self.owner.pace)
        word = {"queued": "PENDING", "running": "RUNNING", "succeeded": "SUCCEEDED", "cancelled": "CANCELLED"}.get(
            state, "FAILED"
        )
        if state == "queued" and job.asked == 2:
            word = "THROTTLED"
        if job.take("odd-word"):
            word = "PONDERING"
        plain: dict[str, object] = {"id": job.id, "status": word, "createdAt": "2026-11-21T12:00:00Z"}
        if progress is not None:
            plain["progress"] = progress
        if state == "succeeded":
            plain |= {"output": [self.link(job)], "cost": {"credits": int(self.ledger.price_of(job) * 100)}}
        if state == "moderated":
            plain |= {"failure": "The output was rejected", "failureCode": "SAFETY.OUTPUT.VIDEO"}
        if state == "failed":
            words = f"Something went wrong{f' for Bearer {self.key}' if job.has('echo-late') else ''}"
            plain |= {"failure": words, "failureCode": "INTERNAL.BAD_OUTPUT.CODE01"}
        return Answer(200, plain)
