"""ComfyUI on this computer or in the house: a workflow in its API format, whose inputs are found by the titles of their nodes."""

from __future__ import annotations

import copy
import json
import socket
import time
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from effects.params import param
from engines.generate.base import Capabilities, Estimate, GenerationRequest, JobLike
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.provider import Alone, NoOptions, RemoteEngine, file_bytes, media_type
from engines.generate.remote.states import Cancelling, Handle, Output, Polled, RemoteState

_OUTPUTS = {"video": "video", "videos": "video", "gifs": "video", "images": "image", "audio": "audio"}
INPUTS = ("prompt", "negative", "seed", "width", "height", "frames", "rate", "image", "last_image", "video")
"""Names that a node's title may bear: its first input of a fitting kind is set."""
_FIELDS = {
    "prompt": ("text", "prompt", "value"), "negative": ("text", "prompt", "value"), "seed": ("seed", "noise_seed", "value"),
    "width": ("width", "value"), "height": ("height", "value"), "frames": ("length", "frames", "num_frames", "value"),
    "rate": ("fps", "frame_rate", "value"), "image": ("image",), "last_image": ("image",), "video": ("video", "file"),
}  # fmt: skip

_NO_WORKFLOW = "ComfyUI needs a workflow: export one in the API format and choose it in the shot's values."
_LOOK_AGAIN = 5.0
_PATIENCE = 0.2
"""Seconds that something on this computer, or in the house, takes at most to say that it listens."""


class ComfyOptions(NoOptions):
    """Which workflow is run."""

    workflow: str = param(
        "", widget="file", unset="none",
        help="Workflow saved in the API format. Title its nodes prompt, negative, seed, width, height, frames, rate, image, "
             "last_image or video, and they are set.",
    )  # fmt: skip


