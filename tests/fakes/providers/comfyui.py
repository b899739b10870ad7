"""ComfyUI: a queue, a history in memory, files that may be renamed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from tests.fakes.providers.jobs import FakeJob
from tests.fakes.providers.server import Answer, Asked, FakeProvider


class ComfyUi(FakeProvider):
    """`/prompt`, `/history/{id}`, `/queue`, `/interrupt`, `/view`, `/upload/image`, `/system_stats`."""

    prefix: ClassVar[str] = "comfyui"

    def __init__(self, owner: Any) -> None:
        super().__init__(owner)
        self.graphs: dict[str, Any] = {}
        self.forgets = False

    def answer(self, asked: Asked) -> Answer:
        """By path."""
        if asked.path == "/system_stats":
            return Answer(200, {"devices": [{"name": "cuda:0 Fake"}]})
        if asked.path == "/upload/image":
            name = asked.form_file_name("image") or "a.png"
            return Answer(200, {"name": name.replace(".", " (1)."), "subfolder": "", "type": "input"})
        if asked.path == "/prompt":
            return self._create(asked)
        if asked.path.startswith("/history/"):
            return self._history(asked.path.rsplit("/", 1)[1])
        if asked.path == "/queue":
            return self._queue(asked)
        if asked.path == "/interrupt":
            self._stop(asked.json().get("prompt_id", ""))
            return Answer(200, {})
        if asked.path == "/view":
            job = self._of(asked.query["filename"].removesuffix(".mp4"))
            if job is None:
                return Answer(404, {})
            job.links_given += 1
            path = f"/{job.id}/{job.links_given}"
            return self.owner.file(Asked("GET", path, {}, asked.headers, b"", asked.base))
        return self.refused(404, "not found")

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """An error with a type and a message."""
        return Answer(
            status, {"error": {"type": "error", "message": words, "details": ""}, "node_errors": {}}, headers or {}
        )

    def _of(self, prompt_id: str) -> FakeJob | None:
        if self.forgets:
            return None
        return next((one for one in self.ledger.jobs.values() if one.client_key == prompt_id), None)

    def _create(self, asked: Asked) -> Answer:
        plain = asked.json()
        graph = plain["prompt"]
        by_title = {str(node.get("_meta", {}).get("title", "")).casefold(): node["inputs"] for node in graph.values()}
        if "prompt" not in by_title:
            return self.refused(400, "prompt_no_outputs")
        inputs = by_title["prompt"]
        frames = by_title.get("frames", {}).get("value", 120)
        rate = by_title.get("rate", {}).get("value", 24.0)
        self.graphs[plain["prompt_id"]] = graph
        job = FakeJob(
            self.prefix,
            "workflow",
            inputs["text"],
            frames / rate,
            (320, 180),
            Decimal(0),
            client_key=plain["prompt_id"],
        )
        return self.accept(job, Answer(200, {"prompt_id": plain["prompt_id"], "number": 1, "node_errors": {}}), asked)

    def _history(self, prompt_id: str) -> Answer:
        job = self._of(prompt_id)
        if job is None:
            return Answer(200, {})
        if faulty := self.faulty_poll(job):
            return faulty
        state, _ = job.step(self.owner.pace)
        if state in ("queued", "running"):
            return Answer(200, {})
        done: dict[str, Any] = {"status": {"status_str": "success", "completed": True, "messages": []}, "outputs": {}}
        if state == "succeeded":
            done["outputs"] = {"9": {"gifs": [{"filename": f"{prompt_id}.mp4", "subfolder": "", "type": "output"}]}}
        else:
            kind = "execution_interrupted" if state == "cancelled" else "execution_error"
            done["status"] = {
                "status_str": "error",
                "completed": False,
                "messages": [[kind, {"exception_message": "OOM"}]],
            }
        return Answer(200, {prompt_id: done})

    def _queue(self, asked: Asked) -> Answer:
        if asked.method == "POST":
            for prompt_id in asked.json().get("delete", []):
                self._stop(prompt_id)
            return Answer(200, {})
        running, pending = [], []
        for number, job in enumerate(self.ledger.jobs.values()):
            if job.provider == self.prefix and not job.cancelled and not self.forgets:
                (pending if job.asked <= 2 else running).append([number, job.client_key, {}, {}, []])
        return Answer(200, {"queue_running": running, "queue_pending": pending})

    def _stop(self, prompt_id: str) -> None:
        job = self._of(prompt_id)
        if job is not None:
            job.cancelled = True
