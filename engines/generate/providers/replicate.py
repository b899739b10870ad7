"""Replicate: predictions of models by owner and name; results are deleted after an hour, so they are fetched at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from engines.generate.base import Capabilities, GenerationRequest, JobLike
from engines.generate.remote.doubt import name_in
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.prompts import whole_prompt
from engines.generate.remote.provider import (
    Alone,
    RemoteEngine,
    file_bytes,
    kind_of,
    media_type,
    shape_for,
    sure_of_list,
)
from engines.generate.remote.states import Cancelling, Handle, Output, Polled, RemoteState, state_named

_BAR = re.compile(r"(\d{1,3})%\|")
_REFUSAL = re.compile(r"safety|nsfw|moderat|sensitive|content.?policy", re.IGNORECASE)
_RECENT = 100


class Replicate(RemoteEngine):
    """Films and pictures by open models and others at Replicate, by the names in the list."""

    id: ClassVar[str] = "replicate"
    label: ClassVar[str] = "Replicate"
    key_names: ClassVar[tuple[str, ...]] = ("REPLICATE_API_TOKEN",)
    needs_key: ClassVar[str] = "REPLICATE_API_TOKEN"
    key_page: ClassVar[str] = "https://replicate.com/account/api-tokens"
    base: ClassVar[str] = "https://api.replicate.com"
    poll_seconds: ClassVar[float] = 2.0
    can_list: ClassVar[bool] = True
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, sound=False, max_seconds=10
    )

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """By owner and name. Our own name for the job stands in the address of a callback nobody answers, to find it by."""
        made = model.lengths_about(request.length.to_seconds())
        kind = kind_of(request)
        values: dict[str, Any] = {"prompt": whole_prompt(request, model)}
        values |= {name: value for name, value in model.options.items() if not name.startswith("@")}
        if made is not None and model.seconds:
            values["duration"] = str(int(made)) if model.options.get("@duration") == "text" else int(made)
        if model.resolutions:
            values["resolution"] = self.resolution_for(model, request)
        if shape := shape_for(model, request):
            values["aspect_ratio"] = shape
        if model.seed:
            values["seed"] = request.seed % (1 << 31)
        if kind == "video_to_video":
            values[str(model.options.get("@video", "video"))] = self._file(request.source_video, job)
        if request.image_reference:
            values[str(model.options.get("@image", "image"))] = self._file(request.image_reference, job)
        if request.last_image:
            values[str(model.options.get("@last", "last_frame_image"))] = self._file(request.last_image, job)
        body = {
            "input": values,
            "webhook": f"https://callback.invalid/{client_key}",
            "webhook_events_filter": ["completed"],
        }
        answer = self.call("POST", f"/v1/models/{model.id}/predictions", job, paid=True, json=body)
        links = {str(name): str(url) for name, url in (answer.get("urls") or {}).items()}
        return Handle(self.id, model.id, name_in(self.label, answer), links)

    def recover(self, request: GenerationRequest, client_key: str, since: float, job: JobLike) -> Handle | None:
        """The prediction whose callback bears our name, among the latest."""
        listed = self.call("GET", "/v1/predictions", job).get("results") or []
        for one in listed:
            if client_key in str(one.get("webhook") or ""):
                return Handle(self.id, str(one.get("model", "")), str(one["id"]))
        sure_of_list(self.label, [one.get("created_at") for one in listed], since, _RECENT)
        return None

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """Progress only by the bar that a model may draw in its log."""
        found = self.asked_after(handle, f"/v1/predictions/{handle.id}", job)
        word = str(found.get("status", ""))
        state = state_named(word)
        words = str(found.get("error") or "")
        fault = None
        if state is RemoteState.FAILED:
            fault = Fault.MODERATED if _REFUSAL.search(words) else Fault.FAILED
        given = found.get("output")
        urls = given if isinstance(given, list) else [given] if given else []
        bars = _BAR.findall(str(found.get("logs") or ""))
        progress = min(1.0, int(bars[-1]) / 100) if bars else None
        return Polled(
            state, progress, outputs=tuple(Output(str(url)) for url in urls), fault=fault, message=words, raw=word
        )

    def cancel(self, handle: Handle, job: JobLike) -> Cancelling:
        """What has not begun is free."""
        was = self.poll(handle, job)
        if was.state.is_over:
            return Cancelling(stopped=False, may_be_billed=was.state is RemoteState.SUCCEEDED)
        self.ask("POST", f"/v1/predictions/{handle.id}/cancel", job)
        return Cancelling(stopped=True, may_be_billed=was.state is not RemoteState.QUEUED)

    def test(self) -> str:
        """The account."""
        found = self.call("GET", "/v1/account", Alone())
        return f"Replicate accepts the key of {found.get('username', 'this account')}."

    def published(self, model_id: str) -> Mapping[str, Any]:
        """What Replicate publishes of a model's newest version: an OpenAPI document."""
        found = self.call("GET", f"/v1/models/{model_id}", Alone())
        document = (found.get("latest_version") or {}).get("openapi_schema")
        return document if isinstance(document, Mapping) else {}

    def _file(self, path: str, job: JobLike) -> str:
        data = file_bytes(path)
        name = path.replace("\\", "/").rsplit("/", 1)[-1]
        made = self.call("POST", "/v1/files", job, files={"content": (name, data, media_type(path))})
        url = (made.get("urls") or {}).get("get")
        if not url:
            raise ProviderError(Fault.UNAVAILABLE, f"Replicate did not take “{name}”; retry.")
        return str(url)
