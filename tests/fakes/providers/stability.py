"""Stability: forms in, pictures out, nothing to ask after."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import ClassVar

from tests.fakes.providers.films import picture
from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider

PRICES = {"core": "0.03", "ultra": "0.08", "sd3": "0.07"}


class Stability(FakeProvider):
    """`/v2beta/stable-image/generate/{model}`, `/v1/user/balance`."""

    prefix: ClassVar[str] = "stability"

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        if asked.headers.get("authorization") != f"Bearer {self.key}":
            return self.refused(401, "missing or invalid authorization")
        if asked.path == "/v1/user/balance":
            return Answer(200, {"credits": 1000})
        model = asked.path.rsplit("/", 1)[1]
        if "image-to-video" in asked.path or model not in PRICES:
            return self.refused(404, "not_found")
        if not asked.is_multipart:
            return self.refused(400, "content-type: must be multipart/form-data")
        raw = asked.form()
        fields = {name: value.decode() for name, value in raw.items() if name != "image"}
        if model == "sd3" and fields.get("model") != "sd3.5-large":
            return self.refused(400, "model: sd3.5-large, sd3.5-large-turbo or sd3.5-medium")
        if fields.get("mode") == "image-to-image" and (
            "strength" not in fields or not raw.get("image") or "aspect_ratio" in fields
        ):
            return self.refused(400, "image and strength: required with mode image-to-image; aspect_ratio: not allowed")
        job = FakeJob(self.prefix, model, fields["prompt"], 0.0, (320, 180), Decimal(PRICES[model]), "image")
        data = b"" if job.has("empty") else picture(job.size, job.id)
        reply = {"image": base64.b64encode(data).decode(), "finish_reason": "SUCCESS", "seed": int(fields["seed"])}
        if job.has("late-moderation"):
            reply["finish_reason"] = "CONTENT_FILTERED"
        return self.accept(job, Answer(200, reply), asked)

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """With a list of errors."""
        return Answer(status, {"id": "x", "name": "error", "errors": [words]}, headers or {})

    def moderated(self) -> Answer:
        """A 403."""
        return Answer(403, {"id": "x", "name": "content_moderation", "errors": ["Your request was flagged"]})
