"""ElevenLabs: flows for films, music and sounds that are the answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from tests.fakes.providers.films import sound
from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider

PRICES = {"720p": "0.30", "1080p": "0.60"}
STATES = {"queued": "pending", "running": "generating", "succeeded": "completed"}


class ElevenLabs(FakeProvider):
    """`/v1/flows/video`, `/v1/music`, `/v1/sound-generation`, `/v1/user/subscription`."""

    prefix: ClassVar[str] = "elevenlabs"

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        if asked.headers.get("xi-api-key") != self.key:
            return self.refused(401, "invalid_api_key")
        if asked.path == "/v1/user/subscription":
            return Answer(200, {"tier": "creator"})
        if asked.path == "/v1/flows/video":
            return self._film(asked)
        if asked.path.startswith("/v1/flows/video/"):
            return self._job(asked.path.rsplit("/", 1)[1])
        if asked.path in ("/v1/music", "/v1/sound-generation"):
            return self._sound(asked)
        return self.refused(404, "not_found")

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """A word and a sentence; no credits is a 401."""
        if status == 402:
            return Answer(401, {"detail": {"status": "quota_exceeded", "message": "Your quota is exceeded"}})
        return Answer(status, {"detail": {"status": words, "message": words.replace("_", " ")}}, headers or {})

    def _film(self, asked: Asked) -> Answer:
        plain = asked.json()
        if plain.get("model_id") != "bytedance-seedance-v2":
            return self.refused(404, "model_not_found")
        if plain.get("resolution") not in PRICES or plain.get("duration") not in (5, 10):
            return self.refused(422, "invalid_parameters")
        price = Decimal(PRICES[plain["resolution"]]) * plain["duration"]
        job = FakeJob(self.prefix, plain["model_id"], plain["prompt"], float(plain["duration"]), (320, 180), price)
        return self.accept(job, Answer(200, {"id": job.id, "status": "pending"}), asked)

    def _sound(self, asked: Asked) -> Answer:
        plain = asked.json()
        is_music = asked.path == "/v1/music"
        seconds = plain["music_length_ms"] / 1000 if is_music else plain["duration_seconds"]
        price = (Decimal("0.80") * Decimal(str(seconds)) / 60 if is_music else Decimal("0.02")).quantize(
            Decimal("0.01"), "ROUND_UP"
        )
        words = plain["prompt"] if is_music else plain["text"]
        job = FakeJob(self.prefix, "music" if is_music else "sound", words, seconds, (0, 0), price, "audio")
        data = b"" if job.has("empty") else sound(seconds)
        return self.accept(job, Answer(200, data, {"content-type": "audio/wav"}), asked)

    def _job(self, job_id: str) -> Answer:
        job = self.ledger.jobs.get(job_id)
        if job is None:
            return self.refused(404, "not_found")
        if faulty := self.faulty_poll(job):
            return faulty
        state, _ = job.step(self.owner.pace)
        word = "pondering" if job.take("odd-word") else STATES.get(state, "failed")
        plain: dict[str, Any] = {"id": job.id, "status": word}
        if state == "succeeded":
            plain["content_url"] = self.link(job)
        if state in ("moderated", "failed"):
            plain["failure_reason"] = "moderated" if state == "moderated" else "model_error"
        return Answer(200, plain)