class ComfyUi(RemoteEngine):
    """Films by a workflow of yours in ComfyUI: free, nothing leaves the house. It must run, and know the workflow's models."""

    id: ClassVar[str] = "comfyui"
    label: ClassVar[str] = "ComfyUI"
    base: ClassVar[str] = "http://127.0.0.1:8188"
    poll_seconds: ClassVar[float] = 1.0
    concurrency: ClassVar[int] = 1
    can_list: ClassVar[bool] = True
    capabilities: ClassVar[Capabilities] = Capabilities(camera_motion=False, subject_motion=False, sound=False)
    Options: ClassVar[type[NoOptions]] = ComfyOptions

    def headers(self) -> dict[str, str]:
        """It asks for no key."""
        return {}

    def available(self) -> str | None:
        """Whether something listens where it should be; looked at once in a while, for a moment."""
        if not _listens(self.address, int(time.monotonic() / _LOOK_AGAIN)):
            return f"ComfyUI does not run at {self.address}. Start it, or enter its address in Preferences, Engines."
        return super().available()

    def estimate(self, request: GenerationRequest) -> Estimate:
        """Free; without a workflow there is nothing to run."""
        if not self.options(request).workflow:
            raise ProviderError(Fault.INVALID, _NO_WORKFLOW)
        return super().estimate(request)

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """Under our own name, so that it can be found whatever becomes of the answer."""
        graph = self._graph(request, job)
        body = {"prompt": graph, "client_id": client_key, "prompt_id": client_key}
        answer = self.call("POST", "/prompt", job, paid=True, json=body)
        if answer.get("node_errors"):
            node, error = next(iter(answer["node_errors"].items()))
            raise ProviderError(Fault.INVALID, f"ComfyUI cannot run the workflow: node {node}: {_told(error)}.")
        return Handle(self.id, model.id, str(answer.get("prompt_id") or client_key))

    def recover(self, request: GenerationRequest, client_key: str, since: float, job: JobLike) -> Handle | None:
        """In its history or its queue, by our own name."""
        if client_key in self.call("GET", f"/history/{client_key}", job) or self._place(client_key, job) is not None:
            return Handle(self.id, "workflow", client_key)
        return None

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """Finished ones are in the history; the rest waits or runs. What is in neither was forgotten by a restart of ComfyUI."""
        found = self.call("GET", f"/history/{handle.id}", job).get(handle.id)
        if found is None:
            place = self._place(handle.id, job)
            if place is None:
                raise ProviderError(
                    Fault.LOST, "ComfyUI was restarted and forgot the job. Nothing was lost but time: retry."
                )
            return Polled(RemoteState.QUEUED if place else RemoteState.RUNNING, position=place or None)
        status = found.get("status") or {}
        word = str(status.get("status_str", ""))
        if word == "error" or not status.get("completed", True):
            interrupted = any(one[:1] == ["execution_interrupted"] for one in status.get("messages") or ())
            if interrupted:
                return Polled(RemoteState.CANCELLED, message="it was interrupted", raw=word)
            return Polled(RemoteState.FAILED, fault=Fault.FAILED, message=_message(status), raw=word)
        return Polled(RemoteState.SUCCEEDED, 1.0, outputs=self._outputs(found), raw=word)

    def cancel(self, handle: Handle, job: JobLike) -> Cancelling:
        """Out of the queue, or interrupted by its name: without one, somebody else's work would end."""
        self.ask("POST", "/queue", job, json={"delete": [handle.id]})
        self.ask("POST", "/interrupt", job, json={"prompt_id": handle.id})
        return Cancelling(stopped=True, may_be_billed=False)

    def test(self) -> str:
        """Whether it runs, and on what."""
        found = self.call("GET", "/system_stats", Alone())
        devices = found.get("devices") or [{}]
        return f"ComfyUI runs, on {devices[0].get('name', 'an unknown device')}."

    def _graph(self, request: GenerationRequest, job: JobLike) -> dict[str, Any]:
        """The workflow with our values in it. Raises ProviderError for what is none."""
        path = self.options(request).workflow
        if not path:
            raise ProviderError(Fault.INVALID, _NO_WORKFLOW)
        try:
            graph = json.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ProviderError(Fault.INVALID, f"The workflow “{Path(path).name}” cannot be read: {error}.") from error
        if not isinstance(graph, dict) or not all(
            isinstance(one, dict) and "class_type" in one for one in graph.values()
        ):
            raise ProviderError(
                Fault.INVALID, f"“{Path(path).name}” is no workflow in the API format. Export it as API."
            )
        graph = copy.deepcopy(graph)
        for name, value in self._values(request, job).items():
            _set(graph, name, value)
        return graph

    def _values(self, request: GenerationRequest, job: JobLike) -> dict[str, Any]:
        width, height = request.even_size
        values: dict[str, Any] = {
            "prompt": request.prompt,
            "negative": request.negative_prompt,
            "seed": request.seed,
            "width": width,
            "height": height,
            "frames": max(1, request.length.nearest_frame(request.rate)),
            "rate": float(request.rate),
        }
        given = (
            ("image", request.image_reference),
            ("last_image", request.last_image),
            ("video", request.source_video),
        )
        for name, path in given:
            if path:
                values[name] = self._sent(path, job)
        return values

    def _sent(self, path: str, job: JobLike) -> str:
        """A file of ours there; it may get another name."""
        name = Path(path).name
        files = {"image": (name, file_bytes(path), media_type(path))}
        found = self.call("POST", "/upload/image", job, files=files, data={"type": "input"})
        folder = str(found.get("subfolder") or "")
        return f"{folder}/{found['name']}" if folder else str(found["name"])

    def _place(self, prompt_id: str, job: JobLike) -> int | None:
        """0: it runs; 1 and on: so many before it and itself; None: it is not there."""
        queue = self.call("GET", "/queue", job)
        if any(len(one) > 1 and one[1] == prompt_id for one in queue.get("queue_running") or ()):
            return 0
        waiting = sorted(queue.get("queue_pending") or (), key=lambda one: one[0])
        return next((number for number, one in enumerate(waiting, 1) if one[1] == prompt_id), None)

    def _outputs(self, found: dict[str, Any]) -> tuple[Output, ...]:
        outputs = []
        for node in (found.get("outputs") or {}).values():
            for name, kind in _OUTPUTS.items():
                for one in node.get(name) or ():
                    is_film = str(one.get("filename", "")).lower().endswith((".mp4", ".webm", ".mov", ".mkv", ".gif"))
                    query = urlencode({key: one.get(key, "") for key in ("filename", "subfolder", "type")})
                    outputs.append(Output(f"{self.address}/view?{query}", "video" if is_film else kind))
        return tuple(outputs)


def _set(graph: dict[str, Any], name: str, value: Any) -> None:
    """Into every node whose title is the name; where no node bears it, the workflow has no use for it."""
    for node in graph.values():
        title = str((node.get("_meta") or {}).get("title", "")).strip().casefold().replace(" ", "_")
        if title != name:
            continue
        inputs = node.setdefault("inputs", {})
        field = next((one for one in _FIELDS[name] if one in inputs and not isinstance(inputs[one], list)), None)
        if field is not None:
            inputs[field] = value


def _told(error: Any) -> str:
    errors = error.get("errors") if isinstance(error, dict) else None
    return str(errors[0].get("message") or errors[0].get("type")) if errors else "an input is wrong"


def _message(status: dict[str, Any]) -> str:
    for kind, values in status.get("messages") or ():
        if kind == "execution_error":
            return str(values.get("exception_message") or "a node failed").strip()
    return "a node failed"


@lru_cache(maxsize=4)
def _listens(address: str, _moment: int) -> bool:
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 80), _PATIENCE).close()
    except (OSError, ValueError):
        return False
    return True
