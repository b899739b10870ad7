"""fal's queue, which several engines stand behind: submit, ask, fetch, cancel, by the addresses that come with the acceptance."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from engines.generate.base import GenerationRequest, JobLike
from engines.generate.remote.doubt import lost, name_in
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.prompts import whole_prompt
from engines.generate.remote.provider import (
    Alone,
    RemoteEngine,
    fault_of,
    file_bytes,
    kind_of,
    media_type,
    shape_for,
)
from engines.generate.remote.states import Cancelling, Handle, Output, Polled, RemoteState, state_named
from engines.generate.remote.wire import Reply

_PERCENT = re.compile(r"(\d{1,3})\s?%")
_REFUSALS = ("content_policy_violation",)
_KINDS = {
    "video": "video",
    "videos": "video",
    "image": "image",
    "images": "image",
    "audio": "audio",
    "audio_file": "audio",
}
FILES = "fal-files"
"""Under which name the address of the files is set."""
KEEP_SECONDS = 7 * 24 * 3600
"""Results are asked to be kept so long: how long else is the account's policy."""


class FalQueue(RemoteEngine):
    """The protocol. `model.endpoint` is the model's path at fal; `model.options` are inputs that are always sent."""

    key_names: ClassVar[tuple[str, ...]] = ("FAL_KEY",)
    needs_key: ClassVar[str] = "FAL_KEY"
    key_page: ClassVar[str] = "https://fal.ai/dashboard/keys"
    base: ClassVar[str] = "https://queue.fal.run"
    files: ClassVar[str] = "https://rest.fal.ai"
    poll_seconds: ClassVar[float] = 3.0
    concurrency: ClassVar[int] = 2

    @classmethod
    def usual_bases(cls) -> Mapping[str, str]:
        """The queue, and where files are put."""
        return {cls.id: cls.base, FILES: cls.files}

    def headers(self) -> dict[str, str]:
        """fal's own scheme; its server repeats by itself what may be repeated, so clients do not."""
        return {"authorization": f"Key {self.key() or ''}"}

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """Into the queue. The addresses of the answer are kept: they cannot be made of the model's path."""
        body = self.inputs(request, model, job)
        path = model.endpoint or model.id
        keep = json.dumps({"expiration_duration_seconds": KEEP_SECONDS})
        answer = self.call(
            "POST", f"/{path}", job, paid=True, json=body, headers={"x-fal-object-lifecycle-preference": keep}
        )
        job_id = name_in(self.label, answer, "request_id")
        links = {
            name: str(answer[f"{name}_url"]) for name in ("status", "response", "cancel") if answer.get(f"{name}_url")
        }
        return Handle(self.id, model.id, job_id, links)

    def inputs(self, request: GenerationRequest, model: Model, job: JobLike) -> dict[str, Any]:
        """What the model is sent. `model.options` may rename inputs: "@image" = "start_image_url"; "@images" takes all in a row."""
        fixed = {name: value for name, value in model.options.items() if not name.startswith("@")}
        named = {name[1:]: str(value) for name, value in model.options.items() if name.startswith("@")}
        kind = kind_of(request)
        body: dict[str, Any] = {"prompt": whole_prompt(request, model), **fixed}
        made = model.lengths_about(request.length.to_seconds())
        if made is not None and model.seconds:
            body["duration"] = _length(made, named.get("duration", ""))
        if model.resolutions:
            body["resolution"] = self.resolution_for(model, request)
        if (shape := shape_for(model, request)) and kind in ("text_to_video", "text_to_image"):
            body["aspect_ratio"] = shape
        if model.seed:
            body["seed"] = request.seed % (1 << 31)
        if model.negative and request.negative_prompt:
            body["negative_prompt"] = request.negative_prompt
        if model.sound:
            body["generate_audio"] = request.sound
        frames = {"image": ("image_url", request.image_reference), "last": ("end_image_url", request.last_image)}
        if together := named.get("images"):
            body[together] = [self.uploaded(path, job) for _, path in frames.values() if path]
        else:
            body |= {named.get(key, usual): self.uploaded(path, job) for key, (usual, path) in frames.items() if path}
        if request.source_video:
            body[named.get("video", "video_url")] = self.uploaded(request.source_video, job)
        return body

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """The status, and once it is complete the result: a job that failed is complete too, and says so there."""
        asked = self.asked_after(handle, f"{self._link(handle, 'status')}?logs=1", job)
        word = str(asked.get("status", ""))
        state = state_named(word)
        if asked.get("error") or asked.get("error_type"):
            return self._failed(str(asked.get("error_type") or ""), str(asked.get("error") or "it did not say why"))
        if state is not RemoteState.SUCCEEDED:
            position = asked.get("queue_position")
            return Polled(
                state, _progress(asked.get("logs")), None if position is None else int(position) + 1, raw=word
            )
        reply = self.access.wire().request(
            "GET", self._link(handle, "response"), who=self.label, check=job.check, headers=self.headers()
        )
        if not reply.ok:
            return self._refused(reply, handle)
        return Polled(state, 1.0, outputs=outputs_of(_json(self.label, reply)), raw=word)

    def cancel(self, handle: Handle, job: JobLike) -> Cancelling:
        """Only what waits is sure to stop; what runs gets a signal and may be billed."""
        was = self.poll(handle, job)
        if was.state.is_over:
            return Cancelling(stopped=False, may_be_billed=was.state is RemoteState.SUCCEEDED)
        self.ask("PUT", self._link(handle, "cancel"), job)
        return Cancelling(was.state is RemoteState.QUEUED, was.state is not RemoteState.QUEUED)

    def test(self) -> str:
        """Whether the key is taken: a job that cannot be there is asked for; with a wrong key that is refused."""
        try:
            self.ask("GET", "/fal-ai/flux/requests/00000000-0000-0000-0000-000000000000/status", Alone())
        except ProviderError as error:
            if error.fault is not Fault.MODEL_GONE and error.fault is not Fault.INVALID:
                raise
        return f"{self.label} accepts the key."

    def fault(self, reply: Reply) -> ProviderError:
        """By the kinds that fal names."""
        kinds = _kinds(reply)
        return fault_of(self.label, reply, Fault.MODERATED if any(one in _REFUSALS for one in kinds) else None)

    def uploaded(self, path: str, job: JobLike) -> str:
        """The address of a file of ours at fal, where it is put by a link made for it."""
        name, kind = Path(path).name, media_type(path)
        files = self.access.bases.get(FILES, self.files).rstrip("/")
        place = self.call(
            "POST",
            f"{files}/storage/upload/initiate?storage_type=gcs",
            job,
            json={"file_name": name, "content_type": kind},
        )
        self.ask(
            "PUT", str(place["upload_url"]), job, signed=False, content=file_bytes(path), headers={"content-type": kind}
        )
        return str(place["file_url"])

    def _link(self, handle: Handle, name: str) -> str:
        """An address of the job; where it was not given, as fal forms it: without the model's own sub-path."""
        if link := handle.links.get(name):
            return link
        owner = "/".join(handle.model.split("/")[:2])
        tail = {"status": "/status", "cancel": "/cancel"}.get(name, "")
        return f"{self.address}/{owner}/requests/{handle.id}{tail}"

    def _refused(self, reply: Reply, handle: Handle) -> Polled:
        """A job that is complete and has an error for a result. What is only a hiccup is asked again."""
        error = self.fault(reply)
        if reply.status in (408, 429) or (reply.status >= 500 and not _kinds(reply)):
            raise error
        if reply.status == 404:
            raise lost(self, handle)
        moderated = error.fault is Fault.MODERATED
        return Polled(RemoteState.FAILED, fault=Fault.MODERATED if moderated else Fault.FAILED, message=error.detail)

    def _failed(self, kind: str, words: str) -> Polled:
        if "cancel" in f"{kind} {words}".casefold():
            return Polled(RemoteState.CANCELLED, message=words, raw=kind)
        return Polled(RemoteState.FAILED, fault=Fault.FAILED, message=words, raw=kind)


