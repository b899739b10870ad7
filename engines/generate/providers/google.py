"""Google's Gemini Omni by its interactions: started in the background and asked after; results need the key to be fetched."""

from __future__ import annotations

import base64
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
    kind_of,
    media_type,
    shape_for,
)
from engines.generate.remote.states import Cancelling, Handle, Output, Polled, RemoteState, state_named
from engines.generate.remote.wire import Reply, same_origin

_TASKS = {
    "text_to_video": "text_to_video", "image_to_video": "image_to_video", "first_last": "image_to_video",
    "video_to_video": "edit",
}  # fmt: skip
_KINDS = {
    "RESOURCE_EXHAUSTED": Fault.RATE_LIMITED, "INVALID_ARGUMENT": Fault.INVALID, "PERMISSION_DENIED": Fault.AUTH,
    "UNAUTHENTICATED": Fault.AUTH, "NOT_FOUND": Fault.MODEL_GONE, "UNAVAILABLE": Fault.UNAVAILABLE,
}  # fmt: skip


class Google(RemoteEngine):
    """Films by Gemini Omni, from words, pictures and films. Veo is no longer offered to programs with a key."""

    id: ClassVar[str] = "google"
    label: ClassVar[str] = "Google"
    key_names: ClassVar[tuple[str, ...]] = ("GEMINI_API_KEY", "GOOGLE_API_KEY")
    needs_key: ClassVar[str] = "GEMINI_API_KEY"
    key_page: ClassVar[str] = "https://aistudio.google.com/apikey"
    base: ClassVar[str] = "https://generativelanguage.googleapis.com"
    poll_seconds: ClassVar[float] = 5.0
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, max_seconds=15, max_size=(3840, 2160)
    )

    def headers(self) -> dict[str, str]:
        """The key, in a header of its own and never in an address."""
        return {"x-goog-api-key": self.key() or ""}

    def fetch_headers(self, output: Output) -> dict[str, str]:
        """Results lie behind the key, but only those at Google's own address are asked for with it."""
        return self.headers() if same_origin(output.url, self.address) else {}

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """In the background; pictures and films go along within the request."""
        kind = kind_of(request)
        text = whole_prompt(request, model)
        parts: list[dict[str, Any]] = [{"type": "text", "text": text}]
        sources = (request.image_reference, request.last_image, request.source_video)
        for path in filter(None, sources):
            what = "video" if path == request.source_video else "image"
            data = base64.b64encode(file_bytes(path)).decode()
            parts.append({"type": what, "data": data, "mime_type": media_type(path)})
        made = model.lengths_about(request.length.to_seconds())
        wanted: dict[str, Any] = {
            "type": "video",
            "aspect_ratio": shape_for(model, request) or "16:9",
            "resolution": self.resolution_for(model, request),
            "delivery": "uri",
        }
        if made is not None and kind != "video_to_video":
            wanted["duration"] = f"{made:g}s"
        body = {
            "model": model.id,
            "input": parts,
            "background": True,
            "response_format": wanted,
            "generation_config": {"seed": request.seed % (1 << 31), "video_config": {"task": _TASKS[kind]}},
        }
        answer = self.call("POST", "/v1beta/interactions", job, paid=True, json=body)
        return Handle(self.id, model.id, name_in(self.label, answer))

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """The film is in the last step that gave one; a refusal is, too."""
        found = self.asked_after(handle, f"/v1beta/interactions/{handle.id}", job)
        word = str(found.get("status", ""))
        state = state_named(word)
        outputs, refusal = _given(found)
        if state is RemoteState.SUCCEEDED and not outputs and refusal:
            return Polled(RemoteState.FAILED, fault=Fault.MODERATED, message=refusal, raw=word)
        if state is RemoteState.FAILED:
            fault = Fault.MODERATED if refusal else Fault.CREDITS if word == "budget_exceeded" else Fault.FAILED
            error = found.get("error")
            words = error.get("message") if isinstance(error, dict) else error
            return Polled(state, fault=fault, message=refusal or str(words or word), raw=word)
        return Polled(state, outputs=outputs, raw=word)

    def cancel(self, handle: Handle, job: JobLike) -> Cancelling:
        """It may have been billed by then."""
        was = self.poll(handle, job)
        if was.state.is_over:
            return Cancelling(stopped=False, may_be_billed=was.state is RemoteState.SUCCEEDED)
        self.ask("POST", f"/v1beta/interactions/{handle.id}/cancel", job)
        return Cancelling(stopped=True, may_be_billed=was.state is not RemoteState.QUEUED)

    def test(self) -> str:
        """The list of models."""
        self.call("GET", "/v1beta/models?pageSize=1", Alone())
        return "Google accepts the key."

    def fault(self, reply: Reply) -> ProviderError:
        """By the word of its status; an invalid key is an INVALID_ARGUMENT there."""
        try:
            error = reply.json().get("error") or {}
        except (ValueError, AttributeError):
            return fault_of(self.label, reply)
        if not isinstance(error, dict):
            return fault_of(self.label, reply)
        if "api key" in str(error.get("message", "")).casefold():
            return fault_of(self.label, reply, Fault.AUTH)
        word = str(error.get("status", ""))
        refined = None if word == "INVALID_ARGUMENT" else _KINDS.get(word)  # it may be a refusal: the words decide
        return fault_of(self.label, reply, refined)


def _given(found: Any) -> tuple[tuple[Output, ...], str]:
    """Films and words of refusal in the steps of an interaction."""
    outputs, refusal = [], ""
    for step in found.get("steps") or ():
        if step.get("type") != "model_output":
            continue
        refusal = str((step.get("error") or {}).get("message") or step.get("refusal") or refusal)
        for one in step.get("content") or ():
            if one.get("type") == "video" and (one.get("uri") or one.get("data")):
                outputs.append(Output(str(one.get("uri") or ""), data=base64.b64decode(one.get("data") or b"")))
            elif one.get("type") == "refusal":
                refusal = str(one.get("text") or one.get("refusal") or "the content was refused")
    return tuple(outputs), refusal
