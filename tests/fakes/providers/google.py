"""Google's interactions: started in the background, steps with a film behind the key, refusals within a completed one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider

PRICES = {"360p": "0.05", "720p": "0.10", "1080p": "0.15", "4k": "0.35"}
STATES = {"queued": "queued", "running": "in_progress", "succeeded": "completed", "moderated": "completed"}
WORDS = {
    400: "INVALID_ARGUMENT",
    402: "FAILED_PRECONDITION",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}


class Google(FakeProvider):
    """`/v1beta/interactions`, `/v1beta/models`, and films at `/download`."""

    prefix: ClassVar[str] = "google"

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        if asked.headers.get("x-goog-api-key") != self.key:
            words = "API key not valid. Pass a valid API key."
            return Answer(400, {"error": {"code": 400, "message": words, "status": "INVALID_ARGUMENT"}})
        if asked.path == "/v1beta/models":
            return Answer(200, {"models": []})
        if asked.path == "/v1beta/interactions":
            return self._create(asked)
        if asked.path.startswith("/v1beta/interactions/"):
            job_id, _, verb = asked.path.removeprefix("/v1beta/interactions/").partition("/")
            return self._job(asked, job_id, verb)
        if asked.path.startswith("/download/"):
            link = Asked(asked.method, asked.path.removeprefix("/download"), {}, asked.headers, b"", asked.base)
            return self.owner.file(link)
        return self.refused(404, "not found")

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """With a word for the status."""
        error = {"code": status, "message": words, "status": WORDS.get(status, "UNKNOWN")}
        return Answer(status, {"error": error}, headers or {})

    def moderated(self) -> Answer:
        """At once."""
        return self.refused(400, "The prompt violates the prohibited content policy")

    def _create(self, asked: Asked) -> Answer:
        plain = asked.json()
        wanted = plain.get("response_format") or {}
        if plain.get("model") != "gemini-omni-1.2-flash":
            return self.refused(404, "models/x is not found for API version v1beta")
        if wanted.get("resolution") not in PRICES or wanted.get("aspect_ratio") not in ("16:9", "9:16"):
            return self.refused(400, "response_format")
        if not plain.get("background"):
            return self.refused(400, "background is required for video")
        prompt = next(one["text"] for one in plain["input"] if one["type"] == "text")
        seconds = float(str(wanted.get("duration", "5s")).rstrip("s"))
        price = Decimal(PRICES[wanted["resolution"]]) * Decimal(str(seconds))
        job = FakeJob(
            self.prefix, plain["model"], prompt, seconds, (320, 180), price.quantize(Decimal("0.01"), "ROUND_UP")
        )
        return self.accept(job, Answer(200, {"id": job.id, "status": "queued"}), asked)

    def _job(self, asked: Asked, job_id: str, verb: str) -> Answer:
        job = self.ledger.jobs.get(job_id)
        if job is None:
            return self.refused(404, "interaction not found")
        if verb == "cancel":
            job.cancelled = True
            return Answer(200, {"id": job.id, "status": "cancelled"})
        if faulty := self.faulty_poll(job):
            return faulty
        state, _ = job.step(self.owner.pace)
        word = "pondering" if job.take("odd-word") else STATES.get(state, state)
        plain: dict[str, Any] = {"id": job.id, "status": word}
        if state == "succeeded":
            uri = self.link(job).replace(f"{self.owner.url}/files", f"{asked.base}/download")
            plain["steps"] = [{"type": "model_output", "content": [{"type": "video", "uri": uri}]}]
        if state == "moderated":
            plain["steps"] = [
                {"type": "model_output", "content": [], "error": {"message": "Blocked by safety filters"}}
            ]
        if state == "failed":
            plain["error"] = {"message": "internal"}
        return Answer(200, plain)
