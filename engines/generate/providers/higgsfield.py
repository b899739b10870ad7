"""Higgsfield: a queue before its own models and others; its limit on jobs at once comes as a bad request, and is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from engines.generate.base import Capabilities, GenerationRequest, JobLike
from engines.generate.remote.doubt import name_in
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.prompts import whole_prompt
from engines.generate.remote.provider import (
    Alone,
    RemoteEngine,
    fault_of,
    file_bytes,
    media_type,
    shape_for,
    words_of,
)
from engines.generate.remote.states import Cancelling, Handle, Output, Polled, RemoteState, state_named
from engines.generate.remote.wire import Reply


class Higgsfield(RemoteEngine):
    """Films and pictures by the models that Higgsfield offers. Failed ones are given back there."""

    id: ClassVar[str] = "higgsfield"
    label: ClassVar[str] = "Higgsfield"
    key_names: ClassVar[tuple[str, ...]] = ("HF_KEY", "HIGGSFIELD_KEY")
    needs_key: ClassVar[str] = "HF_KEY"
    key_page: ClassVar[str] = "https://cloud.higgsfield.ai"
    base: ClassVar[str] = "https://api.higgsfield.ai"
    poll_seconds: ClassVar[float] = 4.0
    concurrency: ClassVar[int] = 4
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, sound=False, max_seconds=10
    )

    def headers(self) -> dict[str, str]:
        """The key is an id and a secret with a colon between them."""
        return {"authorization": f"Key {self.key() or ''}"}

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """To the model's own path; each has inputs of its own, so what is unusual stands in the list."""
        made = model.lengths_about(request.length.to_seconds())
        body: dict[str, Any] = {"prompt": whole_prompt(request, model)}
        body |= {name: value for name, value in model.options.items() if not name.startswith("@")}
        if made is not None and model.seconds:
            body["duration"] = int(made)
        if model.resolutions:
            body["resolution"] = self.resolution_for(model, request)
        if shape := shape_for(model, request):
            body["aspect_ratio"] = shape
        if model.seed:
            body["seed"] = request.seed % (1 << 31)
        if request.image_reference:
            body[str(model.options.get("@image", "image_url"))] = self._file(request.image_reference, job)
        if request.last_image:
            body[str(model.options.get("@last", "end_image_url"))] = self._file(request.last_image, job)
        answer = self.call("POST", f"/{model.endpoint or model.id}", job, paid=True, json=body)
        job_id = name_in(self.label, answer, "request_id")
        links = {name: str(answer[f"{name}_url"]) for name in ("status", "cancel") if answer.get(f"{name}_url")}
        return Handle(self.id, model.id, job_id, links)

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """Status and result are one."""
        found = self.asked_after(handle, handle.links.get("status") or f"/requests/{handle.id}/status", job)
        word = str(found.get("status", ""))
        state = state_named(word)
        fault = None
        if state is RemoteState.FAILED:
            fault = Fault.MODERATED if word == "nsfw" else Fault.FAILED
        files = [found["video"]] if found.get("video") else list(found.get("images") or ())
        kind = "video" if found.get("video") else "image"
        outputs = tuple(Output(str(one["url"]), kind) for one in files if one.get("url"))
        words = str(found.get("error") or ("the content was refused" if word == "nsfw" else ""))
        return Polled(state, outputs=outputs, fault=fault, message=words, raw=word)

    def cancel(self, handle: Handle, job: JobLike) -> Cancelling:
        """Only what waits can be cancelled."""
        was = self.poll(handle, job)
        if was.state is not RemoteState.QUEUED:
            return Cancelling(stopped=False, may_be_billed=was.state in (RemoteState.RUNNING, RemoteState.SUCCEEDED))
        self.ask("POST", handle.links.get("cancel") or f"/requests/{handle.id}/cancel", job)
        return Cancelling(stopped=True, may_be_billed=False)

    def test(self) -> str:
        """A job that cannot be there is asked for: with a wrong key that is refused before anything else."""
        try:
            self.ask("GET", "/requests/00000000-0000-0000-0000-000000000000/status", Alone())
        except ProviderError as error:
            if error.fault not in (Fault.MODEL_GONE, Fault.INVALID):
                raise
        return "Higgsfield accepts the key."

    def fault(self, reply: Reply) -> ProviderError:
        """Too many jobs at once is a 400 there: the words tell it from a wrong request."""
        if reply.status == 400 and "concurrent requests" in words_of(reply).casefold():
            return fault_of(self.label, reply, Fault.RATE_LIMITED)
        return fault_of(self.label, reply)

    def _file(self, path: str, job: JobLike) -> str:
        kind = media_type(path)
        place = self.call("POST", "/files/generate-upload-url", job, json={"content_type": kind})
        headers = {
            "content-type": kind,
            **{str(key): str(value) for key, value in (place.get("upload_headers") or {}).items()},
        }
        self.ask("PUT", str(place["upload_url"]), job, signed=False, content=file_bytes(Path(path)), headers=headers)
        return str(place["public_url"])
