"""Luma's agents interface: generations, and files that are announced, put and completed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider

STRENGTHS = [f"{how}_{number}" for how in ("adhere", "flex", "reimagine") for number in (1, 2, 3)]
STATES = {"queued": "queued", "running": "processing", "succeeded": "completed"}


class Luma(FakeProvider):
    """`/generations`, `/files`."""

    prefix: ClassVar[str] = "luma"

    def __init__(self, owner: Any) -> None:
        super().__init__(owner)
        self.files: dict[str, str] = {}

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        if asked.path.startswith("/put/"):
            self.files[asked.path[5:]] = "put"
            return Answer(200, b"")
        if asked.headers.get("authorization") != f"Bearer {self.key}":
            return self.refused(401, "Invalid API key")
        if asked.path == "/files":
            file_id = f"file-{len(self.files)}"
            self.files[file_id] = "announced"
            place = {"method": "PUT", "url": f"{asked.base}/put/{file_id}", "headers": {"x-own": "1"}}
            return Answer(201, {"id": file_id, "upload": place})
        if asked.path.startswith("/files/") and asked.path.endswith("/complete"):
            file_id = asked.path.split("/")[2]
            if self.files.get(file_id) != "put":
                return self.refused(400, "nothing was uploaded")
            self.files[file_id] = "ready"
            return Answer(200, {"id": file_id, "state": "ready"})
        if asked.path == "/generations" and asked.method == "POST":
            return self._create(asked)
        if asked.path.startswith("/generations/"):
            return self._job(asked.path.rsplit("/", 1)[1])
        return self.refused(404, "not found")

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """In `detail`."""
        return Answer(status, {"detail": words}, headers or {})

    def _create(self, asked: Asked) -> Answer:
        plain = asked.json()
        video = plain.get("video") or {}
        is_image = plain.get("type") == "image"
        if plain.get("model") not in ("ray-3.2", "uni-1"):
            return self.refused(404, "model not found")
        is_edit = plain.get("type") == "video_edit"
        if is_edit and (self.files.get((video.get("source") or {}).get("file_id", "")) != "ready"
                        or video.get("edit", {}).get("strength") not in STRENGTHS):  # fmt: skip
            return self.refused(422, "source or strength")
        if not is_image and not is_edit and video.get("duration") not in ("5s", "10s"):
            return self.refused(422, "duration must be 5s or 10s")
        if not is_image and video.get("resolution") not in ("360p", "540p", "720p", "1080p"):
            return self.refused(422, "resolution")
        pictures = [name for name in ("start_frame", "end_frame") if name in video]
        if pictures and video.get("duration") != "5s":
            return self.refused(422, "10s is for text only")
        for name in pictures:
            if (of := video[name].get("generation_id")) is not None:
                if of not in self.ledger.jobs:
                    return self.refused(422, f"{name}: no such generation")
            elif self.files.get(video[name].get("file_id", "")) != "ready":
                return self.refused(422, f"{name} is not ready")
        seconds = 0.0 if is_image else 5.0 if is_edit else float(video["duration"].rstrip("s"))
        price = Decimal("0.05") if is_image else Decimal("0.50")
        kind = "image" if is_image else "video"
        job = FakeJob("luma", plain["model"], plain["prompt"], seconds, (320, 180), price, kind)
        return self.accept(job, Answer(201, {"id": job.id, "state": "queued", "type": plain["type"]}), asked)

    def _job(self, job_id: str) -> Answer:
        job = self.ledger.jobs.get(job_id)
        if job is None:
            return self.refused(404, "no such generation")
        if faulty := self.faulty_poll(job):
            return faulty
        state, _ = job.step(self.owner.pace)
        word = "pondering" if job.take("odd-word") else STATES.get(state, "failed")
        plain: dict[str, Any] = {"id": job.id, "state": word, "model": job.model, "output": []}
        if state == "succeeded":
            plain["output"] = [{"type": job.kind, "url": self.link(job)}]
        if state == "moderated":
            plain |= {"failure_code": "content_moderated", "failure_reason": "The content was moderated"}
        if state == "failed":
            plain |= {"failure_code": "generation_failed", "failure_reason": "Something went wrong"}
        return Answer(200, plain)