def outputs_of(plain: Any) -> tuple[Output, ...]:
    """The files a model's answer names: `video`, `images`, `audio`, each an address or an object with one."""
    found = []
    for name, kind in _KINDS.items():
        value = plain.get(name) if isinstance(plain, Mapping) else None
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                found.append(Output(one, kind))
            elif isinstance(one, Mapping) and one.get("url"):
                size = one.get("file_size")
                found.append(Output(str(one["url"]), kind, int(size) if size else None))
    return tuple(found)


def _length(seconds: float, form: str) -> Any:
    """The length as the model wants it: "8s", "8", or 8."""
    whole = int(seconds) if seconds == int(seconds) else seconds
    return f"{whole}s" if form == "text s" else str(whole) if form == "text" else whole


def _progress(logs: Any) -> float | None:
    """The last percentage that a line of the log names; there is no other."""
    for line in reversed(logs if isinstance(logs, list) else []):
        found = _PERCENT.search(str(line.get("message", "") if isinstance(line, Mapping) else line))
        if found and int(found[1]) <= 100:
            return int(found[1]) / 100
    return None


def _kinds(reply: Reply) -> list[str]:
    try:
        plain = reply.json()
    except ValueError:
        return []
    detail = plain.get("detail") if isinstance(plain, Mapping) else None
    listed = detail if isinstance(detail, list) else [plain]
    return [str(one.get("type") or one.get("error_type") or "") for one in listed if isinstance(one, Mapping)]


def _json(who: str, reply: Reply) -> Any:
    try:
        return reply.json()
    except ValueError as error:
        raise ProviderError(Fault.UNREACHABLE, f"{who} answered with something that is no answer.") from error
